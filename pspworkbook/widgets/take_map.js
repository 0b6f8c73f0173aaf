// An impact map from a spreadsheet. Headings that are not understood are asked for, and remembered for the next file.

export default part("take-map", (model, el) => {
  if (model.get("readonly")) return;
  const ask = asker(model), id = "map-" + Math.random().toString(36).slice(2), question = h("div");
  const report = takingReport();
  const told = (answer) => {
    report.tell(answer);
    question.replaceChildren(...(answer.ask ? [asking(answer)] : []));
    if (!answer.ask) return report.show();
    if (question.getBoundingClientRect().bottom > innerHeight) question.scrollIntoView({ block: "start" });
    question.querySelector("h4").focus({ preventScroll: true });
  };
  const file = h("input", { type: "file", id, accept: ".xlsx,.csv", onchange: async () => {
    if (file.files[0]) await handIn(ask, file.files[0], model.get("limit"), told);
    file.value = "";
  } });

  /** The headings that are not understood, each with a box; the boxes stay as they are until the map is taken or left. */
  function asking(answer) {
    const { understood, missing, unknown } = answer, short = missing.length > unknown.length;
    const choices = unknown.map((heading, place) => {
      const select = h("select", { id: `${id}-${place}`, onchange: () => say() }, h("option", { value: "" }, "Leave it out"), answer.offer.map((one) => h("option", { value: one.value }, one.text)));
      const below = answer.samples[heading], hint = below && h("p", { id: select.id + "-below", class: "psp-help" }, `Below it stands: ${below}`);
      if (hint) select.setAttribute("aria-describedby", hint.id);
      return { heading, select, node: h("div", { class: "psp-item" }, h("label", { for: select.id }, `“${heading}”`), hint, select) };
    });
    const words = h("span"), needed = h("p", { "aria-live": "polite", tabindex: "-1" }, words);
    const say = () => {
      const chosen = choices.map((choice) => choice.select.value), rest = missing.filter((one) => !chosen.includes(one.value));
      words.textContent = rest.length ? `Still needed: ${rest.map((one) => one.text).join(", ")}.` : "All that is needed has its heading.";
      if (!rest.length) words.className = "";
    };
    const take = async () => {
      const got = await ask({ do: "take", meanings: Object.fromEntries(choices.map((choice) => [choice.heading, choice.select.value])) });
      if (got.ask) {
        report.tell({});
        words.className = "psp-error";
        needed.scrollIntoView({ block: "center" });
        return needed.focus({ preventScroll: true });
      }
      report.tell(got);
      if (got.ok) question.replaceChildren();
      report.show({ always: true });
    };
    const leave = async () => {
      report.tell(await ask({ do: "leave" }));
      question.replaceChildren();
      file.focus();
    };
    say();
    return h("div", { class: "psp-panel" }, h("h4", { tabindex: "-1" }, choices.length ? "What do these headings mean?" : "Columns are missing in this file"), needed,
      short ? h("p", {}, "This file has too few headings for that. Add the columns there, and choose the file again.") : null,
      choices.length ? h("div", { class: "psp-items" }, choices.map((choice) => choice.node)) : null,
      h("details", {}, h("summary", {}, understood.length === 1 ? "1 heading was understood" : `${understood.length} headings were understood`), h("ul", {}, understood.map((one) => h("li", {}, `“${one.heading}” is ${one.title}`)))),
      h("div", { class: "psp-do" }, short ? null : h("button", { type: "button", onclick: take }, "Take the map"), h("button", { type: "button", class: "psp-second", onclick: leave }, "Leave it")));
  }
  const follow = () => report.undone(model.get("undone"));
  model.on("change:undone", follow);
  el.append(h("details", {}, h("summary", {}, "Take an impact map from a spreadsheet"),
    h("p", {}, "A file that was saved here comes back with its edits; what has changed here since it was saved stays. The usual impact maps of the field are understood by their headings; for any other you are asked once. A row that carries no identifier belongs to the outcome here with the same words and the same stakeholder."),
    h("div", { class: "psp-item psp-item-long" }, h("label", { for: id }, "Impact map (XLSX or CSV)"), file), ...report.nodes, question));
  return () => model.off("change:undone", follow);
});
