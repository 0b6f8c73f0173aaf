// Everybody's ratings: each stakeholder's middle as a numbered mark, the middle half as a box, every rating as a dot,
// and where we want them as an arrow. What would lie on top of one another is moved apart; the table has the numbers.

const STEPS = 5, MARK = 30, FEW_NAMES = 8, NARROW = 540, NAME = { width: 112, height: 56 };

function svg(tag, props, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

function makeSpread(words, { announce, id }) {
  const numbers = new Map(), marks = new Map();
  let results = [], chosen = "", current = "";
  const layer = svg("svg", { "aria-hidden": "true", class: "psp-grid-drawing" });
  const place = h("div", { class: "psp-grid-marks", role: "group", "aria-label": "Everybody’s ratings on the grid: arrow keys go from one stakeholder to the next" });
  const ticks = (side) => words.scale.map((step) => h("span", { class: `psp-grid-tick psp-grid-${side}` }, String(step.value), side === "under" ? h("small", {}, step.text) : null));
  const field = h("div", { class: "psp-grid-field" }, h("span", { class: "psp-grid-first", "aria-hidden": "true" }, "Matters most, supports least"), layer, place);
  const detail = h("p", { class: "psp-grid-detail" }), unsaid = h("p", { class: "psp-help" });
  const key = h("ul", { class: "psp-grid-legend psp-help", "aria-hidden": "true" }, [
    ["psp-grid-mark", "the middle of the ratings"], ["psp-grid-mark psp-grid-act", "matters most, supports least"], ["psp-grid-key-box", "the middle half; of fewer than five ratings all"], ["psp-grid-key-dot", "one person’s rating"], ["psp-grid-key-arrow", "where we want them"],
  ].map(([look, text]) => h("li", {}, h("i", { class: look }), text)));
  const body = h("tbody");
  const table = h("table", { class: "psp-grid-numbers" }, h("caption", {}, "Everybody’s ratings as a table"),
    h("thead", {}, h("tr", {}, ["No.", "Stakeholder", "Rated by", "Importance: middle (middle half, all)", "Support: middle (middle half, all)", "Wanted", "To act on"].map((text) => h("th", { scope: "col" }, text)))), body);
  const board = h("div", { class: "psp-grid-all" }, h("p", { class: "psp-grid-axis" }, "↑ Importance to success"),
    h("div", { class: "psp-grid-frame", "aria-hidden": "true" }, ticks("side").reverse()), field, h("div", { class: "psp-grid-row", "aria-hidden": "true" }, ticks("under")), h("p", { class: "psp-grid-axis psp-grid-x" }, "Support today →"));
  const node = h("div", {}, board, key, detail, unsaid,
    h("div", { class: "psp-scroll", tabindex: "0", role: "group", "aria-label": "Everybody’s ratings as a table" }, table),
    h("details", {}, h("summary", {}, "The rules behind this"), words.rules.map((rule) => h("p", {}, rule)), h("p", {}, "Marks that would lie on top of one another are moved apart a little. A box from one point to the same point is drawn as a short line.")));

  const known = () => results.filter((one) => one.known);
  function choose(one, speak) {
    chosen = one;
    const found = results.find((result) => result.id === one);
    detail.textContent = found ? found.words : known().length > FEW_NAMES ? "Choose a stakeholder to see each person’s rating of it, its middle half and where we want it; here the middle half of each is a thin cross, and only those to act on have their arrow." : known().length ? "Choose a stakeholder to see each person’s rating of it." : "";
    if (speak && found) announce(found.words);
    for (const row of body.children) row.classList.toggle("psp-grid-here", row.dataset.id === one);
    draw();
  }
  function go(one) { current = one; rove(); marks.get(one)?.focus({ preventScroll: true }); choose(one, true); }
  const rove = () => { for (const [one, mark] of marks) mark.tabIndex = one === current ? 0 : -1; };
  function keys(event, one) {
    const order = known().map((result) => result.id), at = order.indexOf(one);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, PageDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, PageUp: at - 1, Home: 0, End: order.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(order[Math.max(0, Math.min(order.length - 1, to))]);
  }

  function show(items, found) {
    for (const item of items) numbers.set(item.id, item);
    results = found.filter((one) => numbers.has(one.id));
    const here = new Set(known().map((one) => one.id));
    for (const [one, mark] of marks) if (!here.has(one)) { mark.remove(); marks.delete(one); }
    for (const one of known()) {
      if (!marks.has(one.id)) marks.set(one.id, h("button", { type: "button", class: "psp-grid-mark", "data-id": one.id, onclick: () => go(one.id), onkeydown: (event) => keys(event, one.id) }, h("b"), h("span")));
      const mark = marks.get(one.id), { n, name } = numbers.get(one.id);
      mark.classList.toggle("psp-grid-act", one.act);
      mark.firstChild.textContent = n;
      mark.lastChild.textContent = name;
      mark.title = name;
      mark.setAttribute("aria-label", `${n}. ${one.words}`);
      place.append(mark);
    }
    if (!here.has(current)) current = known()[0]?.id ?? "";
    if (!here.has(chosen)) chosen = "";
    const out = results.filter((one) => !one.known);
    unsaid.textContent = out.length ? `Not drawn, because fewer than ${words.few} people have rated both: ${out.map((one) => numbers.get(one.id).name).join(", ")}.` : "";
    body.replaceChildren(...[...results].sort((a, b) => numbers.get(a.id).n - numbers.get(b.id).n).map((one) => {
      const { n, name } = numbers.get(one.id), cells = one.known ? [one.importance.words, one.support.words, one.wanted ? String(one.wanted) : "not said", one.act ? "yes" : "no"] : ["too few to say", "too few to say", "", ""];
      return h("tr", { "data-id": one.id }, h("td", { class: "psp-num" }, String(n)), h("th", { scope: "row" }, name), h("td", { "data-label": "Rated by" }, one.n === 1 ? "1 person" : `${one.n} people`), cells.map((text, at) => h("td", { "data-label": ["Importance", "Support", "Wanted", "To act on"][at] }, text)));
    }));
    rove();
    choose(chosen);
  }

  function draw() {
    const width = field.clientWidth, height = field.clientHeight, few = known().length <= FEW_NAMES, named = few && width >= NARROW;
    if (!width) return;
    node.classList.toggle("psp-grid-named", named);
    layer.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const x = (value) => ((value - 0.5) / STEPS) * width, y = (value) => height - ((value - 0.5) / STEPS) * height;
    const room = named ? NAME : { width: MARK, height: MARK }, taken = [];
    /** The nearest free place to where it belongs, on a widening turn around it. */
    const free = (left, top) => {
      for (let turn = 0; turn < 1600; turn++) {
        const far = 3.2 * Math.sqrt(turn) * (named ? 2 : 1), angle = turn * 2.4;
        const at = [left + far * Math.cos(angle), top + far * Math.sin(angle)];
        const half = [room.width / 2, MARK / 2 + 2], inside = at[0] >= half[0] && at[0] <= width - half[0] && at[1] >= half[1] && at[1] <= height - (room.height - MARK / 2);
        if (inside && taken.every((other) => Math.abs(other[0] - at[0]) >= room.width || Math.abs(other[1] - at[1]) >= room.height)) { taken.push(at); return at; }
      }
      taken.push([left, top]);
      return [left, top];
    };
    const shapes = [], heads = [], dots = new Map();
    for (const one of known()) {
      const mine = one.id === chosen, mark = marks.get(one.id), from = [x(one.support.middle), y(one.importance.middle)], at = free(...from);
      mark.style.left = at[0] + "px"; mark.style.top = at[1] + "px";
      mark.setAttribute("aria-current", String(mine));
      const look = mine ? " psp-grid-chosen" : chosen ? " psp-grid-faint" : "";
      const box = { left: x(one.support.low) - 7, right: x(one.support.high) + 7, top: y(one.importance.high) - 7, bottom: y(one.importance.low) + 7 };
      if (few || mine) shapes.push(svg("rect", { class: "psp-grid-box" + look, x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top, rx: 4 }));
      else if (!chosen) shapes.push(svg("path", { class: "psp-grid-leader psp-grid-faint", d: `M ${box.left} ${from[1]} H ${box.right} M ${from[0]} ${box.top} V ${box.bottom}` }));
      if (Math.hypot(at[0] - from[0], at[1] - from[1]) > 4) shapes.push(svg("line", { class: "psp-grid-leader" + look, x1: from[0], y1: from[1], x2: at[0], y2: at[1] }));
      if (one.wanted && one.wanted !== one.support.middle && (few || mine || (!chosen && one.act))) {
        const to = x(one.wanted), way = Math.sign(to - at[0]) || 1, tip = to;
        heads.push(svg("line", { class: "psp-grid-arrow" + look, x1: at[0] + (way * MARK) / 2, y1: at[1], x2: tip - way * 9, y2: at[1] }), svg("path", { class: "psp-grid-arrow psp-grid-tip" + look, d: `M ${tip} ${at[1]} l ${-way * 11} -6 v 12 z` }));
      }
      if (mine || (!chosen && few)) for (const [matters, supports] of one.dots) {
        const spot = `${supports}:${matters}`, before = dots.get(spot) ?? 0, far = 4.6 * Math.sqrt(before), angle = before * 2.4;
        dots.set(spot, before + 1);
        heads.push(svg("circle", { class: "psp-grid-dot" + look, cx: x(supports) + far * Math.cos(angle), cy: y(matters) + far * Math.sin(angle), r: mine ? 4 : 3 }));
      }
    }
    layer.replaceChildren(...shapes, ...heads);
  }
  const watch = new ResizeObserver(draw);
  watch.observe(field);
  return { node, show, leave: () => watch.disconnect() };
}
