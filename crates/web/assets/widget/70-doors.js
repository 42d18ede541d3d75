// Where to go when nobody answers, and what is asked when the talk is over.

/** A form for a mail address, and links to the ticket form and the help centre. */
class Doors {
  element = made("section", { class: "doors", "aria-label": "", hidden: true });
  #talk;
  #form;
  #wrong = made("p", { id: "mail-wrong", class: "wrong", role: "alert" });
  #field;

  #unsent;

  constructor(talk, unsent) {
    this.#talk = talk;
    this.#unsent = unsent;
    const { words, links } = talk;
    this.element.setAttribute("aria-label", words.doors);
    this.#field = made("input", {
      id: "mail",
      type: "email",
      autocomplete: "email",
      required: true,
      "aria-describedby": "mail-hint mail-wrong",
    });
    this.#form = made(
      "form",
      { onsubmit: (event) => this.#send(event), novalidate: true },
      made("label", { for: "mail" }, words.mail),
      made(
        "div",
        { class: "row" },
        made("div", { class: "grow" }, this.#field),
        made("button", { class: "send" }, words["mail-send"]),
      ),
      made("p", { id: "mail-hint", class: "hint" }, words["mail-hint"]),
      this.#wrong,
    );
    const link = (address, text, onclick) =>
      address
        ? made(
            "li",
            {},
            made("a", { href: address, target: "_blank", rel: "noopener", onclick }, text),
          )
        : null;
    this.element.append(
      this.#form,
      made(
        "ul",
        {},
        link(links.ticket, words.ticket, (event) => this.#ticket(event)),
        link(links.help, words.help),
      ),
    );
  }

  /** Shows what fits the state of the talk. */
  update() {
    const { state } = this.#talk;
    this.element.hidden = !state.doors;
    this.#form.hidden = Boolean(state.mail);
  }

  /** What was written here goes along to the form. Where that fails, the form is empty. */
  async #ticket(event) {
    const plain = event.currentTarget.href;
    if (!this.#talk.session || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    // Opened at once, while the browser still knows that somebody asked for it.
    const tab = open("", "_blank");
    if (tab) tab.opener = null;
    const address = await this.#talk.ticket(this.#unsent()).catch(() => plain);
    if (tab) tab.location.replace(address);
    else location.assign(address);
  }

  async #send(event) {
    event.preventDefault();
    const { words } = this.#talk;
    this.#wrong.textContent = "";
    if (!this.#field.checkValidity()) {
      this.#wrong.textContent = words["mail-wrong"];
      this.#field.focus();
      return;
    }
    try {
      await this.#talk.mail(this.#field.value.trim());
    } catch (error) {
      this.#wrong.textContent = error.status === 400 ? words["mail-wrong"] : words.failed;
      this.#field.focus();
    }
  }
}

/** How did it go? Five marks and a few words. */
class Rating {
  element = made("form", { class: "rating", hidden: true });
  #talk;
  #wrong = made("p", { class: "wrong", role: "alert" });

  constructor(talk) {
    this.#talk = talk;
    const { words } = talk;
    const mark = (score) =>
      made(
        "label",
        { class: "mark" },
        made("input", {
          type: "radio",
          name: "score",
          value: String(score),
          "aria-label": words[`mark-${score}`],
        }),
        made("span", { "aria-hidden": "true", title: words[`mark-${score}`] }, String(score)),
      );
    this.element.append(
      made(
        "fieldset",
        {},
        made("legend", {}, words.rate),
        made("div", { class: "marks" }, ...[1, 2, 3, 4, 5].map(mark)),
      ),
      made("label", { for: "comment" }, words.comment),
      made("textarea", { id: "comment", rows: "2", maxlength: "1000" }),
      made("div", { class: "row" }, made("button", { class: "send" }, words["rate-send"])),
      this.#wrong,
    );
    this.element.addEventListener("submit", (event) => this.#send(event));
  }

  /** Asks once the talk is over, and not again. */
  update() {
    this.element.hidden = !this.#talk.state.rate;
  }

  async #send(event) {
    event.preventDefault();
    const form = new FormData(this.element);
    const score = this.element.querySelector("input:checked");
    if (!score) {
      this.#wrong.textContent = this.#talk.words["rate-missing"];
      this.element.querySelector("input").focus();
      return;
    }
    this.#wrong.textContent = "";
    try {
      await this.#talk.rate(
        Number(form.get("score") ?? score.value),
        this.element.querySelector("textarea").value.trim(),
      );
    } catch {
      this.#wrong.textContent = this.#talk.words.failed;
    }
  }
}
