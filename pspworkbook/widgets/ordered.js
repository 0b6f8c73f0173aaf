// What a register has besides, whose records stand in an order: choosing whose order, and moving a record in it.

const FEW = 6;

/** Buttons (a list, where there are many) for each field that the order stands within. Gives what is chosen, in words. */
function choosersOf(model, ask, said, name) {
  const box = h("div", { class: "psp-within" });
  const choose = (field) => async (value) => said(await ask({ do: "choose", name: field, value }));
  function draw() {
    const had = document.activeElement?.dataset?.choice;
    box.replaceChildren(...model.get("within").filter((one) => one.options.length).map((one) => {
      const pick = choose(one.name), id = `${name}-within-${one.name}`;
      if (one.options.length > FEW) {
        const select = h("select", { id, "data-choice": one.name, onchange: () => pick(select.value) }, one.options.map((option) => h("option", { value: option.value }, option.text)));
        select.value = one.chosen;
        return h("div", { class: "psp-item" }, h("label", { for: id }, one.title), select);
      }
      return h("div", { role: "group", "aria-labelledby": id }, h("p", { id, class: "psp-takes" }, one.title),
        h("ul", { class: "psp-lib-kinds" }, one.options.map((option) => h("li", {}, h("button", {
          type: "button", class: "psp-second", "data-choice": `${one.name}=${option.value}`, "aria-pressed": String(option.value === one.chosen), onclick: () => pick(option.value),
        }, option.text)))));
    }));
    if (had) box.querySelector(`[data-choice="${CSS.escape(had)}"]`)?.focus();
  }
  draw();
  return {
    node: box,
    draw,
    words: () => model.get("within").map((one) => one.options.find((option) => option.value === one.chosen)?.text).filter(Boolean).join(": "),
  };
}

/** The two buttons that move a record; the one that was pressed keeps the focus, so that it can be pressed again. */
function moversOf(record, ask, said) {
  const button = (by, sign) => {
    const made = h("button", { type: "button", class: "psp-second psp-move", onclick: async () => {
      said(await ask({ do: "move", id: record, by }));
      made.focus();
    } }, h("span", { "aria-hidden": "true" }, sign));
    return made;
  };
  const up = button(-1, "↑"), down = button(1, "↓");
  return {
    nodes: [up, down],
    name(text) { up.setAttribute("aria-label", `Earlier: ${text}`); down.setAttribute("aria-label", `Later: ${text}`); },
  };
}
