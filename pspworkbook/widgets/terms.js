// A term of the glossary explains itself on focus, hover and tap. Its meaning travels with it, in `data-meaning`.

let termCount = 0;

/**
 * Watches the terms within a part. The explanation can be pointed at, stays until it is left, and Escape closes it
 * without moving the focus (WCAG 1.4.13). `hide()` closes it; `leave()` stops watching.
 */
function explainTerms(el) {
  const tip = h("div", { class: "psp-tip", role: "tooltip", id: "psp-tip-" + ++termCount, popover: "manual", hidden: true });
  let term = null, held = false;
  const away = later(() => { if (!held) hide(); }, 250);
  const termOf = (event) => event.target.closest?.(".psp-term");

  function show(wanted) {
    away.drop();
    if (term === wanted) return;
    hide();
    term = wanted;
    tip.textContent = term.dataset.meaning;
    if (!tip.isConnected) el.append(tip);
    tip.hidden = false;
    tip.showPopover?.(); // above everything, whatever clips or moves the part
    term.setAttribute("aria-describedby", tip.id);
    place();
  }
  function hide() {
    away.drop();
    held = false;
    if (!term) return;
    term.removeAttribute("aria-describedby");
    term = null;
    if (tip.hidePopover && tip.matches(":popover-open")) tip.hidePopover();
    tip.hidden = true;
  }
  /** Under the term, or over it where there is no room; always within the window. */
  function place() {
    if (!term) return;
    const at = term.getClientRects()[0] ?? term.getBoundingClientRect(), edge = 8, wide = document.documentElement.clientWidth;
    tip.style.maxWidth = Math.min(384, wide - 2 * edge) + "px";
    const size = tip.getBoundingClientRect();
    const below = at.bottom + size.height + edge < innerHeight || at.top < size.height + edge;
    tip.style.left = Math.max(edge, Math.min(at.left, wide - size.width - edge)) + "px";
    tip.style.top = (below ? at.bottom + 2 : at.top - size.height - 2) + "px";
  }

  el.addEventListener("pointerover", (event) => { const wanted = event.pointerType !== "touch" && termOf(event); if (wanted) show(wanted); });
  el.addEventListener("pointerout", (event) => { if (termOf(event) && document.activeElement !== term) away(); });
  el.addEventListener("focusin", (event) => { const wanted = termOf(event); if (wanted) { held = true; show(wanted); held = true; } });
  el.addEventListener("focusout", (event) => { if (termOf(event)) { held = false; away(); } });
  el.addEventListener("click", (event) => { const wanted = termOf(event); if (wanted) show(wanted); }); // Safari gives a tapped button no focus
  tip.addEventListener("pointerenter", () => away.drop());
  tip.addEventListener("pointerleave", () => away());
  const key = (event) => { if (event.key === "Escape" && term) { event.preventDefault(); hide(); } };
  const press = (event) => { if (term && !tip.contains(event.target) && termOf(event) !== term) hide(); };
  document.addEventListener("keydown", key, true);
  document.addEventListener("pointerdown", press, true);
  addEventListener("scroll", place, { passive: true, capture: true });
  addEventListener("resize", place);
  return {
    hide,
    leave() {
      hide();
      document.removeEventListener("keydown", key, true);
      document.removeEventListener("pointerdown", press, true);
      removeEventListener("scroll", place, { capture: true });
      removeEventListener("resize", place);
    },
  };
}
