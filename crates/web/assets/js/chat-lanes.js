// Follows the chats while the page is open: asks for the page again when something changed, and
// puts its lanes in without moving what has the focus.

const lanes = document.querySelector("[data-lanes]");
const status = document.querySelector("[data-waiting]");
let asked = 0;

const look = async () => {
  asked = 0;
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-lanes]");
    const waiting = page.querySelector("[data-waiting]");
    if (!fresh) return;
    const focus = document.activeElement?.id;
    if (fresh.innerHTML !== lanes.innerHTML) lanes.innerHTML = fresh.innerHTML;
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
    // Only a longer queue is worth a word.
    if (Number(waiting.dataset.waiting) > Number(status.dataset.waiting)) {
      status.textContent = waiting.textContent;
    }
    status.dataset.waiting = waiting.dataset.waiting;
  } catch {
    // Off line for a moment: the next signal tells.
  }
};

const soon = () => {
  asked ||= setTimeout(look, 300);
};

const live = new EventSource("/console/live");
live.addEventListener("offers", () => dispatchEvent(new Event("desk-offers")));
for (const name of ["case.changed", "sign", "offers", "reset", "hello"]) {
  live.addEventListener(name, soon);
}
// Waiting times grow though nothing happens.
setInterval(soon, 30_000);
