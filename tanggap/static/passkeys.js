/* Passkeys: the browser makes or shows a key, the form posts it. Without them the password and the code do. */
(() => {
  "use strict";
  const key = window.PublicKeyCredential;
  if (!key || !key.parseCreationOptionsFromJSON || !key.parseRequestOptionsFromJSON) return;
  const ask = {
    create: (options) => navigator.credentials.create({ publicKey: key.parseCreationOptionsFromJSON(options) }),
    get: (options) => navigator.credentials.get({ publicKey: key.parseRequestOptionsFromJSON(options) }),
  };
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const field = form.querySelector("[name=credential]");
    const trouble = form.querySelector("[data-trouble]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      trouble.hidden = true;
      try {
        const { options, fetch: address } = form.dataset;
        const said = options ? JSON.parse(options) : await (await fetch(address)).json();
        const made = await ask[form.dataset.passkey](said.publicKey);
        field.value = JSON.stringify(made.toJSON());
        form.submit();
      } catch {
        trouble.hidden = false;
      }
    }, { capture: true });
  });
})();
