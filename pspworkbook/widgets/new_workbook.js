// A new workbook by its name; the example, or the example as it was at first.

export default part("new", (model, el) => {
  const ask = asker(model), status = h("p", { class: "psp-status", role: "status" });
  const error = h("p", { class: "psp-error", id: "new-name-error", role: "alert" });
  const input = h("input", { type: "text", id: "new-name", maxlength: 300, autocomplete: "off", "aria-describedby": "new-name-error" });
  const tell = (answer) => {
    error.textContent = answer.refused ?? Object.values(answer.errors ?? {})[0] ?? "";
    status.textContent = answer.said ?? "";
    if (answer.go) location.assign(answer.go);
  };
  const form = h("form", { class: "psp-item psp-item-long", onsubmit: async (event) => { event.preventDefault(); tell(await ask({ do: "make", name: input.value })); } },
    h("label", { for: "new-name" }, "Name of a new partnership"), input, error, h("div", { class: "psp-do" }, h("button", {}, "Make a new workbook")));
  const example = h("div", { class: "psp-do" });
  const offer = () => example.replaceChildren(h("button", { type: "button", class: "psp-second", onclick: model.get("in_example") ? sure : async () => tell(await ask({ do: "example" })) },
    model.get("in_example") ? "Set the example back to how it was" : "Open the example partnership"));
  const sure = () => {
    example.replaceChildren(h("p", {}, "Everything that was changed in the example goes. Save a copy first if you want to keep it."),
      h("button", { type: "button", class: "psp-warn", onclick: async () => tell(await ask({ do: "example" })) }, "Set it back"),
      h("button", { type: "button", class: "psp-second", onclick: () => { offer(); example.querySelector("button").focus(); } }, "Leave it"));
    example.querySelector("button").focus();
  };
  offer();
  el.append(form, example, status);
});
