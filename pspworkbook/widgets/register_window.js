// Of a long register a page holds some rows: which, the way to the others, and the search; and the whole of it as a file.

/** `finder` and `turner` are the search and the way to other rows; `show()` says anew where the page is. `flush()` saves what is being typed, since its row may leave the page. */
function makeWindow(model, ask, said, flush, body) {
  const { plural } = model.get("words");
  const input = h("input", { type: "search", id: `${model.get("name")}-find`, autocomplete: "off" });
  input.addEventListener("input", later(async () => { flush(); said(await ask({ do: "find", words: input.value })); }, 250));
  const finder = h("div", { class: "psp-item psp-find", hidden: true, role: "search" }, h("label", { for: input.id }, `Find in ${plural}`), input);

  const where = h("p", { class: "psp-takes", role: "status" });
  const turn = (by) => async () => { flush(); const now = model.get("window"); await ask({ do: "turn", to: now.from + by * now.size }); body.querySelector("input, select, textarea")?.focus(); };
  const back = h("button", { type: "button", class: "psp-second", onclick: turn(-1) }, "Earlier rows"), on = h("button", { type: "button", class: "psp-second", onclick: turn(1) }, "Later rows");
  const turner = h("div", { class: "psp-do psp-turn", hidden: true }, back, on, where);

  const show = () => {
    const now = model.get("window");
    if (!now.size) return;
    finder.hidden = now.total <= now.size;
    turner.hidden = now.found <= now.size && !now.query;
    back.disabled = !now.from;
    on.disabled = now.from + now.size >= now.found;
    where.textContent = now.found ? `Rows ${now.from + 1} to ${Math.min(now.from + now.size, now.found)} of ${now.found}${now.query ? ` that hold “${now.query}”` : ""}` : "Nothing holds these words.";
  };
  return { finder, turner, show };
}

/** The whole register as a file, and rows of a file into it. */
function filesOf(ask, said, name, words, readonly) {
  const save = (as) => async () => { const answer = await ask({ do: "file", as }); said(answer); if (answer.buffers) handOver(answer.buffers, answer.name, answer.type); };
  const box = h("div");
  return h("details", { class: "psp-sheets", ontoggle: () => {
    if (box.childElementCount) return;
    box.append(h("div", { class: "psp-do" }, h("button", { type: "button", class: "psp-second", onclick: save("xlsx") }, "Save as a spreadsheet (XLSX)"), h("button", { type: "button", class: "psp-second", onclick: save("csv") }, "Save as CSV")),
      ...(readonly ? [] : [h("p", { class: "psp-takes" }, "A file that was saved here and edited elsewhere can be taken back: what was edited in its rows changes the records that they came from, and what was changed here meanwhile stays. Leave the columns “id” and “Saved at” as they are. Edit the spreadsheet rather than the CSV: some programs take “007” in a CSV for the number 7."),
        ...takingOf(ask, { id: `${name}-take`, words: `Take ${words.plural} from a CSV or XLSX file`, accept: ".csv,.tsv,.txt,.xlsx", limit: 10_000_000, columns: words.columns })]));
  } }, h("summary", {}, "Spreadsheet: save, or take rows"), box);
}
