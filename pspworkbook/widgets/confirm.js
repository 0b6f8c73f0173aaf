// Agreement with a stage as it stands: who agreed, and the button.

export default part("confirm", (model, el) => {
  const ask = asker(model), id = "agreed-" + model.get("stage");
  const says = h("p"), status = h("p", { class: "psp-status", role: "status" }), error = h("p", { class: "psp-error", role: "alert" });
  const input = h("input", { type: "text", id, maxlength: 300, autocomplete: "off" });
  const aware = h("input", { type: "checkbox", id: id + "-aware" }), known = h("label", { for: id + "-aware" }), box = h("div", { class: "psp-check" }, aware, known);
  const button = h("button", {}, "We agree with this stage as it stands");
  const form = h("form", { class: "psp-item psp-item-long", onsubmit: async (event) => {
    event.preventDefault();
    const answer = await ask({ do: "confirm", who: input.value, aware: aware.checked });
    error.textContent = answer.refused ?? Object.values(answer.errors ?? {})[0] ?? "";
    status.textContent = answer.said ?? "";
  } }, h("label", { for: id }, "Who agreed, and when (for instance the steering group on 3 March)"), input, box, h("div", { class: "psp-do" }, button));
  el.append(h("div", { class: "psp-panel" }, h("h3", {}, "Agree"), says, form, error, status));
  const show = () => {
    const state = model.get("state");
    says.textContent = state.says;
    form.hidden = model.get("readonly");
    button.disabled = !state.possible;
    box.hidden = !state.open;
    known.textContent = state.open === 1 ? "We know that one thing is still open, and agree all the same" : `We know that ${state.open} things are still open, and agree all the same`;
  };
  show();
  model.on("change:state", show);
  return () => model.off("change:state", show);
});
