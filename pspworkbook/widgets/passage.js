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
    const row = link.dataset.row && document.querySelector(`[data-register="${CSS.escape(link.dataset.register)}"] tr[data-id="${CSS.escape(link.dataset.row)}"]`);
    if (!document.getElementById(wanted) && row) row.querySelector(".psp-more")?.click();
    const target = document.getElementById(wanted) ?? document.getElementById(wanted + "-full") ?? row;
    if (!target) document.dispatchEvent(new CustomEvent("psp-open", { detail: wanted })); // an entry of the library
    target?.closest("details:not([open])")?.setAttribute("open", "");
    target?.scrollIntoView({ block: "center" });
    target?.focus();
  });
  show();
  model.on("change:html", show);
  return () => { terms.leave(); model.off("change:html", show); };
});
