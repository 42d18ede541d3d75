// Where the visitor writes: text, files by button, paste or drop, and what is wrong with either.

/** The composer below the talk. */
class Composer {
  element;
  #talk;
  #text;
  #files = [];
  #shelf;
  #wrong;
  #button;
  #picker;

  constructor(talk, language) {
    this.#talk = talk;
    const { words } = talk;
    this.#text = made("textarea", {
      id: "text",
      rows: "1",
      maxlength: String(talk.limits.characters),
      "aria-describedby": "wrong",
      lang: language,
      oninput: () => this.#text.value && talk.types(),
      onkeydown: (event) => this.#key(event),
      onpaste: (event) => this.#pasted(event),
    });
    this.#picker = made("input", { type: "file", multiple: true, hidden: true, tabindex: "-1" });
    this.#picker.addEventListener("change", () => {
      this.#hand([...this.#picker.files]);
      this.#picker.value = "";
    });
    this.#shelf = made("div", { class: "files" });
    this.#wrong = made("p", { id: "wrong", class: "wrong", role: "alert" });
    this.#button = made("button", { class: "send" }, words.send);
    const clip = made(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": words.attach,
        title: words.attach,
        onclick: () => this.#picker.click(),
      },
      icon("clip"),
    );
    this.element = made(
      "form",
      {
        class: "below",
        onsubmit: (event) => this.#send(event),
        ondragover: (event) => event.preventDefault(),
        ondrop: (event) => this.#dropped(event),
      },
      made("label", { for: "text" }, words.text),
      this.#shelf,
      made(
        "div",
        { class: "row" },
        made("div", { class: "grow" }, this.#text),
        clip,
        this.#picker,
        this.#button,
      ),
      this.#wrong,
    );
  }

  focus() {
    this.#text.focus();
  }

  /** What is written and not sent. */
  get draft() {
    return this.#text.value;
  }

  #key(event) {
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    if (!sends) return;
    event.preventDefault();
    this.element.requestSubmit();
  }

  #pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.#hand(files);
  }

  #dropped(event) {
    event.preventDefault();
    this.#hand([...(event.dataTransfer?.files ?? [])]);
  }

  async #hand(files) {
    const { words, limits } = this.#talk;
    this.#says("");
    for (const file of files) {
      if (this.#files.length >= limits.files) return this.#says(words["too-many-files"]);
      if (file.size > limits.bytes) {
        this.#says(words["file-too-large"]);
        continue;
      }
      const chip = made("span", { class: "file" }, icon("clip"), file.name);
      const entry = { chip };
      this.#files.push(entry);
      this.#shelf.append(chip);
      this.#settle();
      try {
        entry.kept = await this.#talk.hand(file);
        chip.append(this.#remover(entry, file.name));
      } catch (error) {
        this.#without(entry);
        this.#says(
          error.code === "file_not_allowed" ? words["file-refused"] : words["file-failed"],
        );
      }
      this.#settle();
    }
  }

  /** Whether a file is still on its way to us. Until it is here, nothing can leave with it. */
  get #waits() {
    return this.#files.some((entry) => !entry.kept);
  }

  #settle() {
    const { words } = this.#talk;
    this.#button.disabled = this.#waits;
    if (!this.#waits && this.#wrong.textContent === words.sending) this.#says("");
  }

  #remover(entry, name) {
    const label = `${this.#talk.words.remove}: ${name}`;
    return made(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": label,
        title: label,
        onclick: () => {
          this.#without(entry);
          this.focus();
        },
      },
      icon("close"),
    );
  }

  #without(entry) {
    this.#files = this.#files.filter((other) => other !== entry);
    entry.chip.remove();
  }

  #send(event) {
    event.preventDefault();
    // The key sends by itself, whatever the button is.
    if (this.#waits) return this.#says(this.#talk.words.sending);
    const text = this.#text.value.trim();
    const files = this.#files;
    if (!text && files.length === 0) {
      this.focus();
      return;
    }
    this.#says("");
    this.#talk.say(
      text,
      files.map((entry) => entry.kept),
    );
    this.#text.value = "";
    this.#files = [];
    this.#shelf.replaceChildren();
    this.focus();
  }

  #says(words) {
    this.#wrong.textContent = words;
  }
}
