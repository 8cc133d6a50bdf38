/* Everything here is a convenience: each page works without it. No inline handlers, no eval (CSP). */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const once = (selector, part) => {
    const seen = new WeakSet();
    return () => all(selector).forEach((element) => {
      if (!seen.has(element)) { seen.add(element); part(element); }
    });
  };
  const store = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window or full */ } },
    drop: (key) => { try { localStorage.removeItem(key); } catch { /* private window */ } },
  };

  /* Copy buttons, print buttons: shown only when they can work. */
  const copies = once("[data-copy]", (button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    const words = button.querySelector("[aria-live]");
    const label = words.textContent;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      words.textContent = button.dataset.done;
      setTimeout(() => { words.textContent = label; }, 3000);
    });
  });
  const shares = once("[data-share]", (button) => {
    if (!navigator.share) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => { /* not shared */ });
    });
  });
  const prints = once("[data-print]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });

  /* How many characters are left. */
  const counters = once("[data-counter]", (field) => {
    const control = field.querySelector("textarea, input");
    const shown = field.querySelector("[data-left]");
    const most = Number(field.dataset.counter);
    const write = new Intl.NumberFormat(document.documentElement.lang);
    const count = () => {
      const used = [...control.value].length;
      shown.textContent = `${write.format(used)} / ${write.format(most)}`;
      shown.classList.toggle("over", used > most);
    };
    control.addEventListener("input", count);
    count();
  });

  /* Files: what was chosen, with a small picture, and a way to take one back. */
  const files = once("[data-files]", (field) => {
    const input = field.querySelector("input[type=file]");
    const list = field.querySelector("[data-chosen]");
    const every = field.querySelector("[data-tick-all]");
    if (every) every.hidden = true;
    const ticked = new Set();
    const show = () => {
      list.replaceChildren(...[...input.files].map((file, index) => {
        const item = document.createElement("li");
        const picture = document.createElement("canvas");
        picture.width = picture.height = 96;
        if (file.type.startsWith("image/")) {
          createImageBitmap(file).then((bitmap) => {
            const side = Math.min(bitmap.width, bitmap.height);
            picture.getContext("2d").drawImage(bitmap, (bitmap.width - side) / 2, (bitmap.height - side) / 2, side, side, 0, 0, 96, 96);
            bitmap.close();
          }).catch(() => {});
        }
        const name = document.createElement("span");
        const mega = file.size >= 1e6;
        const size = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: mega ? 1 : 0 });
        name.textContent = `${file.name} (${size.format(mega ? file.size / 1e6 : Math.max(1, file.size / 1e3))} ${mega ? "MB" : "kB"})`;
        const remove = document.createElement("button");
        remove.type = "button";
        remove.className = "button quiet";
        remove.textContent = field.dataset.remove;
        remove.setAttribute("aria-label", `${field.dataset.remove} ${file.name}`);
        remove.addEventListener("click", () => {
          const rest = new DataTransfer();
          [...input.files].filter((_, other) => other !== index).forEach((other) => rest.items.add(other));
          input.files = rest.files;
          show();
          input.focus();
        });
        if (every && file.type.startsWith("image/")) {
          const label = document.createElement("label");
          label.className = "row tight";
          const box = document.createElement("input");
          const mark = `${file.name}/${file.size}/${file.lastModified}`;
          Object.assign(box, { type: "checkbox", name: "publik_baru", value: index, checked: ticked.has(mark) });
          box.setAttribute("aria-label", `${field.dataset.tick}: ${file.name}`);
          box.addEventListener("change", () => (box.checked ? ticked.add(mark) : ticked.delete(mark)));
          label.append(box, ` ${field.dataset.tick}`);
          name.append(label);
        }
        item.append(picture, name, remove);
        return item;
      }));
      if (input.files.length > Number(field.dataset.most)) {
        const warning = document.createElement("li");
        warning.className = "over";
        warning.setAttribute("role", "alert");
        warning.textContent = field.dataset.tooMany;
        list.prepend(warning);
      }
      list.hidden = !input.files.length;
    };
    input.addEventListener("change", show);
    show();
  });

  /* Selects that depend on each other: fetch the fieldset again, or press "Pilih" for the reader. */
  const newest = new WeakMap();
  const redraw = async (set, values, focus) => {
    const turn = {};
    newest.set(set, turn);
    const before = new Map(all("select", set).map((select) => [select.name, select.value]));
    try {
      const answer = await fetch(`${set.dataset.cascade}?${new URLSearchParams(values)}`, { headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) throw new Error(answer.status);
      const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-cascade]");
      /* A choice that was made meanwhile asked again: its answer counts. On a bad line this one comes late. */
      if (newest.get(set) !== turn) return;
      /* What was chosen while the answer was on its way stays chosen. */
      all("select", made).forEach((select) => {
        const now = set.querySelector(`[name="${select.name}"]`)?.value;
        if (now !== before.get(select.name) && [...select.options].some((option) => option.value === now)) select.value = now;
      });
      const here = set.contains(document.activeElement) ? document.activeElement.id : "";
      set.replaceWith(made);
      ready();
      document.getElementById(here || (document.activeElement === document.body ? focus : ""))?.focus();
    } catch { set.querySelector("[data-choose]").hidden = false; }
  };
  const cascades = once("[data-cascade]", (set) => {
    const choose = set.querySelector("[data-choose]");
    if (set.dataset.cascade) choose.hidden = true;
    set.addEventListener("change", (event) => {
      const selects = all("select", set);
      if (event.target === selects.at(-1) || "leaf" in event.target.dataset) return;
      if (set.dataset.cascade) redraw(set, selects.map((select) => [select.name, select.value]), event.target.id);
      else choose.click();
    });
  });

  /* Dialogs: a link to a page that says the same opens here instead. */
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog?.showModal) { event.preventDefault(); dialog.showModal(); }
  });

  /* A warning before leaving a form that was changed and not sent. */
  const guards = once("form[data-guard], form[data-draft]", (form) => {
    let changed = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    form.addEventListener("kept", () => { changed = false; });
    addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  });

  /* The draft of a form stays in this browser. A secret one never, unless the reader asks for it. */
  const drafts = once("form[data-draft]", (form) => {
    const key = `draft:${form.dataset.draft}`;
    const kept = () => all("input, select, textarea", form).filter((control) =>
      control.name && !["hidden", "password", "file", "submit"].includes(control.type) && !control.closest("[data-draft-skip]"));
    const may = () => !form.querySelector("[data-draft-secret]:checked, [data-draft-secret] :checked") || form.querySelector("[data-draft-ask]")?.checked;
    const restored = document.querySelector("[data-draft-restored]");
    const saved = store.get(key);
    if (saved && !form.hasAttribute("data-bound")) {
      const values = JSON.parse(saved);
      kept().forEach((control) => {
        const value = values[control.name];
        if (value === undefined) return;
        if (control.type === "checkbox" || control.type === "radio") control.checked = value.includes(control.value);
        else control.value = value[0];
      });
      all("[data-cascade]", form).filter((set) => set.dataset.cascade && !set.closest("[data-draft-skip]")).forEach((set) =>
        redraw(set, all("select", set).map((select) => [select.name, values[select.name]?.[0] ?? ""])));
      if (restored) restored.hidden = false;
    }
    let timer;
    const save = () => {
      if (!may()) { store.drop(key); return; }
      const values = {};
      kept().forEach((control) => {
        const box = control.type === "checkbox" || control.type === "radio";
        (values[control.name] ??= []).push(...(!box || control.checked ? [control.value] : []));
      });
      store.set(key, JSON.stringify(values));
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 400); });
    all("[data-draft-drop]").forEach((button) => {
      button.addEventListener("click", () => { clearTimeout(timer); store.drop(key); form.reset(); location.reload(); });
    });
  });

  /* The same words sent again from this tab, after "Kembali", go out under the key of the first sending: one
     report, one receipt. Other words get a key of their own, so that nothing typed is taken for a repetition.
     Only a mark of the words is remembered, and only while the tab is open. */
  const tab = {
    get: (key) => { try { return sessionStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { sessionStorage.setItem(key, value); } catch { /* private mode: nothing is kept */ } },
  };
  const sendings = once("form[data-draft]", (form) => {
    form.addEventListener("submit", () => {
      const { title, body, formulir } = form.elements;
      const words = [...`${title.value}\n${body.value}`];
      const mark = String(words.reduce((made, letter) => Math.imul(made ^ letter.codePointAt(0), 16777619) >>> 0, 2166136261));
      const [sent, key] = (tab.get("sent") ?? "").split(":");
      if (sent === mark) formulir.value = key;
      else if (key === formulir.value) {
        formulir.value = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      }
      tab.set("sending", `${mark}:${formulir.value}`);
    });
  });

  /* The QR code of a receipt holds number and code after "#", where no server sees them. The number is
     remembered while this tab is open, so that a mistyped code costs only the code. */
  const trackings = once("form[data-track]", (form) => {
    const { number, token } = form.elements;
    const keep = (value) => { try { return value === undefined ? sessionStorage.getItem("number") : sessionStorage.setItem("number", value); } catch { return null; } };
    const fill = () => {
      const [first, second] = decodeURIComponent(location.hash.slice(1)).split(".");
      if (second) {
        number.value = first;
        token.value = second;
        history.replaceState(null, "", location.pathname + location.search);
      } else if (!number.value) number.value = keep() ?? "";
    };
    addEventListener("hashchange", fill);
    form.addEventListener("submit", () => keep(number.value));
    fill();
  });

  /* The second QR code of a receipt: its signed text stands after "#", and is sent when the reader says so. */
  const receipts = once("form[data-receipt]", (form) => {
    const fill = () => {
      if (!location.hash.startsWith("#TR1.")) return;
      form.elements.teks.value = decodeURIComponent(location.hash.slice(1));
      history.replaceState(null, "", location.pathname);
    };
    addEventListener("hashchange", fill);
    fill();
  });

  /* One key per move on lists that say so; can be switched off (WCAG 2.1.4). */
  document.addEventListener("keydown", (event) => {
    const list = document.querySelector("[data-keys]");
    if (!list || event.ctrlKey || event.metaKey || event.altKey || store.get("keys-off")) return;
    if (event.target.closest("input, select, textarea, dialog, [contenteditable]")) return;
    if (event.key === "?") { document.getElementById("pintasan")?.showModal(); return; }
    if (event.key === "/") { event.preventDefault(); document.querySelector("input[type=search]")?.focus(); return; }
    const links = all("a.main", list);
    if (!links.length) { document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click(); return; }
    const here = links.findIndex((link) => link.closest("li, tr")?.contains(document.activeElement));
    const step = { j: 1, k: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = links[Math.max(0, Math.min(links.length - 1, here + step))];
      next?.focus();
      next?.scrollIntoView({ block: "nearest" });
      return;
    }
    const row = links[here]?.closest("li, tr");
    (row?.querySelector(`[data-key="${CSS.escape(event.key)}"]`) ?? document.querySelector(`[data-key="${CSS.escape(event.key)}"]`))?.click();
  });
  const switches = once("[data-keys-off]", (box) => {
    box.checked = Boolean(store.get("keys-off"));
    box.addEventListener("change", () => (box.checked ? store.set("keys-off", "1") : store.drop("keys-off")));
  });

  const parts = [copies, shares, prints, counters, files, cascades, guards, drafts, sendings, trackings, receipts, switches];
  const ready = () => parts.forEach((part) => part());
  ready();
  all("[data-draft-clear]").forEach((mark) => {
    store.drop(`draft:${mark.dataset.draftClear}`);
    if (tab.get("sending")) tab.set("sent", tab.get("sending"));
  });
  document.querySelector("[data-focus]")?.focus();
})();

// A second click while the first is on its way would only throw its answer away: the server takes a form once anyway.
{
  const sent = new WeakMap();
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const form = event.target, before = sent.get(form);
    if (before && Date.now() - before < 3000) event.preventDefault();
    else sent.set(form, Date.now());
  });
  addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form").forEach((form) => sent.delete(form)); });
}
