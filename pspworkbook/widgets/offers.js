// What this register could take over from others: one button for each, and one for all.

export default part("offers", (model, el) => {
  const ask = asker(model);
  const panel = h("div", { class: "psp-panel psp-offers" }), status = h("p", { class: "psp-status", role: "status" });
  const alert = h("p", { class: "psp-error", role: "alert" });
  el.append(panel, alert, status);

  async function take(origin) {
    const answer = await ask(origin === undefined ? { do: "take" } : { do: "take", origin });
    status.textContent = answer.said ?? "";
    alert.textContent = answer.refused ?? Object.values(answer.errors ?? {})[0] ?? "";
    // The button is gone with its offer: the focus goes to the next one, so that the keyboard is not thrown to the top.
    (panel.querySelector("button") ?? status).focus();
  }
  function show() {
    const { title, nothing, offers, more } = model.get("state"), readonly = model.get("readonly");
    panel.hidden = !offers.length && !nothing;
    panel.replaceChildren(h("h3", {}, title));
    if (!offers.length) return panel.append(h("p", {}, nothing));
    panel.append(h("ul", { class: "psp-offer-list" }, offers.map((offer) => h("li", {},
      h("span", {}, offer.text, offer.source ? h("small", {}, ` From: ${offer.source}.`) : null),
      readonly ? null : h("button", { type: "button", class: "psp-second", "aria-label": `Add: ${offer.text}`, onclick: () => take(offer.origin) }, "Add")))));
    if (more) panel.append(h("p", { class: "psp-takes" }, `And ${more} more.`));
    if (!readonly && offers.length > 1) panel.append(h("div", { class: "psp-do" }, h("button", { type: "button", onclick: () => take() }, `Add all ${offers.length + more}`)));
  }
  status.tabIndex = -1;
  show();
  model.on("change:state", show);
  return () => model.off("change:state", show);
});
