// A file out of the workbook, and a file into it. Sent in pieces: one large message would drop the connection.

const PIECE = 512 * 1024;

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
      pieces.push(buffers[0].buffer ?? buffers[0]);
      if (message.piece < message.of - 1) return;
      busy = false;
      const link = h("a", { href: URL.createObjectURL(new Blob(pieces, { type: message.type })), download: message.name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
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
    return h("div", {}, box ? h("div", { class: "psp-check" }, box, h("label", { for: boxed }, model.get("option"))) : null,
      h("div", { class: "psp-do" }, h("button", { type: "button", onclick: make }, model.get("words"))));
  }

  function into() {
    const ask = asker(model), limit = model.get("limit"), id = "file-" + Math.random().toString(36).slice(2);
    const input = h("input", { type: "file", id, accept: model.get("accept"), onchange: async () => {
      const file = input.files[0];
      if (!file) return;
      refuse(null);
      if (file.size > limit) return refuse(`This file is ${Math.ceil(file.size / 1048576)} MB. A workbook file is never larger than ${Math.floor(limit / 1048576)} MB.`);
      const of = Math.max(1, Math.ceil(file.size / PIECE));
      for (let piece = 0; piece < of; piece++) {
        status.textContent = `Reading the file: ${Math.round((100 * piece) / of)}%`;
        const bytes = await file.slice(piece * PIECE, (piece + 1) * PIECE).arrayBuffer();
        const answer = await ask({ do: "piece", piece, of, name: file.name }, [bytes]);
        if (answer.refused) { status.textContent = ""; input.value = ""; return refuse(answer.refused); }
        if (answer.said) status.textContent = answer.said;
        if (answer.go) location.assign(answer.go);
      }
      input.value = "";
    } });
    return h("div", { class: "psp-item" }, h("label", { for: id }, model.get("words")), input);
  }
});
