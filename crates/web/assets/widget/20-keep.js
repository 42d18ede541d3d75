// What this browser keeps: the session's token and whatever was written and has not arrived yet.

/** Something kept under a name, in memory only where the browser refuses to keep anything. */
class Keep {
  #name;
  #memory = null;

  constructor(name) {
    this.#name = `paydesk-chat:${name}`;
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.#name)) ?? this.#memory;
    } catch {
      return this.#memory;
    }
  }

  write(value) {
    this.#memory = value;
    try {
      localStorage.setItem(this.#name, JSON.stringify(value));
    } catch {
      // Private windows and full disks: this page remembers, the next one does not.
    }
  }

  forget() {
    this.#memory = null;
    try {
      localStorage.removeItem(this.#name);
    } catch {
      // As above.
    }
  }
}

/** A name for a message, made here, so that sending it twice writes it once. */
const fresh = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Pages that are not served over https have chance, but not that call.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

/** Waits; sooner where the browser comes back on line, or where somebody says so. */
const wait = (milliseconds, sooner) =>
  new Promise((done) => {
    const timer = setTimeout(done, milliseconds);
    const now = () => {
      clearTimeout(timer);
      done();
    };
    addEventListener("online", now, { once: true, signal: sooner });
    sooner?.addEventListener("abort", now, { once: true });
  });

/** How long to wait before a try: anything up to twice as long as before, so that thousands who
 * were cut off together do not return together. */
const jitter = (tries) => Math.random() * Math.min(30_000, 500 * 2 ** tries);
