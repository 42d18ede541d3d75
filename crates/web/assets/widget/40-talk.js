// The talk itself, without looks: session, lines in order, what waits to be sent, signs of life.

/** One visitor's talk on one channel. Tells its listener whenever something changed. */
class Talk {
  lines = [];
  state = { words: {}, notice: "", presence: "there" };
  words = null;
  session = null;
  last = 0;
  seen = 0;
  settled = false;
  #wire;
  #kept;
  #outbox;
  #channel;
  #identity = null;
  #language;
  #changed;
  #stops = null;
  #sending = false;
  #typedAt = 0;
  #seenSent = 0;
  #poll = 0;

  constructor({ base, channel, language, identity, changed }) {
    this.#wire = new Wire(base);
    this.#channel = channel;
    this.#language = language;
    this.#identity = identity || null;
    this.#changed = changed;
    this.#kept = new Keep(`${base}:${channel}`);
    this.#outbox = new Keep(`${base}:${channel}:outbox`);
  }

  /** Whether this browser has talked before. */
  get begun() {
    return Boolean(this.#kept.read()?.token);
  }

  /** How many lines of the desk nobody has looked at. */
  get unread() {
    return this.lines.filter((line) => line.n > this.seen && line.from !== "you").length;
  }

  /** Everything written here that has not arrived. */
  get waiting() {
    return this.#outbox.read() ?? [];
  }

  /** What stands on the button, before there is a session. */
  async greet() {
    const query = new URLSearchParams({ channel: this.#channel });
    if (this.#language) query.set("language", this.#language);
    const greeting = await this.#wire.ask("GET", `greeting?${query}`);
    this.words ??= greeting.words;
    this.limits = greeting.limits;
    this.links = greeting.links;
    this.name = greeting.name;
    this.state = { ...this.state, troubles: greeting.troubles };
    return greeting;
  }

  /** Begins or goes on, however long that takes; gives up only where the desk says no. */
  async start() {
    for (let tries = 0; ; tries += 1) {
      try {
        return await this.#begin();
      } catch (error) {
        if (error instanceof Refused && !error.passes) throw error;
        this.#changed("line-down");
        await wait((error.retryAfter ?? 0) * 1000 + jitter(tries));
      }
    }
  }

  async #begin() {
    const token = this.#kept.read()?.token;
    this.#wire.token = token;
    const body = {
      channel: this.#channel,
      language: this.#language || undefined,
      page: location.origin + location.pathname,
      identity: this.#identity ?? undefined,
    };
    let session;
    try {
      session = await this.#wire.ask("POST", "session", { body });
    } catch (error) {
      if (error.code !== "identity_not_valid") throw error;
      // Its time is over: the page is told, and may give a new one.
      this.#changed("identity");
      this.#identity = null;
      return this.#begin();
    }
    this.#kept.write({ token: session.token });
    this.#wire.token = session.token;
    if (!session.resumed) {
      this.lines = [];
      this.last = 0;
      // Whatever one person wrote is never sent under another's name.
      if (token) this.#outbox.forget();
    }
    this.session = session;
    this.words = session.words;
    this.limits = session.limits;
    this.links = session.links;
    this.name = session.name;
    this.seen = session.seen;
    this.state = session.state;
    await this.#catchUp();
    this.settled = true;
    this.#changed("all");
    this.#listen();
    this.#send();
  }

  /** Somebody else looks at this page now. */
  async become(identity) {
    if ((identity || null) === this.#identity) return;
    this.#identity = identity || null;
    if (!this.session) return;
    this.stop();
    this.settled = false;
    await this.start();
  }

  /** Ends listening. */
  stop() {
    this.#stops?.abort();
    this.#stops = null;
  }

  /** Reads what was missed. */
  async #catchUp() {
    for (let pages = 0; pages < 10; pages += 1) {
      const page = await this.#wire.ask("GET", `messages?after=${this.last}`);
      this.#take(page.lines);
      this.state = page.state;
      if (!page.more) return;
    }
  }

  #take(lines) {
    for (const line of lines) {
      const place = this.lines.findIndex((known) => known.id === line.id);
      if (place >= 0) this.lines[place] = line;
      else this.lines.push(line);
      this.last = Math.max(this.last, line.n);
      if (line.client_id) this.#arrived(line.client_id);
    }
    this.lines.sort((a, b) => a.n - b.n);
  }

  /** Listens for as long as somebody wants to hear. One tab listens, the others are told. */
  #listen() {
    if (this.#stops) return;
    this.#stops = new AbortController();
    const { signal } = this.#stops;
    const name = `paydesk-chat:${this.#channel}:${this.session.session}`;
    const others = "BroadcastChannel" in globalThis ? new BroadcastChannel(name) : null;
    if (others) {
      others.onmessage = ({ data }) => this.#hear(data.name, data.body);
      signal.addEventListener("abort", () => others.close());
    }
    const tell = (name, id, body) => {
      if (!signal.aborted) others?.postMessage({ name, body });
      this.#hear(name, body);
    };
    const follow = () => this.#follow(tell, signal);
    const alone = !others || !navigator.locks;
    const listening = alone ? follow() : navigator.locks.request(name, { signal }, follow);
    Promise.resolve(listening).catch(() => {});
    const look = () => {
      if (document.visibilityState === "visible")
        this.#catchUp().then(
          () => this.#changed("lines"),
          () => {},
        );
    };
    document.addEventListener("visibilitychange", look, { signal });
  }

  async #follow(tell, signal) {
    let tries = 0;
    while (!signal.aborted) {
      let pause = 0;
      try {
        const began = performance.now();
        pause =
          this.#poll > 1
            ? await this.#longPoll(tell, signal)
            : await this.#wire.stream(this.last, tell, signal);
        tries = performance.now() - began > 10_000 ? 0 : tries + 1;
      } catch (error) {
        if (signal.aborted) return;
        tries += 1;
        // A proxy that swallows streams lets ordinary answers through.
        if (!(error instanceof Refused)) this.#poll += 1;
        if (error.status === 401) {
          this.stop();
          this.#kept.forget();
          await this.start().catch(() => {});
          return;
        }
      }
      this.#changed("line-down");
      await wait(pause + jitter(tries), signal);
    }
  }

  async #longPoll(tell, signal) {
    const path = `messages?after=${this.last}&wait=25`;
    const page = await this.#wire.ask("GET", path, { signal, seconds: 40 });
    for (const line of page.lines) tell("line", line.n, line);
    tell("state", null, page.state);
    return 0;
  }

  #hear(name, body) {
    this.down = false;
    if (name === "line" || name === "line.changed") this.#take([body]);
    else if (name === "state") this.state = body;
    else if (name === "reset") {
      this.last = 0;
      this.#catchUp().then(
        () => this.#changed("all"),
        () => {},
      );
      return;
    }
    this.#changed(name === "state" ? "state" : "lines");
  }

  /** Writes a line. It is kept until it has arrived, whatever happens to this page. */
  say(text, files = []) {
    const line = { client_id: fresh(), text, files, at: new Date().toISOString() };
    this.#outbox.write([...this.waiting, line]);
    this.#changed("lines");
    this.#send();
  }

  /** One after another, in the order they were written, each until it has arrived. */
  async #send() {
    if (this.#sending || !this.session) return;
    this.#sending = true;
    let tries = 0;
    for (let line = this.#next(); line; line = this.#next()) {
      try {
        const body = {
          id: line.client_id,
          text: line.text,
          files: line.files.map((file) => file.id),
        };
        const { line: written } = await this.#wire.ask("POST", "messages", { body });
        this.#take([written]);
        tries = 0;
      } catch (error) {
        if (error instanceof Refused && !error.passes && error.status !== 401) {
          this.#mark(line.client_id, error.code);
        } else {
          tries += 1;
          await wait((error.retryAfter ?? 0) * 1000 + jitter(tries));
        }
      }
      this.#changed("lines");
    }
    this.#sending = false;
  }

  #next() {
    return this.waiting.find((line) => !line.refused);
  }

  #mark(id, code) {
    const marked = (line) => (line.client_id === id ? { ...line, refused: code } : line);
    this.#outbox.write(this.waiting.map(marked));
  }

  #arrived(id) {
    const left = this.waiting.filter((line) => line.client_id !== id);
    if (left.length !== this.waiting.length) this.#outbox.write(left);
  }

  /** Throws away what was refused. */
  drop(id) {
    this.#arrived(id);
    this.#changed("lines");
  }

  /** Hands in a file. */
  hand(file) {
    const path = `uploads?name=${encodeURIComponent(file.name || "picture")}`;
    const kind = file.type || "application/octet-stream";
    return this.#wire.ask("POST", path, { bytes: file, kind, seconds: 120 });
  }

  /** The bytes of a file. */
  fetch(id) {
    return this.#wire.file(id);
  }

  /** Says that somebody writes, every three seconds at most. */
  types() {
    const now = Date.now();
    if (!this.session || !this.lines.length || now - this.#typedAt < 3_000) return;
    this.#typedAt = now;
    this.#wire.ask("POST", "typing", { body: {} }).catch(() => {});
  }

  /** Everything up to here is before somebody's eyes. */
  see() {
    if (!this.session || this.last <= this.seen) return;
    this.seen = this.last;
    this.#changed("seen");
    if (this.#seenSent) return;
    this.#seenSent = setTimeout(() => {
      this.#seenSent = 0;
      this.#wire.ask("POST", "seen", { body: { n: this.seen } }).catch(() => {});
    }, 1_000);
  }

  /** Gives a mail address to go on by. */
  async mail(address) {
    this.state = await this.#wire.ask("POST", "email", { body: { mail: address } });
    this.#changed("state");
  }

  /** Where the form of a request is, with what was written here in it. */
  async ticket(unsent) {
    const { address } = await this.#wire.ask("POST", "ticket", { body: { text: unsent } });
    return address;
  }

  /** Says how it went. */
  async rate(score, comment) {
    this.state = await this.#wire.ask("POST", "rate", {
      body: { score, comment: comment || undefined },
    });
    this.#changed("state");
  }

  /** Ends the talk; what was said stays. */
  async leave() {
    this.state = await this.#wire.ask("POST", "leave", { body: {} });
    this.#changed("state");
  }
}
