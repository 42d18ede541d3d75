// <paydesk-chat channel="…" language="…" identity="…">: a button, and a dialogue that is not modal.
// What stands inside the element is shown where there are no scripts or the desk cannot be reached.

const BASE = new URL(import.meta.url).origin;

class PaydeskChat extends HTMLElement {
  static observedAttributes = ["identity"];
  #root = this.attachShadow({ mode: "open" });
  #talk = null;
  #button = null;
  #panel = null;
  #parts = null;
  #shown = new Map();

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.append(made("slot"));
  }

  async connectedCallback() {
    if (this.#talk) return;
    this.#talk = new Talk({
      base: BASE,
      channel: this.getAttribute("channel") ?? "",
      language:
        this.getAttribute("language") || document.documentElement.lang || navigator.language,
      identity: this.getAttribute("identity"),
      changed: (what) => this.#changed(what),
    });
    try {
      await this.#talk.greet();
    } catch {
      // No channel, no permission, no desk: whatever the page has put inside stays in view.
      this.setAttribute("unavailable", "");
      this.#talk = null;
      return;
    }
    this.removeAttribute("unavailable");
    this.#button = made("button", {
      type: "button",
      class: "open",
      "aria-expanded": "false",
      onclick: () => this.open(),
    });
    this.#root.replaceChildren(this.#button);
    this.#label();
    if (this.#talk.begun) this.#talk.start().catch(() => {});
  }

  disconnectedCallback() {
    this.#talk?.stop();
    this.#talk = null;
    this.#panel = null;
    this.#root.replaceChildren(made("slot"));
  }

  attributeChangedCallback(name, before, after) {
    if (name === "identity" && before !== after) this.#talk?.become(after).catch(() => {});
  }

  /** Opens the chat and moves there. */
  async open() {
    if (!this.#talk) return;
    if (!this.#panel) this.#build();
    this.#panel.hidden = false;
    this.#button.hidden = true;
    this.#button.setAttribute("aria-expanded", "true");
    this.#parts.composer.focus();
    if (!this.#talk.session) {
      await this.#talk.start().catch(() => this.#fail());
    }
    this.#show();
  }

  /** Closes it and moves back to the button. */
  close() {
    if (!this.#panel || this.#panel.hidden) return;
    this.#panel.hidden = true;
    this.#button.hidden = false;
    this.#button.setAttribute("aria-expanded", "false");
    this.#label();
    this.#button.focus();
  }

  #build() {
    const { words, name } = this.#talk;
    const language = this.#talk.session?.language ?? this.getAttribute("language") ?? "";
    const composer = new Composer(this.#talk, language);
    const doors = new Doors(this.#talk, () => composer.draft);
    const rating = new Rating(this.#talk);
    const parts = {
      composer,
      doors,
      rating,
      trouble: made("div", { class: "trouble", role: "status" }),
      notice: made("p", { class: "notice", role: "status" }),
      lines: made("ol", { class: "lines" }),
      quiet: made("p", { class: "quiet" }),
      end: made(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": words.end,
          title: words.end,
          onclick: () => this.#end(),
        },
        icon("leave"),
      ),
    };
    // Until the old lines stand there, nothing is read out.
    parts.log = made(
      "div",
      { class: "log", role: "log", "aria-live": "off", "aria-label": words.log, tabindex: "0" },
      parts.lines,
    );
    this.#parts = parts;
    const close = made(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": words.close,
        title: words.close,
        onclick: () => this.close(),
      },
      icon("close"),
    );
    this.#panel = made(
      "section",
      {
        class: "panel",
        id: "panel",
        role: "dialog",
        "aria-labelledby": "name",
        lang: language,
        onkeydown: (event) => {
          if (event.key !== "Escape" || event.isComposing) return;
          event.stopPropagation();
          this.close();
        },
      },
      made(
        "div",
        { class: "top" },
        made("h2", { id: "name" }, words.title.replace("%name%", name)),
        parts.end,
        close,
      ),
      parts.trouble,
      parts.notice,
      parts.log,
      parts.quiet,
      doors.element,
      rating.element,
      composer.element,
    );
    this.#root.append(this.#panel);
    this.#button.setAttribute("aria-controls", "panel");
    this.#show();
  }

  #changed(what) {
    if (what === "identity") {
      this.dispatchEvent(new CustomEvent("paydesk-identity", { bubbles: true, composed: true }));
      return;
    }
    if (what === "line-down") this.#talk.down = true;
    this.#show();
  }

  #show() {
    this.#label();
    if (!this.#panel || this.#panel.hidden) return;
    const { state, session, down, words, settled } = this.#talk;
    const { parts } = { parts: this.#parts };
    const notice = down && session ? words.offline : (state.notice ?? "");
    if (parts.notice.textContent !== notice) parts.notice.textContent = notice;
    const troubles = state.troubles ?? [];
    if (parts.trouble.dataset.said !== troubles.join("\n")) {
      parts.trouble.dataset.said = troubles.join("\n");
      parts.trouble.replaceChildren(...troubles.map((text) => made("p", {}, text)));
    }
    const quiet = state.typing ?? "";
    if (parts.quiet.textContent !== quiet) parts.quiet.textContent = quiet;
    parts.end.hidden = !this.#talk.lines.length || Boolean(state.over);
    parts.doors.update();
    parts.rating.update();
    this.#lines();
    if (settled && parts.log.getAttribute("aria-live") === "off") {
      setTimeout(() => parts.log.setAttribute("aria-live", "polite"), 500);
    }
    if (document.visibilityState === "visible") this.#talk.see();
  }

  /** Puts lines where they belong, and touches only those that changed: what stands is not read out
   * twice, and what somebody marks stays marked. */
  #lines() {
    const { lines, log } = this.#parts;
    const talk = this.#talk;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    const arrived = talk.lines.map((line) => [line.id, line, arrivedLine]);
    const waiting = talk.session
      ? talk.waiting.map((line) => [line.client_id, line, waitingLine])
      : [];
    const wanted = [...arrived, ...waiting];
    const keys = new Set(wanted.map(([key]) => key));
    for (const [key, { element }] of this.#shown) {
      if (keys.has(key)) continue;
      element.remove();
      this.#shown.delete(key);
    }
    const lastOwn = talk.lines.findLast((line) => line.from === "you");
    let before = null;
    for (const [key, line, drawn] of wanted) {
      const seen = line === lastOwn && talk.state.desk_seen >= line.n;
      const print = JSON.stringify([line, seen, drawn === waitingLine && talk.down]);
      let shown = this.#shown.get(key);
      if (shown?.print !== print) {
        const element = drawn(line, talk);
        shown?.element.replaceWith(element);
        shown = { element, print };
        this.#shown.set(key, shown);
      }
      const place = before ? before.nextSibling : lines.firstChild;
      if (shown.element !== place) lines.insertBefore(shown.element, place);
      before = shown.element;
    }
    if (atEnd) log.scrollTop = log.scrollHeight;
  }

  #label() {
    const talk = this.#talk;
    if (!talk?.words || !this.#button) return;
    const unread = talk.unread;
    const label = unread > 0 ? talk.words.unread[Math.min(unread, 10) - 1] : talk.words.open;
    if (this.#button.dataset.label === label) return;
    this.#button.dataset.label = label;
    const count =
      unread > 0
        ? made(
            "span",
            { class: "count", "aria-hidden": "true" },
            unread > 9 ? "9+" : String(unread),
          )
        : null;
    this.#button.replaceChildren(
      icon("talk"),
      made("span", { "aria-hidden": "true" }, talk.words.open),
      made("span", { class: "unseen" }, label),
      ...(count ? [count] : []),
    );
    this.#button.setAttribute(
      "lang",
      talk.session?.language ?? this.getAttribute("language") ?? "",
    );
  }

  async #end() {
    await this.#talk.leave().catch(() => {});
    this.#parts.rating.element.querySelector("input")?.focus();
  }

  #fail() {
    this.#parts.notice.textContent = this.#talk.words.failed;
    this.#talk.state = { ...this.#talk.state, doors: true };
    this.#parts.doors.update();
  }
}

customElements.define("paydesk-chat", PaydeskChat);
