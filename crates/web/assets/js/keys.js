// Keys for staff. A key presses what carries it in data-key: a link, a button, a menu, a field.
// Single letters can be switched off, act outside of text fields only, and follow the character
// that is typed, whatever the layout of the keyboard.

const place = document.querySelector("[data-keys]");
const said = document.querySelector("#said");
let leader = -Infinity;

const isText = (thing) =>
  thing.isContentEditable ||
  thing.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=submit])");

/** The character, or the letter's place on keyboards that type no Latin letters. */
const letter = (event) => {
  if (event.key.length !== 1) return event.key;
  const plain = event.key.charCodeAt(0) < 128;
  return (plain ? event.key : event.code.replace(/^Key/, "")).toLowerCase();
};

const tell = (words) => {
  if (said) said.textContent = words;
};

/** Why a thing cannot be pressed, in the words that stand beside it. */
const whyNot = (thing) => {
  if (!thing.disabled && thing.getAttribute("aria-disabled") !== "true") return "";
  const ids = (thing.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
  const words = ids.map((id) => document.getElementById(id)?.textContent.trim()).join(" ");
  return words || "This is not possible now.";
};

/** Opens what is folded around a thing. */
const unfold = (thing) => {
  for (let up = thing; up; up = up.parentElement) {
    if (up instanceof HTMLDetailsElement) up.open = true;
  }
};

const press = (thing) => {
  const no = whyNot(thing);
  if (no) return tell(no);
  if (thing instanceof HTMLDetailsElement) {
    thing.open = true;
    const first = thing.querySelector("select, input:not([type=hidden]), textarea, button, a");
    return first?.focus();
  }
  unfold(thing);
  if (thing instanceof HTMLDialogElement) return thing.showModal();
  if (isText(thing) || thing.tabIndex < 0) {
    thing.focus();
    return thing.scrollIntoView({ block: "nearest" });
  }
  thing.click();
};

// Other scripts of the desk use these. Files are named by their content, so none imports another.
globalThis.desk = { tell, whyNot, press };

const carries = (key) =>
  [...document.querySelectorAll("[data-key]")].find((thing) =>
    thing.dataset.key.split(" ").includes(key),
  );

/** Whether a single letter may be a command here. */
const mayBeCommand = (event) =>
  place?.dataset.keys === "on" &&
  !event.ctrlKey && !event.metaKey && !event.altKey &&
  !isText(event.target) && !document.querySelector("dialog[open]");

const single = (event) => {
  const key = letter(event);
  if (key === "Enter" && event.target !== document.body) return;
  const after = event.timeStamp - leader < 1500;
  leader = -Infinity;
  if (!after && key === "g" && document.querySelector('[data-key^="g-"]')) {
    leader = event.timeStamp;
    return event.preventDefault();
  }
  const name = after ? `g-${key}` : event.shiftKey && key === "x" ? "shift-x" : key;
  const thing = carries(name);
  if (!thing) return;
  event.preventDefault();
  press(thing);
};

const chord = (event) => {
  const key = letter(event);
  const name = `ctrl-${event.shiftKey ? "shift-" : ""}${key.toLowerCase()}`;
  // In a text field, undo is the field's own.
  if (name === "ctrl-z" && isText(event.target)) return;
  const thing = carries(name);
  if (!thing || (document.querySelector("dialog[open]") && name !== "ctrl-k")) return;
  event.preventDefault();
  press(thing);
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  if (event.key === "Escape") {
    const menu = event.target.closest?.("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (isText(event.target) && !event.target.closest("dialog")) {
      event.target.blur();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey) chord(event);
  else if (mayBeCommand(event)) single(event);
});

// A menu closes when the work goes on elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const closes = event.target.closest?.("[data-close]");
  closes?.closest("dialog")?.close();
});
