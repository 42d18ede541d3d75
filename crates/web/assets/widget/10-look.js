// How the chat looks. A constructed sheet needs no permission in the host page's content policy.

const LOOK = `
:host {
  --paper: light-dark(#ffffff, #19201d);
  --raised: light-dark(#f4f3ee, #232c28);
  --ink: light-dark(#16211c, #eaf0ed);
  --soft: light-dark(#4f5c56, #a5b3ac);
  --edge: light-dark(#837f72, #74847c);
  --accent: var(--paydesk-accent, light-dark(#0b6650, #64d3b2));
  --on-accent: var(--paydesk-on-accent, light-dark(#ffffff, #06231b));
  --own: light-dark(#e2f0eb, #17362d);
  --bad: light-dark(#a2241a, #ff9d92);
  --warn: light-dark(#8a5a00, #f0c26a);
  color-scheme: light dark;
  position: fixed;
  inset-block-end: 0;
  inset-inline-end: 0;
  z-index: 2147483000;
  font: 1rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  color: var(--ink);
}
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
:host([unavailable]) { position: static; }
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
p, h2, h3, ol, ul, fieldset, legend { margin: 0; padding: 0; border: 0; font: inherit; }
ol, ul { list-style: none; }
button, input, textarea { font: inherit; color: inherit; }
button { cursor: pointer; }
button:disabled { cursor: not-allowed; opacity: 0.7; }
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 0.3rem; }
.unseen {
  position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap;
}

.open {
  position: absolute; inset-block-end: 1rem; inset-inline-end: 1rem;
  display: inline-flex; align-items: center; gap: 0.5rem;
  min-block-size: 3rem; padding: 0.6rem 1.1rem; white-space: nowrap;
  background: var(--accent); color: var(--on-accent);
  border: 2px solid transparent; border-radius: 2rem; font-weight: 600;
  box-shadow: 0 0.3rem 1rem rgb(0 0 0 / 25%);
}
.open:focus-visible { outline-color: var(--ink); border-radius: 2rem; }
.count {
  min-inline-size: 1.5rem; padding: 0 0.4rem; border-radius: 1rem; text-align: center;
  background: var(--on-accent); color: var(--accent); font-size: 0.875rem;
}
svg { inline-size: 1.25em; block-size: 1.25em; flex: none; fill: none; stroke: currentColor;
  stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; vertical-align: -0.25em; }

.panel {
  position: absolute; inset-block-end: 1rem; inset-inline-end: 1rem;
  inline-size: min(24rem, calc(100vw - 2rem)); block-size: min(38rem, calc(100vh - 2rem));
  block-size: min(38rem, calc(100dvh - 2rem));
  display: flex; flex-direction: column;
  background: var(--paper); border: 1px solid var(--edge); border-radius: 1rem;
  box-shadow: 0 0.6rem 2.5rem rgb(0 0 0 / 30%);
  animation: rise 0.18s ease-out;
}
@keyframes rise { from { transform: translateY(1rem); opacity: 0; } }
.top {
  display: flex; align-items: center; gap: 0.5rem; padding: 0.5rem 0.5rem 0.5rem 1rem;
  border-block-end: 1px solid var(--edge);
}
.top h2 { flex: 1; font-weight: 700; overflow-wrap: anywhere; }
.icon-button {
  display: inline-grid; place-items: center; inline-size: 2.75rem; block-size: 2.75rem;
  background: none; border: 1px solid transparent; border-radius: 0.6rem; color: inherit;
}
.icon-button:hover { background: var(--raised); }
.plain { background: none; border: 0; padding: 0.4rem 0.5rem; color: var(--accent);
  text-decoration: underline; text-underline-offset: 0.15em; min-block-size: 2rem; }
.notice { padding: 0.6rem 1rem; background: var(--raised); border-block-end: 1px solid var(--edge); }
.notice:empty { display: none; }
.trouble { padding: 0.6rem 1rem; border-block-end: 1px solid var(--edge);
  border-inline-start: 5px solid var(--warn); background: var(--raised); font-size: 0.875rem; }
.trouble:empty { display: none; }
.trouble p + p { margin-block-start: 0.4rem; }

.log { flex: 1; overflow-y: auto; padding: 0.75rem 1rem; overscroll-behavior: contain; }
.lines { display: flex; flex-direction: column; gap: 0.75rem; }
.line { max-inline-size: 88%; align-self: flex-start; }
.line.own { align-self: flex-end; }
.line h3 { font-size: 0.8125rem; color: var(--soft); margin-block-end: 0.15rem; }
.line.own h3 { text-align: end; }
.words {
  background: var(--raised); border: 1px solid transparent; border-radius: 0.9rem;
  padding: 0.5rem 0.75rem; white-space: pre-wrap; overflow-wrap: anywhere;
}
.own .words { background: var(--own); }
.words.gone { font-style: italic; color: var(--soft); }
.state { font-size: 0.8125rem; color: var(--soft); text-align: end; }
.state.bad { color: var(--bad); }
.told { align-self: center; max-inline-size: 100%; font-size: 0.875rem; color: var(--soft);
  text-align: center; }
.own .files { justify-content: flex-end; }
.files { display: flex; flex-wrap: wrap; gap: 0.4rem; margin-block-start: 0.35rem; }
.file {
  display: inline-flex; align-items: center; gap: 0.4rem; max-inline-size: 100%;
  min-block-size: 2.25rem; padding: 0.25rem 0.6rem; text-align: start;
  background: var(--paper); border: 1px solid var(--edge); border-radius: 0.6rem;
  overflow-wrap: anywhere; font-size: 0.875rem;
}
.file img { max-inline-size: 12rem; max-block-size: 9rem; border-radius: 0.4rem; display: block; }
.quiet { min-block-size: 1.4rem; padding: 0 1rem; font-size: 0.875rem; color: var(--soft); }

.below { border-block-start: 1px solid var(--edge); padding: 0.6rem 1rem 0.75rem; }
.doors, .rating { padding: 0.6rem 1rem; border-block-start: 1px solid var(--edge);
  background: var(--raised); }
.doors ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin-block-start: 0.4rem; }
.doors a { display: inline-block; padding-block: 0.25rem; }
.row { display: flex; gap: 0.5rem; align-items: flex-end; flex-wrap: wrap; }
.row > .grow { flex: 1 1 10rem; min-inline-size: 0; }
label, legend { display: block; font-size: 0.875rem; font-weight: 600; margin-block-end: 0.2rem; }
input[type="email"], textarea {
  inline-size: 100%; min-block-size: 2.75rem; padding: 0.55rem 0.7rem;
  background: var(--paper); border: 1px solid var(--edge); border-radius: 0.6rem;
}
textarea { resize: none; max-block-size: 9rem; display: block; field-sizing: content; }
.send {
  min-block-size: 2.75rem; padding: 0.4rem 1rem; font-weight: 600;
  background: var(--accent); color: var(--on-accent); border: 2px solid transparent;
  border-radius: 0.6rem;
}
.wrong { color: var(--bad); font-size: 0.875rem; margin-block-start: 0.25rem; }
.wrong:empty { display: none; }
.hint { font-size: 0.8125rem; color: var(--soft); margin-block-start: 0.35rem; }
.rating .row { margin-block-start: 0.5rem; }
.marks { display: flex; gap: 0.4rem; flex-wrap: wrap; margin-block: 0.3rem; }
.mark { position: relative; }
.mark input { position: absolute; opacity: 0; inset: 0; margin: 0; inline-size: 100%;
  block-size: 100%; cursor: pointer; }
.mark span {
  display: grid; place-items: center; min-inline-size: 2.75rem; min-block-size: 2.75rem;
  padding: 0 0.4rem; border: 1px solid var(--edge); border-radius: 0.6rem;
  background: var(--paper);
}
.mark input:checked + span { background: var(--accent); color: var(--on-accent); font-weight: 700; }
.mark input:focus-visible + span { outline: 3px solid var(--accent); outline-offset: 2px; }

@media (max-width: 30rem) {
  .panel { inset: 0; position: fixed; inline-size: 100%; block-size: 100%; block-size: 100dvh;
    border: 0; border-radius: 0; }
}
/* Much enlarged or very low: the whole chat scrolls, so that nothing is cut off. */
@media (max-height: 26rem) {
  .panel { position: fixed; inset: 0; inline-size: 100%; block-size: 100%; border-radius: 0;
    overflow-y: auto; }
  .log { overflow: visible; flex: none; min-block-size: 4rem; }
  .below { position: static; }
}
@media (prefers-reduced-motion: reduce) { .panel { animation: none; } }
@media (forced-colors: active) {
  .open, .send, .panel, .words, .count, .mark span { border: 1px solid ButtonText; }
  .mark input:checked + span { outline: 3px solid Highlight; }
}
@media print { :host { display: none; } }
`;

const sheet = new CSSStyleSheet();
sheet.replaceSync(LOOK);

const ICONS = {
  talk: ["M4 5h16v11H9l-5 4z"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  clip: ["M8 12l6-6a3 3 0 0 1 4 4l-8 8a5 5 0 0 1-7-7l8-8"],
  leave: ["M14 4h5v16h-5", "M10 8l-4 4 4 4", "M6 12h9"],
};

/** An icon that screen readers pass over. */
const icon = (name) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  for (const line of ICONS[name]) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", line);
    svg.append(path);
  }
  return svg;
};

/** An element with attributes and children; texts become texts, never markup. */
const made = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined || value === null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};
