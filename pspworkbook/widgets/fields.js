// Inputs made from a field's declaration. A field saves itself shortly after the last key, and when it is left.

const PAUSE = 300;
/** Keys pass through days and options on their way: what stands there after this rest, or when the field is left, is meant. */
const REST = 2000;
const PART_OF_A_DAY = "This day is not whole yet, and was not kept: it needs a day, a month and a year. Escape brings back what was there.";

/**
 * One field of one record.
 * field: the declaration; id: the element's id; label: its name for assistive technology when no <label> is near.
 * version: the record's version that the shown text comes from. A save names it, so that what another page saved into
 * this field while somebody was typing here is never overwritten in silence.
 * save(text, version) resolves with {ok, version} or {errors: {name: sentence}}.
 */
function makeField(field, { id, text, version, label, readonly, save }) {
  const error = h("p", { class: "psp-error", id: id + "-error", hidden: true });
  let known = text ?? "", sent = known, unfinished = false, asking = false, touched = false, refused = false, wrong = false, stands = "", base = version, latest = version;
  const input = control(field, { id, label, readonly });
  put(known);

  /** What a narrow list cuts off can be read where the mouse rests. */
  function entitle() { if (input.tagName === "SELECT") input.title = input.value ? input.selectedOptions[0]?.textContent ?? "" : ""; }
  function put(value) { if (field.kind === "reference") fillAsNeeded(input, field.options, value); input.value = value; if (input.tagName === "TEXTAREA") grow(); entitle(); }
  function grow() { input.style.height = "auto"; if (input.scrollHeight) input.style.height = Math.min(input.scrollHeight + 4, 320) + "px"; }
  /** What is wrong with what is typed here and was not kept; otherwise with what is kept and cannot be. */
  function complain(sentence) {
    refused = Boolean(sentence);
    sentence ||= stands;
    input.toggleAttribute("data-kept", Boolean(sentence) && !refused);
    error.textContent = sentence ?? "";
    error.hidden = !sentence;
    if (sentence) { input.setAttribute("aria-invalid", "true"); input.setAttribute("aria-describedby", error.id); }
    else { input.removeAttribute("aria-invalid"); input.removeAttribute("aria-describedby"); }
  }
  /** One save of a field at a time: the next names the version that the last one made, so nobody clashes with oneself. */
  async function store() {
    const typed = input.value;
    if (asking || part()) return;
    if (typed === sent) { if (unfinished) whole(); return; }
    unfinished = false;
    sent = typed;
    asking = true;
    const answer = await save(asPercent(typed), base);
    asking = false;
    if (answer?.ok && answer.version) base = answer.version;
    if (input.value !== typed) return store(); // typed meanwhile
    wrong = Boolean(answer?.errors);
    complain(answer?.errors ? answer.errors[field.name] ?? Object.values(answer.errors)[0] : answer?.refused);
    if (!answer?.ok) sent = null; // the same text may be tried again
    else if (document.activeElement !== input && input.value !== known) { put(known); sent = known; } // as it is stored: 5 % is 5%
  }
  /** Who types 20 into a field of percentages means 20%: no share is above 1. What 1 means, and 0.5, only they know. */
  function asPercent(typed) {
    return field.kind === "percentage" && /^\s*\d+(\.\d+)?\s*$/.test(typed) && parseFloat(typed) > 1 ? typed.trim() + "%" : typed;
  }
  /** Whether a day stands here of which something is missing. The browser gives no text for it, as for an empty field. */
  function part() { return input.validity.badInput; }
  /** Says when a day is left unfinished, and no longer when it is whole or taken back. */
  function whole() {
    if (part() === unfinished) return;
    unfinished = part();
    complain(unfinished ? PART_OF_A_DAY : null);
  }
  const soon = later(store, PAUSE), rested = later(store, REST);
  const passes = input.tagName === "SELECT" || input.type === "date";
  let keyed = false;
  input.addEventListener("pointerdown", () => { keyed = false; });
  function settle() { if (!asking && !refused && input.value !== known && document.activeElement !== input) { put(known); sent = known; base = latest; } }
  input.addEventListener("blur", () => { touched = false; rested.now(); whole(); setTimeout(settle); }); // it may have been stored as something else than typed
  input.addEventListener("input", () => { touched = true; if (input.tagName === "TEXTAREA") grow(); (passes && keyed ? rested : soon)(); });
  input.addEventListener("change", () => { entitle(); if (passes && keyed) return rested(); soon.drop(); rested.drop(); store(); });
  input.addEventListener("keydown", (event) => {
    keyed = true;
    if (passes && event.key !== "Tab") touched = true; // the parts of a day are typed one by one, and the browser tells of none before the last
    if (event.key === "Enter" && field.kind !== "text") { // a line wraps so that all of it can be read, but has no second paragraph
      if (input.tagName === "TEXTAREA") event.preventDefault();
      soon.drop(); rested.drop(); store();
    }
    if (event.key === "Escape" && (input.value !== known || part())) { soon.drop(); rested.drop(); put(known); sent = known; base = latest; unfinished = false; complain(null); }
  });
  return {
    node: h("div", { class: "psp-field" }, input, error),
    input,
    complain,
    /** The stored value has changed, here or on another page: show it, but never over what somebody is typing. */
    update(value, newer) {
      const same = (value ?? "") === known, busy = asking || (touched && document.activeElement === input);
      known = value ?? "";
      latest = newer;
      if (same) base = newer; // others changed other fields
      if (busy || refused) {
        if (input.value === known && !part()) { base = newer; complain(null); }
        else if (!busy && wrong && same) { sent = null; store(); } // what this was refused for may be mended
        if (busy || !wrong || same) return;
        // What could not be read here has been mended elsewhere: the message goes, and the figure comes.
      }
      put(known); sent = known; base = newer; complain(null);
    },
    /** What is kept here, and cannot be: it came from a file, or from an earlier version that did not look. */
    flag(sentence) { stands = sentence ?? ""; if (!refused) complain(null); },
    /** Another field of the record has changed: what was refused here may go with it now. */
    again() { if (refused && !asking && input.value !== known) { sent = null; store(); } },
    settle,
    /** Whether what is typed here was not kept. */
    refused: () => refused,
    options(list) { if (field.kind === "reference") { field.options = list; fillAsNeeded(input, list, known); put(known); } },
    flush() { soon.now(); rested.now(); },
  };
}

function control(field, { id, label, readonly }) {
  const common = { id, "aria-label": label, disabled: readonly, "data-field": field.name, autocomplete: "off" };
  if (field.kind === "choice" || field.kind === "reference" || field.kind === "yes or no") {
    const select = h("select", common);
    if (field.kind === "reference") {
      // The whole of a long list is put in when somebody turns to it: fifty rows of five hundred options slow a page down.
      const whole = () => { if (select.dataset.part) { delete select.dataset.part; fill(select, field.options); } };
      for (const event of ["focus", "pointerdown", "mousedown", "keydown"]) select.addEventListener(event, whole);
    } else fill(select, field.kind === "yes or no" ? ["Yes", "No"].map((word) => ({ value: word, text: word })) : field.options);
    return select;
  }
  if (field.offered) return h("input", { ...common, type: "text", list: field.list }); // the browser shows what goes with what is typed
  if (field.kind === "text" || field.kind === "line") return h("textarea", { ...common, rows: 1, class: field.kind === "line" ? "psp-line" : undefined });
  const number = ["percentage", "pounds", "quantity", "years", "calendar year"].includes(field.kind);
  return h("input", {
    ...common,
    type: field.kind === "date" ? "date" : "text",
    class: number ? "psp-num" : undefined,
    inputmode: number && field.kind !== "percentage" ? "decimal" : undefined,
    spellcheck: number ? "false" : "true",
  });
}

const LONG = 30;

/** A short list as it is; of a long one, while nobody is at the field, only the option that is chosen. */
function fillAsNeeded(select, options, value) {
  if (options.length <= LONG || document.activeElement === select) { delete select.dataset.part; return fill(select, options); }
  select.dataset.part = "true";
  fill(select, options.filter((option) => option.value === value), options);
}

function fill(select, options, all = options) {
  const before = select.value;
  select.replaceChildren(h("option", { value: "" }, all.length ? "…" : "… nothing to choose from yet"), ...options.map((option) => h("option", { value: option.value }, option.text)));
  select.value = before;
}
