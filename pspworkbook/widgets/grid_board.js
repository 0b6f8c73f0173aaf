// The board on which one person places stakeholders: dragged by mouse, finger or pen, moved by arrow keys, or pressed
// and then the square pressed. `put(id, {importance, support})` saves; null for both takes a stakeholder off again.

const FIRST = 1, LAST = 5, MIDDLE = 3, SLACK = 5, EDGE = 56;

/** Letters that fit into one line of a square on a page of 1,280 pixels. */
const LONGEST_WORD = 11;

function makeBoard(words, { put, choose, announce, id }) {
  const order = [], pieces = new Map(), names = new Map(), spots = new Map(), cells = new Map();
  let current = "", chosen = "", drag = null;
  const help = h("p", { class: "psp-help", id: id + "-help" }, "Drag each stakeholder to its square, or press it and then the square. With the keyboard: arrow keys move it, Page Down (or Enter) goes on to the next, Page Up goes back, Delete takes it off again. The table does the same.");
  const board = h("div", { class: "psp-grid-cells" });
  for (let y = LAST; y >= FIRST; y--) {
    board.append(h("span", { class: "psp-grid-tick", "aria-hidden": "true" }, String(y)));
    for (let x = FIRST; x <= LAST; x++) {
      const cell = h("div", { class: "psp-grid-cell", "data-x": x, "data-y": y, onclick: () => chosen && place(chosen, x, y, true) });
      cells.set(`${x}:${y}`, cell);
      board.append(cell);
    }
  }
  board.append(h("span"), ...words.scale.map((step) => h("span", { class: "psp-grid-tick psp-grid-under", "aria-hidden": "true" }, String(step.value), h("small", {}, step.text))));
  const tray = h("div", { class: "psp-grid-tray" }), left = h("p", { class: "psp-grid-left" });
  const node = h("div", { class: "psp-grid-place", role: "application", "aria-label": "Place each stakeholder", "aria-describedby": help.id },
    left, tray, h("p", { class: "psp-grid-axis" }, "↑ Importance to success"), board, h("p", { class: "psp-grid-axis psp-grid-x" }, "Support today →"));

  const spot = (one) => spots.get(one) ?? {};
  const there = (one) => Boolean(spot(one).importance && spot(one).support);
  const said = (one) => `${names.get(one)}: ${there(one) ? `importance ${spot(one).importance}, support ${spot(one).support}` : "not placed yet"}`;

  function place(one, x, y, focus) {
    const now = { support: Math.min(LAST, Math.max(FIRST, x)), importance: Math.min(LAST, Math.max(FIRST, y)) };
    const same = spot(one).importance === now.importance && spot(one).support === now.support;
    spots.set(one, { ...spot(one), ...now });
    pick("");
    arrange();
    if (focus) go(one);
    announce(said(one) + (same ? ", not moved" : ""));
    if (!same) put(one, now);
  }
  function takeOff(one) {
    if (![spot(one).importance, spot(one).support].some((value) => value !== undefined && value !== "")) return;
    const nothing = { importance: "", support: "" }; // taken back, which is not the same as "rather not say"
    spots.set(one, { ...spot(one), ...nothing });
    arrange();
    go(one);
    announce(`${names.get(one)}: taken off the grid`);
    put(one, nothing);
  }
  function go(one) {
    if (current !== one) { current = one; rove(); choose(one); }
    pieces.get(one)?.focus({ preventScroll: true });
    pieces.get(one)?.scrollIntoView({ block: "nearest" });
  }
  const rove = () => { for (const [one, piece] of pieces) piece.tabIndex = one === current ? 0 : -1; };
  function pick(one) {
    chosen = one;
    for (const [other, piece] of pieces) piece.setAttribute("aria-pressed", String(other === one));
    node.classList.toggle("psp-grid-picking", Boolean(one));
  }
  /** Every piece where it belongs; within a square in the order of the list, so that none covers another. */
  function arrange() {
    const held = document.activeElement;
    for (const one of order) {
      const piece = pieces.get(one), home = there(one) ? cells.get(`${spot(one).support}:${spot(one).importance}`) : tray;
      piece.setAttribute("aria-label", `${piece.dataset.n}. ${said(one)}`);
      const after = [...home.children].find((other) => Number(other.dataset.n) > Number(piece.dataset.n)) ?? null;
      if (piece.parentNode !== home || piece.nextElementSibling !== after) home.insertBefore(piece, after);
    }
    if (held && pieces.get(held.dataset?.id) === held && document.activeElement !== held) held.focus({ preventScroll: true });
    const open = order.filter((one) => !there(one)).length;
    left.textContent = !order.length ? "" : open ? `Not placed yet: ${open} of ${order.length}` : "All are placed.";
    tray.hidden = !open;
  }

  function keys(event, one) {
    const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key], at = order.indexOf(one);
    const next = { PageDown: at + 1, PageUp: at - 1, Home: 0, End: order.length - 1, Enter: at + (event.shiftKey ? -1 : 1) }[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (step) there(one) ? place(one, spot(one).support + step[0], spot(one).importance + step[1], true) : place(one, MIDDLE, MIDDLE, true);
    else if (next !== undefined) { const to = order[Math.max(0, Math.min(order.length - 1, next))]; go(to); announce(said(to)); }
    else if (event.key === "Delete" || event.key === "Backspace") takeOff(one);
    else if (event.key === "Escape" && (drag || chosen)) { cancel(); pick(""); }
    else return;
    event.preventDefault();
  }

  // Dragging. The piece keeps the pointer; a copy of it follows, and the square under it is marked.
  function begin(event, one) {
    if (event.button || drag) return;
    swallow = false; // a new press, however soon after the last drop
    drag = { one, piece: pieces.get(one), pointer: event.pointerId, x: event.clientX, y: event.clientY, ghost: null };
    drag.piece.setPointerCapture(event.pointerId);
  }
  function follow(event) {
    if (!drag || event.pointerId !== drag.pointer) return;
    if (!drag.ghost) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < SLACK) return;
      // On the body: a notebook's own boxes would hold a fixed child back.
      drag.ghost = h("div", { class: "psp psp-grid-ghost", "aria-hidden": "true" }, h("b", {}, drag.piece.dataset.n), ` ${names.get(drag.one)}`);
      drag.piece.classList.add("psp-grid-lifted");
      document.body.append(drag.ghost);
      roll();
    }
    drag.lastX = event.clientX; drag.lastY = event.clientY;
    drag.ghost.style.left = event.clientX + "px";
    drag.ghost.style.top = event.clientY + "px";
    mark(under(event));
    event.preventDefault();
  }
  const under = (event) => { const found = document.elementFromPoint(event.clientX, event.clientY); return node.contains(found) ? found.closest(".psp-grid-cell, .psp-grid-tray") : null; };
  const mark = (target) => { for (const cell of [...cells.values(), tray]) cell.classList.toggle("psp-grid-over", cell === target); };
  function drop(event) {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { one, ghost } = drag, target = ghost && under(event);
    cancel();
    if (!ghost) return; // a press: the click says the rest
    swallow = true;
    setTimeout(() => { swallow = false; }, 0);
    if (target?.dataset.x) place(one, Number(target.dataset.x), Number(target.dataset.y), true);
    else if (target === tray) takeOff(one);
    else announce(`${names.get(one)}: not moved`);
  }
  function cancel() {
    if (!drag) return;
    drag.ghost?.remove();
    drag.piece.classList.remove("psp-grid-lifted");
    mark(null);
    drag = null;
  }
  /** At the edge of the screen what lies behind comes into view: on a phone the list and the board may not fit together. */
  function roll() {
    if (!drag?.ghost) return;
    const step = drag.lastY < EDGE ? -8 : drag.lastY > innerHeight - EDGE ? 8 : 0;
    if (step) {
      let box = node;
      while (box && !(box.scrollHeight > box.clientHeight && /auto|scroll/.test(getComputedStyle(box).overflowY))) box = box.parentElement;
      (box ?? document.scrollingElement).scrollBy(0, step);
    }
    requestAnimationFrame(roll);
  }
  let swallow = false;
  /** A name for a narrow square: a word that is too long for its line ends in … instead of breaking in its middle. */
  const short = (name) => name.split(/\s+/).map((word) => ([...word].length > LONGEST_WORD ? [...word].slice(0, LONGEST_WORD - 1).join("") + "…" : word)).join(" ");

  function make(item) {
    const piece = h("button", { type: "button", class: "psp-grid-piece psp-second", "data-id": item.id, "data-n": item.n, tabindex: -1, "aria-pressed": "false",
      onkeydown: (event) => keys(event, item.id), onfocus: () => { if (current !== item.id) { current = item.id; rove(); choose(item.id); } },
      onpointerdown: (event) => begin(event, item.id), onpointermove: follow, onpointerup: drop, onpointercancel: cancel,
      onclick: (event) => { event.stopPropagation(); if (!swallow) { const off = chosen === item.id; pick(off ? "" : item.id); if (!off) announce(`${names.get(item.id)}: press the square where it belongs`); } } },
      h("b"), h("span"));
    return piece;
  }
  /** The stakeholders as they are listed now. */
  function list(items) {
    const known = new Set(items.map((item) => item.id));
    for (const [one, piece] of pieces) if (!known.has(one)) { piece.remove(); pieces.delete(one); if (current === one) current = ""; }
    order.splice(0, order.length, ...items.map((item) => item.id));
    for (const item of items) {
      if (!pieces.has(item.id)) pieces.set(item.id, make(item));
      const piece = pieces.get(item.id);
      names.set(item.id, item.name);
      piece.dataset.n = item.n;
      piece.title = item.name;
      piece.firstChild.textContent = item.n;
      piece.lastChild.textContent = short(item.name);
    }
    if (!current && order.length) current = order[0];
    rove();
    crowd();
    arrange();
  }
  /** What is placed, from the workbook or from the table; not while a piece is in somebody's hand. */
  function show(mine) {
    if (drag) return;
    for (const one of order) spots.set(one, mine[one] ?? {});
    arrange();
  }
  const crowd = () => node.classList.toggle("psp-grid-crowded", order.length > 12 || (board.clientWidth > 0 && board.clientWidth < 460));
  const watch = new ResizeObserver(crowd);
  watch.observe(board);
  return { node, help, list, show, current: () => current, leave: () => { cancel(); watch.disconnect(); } };
}
