// An impact map from a spreadsheet. Headings that are not understood are asked for, and remembered for the next file.

export default part("take-map", (model, el) => {
  if (model.get("readonly")) return;
  const ask = asker(model), id = "map-" + Math.random().toString(36).slice(2), question = h("div");
  const report = takingReport();
  const tell = (answer) => {
    report.tell(answer);
    question.replaceChildren(...(answer.ask ? [asking(answer)] : []));
    if (answer.ask) question.querySelector("select, button")?.focus();
  };
  const file = h("input", { type: "file", id, accept: ".xlsx,.csv", onchange: async () => {
    if (file.files[0]) await handIn(ask, file.files[0], model.get("limit"), tell);
    file.value = "";
  } });

  function asking(answer) {
    const choices = answer.unknown.map((heading, place) => {
      const select = h("select", { id: `${id}-${place}` }, h("option", { value: "" }, "Leave it out"), answer.offer.map((one) => h("option", { value: one.value }, one.text)));
      const below = answer.samples[heading], hint = below && h("p", { id: select.id + "-below", class: "psp-help" }, `Below it stands: ${below}`);
      if (hint) select.setAttribute("aria-describedby", hint.id);
      return { heading, select, node: h("div", { class: "psp-item" }, h("label", { for: select.id }, `“${heading}”`), hint, select) };
    });
    return h("div", { class: "psp-panel" }, h("h4", {}, "What do these headings mean?"),
      answer.missing.length ? h("p", {}, `Still needed: ${answer.missing.join(", ")}.`) : null,
      h("div", { class: "psp-items" }, choices.map((choice) => choice.node)),
      h("details", {}, h("summary", {}, `${answer.understood.length} headings were understood`), h("ul", {}, answer.understood.map((one) => h("li", {}, `“${one.heading}” is ${one.title}`)))),
      h("div", { class: "psp-do" }, h("button", { type: "button", onclick: async () => tell(await ask({ do: "take", meanings: Object.fromEntries(choices.map((choice) => [choice.heading, choice.select.value])) })) }, "Take the map")));
  }
  el.append(h("details", {}, h("summary", {}, "Take an impact map from a spreadsheet"),
    h("p", {}, "A file that was saved here comes back with its edits; what has changed here since it was saved stays. The usual impact maps of the field are understood by their headings; for any other you are asked once."),
    h("div", { class: "psp-item psp-item-long" }, h("label", { for: id }, "Impact map (XLSX or CSV)"), file), ...report.nodes, question));
});
