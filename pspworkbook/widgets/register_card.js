// On a small screen a row of a register is a card, and many cards are folded.

/** So many cards stand open on a small screen; of more, each shows its name until it is opened. */
const STAY_OPEN = 1;

/** So many answers stand under the name of a folded card, each of a few words. */
const MOST = 5, SHORT = 40;

/** An answer in a few words: a figure, a day or a bare yes says of what it is; long texts say nothing in brief, and what is private stands in its own field only. */
function inBrief(field, text) {
  if (!text || field.private) return "";
  const title = field.title.replace(/,? £$/, "");
  if (field.kind === "choice" || field.kind === "reference") {
    const chosen = field.options.find((one) => one.value === text)?.text ?? "";
    return /^(yes|no|partly|not yet)\b/i.test(chosen) ? `${title.replace(/\?$/, "")}: ${chosen}` : chosen;
  }
  if (field.kind === "date") return `${title}: ${new Date(text).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })}`;
  if (field.kind === "pounds") return `${title}: £${text}`.replace("£-", "\u2212£");
  if (field.number || field.kind === "yes or no" || field.kind === "figure") return `${title.replace(/\?$/, "")}: ${text}`;
  return field.kind === "line" && field.shown !== "wide" && text.length <= SHORT ? text : "";
}

/** On a small screen a row is a card. Of many, each shows its name until it is opened; the style sheet knows when. */
function makeCard(entry, columns) {
  const name = h("span"), brief = h("small");
  const opener = h("button", { type: "button", class: "psp-card-open", onclick: () => card.fold(opener.getAttribute("aria-expanded") === "true") }, name, brief);
  let many = false, folded = false;
  /** What the name of the card says already. */
  const repeats = (one) => name.textContent.includes(one) || name.textContent.endsWith(`, ${one.split(": ").at(-1)}`);
  const show = () => {
    opener.setAttribute("aria-expanded", String(!folded));
    for (const node of entry.nodes) { node.classList.toggle("psp-foldable", many); node.classList.toggle("psp-folded", many && folded); }
  };
  const card = {
    node: h("td", { class: "psp-card" }, opener),
    name: (text) => { name.textContent = text || "Without a name yet"; },
    /** Nothing that is wrong is folded away. */
    fold: (away) => { folded = away && !entry.nodes.some((node) => node.querySelector("[aria-invalid=true]")); show(); },
    among: (number) => {
      many = number > STAY_OPEN;
      // Rows of one name are told apart by their other columns.
      const said = columns.map((field) => inBrief(field, entry.row.values[field.name])).filter((one) => one && !repeats(one));
      brief.textContent = said.slice(0, MOST).join(" · ");
      show();
    },
  };
  return card;
}
