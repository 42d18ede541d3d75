// The list of cases: moving through it, marking, a look at the case beside it, and what is new.
// Rows never move by themselves: the page says how many are new and waits to be asked.

const { tell } = globalThis.desk;

const inbox = document.querySelector("[data-inbox]");
const rows = [...document.querySelectorAll("[data-row]")];
const preview = document.querySelector("#preview");
let at = Math.max(0, rows.findIndex((row) => row.hasAttribute("data-at")));
let lastMarked = null;
let asked = null;

// The case page goes to the next and the one before by this list.
sessionStorage.setItem("inbox-rows", JSON.stringify(rows.map((row) => row.dataset.row)));
sessionStorage.setItem("inbox-place", location.pathname + location.search);

const look = (id) => {
  if (!preview || getComputedStyle(preview).display === "none") return;
  clearTimeout(asked);
  asked = setTimeout(async () => {
    const view = encodeURIComponent(inbox.dataset.view);
    const answer = await fetch(`/console/cases/${id}/preview?view=${view}`);
    if (answer.ok) preview.innerHTML = await answer.text();
  }, 120);
};

const go = (to) => {
  if (rows.length === 0) return;
  at = Math.min(rows.length - 1, Math.max(0, to));
  for (const [nth, row] of rows.entries()) row.toggleAttribute("data-at", nth === at);
  const link = rows[at].querySelector("a");
  link.focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: "nearest" });
  look(rows[at].dataset.row);
};

const tick = (row, on) => {
  const box = row.querySelector("input[type=checkbox]");
  box.checked = on;
  count();
};

const count = () => {
  const many = rows.filter((row) => row.querySelector("input[type=checkbox]").checked).length;
  const words = many === 0 ? "Mark cases to change them together" : `${many} marked`;
  const place = document.querySelector("#marked");
  if (place) place.textContent = words;
  document.querySelector(".bulk")?.toggleAttribute("data-any", many > 0);
};

const deeds = {
  next: () => go(at + 1),
  before: () => go(at - 1),
  open: () => rows[at]?.querySelector("a").click(),
  mark: () => {
    const row = rows[at];
    if (!row) return;
    tick(row, !row.querySelector("input").checked);
    lastMarked = at;
  },
  range: () => {
    const from = lastMarked ?? at;
    for (let nth = Math.min(from, at); nth <= Math.max(from, at); nth += 1) tick(rows[nth], true);
  },
};

for (const thing of document.querySelectorAll("[data-move]")) {
  thing.addEventListener("click", () => deeds[thing.dataset.move]());
}
for (const [nth, row] of rows.entries()) {
  row.addEventListener("focusin", (event) => {
    if (event.target.matches("a") && nth !== at) go(nth);
  });
  row.querySelector("input")?.addEventListener("change", () => {
    lastMarked = nth;
    count();
  });
}

const news = document.querySelector("#news");
let waiting = null;

/** Asks what has changed, and says it without moving anything. */
const refresh = async () => {
  waiting = null;
  const answer = await fetch(`/console/inbox/counts${location.search}`);
  if (!answer.ok) return;
  const found = await answer.json();
  for (const place of document.querySelectorAll("[data-count]")) {
    const many = found.counts[place.dataset.count];
    if (many !== undefined) place.textContent = many;
  }
  const known = new Map(rows.map((row) => [row.dataset.row, row.dataset.version]));
  const fresh = found.rows.filter(([id, version]) => known.get(id) !== String(version)).length;
  if (news && fresh > 0) {
    const keys = document.querySelector("[data-keys]")?.dataset.keys !== "off";
    const words = keys ? `${fresh} new, press U to show` : `${fresh} new: show`;
    if (news.textContent !== words) {
      news.textContent = words;
      news.hidden = false;
      news.href = location.pathname + location.search;
      tell(words);
    }
  }
};

const soon = () => {
  waiting ??= setTimeout(refresh, 700);
};

if (inbox) {
  count();
  const live = new EventSource("/console/live");
  live.addEventListener("offers", () => dispatchEvent(new Event("desk-offers")));
  for (const kind of ["case.changed", "reset"]) live.addEventListener(kind, soon);
  // Where the line is cut, the page asks by itself.
  setInterval(() => {
    if (live.readyState !== EventSource.OPEN && document.visibilityState === "visible") soon();
  }, 15_000);
}
