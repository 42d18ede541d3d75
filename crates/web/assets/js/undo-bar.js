// The undo bar goes when its time is over. Without this it stays, and pressing it late says so.

for (const bar of document.querySelectorAll("[data-undo-until]")) {
  const left = new Date(bar.dataset.undoUntil).getTime() - Date.now();
  setTimeout(() => {
    if (bar.contains(document.activeElement)) document.querySelector("#main").focus();
    bar.remove();
  }, Math.max(0, left));
}
