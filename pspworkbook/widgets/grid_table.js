// The same ratings as a table: one row for each stakeholder, two lists to choose from. The number is its key on the board.

function makeRatings(words, { put, id }) {
  const body = h("tbody"), rows = new Map();
  const node = h("table", { class: "psp-grid-table" }, h("caption", {}, "Your rating as a table"),
    h("thead", {}, h("tr", {}, ["No.", "Stakeholder", "Importance", "Support today"].map((text) => h("th", { scope: "col" }, text)))), body);

  function make(item) {
    const choice = (part, title) => h("select", { id: `${id}-${item.id}-${part}`, onchange: (event) => put(item.id, { [part]: event.target.value === "" ? "" : Number(event.target.value) || null }) },
      h("option", { value: "" }, "…"), words.scale.map((step) => h("option", { value: String(step.value) }, `${step.value} ${step.text}`)), h("option", { value: "0" }, "Rather not say"));
    const name = h("th", { scope: "row" }), number = h("td", { class: "psp-num" }), error = h("p", { class: "psp-error" });
    const importance = choice("importance"), support = choice("support");
    return { name, number, error, importance, support, node: h("tr", { "data-id": item.id }, number, name, h("td", {}, importance), h("td", {}, support, error)) };
  }
  function list(items) {
    const known = new Set(items.map((item) => item.id));
    for (const [one, row] of rows) if (!known.has(one)) { row.node.remove(); rows.delete(one); }
    items.forEach((item, at) => {
      if (!rows.has(item.id)) rows.set(item.id, make(item));
      const row = rows.get(item.id);
      row.name.textContent = item.name;
      row.number.textContent = item.n;
      row.importance.setAttribute("aria-label", `Importance, ${item.name}`);
      row.support.setAttribute("aria-label", `Support today, ${item.name}`);
      if (body.children[at] !== row.node) body.insertBefore(row.node, body.children[at] ?? null);
    });
  }
  /** undefined or "": not answered, or taken back; null: would rather not say. */
  const text = (value) => (value === undefined ? "" : value === null ? "0" : String(value));
  function show(mine) {
    for (const [one, row] of rows) for (const part of ["importance", "support"]) {
      const now = text(mine[one]?.[part]);
      if (row[part].value !== now) row[part].value = now;
    }
  }
  function complain(wrong) { for (const [one, row] of rows) row.error.textContent = wrong[one] ?? ""; }
  /** The row of the stakeholder in hand; where the table scrolls by itself, it comes into view. */
  function mark(one) {
    const row = rows.get(one)?.node, box = node.parentElement;
    if (row && box && box.scrollHeight > box.clientHeight + 4) box.scrollTop += row.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
    for (const [other, row] of rows) row.node.classList.toggle("psp-grid-here", other === one);
  }
  return { node, list, show, complain, mark };
}
