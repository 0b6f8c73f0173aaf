// Words of ours: markup made in Python by templates that escape whatever a user wrote.

export default part("passage", (model, el) => {
  const inside = h("div");
  el.append(inside);
  if (model.get("live")) inside.setAttribute("role", "status");
  const terms = explainTerms(el), tables = fitTables(inside);
  const show = () => {
    terms.hide();
    const open = [...inside.querySelectorAll("details")].map((details) => details.open);
    inside.innerHTML = model.get("html");
    tables.look();
    inside.querySelectorAll("details").forEach((details, place) => { if (open[place]) details.open = true; });
  };
  followLinks(inside);
  /** A link from another page leads to a place in here, as soon as the page stands; in the library it opens an entry. */
  const arrive = (tries) => {
    const target = location.hash.length > 1 && inside.querySelector("#" + CSS.escape(location.hash.slice(1)));
    if (!target || document.querySelector(".psp-library")) return;
    if (!document.querySelector("[role=main][data-ready]")) { if (tries) setTimeout(arrive, 100, tries - 1); return; }
    target.closest("details:not([open])")?.setAttribute("open", "");
    target.scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  };
  show();
  arrive(200);
  model.on("change:html", show);
  return () => { terms.leave(); tables.leave(); model.off("change:html", show); };
});
