// What this register could take over from others: one button for each, and one for all.

/** So many offers stand there at first on a small screen. */
const FIRST = 3;

export default part("offers", (model, el) => {
  const ask = asker(model);
  const panel = h("div", { class: "psp-panel psp-offers" }), status = h("p", { class: "psp-status", role: "status" });
  const alert = h("p", { class: "psp-error", role: "alert" });
  let all = false;
  el.append(panel, alert, status);

  async function take(origin) {
    const answer = await ask(origin === undefined ? { do: "take" } : { do: "take", origin });
    status.textContent = answer.said ?? "";
    alert.textContent = answer.refused ?? Object.values(answer.errors ?? {})[0] ?? "";
    // The button is gone with its offer: the focus goes to the next one, so that the keyboard is not thrown to the top.
    (panel.querySelector("button") ?? status).focus();
  }
  function show() {
    const { title, nothing, offers, more, folded, form } = model.get("state"), readonly = model.get("readonly");
    const wasOpen = panel.querySelector("details")?.open ?? false;
    panel.hidden = !offers.length && !nothing;
    panel.replaceChildren(folded ? h("details", {}, h("summary", {}, `${title} (${offers.length + more})`)) : h("h3", {}, title));
    const body = folded ? panel.firstChild : panel;
    if (folded) body.open = wasOpen;
    if (!offers.length) return body.append(h("p", {}, nothing));
    const list = h("ul", { class: "psp-offer-list" }, offers.map((offer) => h("li", {},
      h("span", {}, offer.text, offer.source ? h("small", {}, ` From: ${offer.source}.`) : null),
      readonly ? null : h("button", { type: "button", class: "psp-second", "aria-label": `${form ? "Take over" : "Add"}: ${offer.text}`, onclick: () => take(offer.origin) }, form ? "Take over" : "Add"))));
    body.append(list);
    if (all) list.dataset.all = "true";
    list.addEventListener("psp-all", () => { all = true; });
    if (!folded) fewAtFirst(list, FIRST, title);
    if (more) body.append(h("p", { class: "psp-takes" }, `And ${more} more.`));
    if (!readonly && !folded && offers.length > 1) panel.append(h("div", { class: "psp-do" }, h("button", { type: "button", onclick: () => take() }, `${form ? "Take over" : "Add"} all ${offers.length + more}`)));
  }
  status.tabIndex = -1;
  show();
  model.on("change:state", show);
  return () => model.off("change:state", show);
});
