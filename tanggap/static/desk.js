/* A convenience of the desk: a box that narrows a long list. Everything works without it. */
(() => {
  "use strict";
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
