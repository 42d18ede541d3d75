// Looks again while something is being confirmed, and swaps that part of the page in.
// Without it the page reloads itself.

const again = async (part) => {
  const seconds = Number(part.dataset.again);
  if (!seconds) return;
  await new Promise((done) => setTimeout(done, seconds * 1000));
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(`[data-live-part="${part.dataset.livePart}"]`);
    if (answer.ok && fresh) {
      document.title = page.title;
      if (fresh.innerHTML !== part.innerHTML) part.innerHTML = fresh.innerHTML;
      if (fresh.dataset.again) part.dataset.again = fresh.dataset.again;
      else delete part.dataset.again;
    }
  } catch {
    // Offline for a moment: the next look tells.
  }
  again(part);
};

for (const part of document.querySelectorAll("[data-live-part]")) again(part);
