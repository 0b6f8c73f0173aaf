// A link into the page opens what hides its target, and puts the focus into it.

/** Bring a place into view and the focus to it, whatever part that is closed it stands in. */
function reveal(target) {
  for (let closed = target?.closest("details:not([open])"); closed; closed = closed.parentElement.closest("details:not([open])")) closed.open = true;
  target?.closest(".psp-few")?.dispatchEvent(new Event("psp-all")); // a long list, on a small screen
  let row = target?.closest("tr");
  while (row && !row.dataset.id) row = row.previousElementSibling; // the details stand in rows of their own, below
  row?.querySelector(".psp-card-open[aria-expanded=false]")?.click(); // a folded card, on a small screen
  target?.scrollIntoView({ block: "center" });
  target?.focus();
}

function followLinks(root) {
  root.addEventListener("click", (event) => {
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
    if (!target && link.dataset.elsewhere) { location.assign(link.dataset.elsewhere); return; } // its register is on another page
    if (!target) document.dispatchEvent(new CustomEvent("psp-open", { detail: wanted })); // an entry of the library
    reveal(target);
    if (link.dataset.begin) target?.dispatchEvent(new CustomEvent("psp-begin", { detail: JSON.parse(link.dataset.begin) }));
  });
}
