/* Conveniences of the desk: suggestions that fill a form in, a box that narrows a long list. All works without them. */
(() => {
  "use strict";
  const filled = (field, value) => {
    const boxes = field instanceof RadioNodeList ? [...field] : [field];
    // A group of radio buttons comes with its fieldset, which bears the same name.
    const radios = boxes.filter((box) => box.type === "radio");
    if (radios.length) { for (const box of radios) box.checked = box.value === value; return; }
    if (boxes[0].localName === "textarea" && boxes[0].value.trim()) return;
    boxes[0].value = value;
    boxes[0].dispatchEvent(new Event("input", { bubbles: true }));
  };
  for (const link of document.querySelectorAll("[data-fill]")) {
    link.addEventListener("click", (event) => {
      const form = document.getElementById("tindakan-form");
      if (!form || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      for (const box of form.querySelectorAll("input.narrower")) { box.value = ""; box.dispatchEvent(new Event("input")); }
      for (const [name, value] of Object.entries(JSON.parse(link.dataset.fill))) if (form.elements[name]) filled(form.elements[name], value);
      for (const other of document.querySelectorAll("[data-fill]")) other.toggleAttribute("data-chosen", other === link);
    });
  }
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  for (const field of document.querySelectorAll("[data-narrow]")) {
    const select = field.querySelector("select");
    const whole = [...select.children].map((part) => part.cloneNode(true));
    if (select.options.length < 12) continue;
    const box = document.createElement("input");
    box.type = "search";
    box.className = "narrower";
    box.placeholder = field.dataset.narrow;
    box.setAttribute("aria-label", field.dataset.narrow);
    box.setAttribute("aria-controls", select.id);
    box.autocomplete = "off";
    select.before(box);
    box.addEventListener("input", () => {
      const words = plain(box.value).split(/\s+/).filter(Boolean);
      const chosen = new Set([...select.selectedOptions].map((option) => option.value));
      const fits = (option, group) => !option.value || chosen.has(option.value) || words.every((word) => plain(`${group} ${option.textContent}`).includes(word));
      select.replaceChildren(...whole.flatMap((part) => {
        const copy = part.cloneNode(true);
        if (copy.localName === "option") return fits(copy, "") ? [copy] : [];
        for (const option of [...copy.children]) if (!fits(option, copy.label)) option.remove();
        return copy.children.length ? [copy] : [];
      }));
      for (const option of select.options) option.selected = chosen.has(option.value);
      const found = [...select.options].filter((option) => option.value && words.every((word) => plain(option.textContent).includes(word)));
      if (words.length && found.length === 1 && !select.multiple) found[0].selected = true;
    });
  }
})();

/* The draft of a form is kept by the server while its officer types: nothing of a report stays in the browser. */
(() => {
  "use strict";
  const WAIT = 1000;
  for (const form of document.querySelectorAll("form[data-save]")) {
    const line = form.querySelector("[data-draft-line]");
    let timer = 0, version = 0, saved = 0, way = new AbortController();
    const body = (how) => {
      const data = new FormData(form);
      for (const name of new Set(data.keys())) if (data.get(name) instanceof File) data.delete(name);
      data.set("draf", how);
      return data;
    };
    const save = async (how) => {
      clearTimeout(timer);
      const turn = version;
      try {
        const answer = await fetch(form.dataset.save, { method: "POST", body: body(how), redirect: "manual", signal: way.signal, headers: { "X-Requested-With": "fetch" } });
        if (![200, 409, 422].includes(answer.status)) throw new Error(answer.status);
        line.textContent = await answer.text();
        if (!answer.ok || turn !== version) return;
        saved = turn;
        form.dispatchEvent(new Event("kept"));
      } catch (error) { if (error.name !== "AbortError") line.textContent = form.dataset.unsaved; }
    };
    /* The answers to findings stand outside of the form and belong to it. */
    document.addEventListener("input", (event) => {
      if (event.target.form !== form || event.target.type === "file") return;
      version += 1;
      clearTimeout(timer);
      timer = setTimeout(() => save("otomatis"), WAIT);
    });
    form.querySelector("[data-draft-keep]").addEventListener("click", (event) => { event.preventDefault(); save("simpan"); });
    form.addEventListener("submit", () => { clearTimeout(timer); way.abort(); way = new AbortController(); saved = version; });
    addEventListener("pagehide", () => { if (saved !== version) navigator.sendBeacon(form.dataset.save, body("otomatis")); });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && saved !== version) save("otomatis"); });
  }
})();

/* A template goes into the text where the cursor is, without loading the page again. */
(() => {
  "use strict";
  for (const field of document.querySelectorAll("[data-template]")) {
    const select = field.querySelector("select"), button = field.querySelector("button");
    button.addEventListener("click", async (event) => {
      const text = button.form.elements.text;
      if (!text) return;
      event.preventDefault();
      if (!select.value) { select.focus(); return; }
      const answer = await fetch(`${field.dataset.template}?${new URLSearchParams({ templat: select.value })}`, { redirect: "manual" });
      if (!answer.ok) { button.form.requestSubmit(button); return; }
      const before = text.value.slice(0, text.selectionStart), words = await answer.text();
      text.setRangeText(before && !/\s$/.test(before) ? `\n\n${words}` : words, text.selectionStart, text.selectionEnd, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
      text.focus();
    });
  }
})();

/* Who else has this report open, and whether it has changed: asked twice a minute while the page is looked at. */
(() => {
  "use strict";
  const EVERY = 25000;
  for (const form of document.querySelectorAll("form[data-presence]")) {
    const place = form.querySelector("[role=status]");
    let before = "";
    const ask = async () => {
      if (document.visibilityState === "hidden") return;
      try {
        const answer = await fetch(form.dataset.presence, { method: "POST", body: new FormData(form), redirect: "manual" });
        if (!answer.ok) return;
        const text = await answer.text();
        if (text === before) return;
        before = text;
        place.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
      } catch { /* a bad line: asked again in a while */ }
    };
    setInterval(ask, EVERY);
    document.addEventListener("visibilitychange", ask);
  }
})();
