// Writes times as the reader's own clock shows them. Without it the page says UTC.

const language = document.documentElement.lang;
const written = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });

for (const time of document.querySelectorAll("time[data-local-time]")) {
  const at = new Date(time.dateTime);
  if (!Number.isNaN(at.getTime())) {
    time.title = time.textContent.trim();
    time.textContent = written.format(at);
  }
}
