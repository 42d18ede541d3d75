// Counts the words of a field while somebody types, by the same boundaries as the server
// (UAX #29), and says what the number means. Without it the server says so.

const segments = Intl.Segmenter
  ? new Intl.Segmenter(document.documentElement.lang, { granularity: "word" })
  : null;

const count = (text) =>
  segments
    ? [...segments.segment(text)].filter((part) => part.isWordLike).length
    : text.split(/\s+/u).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;

class WordCount extends HTMLElement {
  connectedCallback() {
    const field = document.getElementById(this.dataset.of);
    const [number, meaning] = this.querySelectorAll("span");
    if (!field || !meaning) return;
    // Said aloud when the typing rests, not at every key.
    meaning.setAttribute("role", "status");
    const show = () => {
      const words = count(field.value);
      const fits = words < 5 ? "short" : words > 7 ? "long" : "right";
      number.textContent = this.dataset.count.replace("%count%", String(words));
      this.dataset.fits = words === 0 ? "" : fits;
      clearTimeout(this.resting);
      this.resting = setTimeout(() => {
        meaning.textContent = words === 0 ? "" : this.dataset[fits];
      }, 700);
    };
    field.addEventListener("input", show);
    field.form?.addEventListener("draft", show);
  }
}

customElements.define("word-count", WordCount);
