// Shared by every part: building elements without markup from strings, and asking the kernel.

// anywidget makes a part deaf for good whose script is not there within two seconds. A slow machine gets ten minutes, for
// the parts that come after this one: in a notebook they come one by one. The dashboards' page does the same from its start.
if (!AbortSignal.timeout.patient) {
  const soon = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = Object.assign((ms) => soon(ms === 2000 ? 600_000 : ms), { patient: true });
}

/** An element. Text always goes in as text, so nothing that a user typed can become markup. */
function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/**
 * The module of a part: `render(model, el)` builds it and returns how to clean up.
 * Its mark on the page is set when it stands there whole; the frame counts the marks to know when the page is ready.
 */
function part(name, render) {
  return {
    render({ model, el }) {
      el.classList.add("psp", "psp-" + name);
      // Voila's and JupyterLab's own keys must not fire while somebody types here.
      el.addEventListener("keydown", (event) => event.stopPropagation());
      try {
        const done = render(model, el);
        el.dataset.pspPart = name;
        return done;
      } catch (error) {
        console.error(error);
        el.replaceChildren(h("p", { class: "psp-error", role: "alert" }, "This part of the page could not be shown. Nothing that was saved is lost: load the page again."));
      }
    },
  };
}

/** Questions to the kernel, each answered once: ask({do: "change", …}) resolves with the answer. */
function asker(model) {
  const waiting = new Map();
  let last = 0;
  const hear = (message, buffers) => {
    if (!message || message.answer === undefined || !waiting.has(message.answer)) return;
    waiting.get(message.answer)(buffers?.length ? { ...message, buffers } : message);
    waiting.delete(message.answer);
  };
  model.on("msg:custom", hear);
  // A page may show the same part twice (JupyterLab's "new view for output"): the number says whose question it was.
  const me = crypto.randomUUID ? crypto.randomUUID() : String(Math.random());
  return (question, buffers) =>
    new Promise((resolve) => {
      const number = me + ":" + ++last;
      waiting.set(number, resolve);
      try {
        model.send({ ...question, ask: number }, undefined, buffers);
      } catch { // the page is being left, or its kernel is gone: the frame says so
        waiting.delete(number);
        resolve({ ok: false, refused: "The connection to the workbook is lost." });
      }
    });
}

const due = new Set();
const sendWhatIsDue = () => { for (const call of [...due]) call.now(); };
for (const leaving of ["pagehide", "visibilitychange"]) addEventListener(leaving, sendWhatIsDue); // who turns to another app has done typing
addEventListener("psp-leave", (event) => { if (due.size) { event.preventDefault(); sendWhatIsDue(); } });

/** Lets `work` run `ms` after the last call; `.now()` runs it at once if it is due. */
function later(work, ms) {
  let timer = null;
  const drop = () => { clearTimeout(timer); timer = null; due.delete(call); };
  const run = () => { drop(); work(); };
  const call = () => { drop(); timer = setTimeout(run, ms); due.add(call); };
  call.now = () => { if (timer !== null) run(); };
  call.drop = drop;
  return call;
}
