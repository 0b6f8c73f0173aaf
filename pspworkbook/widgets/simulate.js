// The button that works out the range of the ratio, how far it is, and a way to stop it.

export default part("simulate", (model, el) => {
  const ask = asker(model);
  const button = h("button", { type: "button", onclick: () => press("start") }, "Work out the range");
  const stop = h("button", { type: "button", class: "psp-second", hidden: true, onclick: () => press("stop") }, "Stop");
  const bar = h("progress", { max: 1, value: 0, "aria-label": "How much is worked out", hidden: true });
  const status = h("p", { class: "psp-status", role: "status" }), error = h("p", { class: "psp-error", role: "alert" });
  el.append(h("div", { class: "psp-panel" }, h("div", { class: "psp-do" }, button, stop, bar), status, error));

  async function press(which) {
    error.textContent = "";
    const answer = await ask({ do: which });
    if (answer.refused) error.textContent = answer.refused;
  }
  function show() {
    const { share, says, error: wrong, again } = model.get("state"), busy = share !== null;
    const focused = document.activeElement;
    button.textContent = again ? "Work out the range again" : "Work out the range";
    button.disabled = busy;
    stop.hidden = bar.hidden = !busy;
    if (busy) bar.value = share;
    // A button that goes away hands the focus on, so that the keyboard is not thrown to the top of the page.
    if (busy && focused === button) stop.focus();
    if (!busy && (focused === stop || focused === document.body)) { if (stop.dataset.had) button.focus(); }
    stop.dataset.had = busy && document.activeElement === stop ? "yes" : "";
    if (status.textContent !== says) status.textContent = says;
    error.textContent = wrong;
  }
  show();
  model.on("change:state", show);
  return () => model.off("change:state", show);
});
