// Files in pieces, into the workbook and out of it; rows of a register from a file, or pasted, with what was refused by row and column.

const PIECE = 512 * 1024, FIRST = 20, FIRST_TAKEN = 10;

/**
 * Where a taken file is reported: its nodes; tell(answer), which fills them with what was taken and what was refused;
 * undone(whether), for what Undo has taken back; and show(), which brings them into view and turns the keyboard there.
 */
function takingReport() {
  const status = h("p", { class: "psp-status", role: "status", tabindex: "-1" }), alert = h("div", { role: "alert", tabindex: "-1" }), report = h("div");
  let said = "";
  const list = (of, css) => h("ul", {}, of.map((line) => h("li", { class: css }, line)));
  const folded = (words, of, css) => (of.length ? [h("details", {}, h("summary", {}, `${words} (${of.length})`), list(of, css))] : []);
  const tell = (answer) => {
    status.textContent = said = answer.said ?? "";
    report.hidden = false;
    const lines = answer.refused ? [answer.refused] : answer.errors ? Object.values(answer.errors) : answer.problems ?? [];
    const taken = answer.taken ?? [];
    alert.replaceChildren(...(lines.length ? [list(lines.slice(0, FIRST), "psp-error")] : []));
    report.replaceChildren(...folded("Other rows that were refused", lines.slice(FIRST), "psp-error"),
      ...(taken.length ? [h("p", {}, "What was taken. Undo takes all of it back at once:"), list(taken.slice(0, FIRST_TAKEN)), ...folded("Everything else that was taken", taken.slice(FIRST_TAKEN))] : []),
      ...(answer.again ? [h("p", {}, "Save the spreadsheet anew before you go on in it: the file that you have taken is older than this page by now.")] : []));
  };
  const undone = (whether) => {
    if (report.hidden === whether || !report.childNodes.length) return;
    report.hidden = whether;
    status.textContent = whether ? "This has been taken back." : said;
  };
  const show = ({ always = false } = {}) => {
    const place = status.textContent ? status : alert, { top, bottom } = place.getBoundingClientRect();
    if (!always && top >= 0 && bottom <= innerHeight) return;
    place.scrollIntoView({ block: "center" });
    place.focus({ preventScroll: true });
  };
  return { nodes: [status, alert, report], tell, undone, show };
}

/** Hand a chosen file to the kernel in pieces, and tell its last answer; reached(share) hears how many hundredths are there. */
async function handIn(ask, chosen, limit, tell, reached = () => {}) {
  if (chosen.size > limit) return tell({ refused: `This file is ${Math.ceil(chosen.size / 1048576)} MB. The largest that can be taken is ${Math.floor(limit / 1048576)} MB.` });
  const of = Math.max(1, Math.ceil(chosen.size / PIECE));
  for (let piece = 0; piece < of; piece++) {
    reached(Math.round((100 * piece) / of));
    const bytes = await chosen.slice(piece * PIECE, (piece + 1) * PIECE).arrayBuffer();
    const answer = await ask({ do: "piece", piece, of, name: chosen.name }, [bytes]);
    if (!answer.ok || piece === of - 1) tell(answer);
    if (!answer.ok) break;
  }
}

/** The fields that take rows. ask: questions to the kernel; words: the label of the file; limit: bytes. */
function takingOf(ask, { id, words, accept, limit, columns }) {
  const report = takingReport(), { nodes } = report;
  // The rows that were taken stand above, and push what is said of them out of sight.
  const tell = (answer) => { report.tell(answer); setTimeout(report.show, 300); };
  const file = h("input", { type: "file", id: id + "-file", accept, onchange: async () => {
    if (file.files[0]) await handIn(ask, file.files[0], limit, tell);
    file.value = "";
  } });
  const paste = h("textarea", { id: id + "-paste", rows: 3, spellcheck: "false" });
  const take = h("button", { type: "button", class: "psp-second", onclick: async () => {
    if (!paste.value.trim()) return tell({ refused: "Paste some rows first, with the line of headings." });
    const answer = await ask({ do: "paste", text: paste.value });
    tell(answer);
    // Only what was refused stays, to be put right: what was taken must not be taken twice.
    const lines = paste.value.split(/\r?\n/), left = answer.refused_rows ?? [];
    if (answer.ok) paste.value = left.length ? [lines[0], ...left.map((row) => lines[row - 1]).filter(Boolean)].join("\n") : "";
  } }, "Take these rows");
  return [h("p", {}, "The first line holds the headings. These are understood: " + columns + "."),
    h("div", { class: "psp-item psp-item-long" }, h("label", { for: file.id }, words), file),
    h("div", { class: "psp-item psp-item-long" }, h("label", { for: paste.id }, "Or paste rows, copied from a spreadsheet"), paste),
    h("div", { class: "psp-do" }, take), ...nodes];
}

/** Hand a file that the kernel made to the browser. */
function handOver(buffers, name, type) {
  const link = h("a", { href: URL.createObjectURL(new Blob(buffers.map((piece) => piece.buffer ?? piece), { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
