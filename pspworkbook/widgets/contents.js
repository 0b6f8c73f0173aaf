// What is on this page: its sections and their tools as links, with the one that is being read marked. A stage is long;
// nobody should have to scroll through it to find a tool.

/** Fill the place that the page's template has for it, once all parts stand. Returns how to clean up. */
function contents() {
  const nav = document.querySelector(".psp-contents"), list = nav?.querySelector("ol");
  if (!list || list.childElementCount) return () => {};
  const sections = headings();
  if (sections.length < 3) return () => {};
  const links = new Map();
  // By identifier, not by element: a passage that says something new is made of new elements.
  for (const { place, words, tools } of sections) {
    const link = to(place, words);
    links.set(place, link);
    const inner = tools.map((tool) => {
      const link = to(tool.place, tool.words);
      links.set(tool.place, link);
      return h("li", {}, link);
    });
    list.append(h("li", { class: "psp-section" }, link, inner.length ? h("ol", {}, inner) : null));
  }
  const fold = nav.querySelector("details"), here = nav.querySelector(".psp-now");
  list.addEventListener("click", (event) => {
    if (event.target.closest("a") && matchMedia("(max-width: 48rem)").matches) fold.open = false; // it covers the page there
  });
  nav.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !fold.open || !matchMedia("(max-width: 48rem)").matches) return;
    fold.open = false;
    fold.querySelector("summary").focus();
  });
  nav.hidden = false;

  const top = (place) => document.getElementById(place)?.getBoundingClientRect().top ?? Infinity;
  const places = [...links.keys()];
  let now = null, asked = false;
  function look() {
    asked = false;
    // What is read is the last heading that has come up to where a link would put it (see scroll-padding-top).
    const found = places.filter((place) => top(place) < 110).at(-1) ?? null;
    if (found === now) return;
    links.get(now)?.removeAttribute("aria-current");
    now = found;
    const link = links.get(now);
    for (const item of list.children) item.classList.toggle("psp-open", item.contains(link ?? null));
    here.textContent = link?.textContent ?? "";
    if (!link) return;
    link.setAttribute("aria-current", "location");
    const side = nav.closest(".psp-side"), box = link.getBoundingClientRect(), frame = side.getBoundingClientRect();
    if (side.scrollHeight > side.clientHeight && (box.top < frame.top || box.bottom > frame.bottom)) side.scrollTop += box.top - frame.top - side.clientHeight / 2;
  }
  const soon = () => { if (!asked) { asked = true; requestAnimationFrame(look); } };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  look();
  return () => { removeEventListener("scroll", soon); removeEventListener("resize", soon); };
}

/** The sections of the notebook in order, each with the tools and the smaller headings that follow it; a place is an element's identifier. */
function headings() {
  const found = [];
  let count = 0;
  for (const heading of document.querySelectorAll("#rendered_cells .jp-MarkdownOutput :is(h2, h3), #rendered_cells .psp-tool-head")) {
    if (heading.classList.contains("psp-tool-head")) {
      const words = said(heading.querySelector("h2")), section = found.at(-1);
      if (!section?.ours) found.push({ place: heading.id, words, tools: [] }); // a page without sections has its tools only
      else if (section.words !== words) section.tools.push({ place: heading.id, words });
      continue;
    }
    heading.id ||= `section-${++count}`;
    heading.tabIndex = -1; // so that a link to it takes the keyboard along
    if (heading.localName === "h3") { found.at(-1)?.tools.push({ place: heading.id, words: said(heading) }); continue; }
    found.push({ place: heading.id, words: said(heading), tools: [], ours: true });
  }
  return found;
}

const said = (heading) => heading.textContent.replace(/¶$/, "").trim();
const to = (place, words) => h("a", { href: "#" + encodeURIComponent(place) }, words);
