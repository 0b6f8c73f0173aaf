// A register as a real table of real inputs (a list of cards on a phone), or one record as a form.

export default part("register", (model, el) => {
  el.dataset.register = model.get("name");
  const ask = asker(model);
  const name = model.get("name"), words = model.get("words"), fields = model.get("fields");
  const readonly = model.get("readonly"), form = model.get("shape") === "form", fixed = model.get("fixed");
  const columns = fields.filter((field) => field.shown), rows = new Map();
  let kept = Promise.resolve();
  const id = (record, field) => `${name}-${record}-${field}`;
  const neededIn = (row, field) => field.needed && !(field.unless && row.values[field.unless.field] === field.unless.text);
  const { said, alert, ...saying } = makeSaid(ask, name, beside);
  const body = h("tbody"), foot = h("tfoot"), cards = h("div", { class: "psp-form" });
  const empty = h("p", { class: "psp-empty" }, words.empty), caption = h("caption", {}, words.caption);
  const chooser = model.get("ordered") ? choosersOf(model, askWhenKept, said, name) : null;
  const turning = makeWindow(model, ask, said, flush, body);
  const title = () => { if (chooser) caption.textContent = [words.caption, chooser.words()].filter(Boolean).join(". "); };
  title();

  if (form) el.append(cards);
  else {
    const heads = columns.map((field) => h("th", { scope: "col", class: css(field) }, headed(field), field.unit_shown ? h("span", { class: "psp-unit" }, " " + field.unit_shown) : null));
    const derived = model.get("derived").map((column) => h("th", { scope: "col", class: sort(column) }, headed(column)));
    // On a phone each row is a card, without headings: there the terms are told once, above.
    const told = [...columns, ...model.get("derived")].filter((column) => column.meaning);
    const meanings = told.length ? h("details", { class: "psp-column-terms" }, h("summary", {}, "What the headings mean"), h("dl", {}, told.map((column) => h("div", {}, h("dt", {}, column.title), h("dd", {}, column.meaning))))) : null;
    el.append(turning.finder, ...(chooser ? [chooser.node] : []), ...(meanings ? [meanings] : []),
      h("div", { class: "psp-scroll", tabindex: "0", role: "group", "aria-label": words.caption },
        h("table", {}, caption, h("thead", {}, h("tr", {}, fixed ? h("th", { scope: "col", class: "psp-mid" }, words.head) : null, heads, derived, h("th", { scope: "col" }, h("span", { class: "psp-hidden" }, "Details")))), body, foot)),
      empty, turning.turner);
    keepRoles(body.parentElement);
  }
  const lists = new Map(); // of the words that are offered in a field, one list for all rows
  for (const field of fields) if (field.offered) { field.list = `${name}-${field.name}-said`; lists.set(field.name, h("datalist", { id: field.list })); }
  el.append(...lists.values());
  const actions = h("div", { class: "psp-do" });
  let begin = {}; // what a new row is about, where the link that led to the button stood by it
  const adder = h("button", { type: "button", id: `${name}-add`, class: "psp-add", onclick: add }, words.add);
  if (!form && !readonly && !fixed) actions.append(adder);
  const beginWith = (values) => {
    begin = values;
    const about = fields.filter((field) => values[field.name]).map((field) => `${field.title}: ${field.options.find((one) => one.value === values[field.name])?.text ?? values[field.name]}`);
    adder.textContent = [words.add, ...about].join(". ");
  };
  adder.addEventListener("psp-begin", (event) => beginWith(event.detail));
  adder.addEventListener("blur", () => { if (Object.keys(begin).length) beginWith({}); });
  const seed = h("button", { type: "button", class: "psp-second", hidden: true, onclick: async () => said(await ask({ do: "seed" })) });
  if (!form && !readonly && !fixed) actions.append(seed);
  const offer = () => { seed.hidden = !model.get("seeds"); seed.textContent = model.get("seed_words") || (rows.size ? words.seed_rest : words.seed); };
  // Rows are added, and taken away, in the list that they are kept in.
  if (fixed && !readonly && words.added_in) el.append(h("p", { class: "psp-takes" }, h("a", { href: `#${words.added_in}-add`, onclick: (event) => { event.preventDefault(); reveal(document.getElementById(`${words.added_in}-add`)); } }, words.add), ` ${words.added_where}.`));
  el.append(actions, ...saying.nodes);
  if (!form && !fixed) el.append(filesOf(ask, said, name, words, readonly));

  /** The title of a column; a term of the glossary explains itself, in the room that the title takes anyway. */
  function headed(column) { return column.meaning ? h("button", { type: "button", class: "psp-term", "data-meaning": column.meaning }, column.title) : column.title; }
  function sort(column) { return column.words ? "psp-words" : "psp-num"; } // of a column that is worked out
  function css(field) { return ["psp-" + field.shown, field.number ? "psp-num" : "", ["choice", "reference"].includes(field.kind) ? "psp-select" : field.kind === "date" ? "psp-day" : ""].join(" ").trim(); }

  async function change(record, values, version, input) {
    const asked = ask({ do: "change", id: record, version, values });
    kept = asked;
    const answer = await asked;
    if (answer.clash) return clash(record, values, answer.clash);
    const errors = answer.errors && Object.entries(answer.errors).map(([at, words]) => [fields.find((one) => one.name === at)?.title, words].filter(Boolean).join(": ")).join(" ");
    said({ ...answer, errors }, record, input);
    if (answer.ok) for (const field of fields) if (!(field.name in values)) for (const one of rows.get(record)?.made(field.name) ?? []) one.again();
    return answer;
  }
  /** Whether what was said of a record still holds: its remark, or that something typed into it was not kept. */
  function holds(record, remark) {
    const entry = rows.get(record);
    return entry && (remark ? entry.row.remark.text === remark : fields.some((field) => entry.made(field.name).some((one) => one.refused())));
  }
  /** Puts `node` beside what was changed: below the field in a form, below the row in a table. False where neither is there. */
  function beside(node, record, input) {
    const entry = rows.get(record), item = input?.closest(".psp-item");
    for (const one of rows.values()) if (one.hereRow && (item || one !== entry)) { one.hereRow.remove(); one.hereRow = null; one.set(); }
    if (item) {
      let last = item; // of the fields that stand side by side with it
      const end = (one) => Math.round(one.getBoundingClientRect().bottom);
      while (last.nextElementSibling?.matches(".psp-item") && end(last.nextElementSibling) === end(item)) last = last.nextElementSibling;
      if (last.nextElementSibling !== node) last.after(node);
    } else if (entry && !form) {
      if (!entry.hereRow) { entry.hereRow = h("tr", { class: "psp-here-row" }, h("td", { colspan: entry.width })); entry.place(); }
      if (!entry.hereRow.contains(node)) entry.hereRow.firstChild.append(node);
    } else saying.nodes[1].after(node);
    return Boolean(item || (entry && !form));
  }
  function clash(record, values, theirs) {
    // Both versions side by side; nothing is overwritten until somebody chooses, and both stay in the history.
    const choose = async (mine) => {
      box.remove();
      const row = rows.get(record);
      row.version = theirs.version;
      if (mine) said(await ask({ do: "change", id: record, version: theirs.version, values }), record, row.first);
      else for (const field of Object.keys(values)) for (const made of row.made(field)) { made.complain(null); made.input.value = theirs.values[field]; made.update(theirs.values[field], theirs.version); }
    };
    const box = h("div", { class: "psp-panel psp-clash", tabindex: "-1" },
      h("h3", {}, "Two people changed this at once"),
      Object.keys(values).map((field) => h("dl", {},
        h("dt", {}, `${fields.find((one) => one.name === field).title}: ${theirs.who} saved`), h("dd", {}, theirs.values[field] || "nothing"),
        h("dt", {}, "You typed"), h("dd", {}, values[field] || "nothing"))),
      h("div", { class: "psp-do" },
        h("button", { type: "button", onclick: () => choose(false) }, "Keep theirs"),
        h("button", { type: "button", class: "psp-second", onclick: () => choose(true) }, "Use mine")));
    alert.replaceChildren(box);
    box.focus();
    return { ok: true };
  }

  /** A question that takes rows off the page: not while something in them is typed that could not be kept. */
  async function askWhenKept(question) {
    flush();
    await kept;
    await new Promise((done) => setTimeout(done)); // the field says first what is wrong with it
    const wrong = body.querySelector("[aria-invalid=true]:not([data-kept])");
    if (!wrong) return ask(question);
    wrong.focus();
    return { refused: "First mend what could not be kept, or press Escape in it." };
  }

  function flush() { for (const entry of rows.values()) for (const field of fields) for (const one of entry.made(field.name)) one.flush(); }

  /** Where a record came from and where it is used: asked for when somebody wants to know. */
  function usesOf(record) {
    const box = h("div", { class: "psp-uses" });
    const link = (one) => (one.href ? h("a", { href: one.href }, one.words) : one.words);
    return h("details", { ontoggle: async (event) => {
      if (!event.target.open) return;
      const found = await ask({ do: "uses", id: record });
      if (!found.ok) return said(found);
      box.replaceChildren(...found.origins.map((one) => h("p", {}, link(one))), ...found.since.map((words) => h("p", { class: "psp-changed" }, "△ ", words)),
        ...(found.uses.length && found.summary ? [h("p", {}, found.summary)] : []),
        ...(found.uses.length ? [h("ul", {}, found.uses.map((one) => h("li", {}, link(one))))] : [h("p", {}, "Nothing else points to it.")]));
    } }, h("summary", {}, "Where it comes from, and where it is used"), box);
  }

  async function add() {
    const answer = await ask({ do: "add", values: begin });
    said({ ...answer, errors: answer.errors && Object.values(answer.errors).join(" ") });
    if (answer.ok) focusRow(answer.id);
  }
  function focusRow(record, tries = 20) {
    const row = rows.get(record);
    row?.card?.fold(false);
    if (row) row.first.focus();
    else if (tries) setTimeout(() => focusRow(record, tries - 1), 50);
  }

  function fieldOf(record, field, row, label) {
    const made = makeField({ ...field }, {
      id: id(record, field.name) + (label ? "" : "-full"), text: row.values[field.name], version: row.version, readonly,
      label, save: (text, version) => change(record, { [field.name]: text }, version, made.input),
    });
    return made;
  }

  function fullForm(record, row, made, suffix) {
    const groups = new Map();
    for (const field of fields) {
      if (!groups.has(field.group)) groups.set(field.group, []);
      const one = makeField(field, { id: id(record, field.name) + suffix, text: row.values[field.name], version: row.version, readonly, save: (text, version) => change(record, { [field.name]: text }, version, one.input) });
      made.set(field.name, [...(made.get(field.name) ?? []), one]);
      if (field.help) one.input.setAttribute("aria-description", field.help);
      groups.get(field.group).push(h("div", { class: "psp-item psp-item-" + (field.kind === "text" || field.kind === "line" ? "long" : "short") },
        h("label", { for: id(record, field.name) + suffix }, field.title, field.unit_shown ? ` (${field.unit_shown})` : "", neededIn(row, field) ? h("span", { class: "psp-needed" }, " needed") : null),
        helpOf(field), one.node));
    }
    return [...groups].map(([group, items]) => group ? h("fieldset", {}, h("legend", {}, group), items) : h("div", { class: "psp-items" }, items));
  }

  function helpOf(field) {
    const text = [field.help, field.example ? `For example: ${field.example}` : ""].filter(Boolean).join(" ");
    return text ? h("p", { class: "psp-help" }, text) : null;
  }

  function makeRow(record, row) {
    const made = new Map();
    const entry = { version: row.version, made: (field) => made.get(field) ?? [], row };
    if (form) {
      entry.nodes = fullForm(record, row, made, "");
      cards.append(...entry.nodes);
      el.append(usesOf(record)); // one form, one record: it stays when the fields are drawn again
    } else {
      const label = () => row.label;
      const cells = columns.map((field) => {
        const one = fieldOf(record, field, row, `${field.title}, ${label()}`);
        made.set(field.name, [one]);
        return h("td", { class: css(field), "data-label": field.title }, one.node);
      });
      entry.derived = model.get("derived").map((column) => h("td", { class: `${sort(column)} psp-derived`, "data-label": column.title }));
      entry.head = fixed ? h("th", { scope: "row", class: "psp-mid" }) : null;
      const panel = h("td", { colspan: columns.length + entry.derived.length + (fixed ? 2 : 1) });
      const under = h("tr", { class: "psp-under", hidden: true }, panel);
      const toggle = h("button", { type: "button", class: "psp-second psp-more", "aria-expanded": "false", onclick: () => {
        if (!panel.childElementCount) {
          panel.append(h("div", { class: "psp-form" }, fullForm(record, entry.row, made, "-full"), usesOf(record), remove(record, entry)));
          entry.flag();
        }
        under.hidden = !under.hidden;
        toggle.setAttribute("aria-expanded", String(!under.hidden));
        entry.place();
      } }, "Details");
      entry.toggle = toggle;
      entry.remark = (odd) => remark(record, entry, odd, panel.colSpan);
      const lacks = h("p", { class: "psp-needed psp-lacks", id: id(record, "lacks"), hidden: true });
      toggle.setAttribute("aria-describedby", lacks.id);
      /** What is needed and empty, but not among the columns. */
      entry.lack = () => {
        const titles = readonly ? [] : fields.filter((field) => neededIn(entry.row, field) && !field.shown && !entry.row.values[field.name]).map((field) => field.title);
        lacks.hidden = !titles.length;
        lacks.title = titles.join(", ");
        lacks.replaceChildren(`${titles.length} needed inside`, h("span", { class: "psp-hidden" }, ` the details: ${titles.join(", ")}`));
      };
      entry.move = chooser && !readonly ? moversOf(record, ask, (answer) => said(answer, record)) : null;
      entry.card = makeCard(entry, columns);
      const tr = h("tr", { "data-id": record }, entry.card.node, entry.head, cells, entry.derived, h("td", { class: "psp-narrow" }, h("div", { class: entry.move ? "psp-moves" : "" }, entry.move?.nodes ?? [], toggle), lacks));
      entry.width = panel.colSpan;
      /** The rows of the table that this record has: itself, what is odd about it, what was saved of it, its details; while they are open they come before what was saved, since the next Tab leads into what was opened. */
      entry.set = () => { entry.nodes = [tr, entry.remarkRow, ...(under.hidden ? [entry.hereRow, under] : [under, entry.hereRow])].filter(Boolean); };
      entry.place = () => {
        entry.set();
        if (entry.hereRow) entry.nodes[entry.nodes.indexOf(entry.hereRow) - 1].after(entry.hereRow);
      };
      entry.set();
      body.append(...entry.nodes);
    }
    entry.first = made.values().next().value[0].input;
    entry.name = (text) => {
      if (form) return;
      if (entry.head) entry.head.textContent = text;
      entry.toggle.setAttribute("aria-label", `Details of ${text}`);
      entry.card.name(text);
      entry.move?.name(text);
      for (const field of columns) made.get(field.name)[0].input.setAttribute("aria-label", `${field.title}, ${text}`);
    };
    entry.flag = () => { for (const field of fields) for (const one of entry.made(field.name)) one.flag(entry.row.wrong[field.name]); };
    entry.name(row.label);
    return entry;
  }

  /** A row of its own under the row that something is odd about: what it is, and buttons that mend it. */
  function remark(record, entry, odd, columns) {
    if (JSON.stringify(odd) === entry.remarked) return;
    const had = entry.remarkRow?.contains(document.activeElement);
    entry.remarked = JSON.stringify(odd);
    entry.remarkRow?.remove();
    entry.remarkRow = odd.text ? h("tr", { class: "psp-remark" }, h("td", { colspan: columns }, h("p", {}, h("span", { class: "psp-hidden" }, `${entry.row.label}: `), odd.text),
      readonly ? null : h("div", { class: "psp-do" }, odd.mends.map((mend) => h("button", { type: "button", class: "psp-second", "aria-label": `${mend.words}: ${entry.row.label}`, onclick: async () => { flush(); await kept; said(await ask({ do: "mend", id: record, key: mend.key }), record, entry.first); } }, mend.words))))) : null;
    entry.set();
    if (had) entry.first.focus();
  }

  function remove(record, entry) {
    if (readonly || fixed) return h("span");
    const box = h("div", { class: "psp-do" });
    const start = () => box.replaceChildren(h("button", { type: "button", class: "psp-second psp-warn", onclick: sure }, words.remove));
    const sure = async () => {
      const found = await ask({ do: "uses", id: record });
      const places = found.points === 1 ? "the answer that names it" : `the ${found.points} answers that name it`;
      const named = found.points === 1 ? "The record that names it stays; only the answer that names it is emptied." : `The records that name it stay; only the ${found.points} answers that name it are emptied.`;
      const what = [found.summary, found.points ? named : "", found.uses?.some((one) => one.made) ? "What was made from it stays." : ""];
      box.replaceChildren(...[
        h("p", { tabindex: "-1" }, [`Remove “${entry.row.label.replaceAll("“", "‘").replaceAll("”", "’")}”?`, ...what, "It stays in the history, and Undo brings all of it back."].filter(Boolean).join(" ")),
        found.uses?.length ? h("ul", { class: "psp-uses" }, found.uses.slice(0, 10).map((one) => h("li", {}, one.href ? h("a", { href: one.href }, one.words) : one.words)), found.uses.length > 10 ? h("li", {}, `and ${found.uses.length - 10} more`) : null) : null,
        h("button", { type: "button", class: "psp-warn", onclick: async () => { const answer = await ask({ do: "delete", id: record, version: entry.version, unlink: Boolean(found.points) }); said(answer); if (!answer.ok) start(); else actions.querySelector("button")?.focus(); } }, found.points ? `Remove it, and empty ${places}` : "Remove it"),
        h("button", { type: "button", class: "psp-second", onclick: () => { start(); box.querySelector("button").focus(); } }, "Keep it")].filter(Boolean));
      box.querySelector("p").focus(); // the question, not an answer: who presses twice by mistake removes nothing
    };
    start();
    return box;
  }

  function draw() {
    const now = model.get("rows"), seen = new Set(), others = !now.some((row) => rows.has(row.id)); // the first rows, or another page of them
    for (const row of now) {
      seen.add(row.id);
      let entry = rows.get(row.id);
      if (!entry) {
        rows.set(row.id, (entry = makeRow(row.id, row)));
        entry.card?.fold(others && now.length > STAY_OPEN);
      }
      else if (entry.version !== row.version || entry.row.label !== row.label) {
        entry.version = row.version;
        for (const field of fields) for (const one of entry.made(field.name)) one.update(row.values[field.name], row.version);
        entry.name(row.label);
      }
      entry.row = row;
      entry.flag();
      entry.lack?.();
      for (const field of fields) for (const one of entry.made(field.name)) one.settle();
    }
    for (const [record, entry] of rows) if (!seen.has(record)) { for (const node of entry.nodes) node.remove(); rows.delete(record); }
    let at = 0;
    if (!form) for (const row of now) {
      const entry = rows.get(row.id);
      entry.remark(row.remark);
      if (Object.keys(row.wrong).length) entry.card.fold(false);
      entry.card.among(now.length);
      for (const node of entry.nodes) { if (body.children[at] !== node) body.insertBefore(node, body.children[at] ?? null); at++; }
    }
    saying.follow(holds);
    empty.hidden = form || model.get("window").total > 0;
    turning.show();
    offer();
    derive();
  }
  function derive() {
    if (form) return;
    const derived = model.get("derived");
    for (const [record, entry] of rows) derived.forEach((column, place) => { entry.derived[place].textContent = column.values[record] ?? "–"; });
    foot.replaceChildren(...(derived.some((column) => column.total) && rows.size ? [h("tr", {}, h("td", { colspan: columns.length + (fixed ? 1 : 0) }, words.total), derived.map((column) => h("td", { class: sort(column), "data-label": column.title }, column.total)), h("td"))] : []));
  }
  function refill() {
    const options = model.get("options");
    for (const field of fields) {
      if (!options[field.name]) continue;
      field.options = options[field.name];
      if (field.offered) { lists.get(field.name).replaceChildren(...field.options.map((one) => h("option", { value: one.value }))); continue; }
      for (const entry of rows.values()) for (const one of entry.made(field.name)) one.options(field.options);
    }
  }
  const terms = explainTerms(el);
  refill();
  draw();
  model.on("change:rows", draw);
  model.on("change:derived", derive);
  model.on("change:seeds", offer);
  model.on("change:seed_words", offer);
  model.on("change:within", () => { chooser?.draw(); title(); });
  model.on("change:options", refill);
  model.on("change:window", turning.show);

  /** Somebody follows a link to a record, from here (an event) or from another page (the address). */
  async function goTo(record, field) {
    if (!rows.has(record) && !form) {
      flush();
      const found = await ask({ do: "locate", id: record });
      if (found.add) document.getElementById(`${name}-add`)?.focus();
      if (!found.there) return;
    }
    for (let tries = 0; tries < 40 && !rows.has(record); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    const entry = rows.get(record);
    if (!entry) return;
    const cell = field && document.getElementById(id(record, field));
    if (field && !cell && entry.toggle?.getAttribute("aria-expanded") === "false") entry.toggle.click(); // it is among the details
    reveal(cell || (field && document.getElementById(id(record, field) + "-full")) || entry.first);
  }
  const asked = (event) => {
    const { register, row, field, taken } = event.detail; // a kind may stand on the page in parts, each with some of its fields
    if (taken || (register !== name && register !== words.kind) || !(!field || field === "add" || fields.some((one) => one.name === field))) return;
    event.detail.taken = true;
    goTo(row, field);
  };
  document.addEventListener("psp-go", asked);
  const stepped = saying.clear;
  document.addEventListener("psp-stepped", stepped);
  const arrive = () => {
    const [, kind, record, field] = location.hash.match(/^#at:([a-z_]+):([^:]+)(?::([a-z_]+))?$/) ?? [];
    if (kind !== words.kind || fixed || (name !== kind && document.querySelector(`[data-register="${CSS.escape(kind)}"]:not(a)`))) return;
    const wait = (tries) => document.querySelector("[role=main][data-ready]") ? goTo(decodeURIComponent(record), field) : tries && setTimeout(wait, 100, tries - 1);
    wait(200);
  };
  arrive();
  addEventListener("hashchange", arrive);
  return () => { terms.leave(); document.removeEventListener("psp-go", asked); document.removeEventListener("psp-stepped", stepped); removeEventListener("hashchange", arrive); model.off("change:rows", draw); model.off("change:derived", derive); model.off("change:seeds", offer); model.off("change:options", refill); };
});
