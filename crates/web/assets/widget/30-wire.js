// The way to the desk: calls with the session's token, and a stream that goes on where it broke.

/** The desk said no, or nothing. */
class Refused extends Error {
  constructor(status, problem, retryAfter) {
    super(problem?.code ?? `status ${status}`);
    this.status = status;
    this.code = problem?.code ?? "";
    this.retryAfter = retryAfter;
  }

  /** Whether the same may be asked again: nobody answered, or not now. */
  get passes() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** Calls and the stream. */
class Wire {
  #base;
  #token;

  constructor(base) {
    this.#base = base;
  }

  set token(token) {
    this.#token = token;
  }

  /** Asks, and gives what was answered. */
  async ask(method, path, { body, bytes, kind, signal, seconds = 20 } = {}) {
    const headers = { accept: "application/json" };
    if (this.#token) headers.authorization = `Bearer ${this.#token}`;
    if (body !== undefined) headers["content-type"] = "application/json";
    if (kind) headers["content-type"] = kind;
    const late = AbortSignal.timeout(seconds * 1000);
    const limits = signal ? AbortSignal.any([signal, late]) : late;
    let answer;
    try {
      answer = await fetch(`${this.#base}/chat/v1/${path}`, {
        method,
        headers,
        body: body === undefined ? bytes : JSON.stringify(body),
        signal: limits,
        credentials: "omit",
        cache: "no-store",
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new Refused(0);
    }
    if (answer.status === 204) return null;
    const json = await answer.json().catch(() => null);
    if (!answer.ok) {
      throw new Refused(answer.status, json, Number(answer.headers.get("retry-after")) || 0);
    }
    return json;
  }

  /** The bytes of a file. */
  async file(id) {
    const headers = { authorization: `Bearer ${this.#token}` };
    const answer = await fetch(`${this.#base}/chat/v1/files/${id}`, {
      headers,
      credentials: "omit",
    });
    if (!answer.ok) throw new Refused(answer.status);
    return answer.blob();
  }

  /** One stream, until it ends: tells each event, and how long to wait before the next. */
  async stream(after, heard, signal) {
    const dead = new AbortController();
    const ends = AbortSignal.any([signal, dead.signal]);
    const headers = { accept: "text/event-stream", authorization: `Bearer ${this.#token}` };
    if (after > 0) headers["last-event-id"] = String(after);
    // The desk says something every fifteen seconds; after three times that the line is dead.
    let watch = setTimeout(() => dead.abort(), 15_000);
    try {
      const answer = await fetch(`${this.#base}/chat/v1/stream`, {
        headers,
        signal: ends,
        credentials: "omit",
        cache: "no-store",
      });
      if (!answer.ok) {
        throw new Refused(answer.status, await answer.json().catch(() => null));
      }
      const events = new Events(heard);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return events.retry;
        clearTimeout(watch);
        watch = setTimeout(() => dead.abort(), 45_000);
        events.take(value);
      }
    } finally {
      clearTimeout(watch);
    }
  }
}

/** Server-sent events out of a text that comes in pieces. */
class Events {
  retry = 0;
  #heard;
  #rest = "";

  constructor(heard) {
    this.#heard = heard;
  }

  take(piece) {
    const whole = (this.#rest + piece).replace(/\r\n?/g, "\n").split("\n\n");
    this.#rest = whole.pop();
    for (const block of whole) this.#event(block);
  }

  #event(block) {
    const event = { name: "message", id: null, body: "" };
    for (const line of block.split("\n")) {
      const [, name, value] = line.match(/^([a-z]*): ?(.*)$/) ?? [];
      if (name === "event") event.name = value;
      else if (name === "id") event.id = Number(value);
      else if (name === "retry") this.retry = Number(value) || 0;
      else if (name === "data") event.body += value;
    }
    this.#heard(event.name, event.id, event.body ? JSON.parse(event.body) : null);
  }
}
