// One case: the draft is kept every two seconds, colleagues see who writes, new messages are told
// of, files may be dropped or pasted, and the undo bar goes when its time is over.

const { tell } = globalThis.desk;

const page = document.querySelector("[data-case]");
const form = document.querySelector("[data-composer]");
const text = form?.querySelector("textarea");
const kept = document.querySelector("#kept");
let saved = text?.value;
let typedAt = 0;

/** Tells the server that somebody is here, with the draft if it has changed; hears who else is. */
const beat = async () => {
  if (!page || document.visibilityState !== "visible") return;
  const words = new URLSearchParams();
  words.set("doing", Date.now() - typedAt < 4000 ? "typing" : "viewing");
  const now = text?.value;
  if (form && now !== saved) {
    for (const name of ["thread", "partner", "seen"]) {
      const field = form.elements.namedItem(name);
      if (field) words.set(name, field.value);
    }
    words.set("text", now);
  }
  const answer = await fetch(`/console/cases/${page.dataset.case}/beat`, {
    method: "POST",
    body: words,
  }).catch(() => null);
  if (!answer?.ok) return;
  if (words.has("text")) {
    saved = now;
    if (kept) kept.textContent = now.trim() ? "Draft kept" : "";
  }
  hear(await answer.json());
};

const hear = ({ here, seq }) => {
  const place = document.querySelector("#here");
  if (place) {
    const one = ({ name, doing }) => `${name} ${doing === "typing" ? "is writing" : "is viewing"}`;
    const words = here.map(one).join(", ");
    if (place.textContent !== words) place.textContent = words;
    place.hidden = words === "";
  }
  if (seq <= Number(page.dataset.seq)) return;
  if ("live" in page.dataset) return follow();
  offer();
};

const offer = () => {
  const newer = document.querySelector("#newer");
  if (newer?.hidden) {
    newer.hidden = false;
    tell("Something new came to this case.");
  }
};

/**
 * In a chat, what is new appears by itself behind what is shown. The page has only the newest lines
 * of a long one, so they are told apart by their numbers.
 */
const follow = async () => {
  const answer = await fetch(location.pathname + location.search);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const there = fresh.querySelector("[data-case]");
  // Whoever looks at an earlier part is told, and goes to the new lines when they like.
  if (!("live" in there.dataset)) return offer();
  const number = (line) => Number(line.dataset.seq);
  const shown = Math.max(0, ...[...document.querySelectorAll(".said > li")].map(number));
  const lines = [...there.querySelectorAll(".said > li")].filter((line) => number(line) > shown);
  document.querySelector(".said").append(...lines);
  page.dataset.seq = there.dataset.seq;
  const seen = form?.elements.namedItem("seen");
  if (seen) seen.value = there.dataset.seq;
  lines.at(-1)?.scrollIntoView({ block: "nearest" });
};

if (page) {
  setInterval(() => {
    if (text && (text.value !== saved || Date.now() - typedAt < 4000)) beat();
  }, 2000);
  setInterval(beat, 20_000);
  beat();
  document.addEventListener("visibilitychange", beat);
  window.addEventListener("pagehide", () => {
    navigator.sendBeacon(`/console/cases/${page.dataset.case}/leave`, new URLSearchParams());
  });
  const live = new EventSource("/console/live");
  live.addEventListener("offers", () => dispatchEvent(new Event("desk-offers")));
  live.addEventListener("reset", beat);
  live.addEventListener("case.changed", (event) => {
    if (JSON.parse(event.data).case === page.dataset.case) setTimeout(beat, 300);
  });
}

text?.addEventListener("input", () => {
  typedAt = Date.now();
});

// Another thread has a draft of its own: what is written here is kept before the page changes.
for (const tab of document.querySelectorAll("[data-thread-tab]")) {
  tab.addEventListener("click", async (event) => {
    if (!text || text.value === saved) return;
    event.preventDefault();
    await beat();
    location.assign(tab.href);
  });
}

// Answers that are ready: by the menu, or by a semicolon and the key, then Tab.
const put = (from, words) => {
  text.setRangeText(words, from, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
};
for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const menu = button.closest("details");
    if (menu) menu.open = false;
    put(text.selectionStart, button.dataset.insert);
  });
}
text?.addEventListener("keydown", (event) => {
  if (event.key !== "Tab" || event.shiftKey) return;
  const before = text.value.slice(0, text.selectionStart);
  const key = before.match(/(?:^|\s);([a-z0-9-]+)$/)?.[1];
  const ready = key && document.querySelector(`[data-insert-key="${key}"]`);
  if (!ready) return;
  event.preventDefault();
  put(before.length - key.length - 1, ready.dataset.insert);
});

// Files come by button, by drop and by paste.
const picker = form?.querySelector("input[type=file]");
const take = (files) => {
  if (!picker || files.length === 0) return false;
  const all = new DataTransfer();
  for (const file of [...picker.files, ...files].slice(0, 5)) all.items.add(file);
  picker.files = all.files;
  tell(`${all.files.length} files`);
  return true;
};
form?.addEventListener("dragover", (event) => event.preventDefault());
form?.addEventListener("drop", (event) => {
  if (take([...event.dataTransfer.files])) event.preventDefault();
});
text?.addEventListener("paste", (event) => take([...event.clipboardData.files]));

// The list that one came from: for the next case, and for going on after solving.
const ids = JSON.parse(sessionStorage.getItem("inbox-rows") ?? "[]");
const nth = page ? ids.indexOf(page.dataset.case) : -1;
const link = (id, name) => {
  const there = document.querySelector(`[data-move=${name}]`);
  if (!there) return;
  there.hidden = !id;
  if (id) there.href = `/console/cases/${id}?view=${page.dataset.view}`;
};
if (page) {
  link(nth >= 0 ? ids[nth + 1] : undefined, "next");
  link(nth > 0 ? ids[nth - 1] : undefined, "before");
  const next = form?.elements.namedItem("next");
  if (next) next.value = ids[nth + 1] ?? "";
}

// Double presses send once.
form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 4000);
});
