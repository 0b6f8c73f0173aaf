// One person's sheet of a ballot: radio buttons for whoever answers here, one key per question for paper slips.

/** `save(sheet)` resolves with the kernel's answer; `done(sentence)` is called once the sheet is kept. */
function makeSheet(words, { id, paper, save, done, leave }) {
  const error = h("p", { class: "psp-error", role: "alert" }), said = h("p", { class: "psp-status", role: "status" });
  const sector = h("select", { id: id + "-sector" }, h("option", { value: "" }, "Rather not say"), words.sectors.map((one) => h("option", { value: one.value }, one.text)));
  const organisation = words.per_organisation ? h("input", { type: "text", id: id + "-organisation", maxlength: 300, autocomplete: "off" }) : null;
  const top = words.scale.length ? words.scale[words.scale.length - 1].value : 0;
  const rows = words.questions.map((question, place) => (words.free_text ? inWords : paper ? byKey : byChoice)(question, `${id}-${place}`));

  function byKey(question, name) {
    const input = h("input", { type: "text", inputmode: "numeric", maxlength: 2, id: name, class: "psp-num", autocomplete: "off", "aria-label": `${question.name}: 1 to ${top}, or 0 for rather not say`, oninput: () => { check(); if (input.value.trim() !== "" && !wrong.textContent) next(place(question)); } });
    const reason = h("textarea", { id: name + "-why", rows: 1, "aria-label": `Reason for ${question.name}` }), wrong = h("p", { class: "psp-error" });
    const check = () => {
      const typed = input.value.trim(), good = typed === "" || (/^\d$/.test(typed) && Number(typed) <= top);
      wrong.textContent = good ? "" : `Type 1 to ${top}, or 0.`;
      good ? input.removeAttribute("aria-invalid") : input.setAttribute("aria-invalid", "true");
    };
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") { event.preventDefault(); next(place(question)); }
      if (event.key === "ArrowUp") { event.preventDefault(); next(place(question) - 2); }
    });
    return {
      question, first: input, wrong,
      node: h("tr", {}, h("th", { scope: "row" }, question.name), h("td", { "data-label": "Answer" }, input, wrong), h("td", { "data-label": "Reason" }, reason)),
      read: () => (input.value.trim() === "" ? (reason.value.trim() ? { value: null, why: reason.value } : null) : { value: Number(input.value) || null, why: reason.value }),
      clear: () => { input.value = reason.value = wrong.textContent = ""; input.removeAttribute("aria-invalid"); },
    };
  }
  function byChoice(question, name) {
    const wrong = h("p", { class: "psp-error" });
    const choice = (value, text) => h("label", { class: "psp-choice" }, h("input", { type: "radio", name, value: String(value) }), h("span", {}, text));
    const box = h("fieldset", { class: "psp-ask" }, h("legend", {}, question.name), h("p", { class: "psp-help" }, [question.help, question.ask].filter(Boolean).join(" ")),
      question.low && question.high ? h("p", { class: "psp-help" }, `${words.scale[0].value}: ${question.low}. ${top}: ${question.high}.`) : null,
      words.scale.map((step) => choice(step.value, `${step.value}. ${step.text}`)), choice("", "I’d rather not say"), wrong);
    const reason = h("textarea", { id: name + "-why", rows: 2 });
    box.append(h("label", { for: name + "-why" }, "Why? (if you like, without names)"), reason);
    const chosen = () => box.querySelector("input:checked");
    return {
      question, node: box, first: box.querySelector("input"), wrong,
      read: () => (chosen() ? { value: Number(chosen().value) || null, why: reason.value } : null),
      clear: () => { for (const input of box.querySelectorAll("input")) input.checked = false; reason.value = wrong.textContent = ""; },
    };
  }
  function inWords(question, name) {
    const input = h("textarea", { id: name, rows: 3 }), wrong = h("p", { class: "psp-error" });
    return {
      question, first: input, wrong,
      node: h("div", { class: "psp-item psp-item-long" }, h("label", { for: name }, question.name), h("p", { class: "psp-help" }, [question.ask, question.help].filter(Boolean).join(" ")), input, wrong),
      read: () => (input.value.trim() ? { value: null, why: input.value } : null),
      clear: () => { input.value = wrong.textContent = ""; },
    };
  }
  const place = (question) => open().findIndex((row) => row.question === question) + 1;
  const asked = (question) => !words.by_group.includes(sector.value) || question.asked_of.includes(sector.value);
  const open = () => rows.filter((row) => asked(row.question));
  function next(at) { (open()[at]?.first ?? (at < 0 ? sector : button)).focus(); }

  const scale = words.scale.map((step) => `${step.value} ${step.text}`).join(" · ");
  const button = h("button", {}, paper ? "Save this slip" : "Save my answers");
  const list = paper && !words.free_text
    ? h("table", { class: "psp-slip" }, h("caption", {}, `Type ${scale}; 0 is “rather not say”; leave empty what is not filled in.`),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Question"), h("th", { scope: "col" }, "Answer"), h("th", { scope: "col" }, "Reason, without names"))), h("tbody", {}, rows.map((row) => row.node)))
    : h("div", {}, rows.map((row) => row.node));
  const regroup = () => { for (const row of rows) row.node.hidden = !asked(row.question); };
  sector.addEventListener("change", regroup);
  const form = h("form", { class: "psp-sheet", onsubmit: async (event) => {
    event.preventDefault();
    const wrong = open().find((row) => row.first.getAttribute("aria-invalid"));
    if (wrong) { wrong.first.focus(); return; }
    const answers = {};
    for (const row of open()) { row.wrong.textContent = ""; const read = row.read(); if (read) answers[row.question.key] = read; }
    button.disabled = true;
    const answer = await save({ answers, sector: sector.value, organisation: organisation?.value ?? "", paper });
    button.disabled = false;
    const errors = { ...(answer.errors ?? {}) };
    for (const row of rows) if (errors[row.question.key]) { row.wrong.textContent = errors[row.question.key]; delete errors[row.question.key]; }
    error.textContent = answer.refused ?? Object.values(errors)[0] ?? "";
    said.textContent = answer.said ?? "";
    if (!answer.ok) return;
    for (const row of rows) row.clear();
    if (paper) (open()[0]?.first ?? sector).focus(); // the next slip; the group stays as it was
    else done(answer.said);
  } },
  h("h4", {}, paper ? "Enter answers from paper" : "Your own answers"),
  h("div", { class: "psp-items" }, h("div", { class: "psp-item" }, h("label", { for: sector.id }, paper ? "This person is here for" : "I am here for"), sector),
    organisation ? h("div", { class: "psp-item" }, h("label", { for: organisation.id }, "Organisation (if given)"), organisation) : null),
  list, error, h("div", { class: "psp-do" }, button, h("button", { type: "button", class: "psp-second", onclick: leave }, paper ? "No more slips" : "Leave it"), said));
  regroup();
  form.begin = () => sector.focus();
  return form;
}
