// One line of the talk as an article: who, when, what, and how far it has come.

/** A time of day as the reader's language writes it. */
const clock = (language, at) =>
  new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(new Date(at));

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

/** A text of the desk: addresses in it become links, everything else stays text. */
const linked = (text) => {
  const parts = [];
  let end = 0;
  for (const { 0: address, index } of text.matchAll(LINK)) {
    parts.push(text.slice(end, index));
    parts.push(made("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, address));
    end = index + address.length;
  }
  return [...parts, text.slice(end)];
};

/** Pictures up to here are shown, larger ones are fetched when asked for. */
const SHOWN = 2 * 1024 * 1024;

/** A file as a button that fetches it; a small picture is shown. */
const fileButton = (file, talk) => {
  const size = new Intl.NumberFormat(talk.session?.language, {
    style: "unit",
    unit: file.size < 1_000_000 ? "kilobyte" : "megabyte",
    maximumFractionDigits: file.size < 1_000_000 ? 0 : 1,
  }).format(Math.max(file.size / (file.size < 1_000_000 ? 1_000 : 1_000_000), 1));
  const button = made(
    "button",
    { type: "button", class: "file" },
    icon("clip"),
    `${file.name} (${size})`,
  );
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const address = URL.createObjectURL(await talk.fetch(file.id));
      made("a", { href: address, download: file.name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch {
      // The line is down for a moment: pressing again asks again.
    }
    button.disabled = false;
  });
  if (file.kind.startsWith("image/") && file.size <= SHOWN) picture(button, file, talk);
  return button;
};

const picture = async (button, file, talk) => {
  try {
    const bytes = await talk.fetch(file.id);
    const reader = new FileReader();
    reader.onload = () => {
      const image = made("img", { src: reader.result, alt: file.name });
      image.onerror = () => image.remove();
      button.replaceChildren(image);
    };
    reader.readAsDataURL(bytes);
  } catch {
    // Its name stays, and pressing it asks again.
  }
};

/** A line that has arrived. */
const arrivedLine = (line, talk) => {
  const { words, session, state } = talk;
  if (line.from === "system") {
    return made("li", { class: "told" }, made("p", {}, line.text));
  }
  const own = line.from === "you";
  const time = made("time", { datetime: line.at }, clock(session.language, line.at));
  const others = line.from === "other" ? words.other : line.name || words.desk;
  const who = own ? words.you : others;
  const gone = Boolean(line.gone);
  const text = gone ? [words.gone] : own ? [line.text] : linked(line.text);
  const other = line.language && line.language !== session.language ? line.language : null;
  const body = made(
    "p",
    { class: gone ? "words gone" : "words", lang: gone ? null : other },
    ...text,
  );
  const article = made(
    "article",
    {},
    made("h3", {}, who, " ", time),
    line.text || gone ? body : null,
  );
  if (line.files?.length) {
    article.append(
      made("div", { class: "files" }, ...line.files.map((file) => fileButton(file, talk))),
    );
  }
  const lastOwn = own && talk.lines.findLast((it) => it.from === "you") === line;
  if (lastOwn && state.desk_seen >= line.n) {
    article.append(made("p", { class: "state" }, words.seen));
  }
  return made("li", { class: own ? "line own" : "line" }, article);
};

/** A line that waits to be sent, or was refused. */
const waitingLine = (line, talk) => {
  const { words } = talk;
  const names = line.files.map((file) => made("span", { class: "file" }, icon("clip"), file.name));
  const article = made(
    "article",
    {},
    made(
      "h3",
      {},
      words.you,
      " ",
      made("time", { datetime: line.at }, clock(talk.session?.language, line.at)),
    ),
    line.text ? made("p", { class: "words" }, line.text) : null,
    names.length ? made("div", { class: "files" }, ...names) : null,
  );
  if (line.refused) {
    const drop = made("button", { type: "button", class: "plain" }, words.drop);
    drop.addEventListener("click", () => talk.drop(line.client_id));
    article.append(made("p", { class: "state bad" }, words.refused, " ", drop));
  } else {
    article.append(made("p", { class: "state" }, talk.down ? words.waits : words.sending));
  }
  return made("li", { class: "line own" }, article);
};
