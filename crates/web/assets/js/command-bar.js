// The command bar: what can be done here, by name, and a jump to whatever a reference names. Its
// commands are the page's own buttons, so it knows the same reasons why one cannot be pressed.

const { press, whyNot } = globalThis.desk;

const bar = document.querySelector("#command-bar");
const field = bar?.querySelector("input");
const list = bar?.querySelector("[role=listbox]");
let active = 0;

const commands = () =>
  [...document.querySelectorAll("[data-command]")].map((thing) => ({
    words: thing.dataset.command,
    key: (thing.dataset.key ?? "").split(" ")[0],
    no: whyNot(thing),
    run: () => press(thing),
  }));

const matches = (typed) => {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ words }) => wanted.every((word) => words.toLowerCase().includes(word));
  const found = commands().filter(fits);
  if (!typed.trim()) return found;
  const search = { words: `Look for “${typed.trim()}”`, no: "", run: () => field.form.submit() };
  // A reference has a digit and no blank: it is looked for before anything else.
  const isReference = /^\S*\d\S*$/.test(typed.trim());
  return isReference ? [search, ...found] : [...found, search];
};

let shown = [];

const mark = () => {
  for (const [nth, option] of [...list.children].entries()) {
    option.setAttribute("aria-selected", String(nth === active));
    if (nth === active) {
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
  }
};

const draw = () => {
  shown = matches(field.value);
  active = 0;
  list.replaceChildren(
    ...shown.map((command, nth) => {
      const option = document.createElement("li");
      option.id = `command-${nth}`;
      option.setAttribute("role", "option");
      option.append(command.words);
      if (command.no) {
        option.setAttribute("aria-disabled", "true");
        const why = document.createElement("span");
        why.className = "why";
        why.textContent = command.no;
        option.append(why);
      } else if (command.key) {
        const key = document.createElement("kbd");
        key.textContent = command.key.replace("ctrl-", "Ctrl+").replace("g-", "g ");
        option.append(key);
      }
      option.addEventListener("click", () => run(nth));
      return option;
    }),
  );
  field.setAttribute("aria-expanded", String(shown.length > 0));
  mark();
};

const run = (nth) => {
  const command = shown[nth];
  if (!command || command.no) return;
  bar.close();
  command.run();
};

if (bar) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  field.addEventListener("input", draw);
  field.addEventListener("keydown", (event) => {
    if (event.key in steps && shown.length > 0) {
      active = (active + steps[event.key] + shown.length) % shown.length;
      mark();
      event.preventDefault();
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(active);
    }
  });
  const open = () => {
    field.value = "";
    draw();
  };
  new MutationObserver(() => bar.open && open()).observe(bar, { attributeFilter: ["open"] });
}
