// Inputs made from a field's declaration. A field saves itself shortly after the last key, and when it is left.

const PAUSE = 600;

/**
 * One field of one record.
 * field: the declaration; id: the element's id; label: its name for assistive technology when no <label> is near.
 * save(text) resolves with {ok} or {errors: {name: sentence}}.
 */
function makeField(field, { id, text, label, readonly, save }) {
  const error = h("p", { class: "psp-error", id: id + "-error", hidden: true });
  let known = text ?? "", sent = known, asking = 0;
  const input = control(field, { id, label, readonly });
  put(known);

  function put(value) { input.value = value; if (input.tagName === "TEXTAREA") grow(); }
  function grow() { input.style.height = "auto"; if (input.scrollHeight) input.style.height = Math.min(input.scrollHeight + 4, 320) + "px"; }
  function complain(sentence) {
    error.textContent = sentence ?? "";
    error.hidden = !sentence;
    if (sentence) { input.setAttribute("aria-invalid", "true"); input.setAttribute("aria-describedby", error.id); }
    else { input.removeAttribute("aria-invalid"); input.removeAttribute("aria-describedby"); }
  }
  async function store() {
    const typed = input.value;
    if (typed === sent) return;
    sent = typed;
    asking += 1;
    const answer = await save(typed);
    asking -= 1;
    if (sent !== typed) return; // something newer was typed meanwhile
    complain(answer?.errors ? answer.errors[field.name] ?? Object.values(answer.errors)[0] : answer?.refused);
    if (!answer?.ok) sent = null; // the same text may be tried again
    else if (document.activeElement !== input && input.value !== known) { put(known); sent = known; } // as it is stored: 5 % is 5%
  }
  const soon = later(store, PAUSE);
  input.addEventListener("input", () => { if (input.tagName === "TEXTAREA") grow(); soon(); });
  input.addEventListener("change", () => { soon.drop(); store(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && field.kind !== "text") { // a line wraps so that all of it can be read, but has no second paragraph
      if (input.tagName === "TEXTAREA") event.preventDefault();
      soon.drop(); store();
    }
    if (event.key === "Escape" && input.value !== known) { soon.drop(); put(known); sent = known; complain(null); }
  });
  return {
    node: h("div", { class: "psp-field" }, input, error),
    input,
    complain,
    /** The stored value has changed, here or on another page: show it, but never over what somebody is typing. */
    update(value) {
      // Not yet answered, or not yet sent: it is theirs who typed it, even when another field of the record is saved first.
      const mine = input.value !== known && (asking > 0 || document.activeElement === input);
      const wrong = input.getAttribute("aria-invalid") === "true";
      known = value ?? "";
      if (mine || wrong) { if (input.value === known) complain(null); return; }
      if (document.activeElement === input && input.value === sent) return; // "5 %" stays as typed until the field is left
      put(known); sent = known; complain(null);
    },
    settle() { if (!asking && input.getAttribute("aria-invalid") !== "true" && input.value !== known && document.activeElement !== input) { put(known); sent = known; } },
    options(list) { if (field.kind === "reference") { fill(input, list, readonly); put(known); } },
    flush() { soon.now(); },
  };
}

function control(field, { id, label, readonly }) {
  const common = { id, "aria-label": label, disabled: readonly, "data-field": field.name, autocomplete: "off" };
  if (field.kind === "choice" || field.kind === "reference" || field.kind === "yes or no") {
    const select = h("select", common);
    fill(select, field.kind === "yes or no" ? ["Yes", "No"].map((word) => ({ value: word, text: word })) : field.options);
    return select;
  }
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

function fill(select, options) {
  const before = select.value;
  select.replaceChildren(h("option", { value: "" }, "…"), ...options.map((option) => h("option", { value: option.value }, option.text)));
  select.value = before;
}
