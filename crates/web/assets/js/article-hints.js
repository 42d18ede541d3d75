// Asks for articles about what somebody types. Without it they come with the answer.

class ArticleHints extends HTMLElement {
  connectedCallback() {
    const field = document.getElementById(this.dataset.of);
    field?.addEventListener("input", () => {
      clearTimeout(this.resting);
      this.resting = setTimeout(() => this.#ask(field), 500);
    });
  }

  async #ask(field) {
    const subject = field.value.trim();
    if (subject === this.asked) return;
    this.asked = subject;
    if (subject.length < 4) {
      this.replaceChildren();
      return;
    }
    const door = field.form?.elements.door?.value ?? "customer";
    const query = new URLSearchParams({ door, subject });
    try {
      const answer = await fetch(`${this.dataset.from}?${query}`);
      if (!answer.ok || this.asked !== subject) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      this.replaceChildren(...page.body.childNodes);
    } catch {
      // Offline for a moment: the next word asks again.
    }
  }
}

customElements.define("article-hints", ArticleHints);
