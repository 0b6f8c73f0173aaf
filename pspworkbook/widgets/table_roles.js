// A table that is laid out as cards stays a table for who hears it: some browsers forget what a cell is once it is laid out otherwise.

const ROLES = { TABLE: () => "table", THEAD: () => "rowgroup", TBODY: () => "rowgroup", TFOOT: () => "rowgroup", TR: () => "row", TD: () => "cell", TH: (head) => (head.scope === "row" ? "rowheader" : "columnheader") };

const told = new WeakSet();

/** Says of the table and of all within it, now and when rows come, what each is. */
function keepRoles(table) {
  if (told.has(table)) return;
  told.add(table);
  const say = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE || node.closest("table") !== table) return;
    const role = ROLES[node.tagName]?.(node);
    if (!role) return; // what stands within a cell is none of ours
    node.setAttribute("role", role);
    for (const child of node.children) say(child);
  };
  say(table);
  new MutationObserver((seen) => { for (const { addedNodes } of seen) for (const node of addedNodes) say(node); }).observe(table, { childList: true, subtree: true });
}
