// A long list on a small screen begins with a few, and a button shows all. Wide screens and paper always show all.

/** So many more than `most` are not worth a button. */
const SPARE = 1;

/** Of the children of `list`, the first `most` stand there; the button that shows the others, of which `name` says what they are, comes after `end`. */
function fewAtFirst(list, most, name, end = list) {
  const rest = [...list.children].slice(most);
  if (list.dataset.all || rest.length <= SPARE) return;
  for (const one of rest) one.classList.add("psp-rest");
  list.classList.add("psp-few");
  const button = h("button", { type: "button", class: "psp-second psp-all", onclick: () => {
    list.dispatchEvent(new Event("psp-all"));
    rest[0].tabIndex = -1;
    rest[0].focus();
  } }, `Show all ${list.childElementCount}`, name ? h("span", { class: "psp-hidden" }, `: ${name}`) : null);
  list.addEventListener("psp-all", () => { list.dataset.all = "true"; list.classList.remove("psp-few"); button.remove(); }, { once: true });
  end.after(button);
}
