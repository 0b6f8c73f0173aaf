// The shelf of financial proxies: words to look for, prices of which year, and each proxy with the way into an outcome.

export default part("proxies", (model, el) => {
  const ask = asker(model), id = "proxies-" + Math.random().toString(36).slice(2, 8), chosen = new Map(), opened = new Set();
  const words = h("input", { type: "search", id: id + "-words", autocomplete: "off" });
  const year = h("input", { type: "text", id: id + "-year", autocomplete: "off", size: 9, "aria-describedby": `${id}-span ${id}-year-error` });
  const span = h("p", { class: "psp-help", id: id + "-span" }), yearError = h("p", { class: "psp-error", id: id + "-year-error", role: "alert" });
  const count = h("p", { class: "psp-takes", role: "status" }), list = h("div"), tips = h("div"), status = h("p", { class: "psp-status", role: "status", tabindex: "-1" });
  const look = later(() => ask({ do: "find", words: words.value }), 200);
  words.addEventListener("input", look);
  year.addEventListener("change", async () => {
    const answer = await ask({ do: "find", year: year.value });
    yearError.textContent = answer.errors?.year ?? answer.refused ?? "";
    if (answer.errors) year.setAttribute("aria-invalid", "true"); else year.removeAttribute("aria-invalid");
  });
  el.append(h("section", { class: "psp-panel psp-note", "aria-labelledby": id + "-head" }, h("h3", { id: id + "-head" }, "What could stand for its value?"),
    h("p", {}, "Look for a proxy, see where it comes from, and put it into an outcome. Check it before use: a source may have a newer edition."),
    h("div", { class: "psp-proxy-find", role: "search" },
      h("div", { class: "psp-item" }, h("label", { for: words.id }, "Find a proxy"), h("p", { class: "psp-help" }, "In everyday words, for instance: lonely, job, school, rubbish, carer’s time."), words),
      h("div", { class: "psp-item" }, h("label", { for: year.id }, "Bring values to prices of"), span, year, yearError)),
    count, list, tips, status));

  function one(proxy) {
    const key = proxy.id, mine = chosen.get(key) ?? {}, base = `${id}-${key}`;
    const facts = h("dl", {}, proxy.facts.map((fact) => h("div", {}, h("dt", {}, fact.title), h("dd", {}, fact.text))),
      proxy.link ? h("div", {}, h("dt", {}, "Link"), h("dd", {}, h("a", { href: proxy.link, rel: "noreferrer", target: "_blank" }, proxy.link, h("span", { class: "psp-hidden" }, " (opens in a new tab)")))) : null);
    const outcome = h("select", { id: base + "-outcome", onchange: () => { chosen.set(key, { ...chosen.get(key), outcome: outcome.value }); stands(); } }, h("option", { value: "" }, "…"), model.get("state").outcomes.map((row) => h("option", { value: row.value }, row.text)));
    outcome.value = mine.outcome ?? "";
    const now = h("p", { class: "psp-help", id: base + "-now", role: "status" });
    const stands = () => { now.textContent = [proxy.each, model.get("state").outcomes.find((row) => row.value === outcome.value)?.now].filter(Boolean).join(" "); };
    stands();
    const error = h("p", { class: "psp-error", id: base + "-error", role: "alert" }, mine.error ?? "");
    if (mine.wrong) { outcome.setAttribute("aria-invalid", "true"); outcome.setAttribute("aria-describedby", `${error.id} ${now.id}`); } else outcome.setAttribute("aria-describedby", now.id);
    const last = proxy.ways.some((way) => way.value === mine.way) ? mine.way : proxy.ways.at(-1)?.value;
    const ways = h("fieldset", { class: "psp-ask" }, h("legend", {}, "At which prices"),
      proxy.ways.map((way) => h("div", { class: "psp-check" }, h("input", { type: "radio", name: base + "-way", id: `${base}-${way.value}`, value: way.value, checked: way.value === last, onchange: () => chosen.set(key, { ...chosen.get(key), way: way.value }) }), h("label", { for: `${base}-${way.value}` }, way.text))),
      proxy.trouble ? h("p", { class: "psp-help" }, proxy.trouble) : null);
    const put = async (event) => {
      event.preventDefault();
      const way = box.querySelector("input[type=radio]:checked")?.value;
      const answer = await ask({ do: "put", id: key, outcome: outcome.value, way });
      if (answer.ok) { status.textContent = answer.said; chosen.delete(key); show(); status.focus(); return; }
      // The list may have been built anew meanwhile: what is wrong is kept with the choice, and shown where the form is now.
      chosen.set(key, { outcome: outcome.value, way, error: answer.refused ?? Object.values(answer.errors ?? {})[0] ?? "", wrong: Boolean(answer.errors?.outcome) });
      show();
      if (answer.errors?.outcome) document.getElementById(outcome.id)?.focus();
    };
    const keep = async () => { const answer = await ask({ do: "keep", id: key }); status.textContent = answer.said ?? ""; error.textContent = answer.refused ?? ""; if (answer.ok) status.focus(); };
    const box = h("details", { open: opened.has(key), "data-proxy": key, ontoggle: () => (box.open ? opened.add(key) : opened.delete(key)) },
      h("summary", {}, proxy.name, " ", h("small", {}, proxy.short)),
      facts, h("p", {}, proxy.used.length ? `Used in: ${proxy.used.join("; ")}.` : "Not used in an outcome yet."),
      model.get("readonly") ? null : h("form", { onsubmit: put }, ways,
        h("div", { class: "psp-item" }, h("label", { for: outcome.id }, "For which outcome"), outcome, now, error),
        h("div", { class: "psp-do" }, h("button", {}, "Put it into this outcome"), proxy.own ? null : h("button", { type: "button", class: "psp-second", onclick: keep }, "Only keep it in our library"))));
    return box;
  }
  function show() {
    const state = model.get("state"), focused = list.contains(document.activeElement) ? document.activeElement.id : "";
    if (document.activeElement !== words) words.value = state.words;
    if (document.activeElement !== year && year.getAttribute("aria-invalid") !== "true") year.value = state.year;
    span.textContent = state.span ? `The price index covers ${state.span}.` : "There is no price index.";
    count.textContent = !state.total ? `Nothing on this shelf is about “${state.words}”. Try one plain word for what changes or for what would be saved, such as lonely, job, school or hour; with the box empty, the whole shelf is here.`
      : state.total > state.shown.length ? `${state.total} found; the best ${state.shown.length} are shown.${state.words ? "" : " Type a word to find what you need."}` : `${state.total} found.`;
    tips.replaceChildren(...(state.elsewhere.length ? [h("h4", {}, state.total ? "Worth looking up elsewhere too" : "Where to look it up"),
      h("dl", {}, state.elsewhere.map((place) => h("div", {}, h("dt", {}, place.name), h("dd", {}, place.text)))),
      h("p", {}, "What you find there, enter in your own library of proxies below, with its source, its year and its licence. These hints are from memory: check what is published now.")] : []));
    list.replaceChildren(...state.shown.map(one));
    if (focused) document.getElementById(focused)?.focus();
  }
  show();
  model.on("change:state", show);
  return () => { look.drop(); model.off("change:state", show); };
});
