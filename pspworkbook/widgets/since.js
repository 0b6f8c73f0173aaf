// What was taken over here from a record that has changed since: a sentence each, the way to both, and “It still holds”.

export default part("since", (model, el) => {
  const ask = asker(model);
  const panel = h("div", { class: "psp-panel psp-blockers" }), status = h("p", { class: "psp-status", role: "status", tabindex: "-1" });
  const alert = h("p", { class: "psp-error", role: "alert" });
  el.append(panel, alert, status);

  async function holds(one) {
    const answer = await ask({ do: "holds", kind: one.kind, id: one.id });
    status.textContent = answer.said ?? "";
    alert.textContent = answer.refused ?? "";
    // The line is gone with its button: the focus goes on, so that the keyboard is not thrown to the top of the page.
    (panel.querySelector("button") ?? status).focus();
  }
  function show() {
    const { found, more, rule } = model.get("state");
    panel.hidden = !found.length;
    panel.replaceChildren(h("h3", {}, "Taken over, and changed since at its source"),
      h("ul", { class: "psp-offer-list" }, found.map((one) => h("li", {},
        h("span", {}, one.words, h("small", {}, " ", one.href ? h("a", { href: one.href, "aria-label": `Go to ${one.label}` }, "Go to it") : null, one.href && one.source ? " · " : "", one.source ? h("a", { href: one.source, "aria-label": `Go to the source of ${one.label}` }, "Go to its source") : null)),
        one.may ? h("button", { type: "button", class: "psp-second", "aria-label": `It still holds: ${one.label}`, onclick: () => holds(one) }, "It still holds") : null))),
      more ? h("p", { class: "psp-takes" }, `And ${more} more.`) : "",
      h("details", {}, h("summary", {}, "How this is found"), h("p", {}, rule)));
  }
  show();
  model.on("change:state", show);
  return () => model.off("change:state", show);
});
