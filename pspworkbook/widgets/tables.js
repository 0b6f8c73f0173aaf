// Tables on a small screen: one that does not fit becomes cards, in which every cell says what its column is.

const SMALL = matchMedia("(max-width: 48rem)");
/** A row higher than this, in pixels, is a text squeezed into a column. */
const SQUEEZED = 190;
/** So many cards stand there at first. */
const FIRST = 4;

/** Tells every cell the title of its column, which the style sheet shows where the heads are not. */
function labelCells(table) {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((head) => head.textContent.trim());
  for (const row of table.rows) {
    if (row.parentElement === table.tHead) continue;
    let place = 0;
    for (const cell of row.cells) {
      cell.dataset.label = heads[place] ?? "";
      cell.classList.toggle("psp-nothing", !cell.textContent.trim() && !cell.childElementCount);
      place += cell.colSpan;
    }
  }
}

/**
 * Keeps the tables within `root` readable in the room that they have; a box of the class psp-stack is always cards on a
 * small screen. Returns `look`, to be called when the tables have changed, and `leave`.
 */
function fitTables(root) {
  const ours = new WeakSet(), widths = new WeakMap(), all = new Set(); // becoming cards changes the height: only another width is news
  const fit = (box) => {
    const table = box.querySelector("table");
    if (!table) return;
    if (!ours.has(box)) return few(box, table);
    box.classList.remove("psp-stack");
    if (!SMALL.matches || !box.clientWidth) return;
    const wide = box.scrollWidth > box.clientWidth + 1, high = table.rows[0]?.cells.length > 2 && [...table.rows].some((row) => row.offsetHeight > SQUEEZED);
    box.classList.toggle("psp-stack", wide || high);
    if (wide || high) few(box, table);
  };
  const few = (box, table) => {
    if (!SMALL.matches || box.closest("details") || table.querySelector(".psp-few")) return;
    const [body] = table.tBodies, name = box.getAttribute("aria-label");
    if (all.has(name)) body.dataset.all = "true"; // the same table, written anew
    fewAtFirst(body, FIRST, name, box);
    body.addEventListener("psp-all", () => all.add(name));
  };
  const watcher = new ResizeObserver((seen) => {
    for (const { target, contentRect: { width } } of seen) if (widths.get(target) !== width) { widths.set(target, width); fit(target); }
  });
  const look = () => {
    watcher.disconnect();
    for (const box of root.querySelectorAll(".psp-scroll:has(table)")) {
      if (!box.classList.contains("psp-stack")) ours.add(box);
      widths.delete(box);
      labelCells(box.querySelector("table"));
      keepRoles(box.querySelector("table"));
      watcher.observe(box);
    }
  };
  look();
  return { look, leave: () => watcher.disconnect() };
}
