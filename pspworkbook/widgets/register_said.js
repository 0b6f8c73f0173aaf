// What a register says after a save, and the room for a reason: beside the row or the field that was changed.

let pressed = false;
const whenLetGo = new Set();
addEventListener("pointerdown", () => { pressed = true; }, true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { pressed = false; setTimeout(() => { for (const go of [...whenLetGo]) go(); whenLetGo.clear(); }); }, true);
/** Once no button is held down: nothing may move away from under a finger between pressing and letting go. A list that opens keeps the letting go to itself, so this waits for no longer than a press takes. */
const letGo = () => (pressed ? new Promise((go) => { whenLetGo.add(go); setTimeout(go, 700); }) : Promise.resolve());

/**
 * `node` stands below the register and holds the one status that is heard. What is about a row is seen in `here`, which
 * `put(node)` moves to the row (null: below the register). The reason that is typed belongs to the save it was typed for.
 */
function makeSaid(ask, name, put) {
  const status = h("p", { class: "psp-status", role: "status" });
  const alert = h("div", { role: "alert", class: "psp-alerts" });
  const near = h("p", { class: "psp-near", "aria-hidden": "true", hidden: true });
  const input = h("input", { type: "text", id: `${name}-why`, maxlength: 300, autocomplete: "off" });
  const reason = h("form", { class: "psp-why", hidden: true, onsubmit: async (event) => { event.preventDefault(); const back = about; await keep(); back?.focus(); } },
    h("label", { for: input.id }, "Why this change? (if you like)"), input, h("button", { class: "psp-second" }, "Add reason"));
  const here = h("div", { class: "psp-here" }, near, reason);
  let seq = null, about = null;
  let told = null; // of which row something is said to be wrong, or odd, and what else was said

  /** Keeps what is typed as the reason for the save that it was typed for. */
  async function keep() {
    const typed = input.value.trim();
    if (!typed || !seq) return;
    input.value = "";
    const answer = await ask({ do: "explain", seq, reason: typed });
    if (answer.ok) reason.hidden = true;
    else if (!input.value) input.value = typed;
    say({ said: answer.said, refused: answer.refused, errors: answer.errors });
  }
  function say(answer, row) {
    if (answer.said || answer.errors) told = answer.errors ? { row } : answer.remark ? { row, remark: answer.remark, said: answer.said } : null;
    if (answer.said) status.textContent = [answer.said, answer.remark].filter(Boolean).join(". ");
    else if (answer.errors) status.textContent = `Not saved: ${answer.errors}`;
    alert.replaceChildren(...(answer.refused ? [h("p", { class: "psp-error" }, answer.refused)] : []));
    if (answer.said) near.textContent = answer.said; // what is odd about the row stands by it already
  }
  /** `row`: what the answer is about, an identifier; `field`: the input that it was typed into. */
  async function said(answer, row = null, field = null) {
    if (answer.ok && input.value.trim()) await keep();
    if (row) await letGo();
    say(answer, row);
    if (answer.ok) { seq = answer.seq ?? null; reason.hidden = !seq; about = field; }
    if (answer.errors) { near.hidden = true; reason.hidden ||= !input.value; } // the field says what is wrong with it
    else if (answer.ok || answer.said) stand(row, field);
    if (!answer.said) near.hidden = true;
  }
  function stand(row, field) {
    const there = put(here, row, field);
    near.hidden = !there;
    status.classList.toggle("psp-hidden", there);
  }
  return {
    nodes: [alert, status, here],
    alert,
    said,
    /** What is wrong, or odd, goes with what it speaks of, wherever that was mended. */
    follow(holds) {
      if (!told || holds(told.row, told.remark)) return;
      status.textContent = near.textContent = told.said ?? "";
      told = null;
    },
    /** What was saved last here is not what holds after an Undo. */
    clear() { status.textContent = near.textContent = ""; reason.hidden = true; seq = null; stand(null, null); },
  };
}
