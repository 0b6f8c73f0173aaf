// One question's result: its verdict and the rule, every answer counted, sectors, reasons on request, where it leads.

const MOST_DOTS = 40;
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

function makeItem(ask, words, key, id, may) {
  const tag = h("span"), weak = h("span", { class: "psp-tag psp-weak" }, capital(words.weak)), name = h("span"), line = h("p"), change = h("p"), counts = h("div"), sectors = h("div"), reasons = h("div"), lead = h("div");
  const news = h("p", { class: "psp-status", role: "status" });
  const rule = h("details", { class: "psp-rule" }, h("summary", {}, "How the result is worked out"), words.rules.slice(0, 2).map((text) => h("p", {}, text)), words.weak_rule ? h("p", {}, words.weak_rule) : null);
  const short = h("small");
  const node = h("details", { class: "psp-result-item", id: `${id}-result`, "data-question": key, open: words.free_text || words.questions.length < 3 }, h("summary", {}, name, words.free_text ? null : [tag, weak], short), line, change, counts, words.free_text ? null : rule, sectors, reasons, lead, news);
  const leads = words.leads[key];
  let shownReasons = null, wanted = false, all = false, known = null, total = null;

  const dots = (count) => (count > MOST_DOTS ? "●".repeat(MOST_DOTS) + "…" : "●".repeat(count));
  const table = (caption, result) => h("table", { class: "psp-counts" }, h("caption", {}, caption), h("thead", { class: "psp-hidden" }, h("tr", {}, ["Rating", "Answers", "Number"].map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, words.scale.map((step, place) => h("tr", {}, h("th", { scope: "row" }, `${step.value} ${step.text}`), h("td", { class: "psp-dots", "aria-hidden": "true" }, dots(result.counts[place])), h("td", { class: "psp-num" }, String(result.counts[place]))))));
  const said = (count, one, many) => (count === 1 ? one : `${count} ${many}`);

  function show(result) {
    if (JSON.stringify(result) === known) return;
    known = JSON.stringify(result);
    name.textContent = result.name ?? words.questions.find((one) => one.key === key).name;
    if (words.free_text) { line.textContent = said(result.n, "1 person has written something.", "people have written something.") + (result.n && result.few ? ` ${words.few_rule}` : ""); offer(result.few ? 0 : result.n); return; }
    tag.textContent = result.tag;
    weak.hidden = !result.weak;
    tag.className = "psp-tag psp-" + result.verdict.replace(" ", "-");
    line.textContent = (result.few ? `${said(result.n, "1 answer", "answers")}. ${words.few_rule}` : result.n ? `${said(result.n, "1 answer", "answers")}. Median ${result.median}. ${result.half ? `Middle half ${result.half}, all answers` : "All answers"} ${result.range}.` : "Nobody has answered yet.") + (result.kept_back ? ` ${said(result.kept_back, "1 person", "people")} would rather not say.` : "");
    short.textContent = result.few ? `${said(result.n, "1 answer", "answers")}, too few to show` : result.n ? `${said(result.n, "1 answer", "answers")}, median ${result.median}` : "no answer yet";
    change.textContent = result.change;
    change.hidden = !result.change;
    counts.replaceChildren(result.few ? "" : table("Every answer", result));
    const open = sectors.querySelector("details")?.open;
    sectors.replaceChildren(result.sectors.length ? h("details", { open }, h("summary", {}, "By sector"), h("p", { class: "psp-help" }, words.fold_rule), h("div", { class: "psp-by-sector" }, result.sectors.map((one) => table(`${one.title}: ${said(one.n, "1 answer", "answers")}, median ${one.median}, middle half ${one.half}`, one)))) : "");
    offer(result.reasons);
    follow(result);
  }
  function offer(count) {
    reasons.hidden = !may.lead || !count;
    if (reasons.hidden) { wanted = false; total = null; reasons.replaceChildren(); return; }
    if (wanted) { if (count !== total) { total = count; look(); } return; }
    total = count;
    reasons.replaceChildren(h("button", { type: "button", class: "psp-second", onclick: () => { wanted = true; look(true); } }, words.free_text ? `Show what was written (${count})` : `Show the reasons (${count})`));
  }
  async function look(focus) {
    const answer = await ask({ do: "reasons", key, all });
    if (!wanted || !answer.reasons) return;
    shownReasons = answer.reasons;
    const out = answer.n - shownReasons.filter((one) => !one.out).length;
    const hide = h("button", { type: "button", class: "psp-second", onclick: () => { wanted = all = false; offer(total); reasons.querySelector("button")?.focus(); } }, "Hide");
    reasons.replaceChildren(h("p", { class: "psp-help" }, "Without names and in no order. What somebody wrote may still show who they are: keep it off the screen if so."),
      h("ul", { class: "psp-reasons" }, shownReasons.map((one) => h("li", { class: one.out ? "psp-out" : "" }, h("p", {}, one.text), one.value ? h("p", { class: "psp-help" }, one.value + (one.out ? " (kept off the screen)" : "")) : null,
        h("button", { type: "button", class: "psp-more psp-second", onclick: async () => { await ask({ do: "leave", id: one.id, out: !one.out }); look(true); } }, one.out ? "Let it back" : "Keep it off the screen")))),
      h("div", { class: "psp-do" }, hide, out ? h("button", { type: "button", class: "psp-second", onclick: () => { all = !all; look(true); } }, all ? "Hide those kept off the screen" : `${said(out, "1 is", "are")} kept off the screen: look at ${out === 1 ? "it" : "them"}`) : null));
    if (focus) (reasons.querySelector("li button") ?? hide).focus();
  }
  function follow(result) {
    lead.replaceChildren();
    if (!result.talk) return;
    const link = (to, text) => (to ? h("a", { href: to }, text) : h("span", {}, text));
    lead.append(h("div", { class: "psp-panel psp-note" }, h("h4", {}, result.talk === "split" ? "Views are split: talk about it first" : `${capital(words.weak)}: what could help`),
      leads.lessons.length ? h("ul", {}, leads.lessons.map((one) => h("li", {}, link(one.href, `${one.title} (lesson ${one.key})`), ". ", one.words))) : null,
      leads.cases.length ? h("p", {}, "Where it happened: ", leads.cases.flatMap((one, place) => [place ? ", " : "", link(one.href, one.title)]), ".") : null,
      leads.tools.length ? h("p", {}, "What to go on with: ", leads.tools.flatMap((one, place) => [place ? ", " : "", link(one.href, one.title)]), ".") : null,
      h("div", { class: "psp-do" }, may.follow_up.map((one) => h("button", { type: "button", class: "psp-second", onclick: async (event) => {
        event.target.disabled = true; // once is enough
        const answer = await ask({ do: "follow_up", kind: one.kind, key });
        news.textContent = answer.said ?? answer.refused ?? Object.values(answer.errors ?? {})[0] ?? "";
        if (!answer.ok) event.target.disabled = false;
      } }, one.text)))));
  }
  /** Open it and put the focus there. */
  function visit() { node.open = true; node.scrollIntoView({ block: "start" }); node.querySelector("summary").focus({ preventScroll: true }); }
  return { node, show, visit };
}
