// A file out of the workbook, and a file into it. Sent in pieces: one large message would drop the connection.

export default part("files", (model, el) => {
  const status = h("p", { class: "psp-status", role: "status" });
  const alert = h("div", { role: "alert" });
  if (model.get("out")) el.append(out()); else el.append(into());
  el.append(status, alert);
  const refuse = (words) => alert.replaceChildren(...(words ? [h("p", { class: "psp-error" }, words)] : []));

  function out() {
    const pieces = [];
    let busy = false;
    model.on("msg:custom", (message, buffers) => {
      if (message.refused) { busy = false; refuse(message.refused); status.textContent = ""; return; }
      if (message.piece === undefined) return;
      if (message.piece === 0) pieces.length = 0;
      pieces.push(buffers[0]);
      if (message.piece < message.of - 1) return;
      busy = false;
      handOver(pieces, message.name, message.type);
      status.textContent = `Saved as ${message.name}.`;
    });
    const boxed = "with-" + Math.random().toString(36).slice(2), box = model.get("option") ? h("input", { type: "checkbox", id: boxed }) : null;
    const make = () => {
      if (busy) return;
      busy = true;
      refuse(null);
      status.textContent = model.get("making");
      model.send({ do: "make", option: Boolean(box?.checked) });
    };
    const button = h("button", { type: "button", onclick: make }, model.get("words"));
    model.on("change:words", () => { button.textContent = model.get("words"); });  // it may name what it saves
    return h("div", {}, box ? h("div", { class: "psp-check" }, box, h("label", { for: boxed }, model.get("option"))) : null,
      h("div", { class: "psp-do" }, button));
  }

  function into() {
    const ask = asker(model), id = "file-" + Math.random().toString(36).slice(2);
    const tell = (answer) => {
      refuse(answer.refused);
      status.textContent = answer.said ?? "";
      if (answer.go) location.assign(answer.go);
    };
    const input = h("input", { type: "file", id, accept: model.get("accept"), onchange: async () => {
      if (!input.files[0]) return;
      refuse(null);
      await handIn(ask, input.files[0], model.get("limit"), tell, (share) => { status.textContent = `Reading the file: ${share}%`; });
      input.value = "";
    } });
    return h("div", { class: "psp-item" }, h("label", { for: id }, model.get("words")), input);
  }
});
