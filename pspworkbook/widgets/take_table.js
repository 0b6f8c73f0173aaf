// Rows into a register that the page does not show as a table.

export default part("take", (model, el) => {
  if (model.get("readonly")) return;
  const id = "take-" + Math.random().toString(36).slice(2);
  el.append(h("details", {}, h("summary", {}, "Take rows from a spreadsheet"),
    takingOf(asker(model), { id, words: model.get("words"), accept: model.get("accept"), limit: model.get("limit"), columns: model.get("columns") })));
});
