// What a sceptic would ask: one list by row, each question a link to its field, with the answer or a place for one.

export default part("questions", (model, el) => {
  const ask = asker(model), typed = new Map(), open = new Map();
  const list = h("div"), status = h("p", { class: "psp-status", role: "status", tabindex: "-1" });
  const alert = h("p", { class: "psp-error", role: "alert" });
  const count = (number, one, many) => (number === 1 ? "1 " + one : number + " " + many);
  const said = (answer) => { status.textContent = answer.said ?? ""; alert.textContent = answer.ok ? "" : answer.refused ?? Object.values(answer.errors ?? {})[0] ?? ""; };
  el.append(list, alert, status);
  followLinks(list);

  /** Where people are listed, as long as nobody is; in a tab of its own, for an answer may be half written here. */
  function nobody(id) {
    const { tool, page, href } = model.get("state").add;
    if (!tool) return null;
    const place = `“${tool}”, on the page “${page}”`;
    return h("p", { class: "psp-help", id: id + "-nobody" }, "Nobody is listed yet. Add people at ", href ? h("a", { href, target: "_blank" }, place, " (opens in a new tab)") : place, ". They can be chosen here at once; the answer can be kept without a name too.");
  }

  /** A form for an answer; what was typed stays, also when others change something meanwhile. */
  function form(one, reply) {
    const place = one.key + "|" + (reply?.id ?? ""), id = "answer-" + place.replace(/[^\w-]/g, "-");
    const draft = typed.get(place);
    const text = h("textarea", { id, rows: 2, autocomplete: "off", oninput: () => { draft.reply = text.value; }, value: draft.reply });
    const state = model.get("state");
    const who = h("select", { id: id + "-by", onchange: () => { draft.by = who.value; } }, h("option", { value: "" }, state.add.tool ? "… nobody is listed yet" : "…"), state.people.map((person) => h("option", { value: person.value }, person.text)));
    who.value = draft.by;
    if (state.add.tool) who.setAttribute("aria-describedby", id + "-nobody");
    const error = h("p", { class: "psp-error", id: id + "-error", role: "alert" }, draft.error ?? "");
    const close = () => { typed.delete(place); show(); focusOn(place); };
    const keep = async (event) => {
      event.preventDefault();
      const answer = await ask({ do: "answer", key: one.key, id: reply?.id ?? "", version: draft.version, reply: text.value, by: who.value });
      if (answer.ok) { said(answer); typed.delete(place); show(); status.focus(); return; }
      if (answer.clash) { draft.version = answer.clash.version; error.textContent = `${answer.clash.who} changed this answer meanwhile: “${answer.clash.reply}”. Keep yours, or close and leave theirs.`; return; }
      error.textContent = answer.refused ?? Object.values(answer.errors ?? {})[0] ?? "";
      text.setAttribute("aria-invalid", "true"); text.setAttribute("aria-describedby", error.id); text.focus();
    };
    return h("form", { class: "psp-answer", "data-place": place, onsubmit: keep, onkeydown: (event) => { if (event.key === "Escape") close(); } },
      h("div", { class: "psp-item" }, h("label", { for: id }, "What we answer"), text, error),
      h("div", { class: "psp-item" }, h("label", { for: who.id }, "Who says so"), who, nobody(id)),
      h("div", { class: "psp-do" }, h("button", {}, "Keep this answer"), h("button", { type: "button", class: "psp-second", onclick: close }, "Close without keeping")));
  }
  const focusOn = (place) => { (list.querySelector(`[data-open="${CSS.escape(place)}"]`) ?? status).focus(); };
  const start = (one, reply) => () => {
    const place = one.key + "|" + (reply?.id ?? "");
    typed.set(place, { reply: reply?.reply ?? "", by: reply?.by ?? "", version: reply?.version ?? 0 });
    show();
    list.querySelector(`[data-place="${CSS.escape(place)}"] textarea`)?.focus();
  };
  const act = (what, one, reply) => async () => { said(await ask({ do: what, key: one.key, id: reply.id, version: reply.version })); status.focus(); };

  function answered(one, reply) {
    const place = one.key + "|" + reply.id, readonly = model.get("readonly");
    if (typed.has(place)) return form(one, reply);
    const small = (words, work, more = {}) => h("button", { type: "button", class: "psp-second psp-more", onclick: work, "aria-label": `${words}: ${one.sentence}`, ...more }, words);
    return h("div", { class: "psp-reply" + (reply.since.length ? " psp-stale" : "") },
      h("p", {}, h("b", {}, "Answer: "), reply.reply, reply.said ? h("small", {}, ` (${reply.said})`) : null),
      reply.since.length ? h("p", {}, h("strong", { class: "psp-tag psp-out" }, "Out of date"), " The row has changed since: ", reply.since.join("; "), ".") : null,
      readonly ? null : h("div", { class: "psp-do" },
        reply.since.length ? small("It still holds", act("holds", one, reply)) : null,
        small("Change", start(one, reply), { "data-open": place }), small("Take back", act("withdraw", one, reply))));
  }
  function question(one) {
    const place = one.key + "|", words = one.href ? h("a", { href: one.href, "data-register": one.register, "data-row": one.row }, one.question) : one.question;
    const line = h("div", { class: "psp-ask-line" }, h("span", {}, words),
      one.replies.length || model.get("readonly") || typed.has(place) ? null : h("button", { type: "button", class: "psp-second psp-more", "data-open": place, "aria-label": `Answer: ${one.sentence}`, onclick: start(one) }, "Answer"));
    return h("li", {}, line, one.replies.map((reply) => answered(one, reply)), typed.has(place) ? form(one) : null);
  }
  function group(one) {
    const left = [one.open ? count(one.open, "without an answer", "without an answer") : null, one.stale ? count(one.stale, "out of date", "out of date") : null].filter(Boolean);
    const wanted = open.get(one.key) ?? false;
    const box = h("details", { open: wanted, "data-about": one.key, ontoggle: () => open.set(one.key, box.open) },
      h("summary", {}, one.name, " ", h("small", {}, `${count(one.asked.length, "question", "questions")}${left.length ? ": " + left.join(", ") : ", answered"}`)),
      h("ul", {}, one.asked.map(question)));
    return box;
  }
  function show() {
    // The list is built anew when anybody saves: whoever is typing an answer stays where they are.
    const state = model.get("state"), here = list.contains(document.activeElement) ? document.activeElement : null;
    const held = here?.closest("form.psp-answer") ? here.id : "", caret = here?.tagName === "TEXTAREA" ? here.selectionStart : null;
    const parts = [state.open ? count(state.open, "question has no answer yet", "questions have no answer yet") : "", state.stale ? count(state.stale, "answer is out of date", "answers are out of date") : "", state.answered ? count(state.answered, "is answered", "are answered") : ""].filter(Boolean);
    list.replaceChildren(
      h("div", { class: "psp-panel " + (state.open || state.stale ? "psp-blockers" : "psp-fine") },
        h("h3", {}, "What a sceptic would ask"),
        h("p", {}, state.groups.length ? parts.join("; ") + ". Change the figure, or answer: the answer goes into the report." : "Nothing is asked of this map."),
        state.groups.map(group),
        state.gone.length ? h("details", {}, h("summary", {}, count(state.gone.length, "answer to what nobody asks any more", "answers to what nobody asks any more")),
          h("ul", {}, state.gone.map((one) => h("li", {}, one.finding, " ", h("b", {}, "Answer: "), one.reply)))) : null),
      h("details", {}, h("summary", {}, "The rule behind this"), h("p", {}, state.rule)));
    const again = held && document.getElementById(held);
    if (again) { again.focus(); if (caret !== null) again.setSelectionRange(caret, caret); }
  }
  show();
  model.on("change:state", show);
  return () => model.off("change:state", show);
});
