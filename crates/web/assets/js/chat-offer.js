// A chat that is offered, on whatever page of the console is open: it comes and goes by itself, and
// the seconds that are left run down. What is elsewhere on the page keeps its focus.

const place = document.querySelector("[data-chat-offer]");
let clock = null;
let shown = null;

/** The seconds run down by the reader's own clock; at the end the page asks what is offered now. */
const run = () => {
  clearInterval(clock);
  const face = place.querySelector("[data-seconds]");
  if (!face) return;
  const ends = performance.now() + Number(face.dataset.seconds) * 1000;
  clock = setInterval(() => {
    const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
    face.textContent = left;
    if (left > 0) return;
    clearInterval(clock);
    setTimeout(look, 1_500);
  }, 250);
};

const look = async () => {
  try {
    const answer = await fetch("/console/chats/offer", { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const text = answer.status === 204 ? "" : await answer.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const which = page.querySelector("form")?.getAttribute("action") ?? null;
    // The same offer is not read out twice.
    if (which === shown) return;
    shown = which;
    const inside = place.contains(document.activeElement);
    place.replaceChildren(...page.body.children);
    // Whoever was about to take it is left at the beginning of the page, not nowhere.
    if (inside) document.querySelector("main").focus({ preventScroll: true });
    run();
  } catch {
    // Off line for a moment: the next signal tells.
  }
};

if (place) {
  shown = place.querySelector("form")?.getAttribute("action") ?? null;
  run();
  look();
  addEventListener("desk-offers", look);
}
