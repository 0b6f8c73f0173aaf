// Words of ours: markup made in Python by templates that escape whatever a user wrote.

export default part("passage", (model, el) => {
  const inside = h("div");
  el.append(inside);
  if (model.get("live")) inside.setAttribute("role", "status");
  const terms = explainTerms(el);
  const show = () => {
    terms.hide();
    const open = [...inside.querySelectorAll("details")].map((details) => details.open);
    inside.innerHTML = model.get("html");
    inside.querySelectorAll("details").forEach((details, place) => { if (open[place]) details.open = true; });
  };
  // A link into the page opens what hides its target, and puts the focus into it.
  inside.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    event.preventDefault();
    const wanted = link.getAttribute("href").slice(1);
    if (wanted.startsWith("at:")) { location.hash = wanted; return; }
    const row = link.dataset.row && document.querySelector(`[data-register="${CSS.escape(link.dataset.register)}"] tr[data-id="${CSS.escape(link.dataset.row)}"]`);
    if (link.dataset.row && !row && !document.getElementById(wanted)) { // in a part of a long register that is not shown
      const detail = { register: link.dataset.register, row: link.dataset.row, field: wanted.slice(`${link.dataset.register}-${link.dataset.row}-`.length), taken: false };
      document.dispatchEvent(new CustomEvent("psp-go", { detail }));
      if (detail.taken) return;
    }
    if (!document.getElementById(wanted) && row) row.querySelector('.psp-more[aria-expanded="false"]')?.click();
    const target = document.getElementById(wanted) ?? document.getElementById(wanted + "-full") ?? row;
    if (!target) document.dispatchEvent(new CustomEvent("psp-open", { detail: wanted })); // an entry of the library
    target?.closest("details:not([open])")?.setAttribute("open", "");
    target?.scrollIntoView({ block: "center" });
    target?.focus();
  });
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
  return () => { terms.leave(); model.off("change:html", show); };
});
