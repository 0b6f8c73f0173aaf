// A ballot as its facilitator holds it. Answers are held back by the kernel until they are asked for.

export default part("ballot", (model, el) => {
  const ask = asker(model);
  let end = () => {}, late = false;
  /** What a ballot about a register asks changes with it; but nobody loses a sheet that they are filling in. */
  function renew() {
    late = Boolean(el.querySelector(".psp-sheet"));
    if (late) return;
    end();
    el.replaceChildren();
    end = panel(model, el, ask, () => { if (late) renew(); });
  }
  renew();
  model.on("change:words", renew);
  return () => { end(); model.off("change:words", renew); };
});

/** The panel as its words are now; `closed` is called when a sheet has been closed. Returns how to clean up. */
function panel(model, el, ask, closed) {
  const words = model.get("words"), may = model.get("may"), id = "ballot-" + model.get("name");
  if (!words.questions.length) {
    el.append(h("div", { class: "psp-ballot", "data-ballot": model.get("name") }, h("h3", {}, words.title), h("p", { class: "psp-lead" }, words.question), h("p", {}, words.nothing)));
    return () => {};
  }
  const say = (answer) => {
    status.textContent = answer.said ?? "";
    error.textContent = answer.refused ?? Object.values(answer.errors ?? {})[0] ?? "";
  };
  const status = h("p", { class: "psp-status", role: "status" }), error = h("p", { class: "psp-error", role: "alert" });
  const count = h("p", { class: "psp-count", role: "status" }), round = h("p", { class: "psp-help" });
  const press = (text, work, look = "psp-second") => h("button", { type: "button", class: look, onclick: work }, text);

  // Who is expected, who is in.
  const expected = h("input", { type: "text", inputmode: "numeric", id: id + "-expected", class: "psp-num", autocomplete: "off", onchange: async () => say(await ask({ do: "expect", number: expected.value })) });
  const expect = h("div", { class: "psp-item psp-expected" }, h("label", { for: expected.id }, "How many do you expect?"), expected);
  const join = makeJoin(ask, id, words.title);
  const opener = press("Let people join by phone", async () => say(await ask({ do: "open" })), "");
  const closer = press("Close it for phones", async () => say(await ask({ do: "close" })));
  const rounder = press("", async () => say(await ask({ do: "round", round: model.get("state").round === 1 ? (model.get("state").review ? 3 : 2) : 1 })));

  // Sheets: only one is open at a time.
  const place = h("div");
  const leave = (said = "") => { place.replaceChildren(); back.focus(); status.textContent = said; closed(); };
  const sheet = (paper) => {
    const form = makeSheet(words, { id: id + (paper ? "-slip" : "-own"), paper, save: (one) => ask({ do: "submit", ...one }), done: leave, leave: () => leave() });
    place.replaceChildren(form);
    form.begin();
  };
  const own = press("Answer here", () => sheet(false)), slips = press("Enter answers from paper", () => sheet(true)), back = may.own ? own : slips;

  // What came of it.
  const shower = press("Show answers", () => ask({ do: "show", on: !model.get("state").shown }), "");
  const views = h("select", { id: id + "-view", onchange: () => ask({ do: "view", round: Number(views.value) }) });
  const viewed = h("div", { class: "psp-item" }, h("label", { for: views.id }, "Round shown"), views);
  const talk = h("div"), list = h("div", { class: "psp-results" });
  const picks = h("select", { id: id + "-pick", onchange: () => ask({ do: "pick", item: picks.value }) }, h("option", { value: "" }, "All questions"), words.items.map((item) => h("option", { value: item.key }, item.label)));
  const picked = h("div", { class: "psp-item" }, h("label", { for: picks.id }, "Picture of"), picks);
  const items = new Map(words.questions.map((question, at) => [question.key, makeItem(ask, words, question.key, `${id}-${at}`, may)]));
  list.append(...[...items.values()].map((item) => item.node));
  const shown = h("div", { hidden: true }, viewed, talk, list, words.free_text ? null : picked);

  el.append(h("div", { class: "psp-ballot", "data-ballot": model.get("name") }, h("h3", {}, words.title), h("p", { class: "psp-lead" }, words.question),
    h("p", { class: "psp-takes" }, `${words.questions.length === 1 ? "1 question" : words.questions.length + " questions"}: ${words.alone} minutes alone and in silence, then ${words.together} together. No names.`),
    h("div", { class: "psp-state" }, count, may.lead ? expect : null), round,
    h("div", { class: "psp-do" }, may.lead ? [opener, closer] : null, may.answer ? [may.own ? own : null, may.lead ? slips : null] : null), join.node, place, status, error,
    h("div", { class: "psp-do" }, shower, may.lead ? rounder : null), shown));

  function show() {
    const state = model.get("state"), people = (n) => (n === 1 ? "1 person has" : `${n} people have`);
    const now = `${people(state.answered)} answered${state.missing === null || state.missing === undefined ? "." : `; ${state.missing} of ${state.expected} have not yet.`}`;
    if (count.textContent !== now) count.textContent = now;
    if (document.activeElement !== expected) expected.value = state.expected ?? "";
    round.textContent = state.round === 3 ? "The round of the review is on: answers given now are set beside those given then." : state.round === 2 ? "The second round is on: people have talked about the first, and answer again." : "";
    rounder.textContent = state.round !== 1 ? "Go back to the first round" : state.review ? "Take it again for the review" : "Open the second round";
    rounder.hidden = state.round === 1 && !state.answered && !state.review;
    opener.hidden = Boolean(state.code);
    closer.hidden = !state.code;
    join.show(state);
    shower.textContent = state.shown ? "Hide answers" : "Show answers";
    // One thing comes next: to ask people, and once they have answered, to look at it.
    opener.className = state.answered ? "psp-second" : "";
    shower.className = state.answered && !state.shown ? "" : "psp-second";
    shower.setAttribute("aria-expanded", String(state.shown));
    shown.hidden = !state.shown;
    viewed.hidden = state.rounds.length < 2;
    views.replaceChildren(...state.rounds.map((number) => h("option", { value: String(number) }, ["First", "Second", "At the review"][number - 1])));
    views.value = String(state.view);
    picks.value = state.picked;
  }
  function fill() {
    const results = model.get("results");
    for (const result of results) items.get(result.key)?.show(result);
    const rank = (result) => (result.talk === "split" ? 0 : 1), first = results.filter((result) => result.talk).sort((a, b) => rank(a) - rank(b));
    talk.replaceChildren(first.length ? h("div", { class: "psp-panel psp-blockers" }, h("h4", {}, "Talk about these first"), h("ul", {}, first.map((result) => h("li", {}, h("a", { href: `#${items.get(result.key).node.id}`, onclick: (event) => { event.preventDefault(); items.get(result.key).visit(); } }, result.name), `: ${result.talk === "weak" ? words.weak : result.talk}`)))) : "");
  }
  show();
  fill();
  model.on("change:state", show);
  model.on("change:results", fill);
  return () => { model.off("change:state", show); model.off("change:results", fill); };
}
