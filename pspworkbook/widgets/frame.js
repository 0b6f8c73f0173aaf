// The frame of a page: whose workbook, is it saved, does the kernel still answer; and the mark that the page is ready.

const EVERY = 2000, PATIENCE = 9000;
/** So many of its own saves a tab remembers. */
const MOST = 200;
/** Fields that hold what could not be saved. */
const UNSAVED = "[data-psp-part] [aria-invalid=true]:not([data-kept])";

export default part("frame", (model, el) => {
  const ask = asker(model);
  const page = document.body.dataset.voila === "voila"; // on a dashboard the template has the places for it
  const main = () => document.querySelector("#rendered_cells[role=main]");
  const saved = page ? document.getElementById("psp-saved") : h("span", { class: "psp-saved", role: "status" });
  const title = page ? document.getElementById("psp-workbook-name") : h("strong");
  const note = page ? document.getElementById("psp-workbook-note") : h("span", { class: "psp-takes" });
  const undo = h("button", { type: "button", class: "psp-second", onclick: () => step("undo") }, "Undo");
  const redo = h("button", { type: "button", class: "psp-second", onclick: () => step("redo") }, "Redo");
  const news = h("p", { class: "psp-status", role: "status" });
  const lost = h("div", { role: "alert", class: "psp-lost", hidden: true });
  const question = h("div", { class: "psp-panel psp-elsewhere", tabindex: "-1", role: "group", "aria-label": "Undo and redo", hidden: true, onkeydown: (event) => { if (event.key === "Escape") question.querySelector(".psp-second").click(); } });
  const tools = h("div", { class: "psp-tools" }, undo, redo, news, question);
  if (!page) el.append(h("div", { class: "psp-bar" }, title, note, saved));
  tools.classList.add("psp");
  (page ? document.querySelector(".psp-head") : el).append(tools);
  const narrow = matchMedia("(max-width: 48rem)");
  /** On a small screen, what was saved and Undo go along at the top, beside the list of the page. */
  function settle() {
    if (page) document.querySelector(narrow.matches && document.querySelector(".psp-contents:not([hidden])") ? ".psp-quick" : ".psp-head").append(saved, tools);
  }
  document.body.append(lost);
  lost.classList.add("psp");

  function show() {
    const state = model.get("state");
    title.textContent = state.workbook;
    note.textContent = state.note;
    mark();
    for (const [button, lead, what, elsewhere] of [[undo, "Takes back", state.undo, state.undo_elsewhere], [redo, "Does again", state.redo, state.redo_elsewhere]]) {
      button.disabled = !what;
      button.title = what ? `${lead}${elsewhere ? `, not done on this page (${elsewhere})` : ""}: ${what}` : "";
    }
    remember();
    tools.hidden = state.readonly;
    if (state.refused) fail(state.refused);
    const list = document.querySelector(".psp-way ol");
    if (list && !list.childElementCount) for (const [key, stage] of Object.entries(state.stages)) list.append(way(key, stage)); // no server of ours around
    for (const [key, stage] of Object.entries(state.stages)) {
      const item = document.querySelector(`.psp-way [data-stage="${key}"]`);
      if (!item) continue;
      item.querySelector("small").textContent = stage.words;
      item.querySelector(".psp-mark").textContent = stage.mark;
      item.dataset.status = stage.status;
    }
  }
  /** What is said of saving: never that all is, while a field holds something that could not be. */
  function mark() {
    const wrong = document.querySelectorAll(UNSAVED);
    const words = wrong.length ? (narrow.matches ? `${wrong.length} not saved` : wrong.length === 1 ? "1 entry is not saved" : `${wrong.length} entries are not saved`) : model.get("state").saved;
    if (saved.dataset.words === words) return;
    saved.dataset.words = words;
    saved.classList.toggle("psp-unsaved", wrong.length > 0);
    saved.replaceChildren(wrong.length ? h("button", { type: "button", class: "psp-link", onclick: () => document.querySelector(UNSAVED)?.focus() }, words) : words);
  }
  const looking = setInterval(mark, 500);
  /** What this tab has done outlives a reload and a way to another page: without keys, names do not tell people apart. */
  const place = () => `psp-made:${model.get("state").slug}`;
  function remember() {
    try { sessionStorage.setItem(place(), JSON.stringify([...new Set([...recall(), ...(model.get("state").made ?? [])])].slice(-MOST))); } catch { /* a browser that keeps nothing: Undo asks more often */ }
  }
  function recall() {
    try { return JSON.parse(sessionStorage.getItem(place())) ?? []; } catch { return []; }
  }
  let gone = null;
  /** What was done on another page may be somebody else's: it is asked about before it is taken back. */
  async function step(which) {
    const elsewhere = model.get("state")[`${which}_elsewhere`];
    if (!elsewhere) return go(which);
    const button = which === "undo" ? undo : redo, close = (then) => () => { question.hidden = true; then(); button.focus(); };
    question.replaceChildren(h("p", {}, `This was not done on this page (${elsewhere}): ${model.get("state")[which]}.`),
      h("div", { class: "psp-do" }, h("button", { type: "button", onclick: close(() => go(which)) }, which === "undo" ? "Take it back all the same" : "Do it again all the same"), h("button", { type: "button", class: "psp-second", onclick: close(() => {}) }, "Leave it")));
    question.hidden = false;
    question.focus();
  }
  async function go(which) {
    const answer = await ask({ do: which });
    news.textContent = answer.said ?? answer.refused ?? "";
    if (answer.ok) document.dispatchEvent(new Event("psp-stepped"));
    clearTimeout(gone);
    gone = setTimeout(() => { news.textContent = ""; }, 15000); // on a small screen it covers a line of the page; the history keeps it
  }
  function fail(words) {
    if (!lost.hidden && lost.dataset.words === words) return;
    lost.dataset.words = words;
    lost.replaceChildren(h("p", {}, words), h("button", { type: "button", onclick: () => location.reload() }, "Load the page again"));
    lost.hidden = false;
    main()?.removeAttribute("data-ready");
    for (const part of document.querySelectorAll("[data-psp-part]")) if (part.dataset.pspPart !== "frame") part.inert = true;
  }
  const chosen = () => { for (const select of document.querySelectorAll(".psp-field > select")) select.parentElement.dataset.chosen = select.selectedOptions[0]?.value ? select.selectedOptions[0].text : ""; };
  addEventListener("beforeprint", chosen);
  /** The browser went to the place in the address before it was there. Places within a part are the part's own matter. */
  function arrive() {
    const place = page && location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (place && !place.closest("[data-psp-part]")) place.scrollIntoView();
  }
  function well() {
    if (!lost.hidden) {
      lost.hidden = true;
      for (const part of document.querySelectorAll("[data-psp-part]")) part.inert = false;
    }
    // Ready when the kernel answered and every part that the page is made of stands in it.
    const there = document.querySelectorAll("[data-psp-part]").length;
    if (there >= model.get("parts")) {
      if (!forget) { forget = page ? contents() : () => {}; settle(); arrive(); }
      main()?.setAttribute("data-ready", "true");
    }
    else setTimeout(well, 30);
  }

  let heard = Date.now(), stopped = false, forget = null;
  async function pulse() {
    if (stopped) return;
    const at = Date.now();
    const answer = await Promise.race([ask({ do: "pulse" }), new Promise((resolve) => setTimeout(resolve, PATIENCE, null))]);
    if (stopped) return;
    if (answer?.ok) { heard = Date.now(); if (!model.get("state").refused) well(); }
    else fail(`The connection to the workbook is lost. Everything up to “${model.get("state").saved || "the last save"}” is kept. Copy what you typed since, then load the page again.`);
    setTimeout(pulse, Math.max(0, EVERY - (Date.now() - at)));
  }
  const before = recall();
  show();
  if (before.length) ask({ do: "made", batches: before });
  model.on("change:state", show);
  narrow.addEventListener("change", settle);
  pulse();
  return () => { stopped = true; clearInterval(looking); forget?.(); removeEventListener("beforeprint", chosen); narrow.removeEventListener("change", settle); model.off("change:state", show); lost.remove(); };
});

function way(key, stage) {
  const inside = [h("span", { class: "psp-mark", "aria-hidden": "true" }), h("span", {}, stage.name), h("small")];
  return h("li", { "data-stage": key }, stage.href ? h("a", { href: stage.href, "aria-current": stage.here ? "page" : null }, inside) : h("span", {}, inside));
}
