// The library: a search that answers as one types, and each entry opened as a story under its result.

const FILTERS = { kind: "Kind", stage: "Stage", tool: "Tool", market: "Market", area: "Area" };
const STEP = 20;

export default part("library", (model, el) => {
  const ask = asker(model), terms = explainTerms(el), tables = fitTables(el);
  const onPage = document.body.dataset.voila === "voila"; // in JupyterLab the address is Jupyter's own
  const state = { q: "", kind: "", stage: "", tool: "", market: "", area: "", open: "" };
  let limit = STEP, asked = 0, hits = [], story = null, gone = false;

  const query = h("input", { type: "search", id: "library-query", autocomplete: "off", spellcheck: "false", maxlength: 200, "aria-describedby": "library-help" });
  const selects = Object.fromEntries(Object.keys(FILTERS).map((name) => [name, h("select", { id: "library-" + name, onchange: () => { state[name] = selects[name].value; changed(); } })]));
  const clear = h("button", { type: "button", class: "psp-second", onclick: () => { for (const name of ["q", ...Object.keys(FILTERS), "open"]) state[name] = ""; put(); changed(); query.focus(); } }, "Clear");
  const summary = h("summary", {}, "Filters");
  const filters = h("details", { class: "psp-lib-more", open: matchMedia("(min-width: 48.01rem)").matches }, summary,
    h("div", {}, Object.entries(FILTERS).map(([name, words]) => h("div", {}, h("label", { for: "library-" + name }, words), selects[name])), h("div", {}, clear)));
  const status = h("p", { role: "status", class: "psp-status" });
  const browse = h("ul", { class: "psp-lib-kinds", "aria-label": "Browse by kind" });
  const list = h("ol", { class: "psp-lib-hits", "aria-label": "Entries" });
  const more = h("button", { type: "button", class: "psp-second", hidden: true, onclick: async () => { const from = hits.length; limit += STEP; await find(); list.children[from + (pinned() ? 1 : 0)]?.querySelector("button").focus(); } }, "Show more");
  const error = h("p", { role: "alert", class: "psp-error" });
  el.append(
    h("form", { role: "search", "aria-label": "Library", class: "psp-lib-form", onsubmit: (event) => { event.preventDefault(); soon.drop(); changed(); } },
      h("div", { class: "psp-lib-query" }, h("label", { for: query.id }, "Search everything"), h("p", { class: "psp-help", id: "library-help" }, "Lessons, cases, terms, questions, tools, what has changed since 2011. Beginnings of words are enough."), query),
      filters),
    browse, status, error, list, h("div", { class: "psp-do" }, more));
  const soon = later(() => { state.q = query.value; changed(); }, 120);
  query.addEventListener("input", soon);

  function fill() {
    const choices = { kind: model.get("kinds").map((kind) => ({ ...kind, text: `${kind.text} (${kind.count})` })), ...model.get("choices") };
    for (const [name, select] of Object.entries(selects)) {
      select.replaceChildren(h("option", { value: "" }, "All"), ...choices[name].map((one) => h("option", { value: one.value }, one.text)));
      select.value = state[name];
    }
    browse.replaceChildren(...model.get("kinds").map((kind) => h("li", {}, h("button", { type: "button", class: "psp-second", onclick: () => { state.kind = kind.value; put(); changed(); selects.kind.focus(); } }, `${kind.text} (${kind.count})`))));
  }
  function put() {
    query.value = state.q;
    for (const [name, select] of Object.entries(selects)) { select.value = state[name]; state[name] = select.value; } // what is no choice is no filter
  }
  const idle = () => !state.q.trim() && Object.keys(FILTERS).every((name) => !state[name]);
  const pinned = () => story && !hits.some((hit) => hit.anchor === story.anchor);

  /** The address of this very view: it opens again on reload, and can be sent to somebody. */
  function address(push) {
    if (!onPage) return;
    const rest = new URLSearchParams(Object.entries(state).filter(([name, value]) => name !== "open" && value)).toString();
    const hash = state.open + (rest ? "?" + rest : "");
    const wanted = location.pathname + location.search + (hash ? "#" + hash : "");
    if (wanted !== location.pathname + location.search + location.hash) history[push ? "pushState" : "replaceState"](null, "", wanted);
  }
  async function read() {
    let hash = location.hash.slice(1);
    try { hash = decodeURIComponent(hash.split("?")[0]) + (hash.includes("?") ? "?" + hash.split("?").slice(1).join("?") : ""); } catch { /* as it stands */ }
    const [anchor, rest] = [hash.split("?")[0], new URLSearchParams(hash.split("?").slice(1).join("?"))];
    if (anchor && !model.get("kinds").some((kind) => anchor.startsWith(kind.value + "-"))) return; // somebody else's
    for (const name of ["q", ...Object.keys(FILTERS)]) state[name] = rest.get(name) ?? "";
    put();
    limit = STEP;
    await find();
    if (anchor) await open(anchor, { push: false, focus: true });
    else { story = null; state.open = ""; draw(); }
  }

  async function changed() {
    limit = STEP;
    await find();
    if (pinned()) { story = null; state.open = ""; draw(); }
    address(false);
  }
  async function find() {
    const mine = ++asked;
    const answer = await ask({ do: "find", query: state.q, kind: state.kind, stage: state.stage, tool: state.tool, market: state.market, area: state.area, limit });
    if (mine !== asked || gone) return; // something newer was typed meanwhile
    error.textContent = answer.refused ?? "";
    hits = answer.hits ?? [];
    status.textContent = answer.said ?? "";
    more.hidden = !(answer.total > hits.length);
    draw();
  }
  async function open(anchor, { push = true, focus = false } = {}) {
    const answer = await ask({ do: "open", anchor });
    if (gone) return;
    error.textContent = answer.refused ?? "";
    if (answer.refused) { el.scrollIntoView({ block: "start" }); return; }
    story = answer;
    state.open = anchor;
    address(push);
    draw();
    if (!focus) return;
    const card = list.querySelector(".psp-lib-open");
    card?.scrollIntoView({ block: "start" });
    card?.querySelector("h3 button").focus({ preventScroll: true });
  }
  function close(focus) {
    const anchor = story?.anchor;
    story = null;
    state.open = "";
    address(true);
    draw();
    if (focus) (list.querySelector(`[data-anchor="${CSS.escape(anchor)}"] h3 button`) ?? query).focus();
  }

  function draw() {
    terms.hide();
    const had = list.contains(document.activeElement) ? document.activeElement.closest("li[data-anchor]")?.dataset.anchor : null;
    browse.hidden = !idle();
    const on = Object.keys(FILTERS).filter((name) => state[name]).length;
    summary.textContent = on ? `Filters (${on} on)` : "Filters";
    list.replaceChildren(...(pinned() ? [card(story)] : []), ...hits.map(card));
    tables.look();
    if (had) list.querySelector(`[data-anchor="${CSS.escape(had)}"] h3 button`)?.focus({ preventScroll: true });
  }
  function card(hit) {
    const here = story?.anchor === hit.anchor, id = "library-" + hit.anchor;
    const toggle = h("button", { type: "button", "aria-expanded": String(here), "aria-controls": here ? id : null, onclick: () => (here ? close(true) : open(hit.anchor, { focus: false })) }, marked(hit.title));
    return h("li", { "data-anchor": hit.anchor, class: here ? "psp-lib-open" : "" },
      h("h3", {}, toggle),
      h("p", { class: "psp-takes" }, [hit.kind, hit.where].filter(Boolean).join(" · "), hit.late ? [" ", h("span", { class: "psp-tag psp-tag-late" }, hit.late)] : null),
      hit.snippet && !here ? h("p", { class: "psp-snippet" }, marked(hit.snippet)) : null,
      here ? told(story, id) : null);
  }
  const marked = (pieces) => pieces.map((piece) => (typeof piece === "string" ? piece : h("mark", {}, piece[0])));

  function told(entry, id) {
    const explained = ([words, key]) => h("button", { type: "button", class: "psp-term", "data-term": key, "data-meaning": entry.meanings[key] }, words);
    const withTerms = (pieces) => pieces.map((piece, place) => {
      if (typeof piece === "string") return place && Array.isArray(pieces[place - 1]) ? piece.replace(/^[.,;:!?)’”]+/, "") : piece;
      const tail = typeof pieces[place + 1] === "string" ? pieces[place + 1].match(/^[.,;:!?)’”]+/)?.[0] : null; // kept on the term's line
      return tail ? h("span", { class: "psp-whole" }, explained(piece), tail) : explained(piece);
    });
    const linkTo = (link) => h("li", {},
      h("a", { href: "#" + link.anchor, onclick: (event) => { if (event.ctrlKey || event.metaKey || event.shiftKey) return; event.preventDefault(); open(link.anchor, { focus: true }); } }, link.text),
      link.page ? h("a", { class: "psp-takes", href: link.page.href }, link.page.text) : null);
    const inside = (block) => [
      block.text.map((words) => h("p", {}, withTerms(words))),
      block.items.length ? h("ul", {}, block.items.map((words) => h("li", {}, withTerms(words)))) : null,
      block.pairs.length ? h("dl", {}, block.pairs.map(([term, words]) => h("div", {}, h("dt", {}, term), h("dd", {}, withTerms(words))))) : null,
      block.rows.length ? table(block) : null,
      block.links.length ? h("ul", { class: "psp-lib-links" }, block.links.map(linkTo)) : null,
    ].flat();
    const piece = (block) => {
      if (block.folded) return h("details", {}, h("summary", {}, block.heading), inside(block));
      const all = [block.heading ? h("h4", {}, block.heading) : null, inside(block)];
      return block.tone ? h("div", { class: "psp-panel " + (block.tone === "caution" ? "psp-late" : "psp-note") }, all.flat()) : h("div", {}, all.flat());
    };
    return h("div", { class: "psp-lib-story", id },
      entry.page ? h("p", {}, h("a", { href: entry.page.href }, entry.page.text)) : null,
      entry.blocks.map(piece),
      entry.note && model.get("may_note") ? h("div", { class: "psp-do" }, h("button", { type: "button", class: "psp-second", onclick: () => ownNote(entry.note) }, "Put our own note here")) : null,
      entry.cites ? h("p", { class: "psp-takes" }, `Rests on the 2011 guide, ${entry.cites}.`) : null,
      h("div", { class: "psp-do" },
        entry.own ? h("button", { type: "button", class: "psp-second", onclick: () => row("local_lesson", entry.own, "title") }, "Edit this lesson") : null,
        h("button", { type: "button", class: "psp-second", onclick: () => close(true) }, "Close")));
  }
  function table(block) {
    return h("div", { class: "psp-scroll", tabindex: "0", role: "group", "aria-label": block.heading || "Table" },
      h("table", {}, h("caption", { class: "psp-hidden" }, block.heading), h("thead", {}, h("tr", {}, block.head.map((words) => words ? h("th", { scope: "col" }, words) : h("td", {})))),
        h("tbody", {}, block.rows.map((cells) => h("tr", {}, cells.map((words, place) => h(place ? "td" : "th", place ? {} : { scope: "row" }, words)))))));
  }
  async function ownNote(key) {
    const answer = await ask({ do: "note", key });
    error.textContent = answer.refused ?? Object.values(answer.errors ?? {})[0] ?? "";
    if (answer.id) row("local_note", answer.id, "now");
  }
  /** Leads to a row of a register on this page, as soon as it is there. */
  function row(register, record, field, tries = 40) {
    const target = document.getElementById(`${register}-${record}-${field}`);
    if (target) { target.scrollIntoView({ block: "center" }); target.focus({ preventScroll: true }); }
    else if (tries) setTimeout(() => row(register, record, field, tries - 1), 50);
  }

  const elsewhere = (event) => open(event.detail, { focus: true }); // a link in a passage of this page
  const moved = () => { if (onPage) read(); };
  const again = async () => {
    fill();
    await find();
    if (state.open && story && !list.contains(document.activeElement)) open(state.open, { push: false });
  };
  fill();
  if (onPage) read(); else find();
  model.on("change:turn", again);
  document.addEventListener("psp-open", elsewhere);
  addEventListener("popstate", moved);
  return () => { gone = true; soon.drop(); terms.leave(); tables.leave(); model.off("change:turn", again); document.removeEventListener("psp-open", elsewhere); removeEventListener("popstate", moved); };
});
