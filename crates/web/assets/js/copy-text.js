// Adds a button that copies a text. Without it the text is marked and copied by hand.

class CopyText extends HTMLElement {
  connectedCallback() {
    const source = this.querySelector("pre");
    if (!source || !navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet-button small";
    button.textContent = this.dataset.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = this.dataset.copied;
      setTimeout(() => (button.textContent = this.dataset.copy), 2000);
    });
    this.append(button);
  }
}

customElements.define("copy-text", CopyText);
