// The way in for phones: where to go, the code in large type, and both as a QR code.

const SVG = "http://www.w3.org/2000/svg";

/** `ask` asks the kernel; `show(state)` brings it up to date. */
function makeJoin(ask, id, title) {
  const page = document.body.dataset.baseUrl ?? "", ours = Boolean(document.body.dataset.pspVendor);
  const here = ours ? location.origin + page.replace(/voila\/$/, "") : "";
  const address = h("input", { type: "url", id: id + "-address", value: here, autocomplete: "off", spellcheck: "false", onchange: () => draw() });
  const warning = h("p", { class: "psp-help" }), error = h("p", { class: "psp-error", role: "alert" });
  const where = h("strong", { class: "psp-where" }), letters = h("strong", { class: "psp-letters" }), until = h("p", { class: "psp-help" });
  const picture = h("div", { class: "psp-qr" });
  const box = h("section", { class: "psp-panel psp-join", "aria-label": `How to join by phone: ${title}`, hidden: true },
    h("div", { class: "psp-way-in" }, picture, h("div", {}, h("p", {}, "On your phone, open ", where, " and type"), h("p", {}, letters), until, warning)),
    h("details", {}, h("summary", {}, "Phones use another address"), h("div", { class: "psp-item" }, h("label", { for: address.id }, "Address of the dashboards, as phones reach them"), address, error)));
  let code = "", drawn = "";

  function base() { return address.value.trim().replace(/\/*$/, "/"); }
  async function draw() {
    if (!code) return;
    const start = base(), local = /^https?:\/\/(localhost|127\.|\[::1\])/.test(start);
    where.textContent = address.value.trim() ? start.replace(/^https?:\/\//, "") + "join" : "the address of the dashboards";
    warning.textContent = !address.value.trim()
      ? "Phones join through the dashboards. Start them with: pspworkbook dashboards --host 0.0.0.0, and write their address below."
      : local ? "This address works on this machine only. For phones, start the dashboards with --host 0.0.0.0 and open them by the machine’s own address, or write that address below." : "";
    if (drawn === start + code) return;
    drawn = start + code;
    picture.replaceChildren();
    error.textContent = "";
    if (!address.value.trim()) return;
    const answer = await ask({ do: "qr", address: `${start}join/${code}` });
    error.textContent = answer.refused ?? "";
    if (answer.path) picture.replaceChildren(svg(answer.path, answer.size, `QR code of ${start}join/${code}`));
  }
  return {
    node: box,
    show(state) {
      const fresh = state.code !== code;
      code = state.code;
      box.hidden = !code;
      letters.textContent = code;
      letters.setAttribute("aria-label", code.split("").join(" "));
      until.textContent = code ? `Open until ${state.closes}. No name is asked.` : "";
      if (fresh) draw();
    },
  };
}

function svg(path, size, label) {
  const make = (tag, attributes) => { const node = document.createElementNS(SVG, tag); for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value); return node; };
  const root = make("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label, "shape-rendering": "crispEdges" });
  root.append(make("rect", { width: size, height: size, fill: "#fff" }), make("path", { d: path, fill: "#000" }));
  return root;
}
