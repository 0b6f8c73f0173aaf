// On a small screen a row of a register is a card, and many cards are folded.

/** So many cards stand open on a small screen; of more, each shows its name until it is opened. */
const STAY_OPEN = 3;

/** A choice, a day or an amount in a few words; long texts say nothing in brief, and bare numbers do not say of what. */
function inBrief(field, text) {
  if (!text) return "";
  if (field.kind === "choice" || field.kind === "reference") return field.options.find((one) => one.value === text)?.text ?? "";
  if (field.kind === "date") return new Date(text).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return field.kind === "pounds" ? `£${text}`.replace("£-", "-£") : "";
}

/** On a small screen a row is a card. Of many, each shows its name until it is opened; the style sheet knows when. */
function makeCard(entry, columns) {
  const name = h("span"), brief = h("small");
  const opener = h("button", { type: "button", class: "psp-card-open", onclick: () => card.fold(opener.getAttribute("aria-expanded") === "true") }, name, brief);
  let many = false, folded = false;
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
      brief.textContent = columns.map((field) => inBrief(field, entry.row.values[field.name])).filter(Boolean).slice(0, 3).join(" · ");
      show();
    },
  };
  return card;
}
