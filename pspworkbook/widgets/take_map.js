// An impact map from a spreadsheet. Headings that are not understood are asked for, and remembered for the next file.

const PIECE = 512 * 1024;

export default part("take-map", (model, el) => {
  if (model.get("readonly")) return;
  const ask = asker(model), id = "map-" + Math.random().toString(36).slice(2);
  const status = h("p", { class: "psp-status", role: "status" }), alert = h("div", { role: "alert" }), question = h("div");
  const tell = (answer) => {
    status.textContent = answer.said ?? "";
    const lines = answer.refused ? [answer.refused] : answer.errors ? Object.values(answer.errors) : answer.problems ?? [];
    alert.replaceChildren(...(lines.length ? [h("ul", {}, lines.map((line) => h("li", { class: "psp-error" }, line)))] : []));
    question.replaceChildren(...(answer.ask ? [asking(answer)] : []));
    if (answer.ask) question.querySelector("select, button")?.focus();
  };
  const file = h("input", { type: "file", id, accept: ".xlsx,.csv", onchange: async () => {
    const chosen = file.files[0];
    if (!chosen) return;
    if (chosen.size > model.get("limit")) return tell({ refused: "This file is too large." });
    const of = Math.max(1, Math.ceil(chosen.size / PIECE));
    for (let piece = 0; piece < of; piece++) {
      const bytes = await chosen.slice(piece * PIECE, (piece + 1) * PIECE).arrayBuffer();
      const answer = await ask({ do: "piece", piece, of, name: chosen.name }, [bytes]);
      if (!answer.ok || piece === of - 1) tell(answer);
      if (!answer.ok) break;
    }
    file.value = "";
  } });

  function asking(answer) {
    const choices = answer.unknown.map((heading, place) => {
      const select = h("select", { id: `${id}-${place}` }, h("option", { value: "" }, "Leave it out"), answer.offer.map((one) => h("option", { value: one.value }, one.text)));
      return { heading, select, node: h("div", { class: "psp-item" }, h("label", { for: select.id }, `“${heading}”`), select) };
    });
    return h("div", { class: "psp-panel" }, h("h4", {}, "What do these headings mean?"),
      answer.missing.length ? h("p", {}, `Still needed: ${answer.missing.join(", ")}.`) : null,
      h("div", { class: "psp-items" }, choices.map((choice) => choice.node)),
      h("details", {}, h("summary", {}, `${answer.understood.length} headings were understood`), h("ul", {}, answer.understood.map((one) => h("li", {}, `“${one.heading}” is ${one.title}`)))),
      h("div", { class: "psp-do" }, h("button", { type: "button", onclick: async () => tell(await ask({ do: "take", meanings: Object.fromEntries(choices.map((choice) => [choice.heading, choice.select.value])) })) }, "Take the map")));
  }
  el.append(h("details", {}, h("summary", {}, "Take an impact map from a spreadsheet"),
    h("p", {}, "A file that was saved here comes back with its edits. The usual impact maps of the field are understood by their headings; for any other you are asked once."),
    h("div", { class: "psp-item psp-item-long" }, h("label", { for: id }, "Impact map (XLSX or CSV)"), file), status, alert, question));
});
