// The history as a table; nothing in it can be changed.

export default part("history", (model, el) => {
  const ask = asker(model), body = h("tbody");
  const button = h("button", { type: "button", class: "psp-second", onclick: () => ask({ do: "more" }) }, "Show more");
  el.append(h("details", {}, h("summary", {}, "Who changed what, when and why"),
    h("div", { class: "psp-scroll", tabindex: "0", role: "group", "aria-label": "History" },
      h("table", {}, h("caption", {}, "History, newest first"), h("thead", {}, h("tr", {}, ["When", "Who", "What", "Why"].map((word) => h("th", { scope: "col" }, word)))), body)),
    h("div", { class: "psp-do" }, button)));
  const tables = fitTables(el);
  const show = () => {
    body.replaceChildren(...model.get("rows").map((row) => h("tr", {}, row.map((cell) => h("td", {}, cell)))));
    button.hidden = !model.get("more");
    tables.look();
  };
  show();
  model.on("change:rows", show);
  model.on("change:more", show);
  return () => { tables.leave(); model.off("change:rows", show); model.off("change:more", show); };
});
