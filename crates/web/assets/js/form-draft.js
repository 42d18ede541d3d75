// Keeps what is being written on this device until it is sent, for a week. Files are not kept.

const WEEK = 7 * 24 * 3600 * 1000;
const KEPT = "input:not([type=hidden],[type=file],[type=checkbox]), select, textarea";

const storage = (() => {
  try {
    return window.localStorage;
  } catch {
    return null; // The browser does not let us.
  }
})();

class FormDraft extends HTMLElement {
  connectedCallback() {
    const key = `paydesk-draft-${this.dataset.name ?? this.dataset.forget}`;
    if (this.dataset.forget) storage?.removeItem(key);
    const form = this.querySelector("form");
    if (!form || !storage) return;
    this.#restore(form, key);
    const note = form.querySelector("[data-draft]");
    form.addEventListener("input", () => {
      storage.setItem(key, JSON.stringify({ at: Date.now(), fields: this.#fields(form) }));
      if (note) note.hidden = false;
    });
    form.querySelector("[data-draft-forget]")?.addEventListener("click", () => {
      storage.removeItem(key);
      form.reset();
      form.dispatchEvent(new Event("draft"));
      note.hidden = true;
    });
  }

  #fields(form) {
    const fields = {};
    for (const field of form.querySelectorAll(KEPT)) {
      if (field.name === "website") continue;
      if (field.type !== "radio" || field.checked) fields[field.name] = field.value;
    }
    return fields;
  }

  #restore(form, key) {
    let draft = null;
    try {
      draft = JSON.parse(storage.getItem(key));
    } catch {
      storage.removeItem(key);
    }
    if (!draft || !(Date.now() - draft.at < WEEK)) return;
    // What the server has filled in is newer, or the link that led here wants it.
    const filled = [...form.querySelectorAll("input[type=text], input:not([type]), textarea")];
    if (document.querySelector("main [role=alert]") || filled.some((one) => one.value)) return;
    for (const field of form.querySelectorAll(KEPT)) {
      const value = draft.fields?.[field.name];
      if (typeof value !== "string" || field.name === "website") continue;
      if (field.type === "radio") field.checked = field.value === value;
      else field.value = value;
    }
    const note = form.querySelector("[data-draft]");
    if (note) note.hidden = false;
    form.dispatchEvent(new Event("draft"));
  }
}

customElements.define("form-draft", FormDraft);
