// The stakeholder grid: my own rating, on a board and as a table that say the same, and everybody's when it is asked for.

const WAIT = 500;
let grids = 0;

export default part("grid", (model, el) => {
  const ask = asker(model), words = model.get("words"), id = "grid-" + ++grids, kept = "psp-sheet:" + words.key;
  const status = h("p", { class: "psp-status", role: "status" }), alert = h("p", { class: "psp-error", role: "alert" });
  const live = h("p", { class: "psp-hidden", role: "status", "aria-live": "polite" }), round = h("p", { class: "psp-help" });
  let mine = {}, waiting = {}, sending = null, seen = -1, onRound = model.get("state").round;
  const announce = (text) => { live.textContent = text; };

  // Whose sheet it is: a secret that only this tab of this browser holds, so that loading the page again finds it.
  function secret() {
    try {
      let found = sessionStorage.getItem(kept);
      if (!found) sessionStorage.setItem(kept, (found = fresh()));
      return found;
    } catch { return (secret.only ??= fresh()); } // a browser that keeps nothing
  }
  const fresh = () => [...crypto.getRandomValues(new Uint8Array(18))].map((one) => one.toString(16).padStart(2, "0")).join("");

  // My own rating.
  const sector = h("select", { id: id + "-sector", onchange: async () => tell(await ask({ do: "sector", secret: secret(), round: onRound, sector: sector.value })) }, h("option", { value: "" }, "Rather not say"), words.sectors.map((one) => h("option", { value: one.value }, one.text)));
  const board = makeBoard(words, { id, announce, choose, put }), ratings = makeRatings(words, { id, put: (one, values) => { put(one, values); board.show(mine); } });
  const about = h("b"), reason = h("textarea", { id: id + "-why", rows: 2, oninput: () => board.current() && put(board.current(), { why: reason.value }) });
  const why = h("div", { class: "psp-item psp-grid-why" }, h("label", { for: reason.id }, "Why do you see ", about, " there? (if you like, without names)"), reason);
  const next = h("button", { type: "button", class: "psp-second", onclick: handOn }, "Finish, and let the next person rate here");
  const own = h("div", { hidden: true, class: "psp-grid-own", id: id + "-own" }, round, h("div", { class: "psp-item" }, h("label", { for: sector.id }, "I am here for"), sector), board.help,
    h("div", { class: "psp-grid-sides" }, board.node, h("div", {}, ratings.node)), why, h("div", { class: "psp-do" }, next), h("p", { class: "psp-help" }, "Each rating is saved at once, without your name, as an answer to the questions above. Only this tab of this browser can change it."));
  const opener = h("button", { type: "button", "aria-expanded": "false", "aria-controls": own.id, onclick: () => (own.hidden ? open() : close()) });

  // Everybody's.
  const spread = makeSpread(words, { id, announce });
  const all = h("div", { hidden: true }, spread.node);
  const shower = h("button", { type: "button", "aria-expanded": "false", onclick: () => ask({ do: "show", on: !model.get("state").shown }) });
  const nobody = h("p", {}, "List the stakeholders first, in step 2 of the forecast; then each of you can place them here.");
  el.append(nobody, h("div", { class: "psp-grid-part" }, words.may ? [h("h3", {}, "Your own rating"), h("p", {}, "Alone, and before anybody sees the others’. What you place stays hidden from them."), h("div", { class: "psp-do" }, opener), own] : null,
    status, alert, live, h("h3", {}, "Everybody’s ratings (reconstructed grid)"), h("p", { class: "psp-takes" }, "Hidden until somebody asks for them: the page may stand on a projector."), h("div", { class: "psp-do" }, shower), all));

  function tell(answer) {
    status.textContent = answer.said ?? "";
    const errors = { ...(answer.errors ?? {}) }, known = new Set(model.get("items").map((item) => item.id));
    ratings.complain(errors);
    alert.textContent = answer.refused ?? Object.entries(errors).find(([one]) => !known.has(one))?.[1] ?? (Object.keys(errors).length ? "Not everything was saved. Look at the table." : "");
    return answer.ok;
  }
  function choose(one) {
    ratings.mark(one);
    about.textContent = model.get("items").find((item) => item.id === one)?.name ?? "";
    reason.value = mine[one]?.why ?? "";
  }
  /** One person's rating of one stakeholder: shown at once, saved a moment later, together with what follows quickly. */
  function put(one, values) {
    mine = { ...mine, [one]: { ...mine[one], ...values } };
    waiting = { ...waiting, [one]: { ...waiting[one], ...values } };
    ratings.show(mine);
    el.dataset.saved = "soon";
    label();
    soon();
  }
  async function send() {
    if (sending || !Object.keys(waiting).length) return;
    sending = waiting;
    waiting = {};
    const answer = await ask({ do: "place", secret: secret(), round: onRound, sector: sector.value, values: sending });
    const sent = sending;
    sending = null;
    if (!tell(answer)) { for (const [one, values] of Object.entries(sent)) waiting[one] = { ...values, ...waiting[one] }; return; } // kept, and tried again with the next
    if (Object.keys(waiting).length) send();
    else el.dataset.saved = "all";
  }
  const soon = later(send, WAIT);
  /** What the workbook has on this sheet; what is on its way there stays as it was placed. */
  async function load() {
    const state = model.get("state");
    seen = state.seq;
    const answer = await ask({ do: "mine", secret: secret() });
    if (!answer.ok) return tell(answer);
    if (answer.round !== onRound) { onRound = answer.round; waiting = {}; }
    mine = answer.mine;
    for (const changes of [sending, waiting]) for (const [one, values] of Object.entries(changes ?? {})) mine[one] = { ...mine[one], ...values };
    if (answer.sector && document.activeElement !== sector) sector.value = answer.sector;
    board.show(mine);
    ratings.show(mine);
    if (document.activeElement !== reason) reason.value = mine[board.current()]?.why ?? "";
    label();
  }
  async function open() { own.hidden = false; opener.setAttribute("aria-expanded", "true"); label(); await load(); choose(board.current()); }
  function close() { soon.now(); own.hidden = true; opener.setAttribute("aria-expanded", "false"); label(); }
  function label() {
    const items = model.get("items"), placed = items.filter((item) => mine[item.id]?.importance && mine[item.id]?.support).length;
    opener.textContent = own.hidden ? "Place them yourself" : "Fold your rating away";
    next.disabled = !Object.keys(mine).length;
    if (!own.hidden) round.textContent = `${onRound === 1 ? "First round" : onRound === 2 ? "Second round: you have talked about the first; place them as you see them now" : "Round of the review"}. ${placed} of ${items.length} placed.`;
  }
  async function handOn() {
    soon.drop();
    await send();
    if (Object.keys(waiting).length) return; // it could not be saved: nothing is forgotten
    try { sessionStorage.removeItem(kept); } catch { /* nothing was kept */ }
    secret.only = undefined;
    mine = {};
    sector.value = "";
    close();
    board.show(mine);
    ratings.show(mine);
    status.textContent = "Your rating is kept. The grid is empty for the next person.";
    opener.focus();
  }

  function show() {
    const state = model.get("state");
    shower.textContent = state.shown ? "Hide everybody’s ratings" : "Show everybody’s ratings";
    shower.setAttribute("aria-expanded", String(state.shown));
    all.hidden = !state.shown;
    if (!own.hidden && (state.seq !== seen || state.round !== onRound)) again();
    fill();
  }
  const again = later(load, 150);
  function list() {
    const items = model.get("items");
    nobody.hidden = items.length > 0;
    el.querySelector(".psp-grid-part").hidden = !items.length;
    board.list(items);
    ratings.list(items);
    board.show(mine);
    ratings.show(mine);
    label();
    fill();
  }
  function fill() { if (model.get("state").shown) spread.show(model.get("items"), model.get("results")); else spread.show([], []); }
  list();
  show();
  model.on("change:items", list);
  model.on("change:state", show);
  model.on("change:results", fill);
  return () => { soon.now(); board.leave(); spread.leave(); model.off("change:items", list); model.off("change:state", show); model.off("change:results", fill); };
});
