// A chart: what it shows, the drawing, one sentence, and its numbers as a table. plotly.js comes once for the whole page.

function plotly(ask) {
  return (window.__pspPlotly ??= (async () => {
  const vendor = document.body.dataset.pspVendor;
  let address = vendor ? vendor + "plotly.min.js" : null;
  if (!address) {
    // No server of ours around (JupyterLab, Binder): the kernel sends the file, packed, once.
    const parts = await ask({ do: "plotly" });
    const stream = new Blob(parts.buffers.map((part) => part.buffer ?? part)).stream().pipeThrough(new DecompressionStream("gzip"));
    address = URL.createObjectURL(new Blob([await new Response(stream).arrayBuffer()], { type: "text/javascript" }));
  }
  const define = window.define; // plotly would hand itself to a module loader instead of the page
  window.define = undefined;
  try {
    await new Promise((done, failed) => document.head.append(h("script", { src: address, onload: done, onerror: failed })));
  } finally { window.define = define; }
  return window.Plotly;
})());
}

const LONG = 60;
/** A part narrower than this, in pixels, is drawn as on a phone. */
const NARROW = 480;

/** A layout with what its `meta.narrow` says otherwise for a narrow screen, one level deep: an axis keeps what is not named. */
function forPhones(layout) {
  const other = Object.entries(layout.meta?.narrow ?? {});
  return { ...layout, ...Object.fromEntries(other.map(([key, value]) => [key, typeof value === "object" ? { ...layout[key], ...value } : value])) };
}

/** Axes whose labels keep a little away from the marks, and from each other in the corner. */
function apart(layout) {
  const axes = Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key));
  return { ...layout, ...Object.fromEntries(axes.map((key) => [key, { ticks: "outside", ticklen: 6, tickcolor: "rgba(0,0,0,0)", ...layout[key] }])) };
}

/** Colours of ours (charts/picture.py) that do not stand out from a dark ground, and what takes their place there. */
const LIGHTER = { "#1a1a1a": "#f2f2f2", "#ebebeb": "#3a3a3a", "#5e5e5e": "#b8b8b8", "#767676": "#b8b8b8", "#00437e": "#6fb7f2", "#1c5d5d": "#3f9a9a", "#741e6d": "#c678bf" };

/** The figure for the ground that it stands on: a dark theme, or high contrast, has light ink. Stripes keep the colour that their bar was made for. */
function onItsGround(figure, ink) {
  const [red, green, blue] = ink.match(/[\d.]+/g).map(Number);
  if (red + green + blue < 3 * 128) return figure;
  return JSON.parse(JSON.stringify(figure).replaceAll('"textfont":{"color":"#ffffff"}', '"textfont":{"color":"#10212f"}').replace(/("fgcolor":)?"(#[0-9a-f]{6})"/g, (whole, stripes, colour) => (stripes || !LIGHTER[colour] ? whole : `"${LIGHTER[colour]}"`)));
}

/** Like `asker`, but hands the answer's buffers on. */
function askWithBuffers(model) {
return (question) => new Promise((resolve) => {
  const number = "chart:" + Math.random();
  const hear = (message, buffers) => { if (message?.answer === number) { model.off("msg:custom", hear); resolve({ ...message, buffers }); } };
  model.on("msg:custom", hear);
  model.send({ ...question, ask: number });
});
}

export default part("chart", (model, el) => {
  const title = h("figcaption"), drawing = h("div", { class: "psp-drawing", role: "img" }), words = h("p");
  const head = h("thead"), body = h("tbody"), caption = h("caption");
  const numbers = h("details", {}, h("summary", {}, "The numbers as a table"),
    h("div", { class: "psp-scroll", tabindex: "0", role: "group", "aria-label": "Numbers of the chart" }, h("table", {}, caption, head, body)));
  el.append(h("figure", {}, title, drawing, words, numbers));
  const tables = fitTables(numbers);
  let gone = false, drawn = false;
  const isNarrow = () => el.clientWidth < NARROW;
  const say = () => {
    const picture = model.get("picture");
    el.hidden = !picture.title; // a place that is kept for what may come
    title.textContent = caption.textContent = picture.title;
    words.textContent = picture.text;
    drawing.setAttribute("aria-label", picture.text);
    drawing.style.minHeight = picture.figure ? (picture.figure.layout.height ?? 320) + "px" : "0";
    head.replaceChildren(h("tr", {}, picture.head.map((cell, place) => h("th", { scope: "col", class: place ? "psp-num" : "" }, cell))));
    numbers.hidden = !picture.rows.length;
    drawing.hidden = !picture.figure;
    fill();
  };
  // A long table is made when somebody opens it.
  const fill = () => {
    const rows = model.get("picture").rows;
    if (rows.length > LONG && !numbers.open) return body.replaceChildren();
    body.replaceChildren(...rows.map((row) => h("tr", {}, row.map((cell, place) => h(place ? "td" : "th", place ? { class: "psp-num" } : { scope: "row" }, cell)))));
    tables.look();
  };
  numbers.addEventListener("toggle", () => { if (numbers.open && !body.childElementCount) fill(); });
  // A page has dozens of charts: what is near is drawn at once, the others when the browser has nothing else to do.
  let near = false;
  const watcher = new IntersectionObserver((seen) => { near = seen.at(-1).isIntersecting; if (near) draw(); }, { rootMargin: "800px" });
  watcher.observe(drawing);
  // A page that is enlarged or turned becomes narrow, or wide again.
  let drawnNarrow = null;
  const turned = new ResizeObserver(() => {
    if (!drawn || !el.clientWidth || isNarrow() === drawnNarrow) return;
    shown = null;
    near ? draw() : idle();
  });
  turned.observe(el);
  let shown = null, waiting = false;
  const idle = () => {
    if (waiting) return;
    waiting = true;
    (window.requestIdleCallback ?? ((work) => setTimeout(work, 500)))(() => {
      waiting = false;
      if (gone) return;
      if (!drawing.isConnected) setTimeout(idle, 200);
      else if (drawing.clientWidth) draw(); // what is folded away is drawn when somebody opens it
    }, { timeout: 5000 });
  };
  const changed = () => { say(); near || !model.get("picture").figure ? draw() : idle(); };
  const all = () => draw();
  addEventListener("beforeprint", all);
  const draw = async () => {
    const picture = model.get("picture");
    if (picture === shown) return;
    shown = picture;
    if (!picture.figure) { drawing.replaceChildren(); drawn = false; return; }
    try {
      const Plotly = await plotly(askWithBuffers(model));
      if (gone) return;
      const narrow = (drawnNarrow = isNarrow()), ink = getComputedStyle(el).color, { data, layout: wide } = onItsGround(model.get("picture").figure, ink), layout = apart(narrow ? forPhones(wide) : wide);
      drawing.style.minHeight = (layout.height ?? 320) + "px";
      await Plotly.react(drawing, data, {
        ...layout, autosize: true, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", font: { family: "inherit", size: narrow ? 12 : 14, color: ink },
        margin: { ...(layout.margin ?? {}), ...(narrow ? { l: 8, r: 8 } : {}) },
      }, { displayModeBar: false, responsive: true, staticPlot: narrow });
      drawn = true;
    } catch (error) {
      console.warn("The chart could not be drawn; its numbers stand in the table below it.", error);
    }
  };
  changed();
  model.on("change:picture", changed);
  return () => { gone = true; tables.leave(); turned.disconnect(); watcher.disconnect(); removeEventListener("beforeprint", all); model.off("change:picture", changed); if (drawn) window.Plotly?.purge(drawing); };
});
