// A world for browser stories: the real program with its demo in a folder of its own, and Chromium.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { AxeBuilder } from '@axe-core/playwright';

const binary = process.env.PAYDESK_BINARY ?? new URL('../target/debug/paydesk', import.meta.url).pathname;
const out = new URL('./out/', import.meta.url).pathname;

const browserPath = () => {
  const named = process.env.PAYDESK_CHROMIUM;
  const path = [named, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path && existsSync(path));
  if (!path) throw new Error('no Chromium found: install it, or name it in PAYDESK_CHROMIUM');
  return path;
};

/** The program with its demo, listening on a port of its own. */
export class Program {
  /** Starts it; resolves once it has greeted. */
  static async start(env = {}) {
    const folder = env.PAYDESK_DATA ?? mkdtempSync(join(tmpdir(), 'paydesk-e2e-'));
    const program = new Program();
    program.folder = folder;
    program.child = spawn(binary, ['serve', '--demo', '--listen', '127.0.0.1:0'], {
      env: { ...process.env, PAYDESK_DATA: folder, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    program.ended = new Promise((done) => program.child.once('exit', done));
    await program.#greeting();
    return program;
  }

  async #greeting() {
    const lines = createInterface({ input: this.child.stdout });
    const late = setTimeout(() => this.child.kill('SIGKILL'), 60_000);
    for await (const line of lines) {
      const shop = line.match(/Shop\s+(\S+)/);
      if (shop) this.base = new URL(shop[1]).origin;
      const console = line.match(/Console\s+(\S+)/);
      if (console) this.consoleLink = console[1];
      if (line.includes('Ctrl-C')) {
        clearTimeout(late);
        return;
      }
    }
    throw new Error('the program ended before it listened');
  }

  /** Runs another command of the program on the same data; gives its exit code and what it said. */
  async command(...args) {
    const child = spawn(binary, [...args, '--demo'], {
      env: { ...process.env, PAYDESK_DATA: this.folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    const code = await new Promise((done) => child.once('exit', done));
    return { code, said };
  }

  async stop() {
    this.child.kill('SIGTERM');
    const code = await this.ended;
    rmSync(this.folder, { recursive: true, force: true });
    if (code !== 0) throw new Error(`the program stopped with ${code}`);
  }
}

/** A browser for all stories. */
export const openBrowser = () =>
  chromium.launch({
    executablePath: browserPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });

/** A person: a browser window of their own. */
export class Person {
  static async meet(browser, program, { scripts = true, dark = false, phone = false, language = 'en' } = {}) {
    const person = new Person();
    person.context = await browser.newContext({
      baseURL: program.base,
      javaScriptEnabled: scripts,
      colorScheme: dark ? 'dark' : 'light',
      locale: language,
      viewport: phone ? { width: 360, height: 740 } : { width: 1200, height: 900 },
    });
    person.page = await person.context.newPage();
    person.page.setDefaultTimeout(15_000);
    person.faults = [];
    person.page.on('pageerror', (error) => person.faults.push(`script: ${error.message}`));
    person.page.on('console', (message) => {
      if (message.type() === 'error') person.faults.push(`console: ${message.text()}`);
    });
    person.scripts = scripts;
    return person;
  }

  /** Goes somewhere and expects a page, not a refusal. */
  async goes(path) {
    const answer = await this.page.goto(path);
    if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}`);
  }

  /** Expects some words on the page within ten seconds. */
  async sees(words) {
    const text = typeof words === 'string' ? this.page.getByText(words, { exact: false }).first() : this.page.getByText(words).first();
    await text.waitFor({ state: 'visible', timeout: 10_000 });
  }

  /** Reloads the page until some words are on it, for fifteen seconds. */
  async waitsFor(words) {
    const until = Date.now() + 15_000;
    while ((await this.page.getByText(words).count()) === 0) {
      if (Date.now() > until) throw new Error(`${words} never came on ${this.page.url()}`);
      await this.page.waitForTimeout(250);
      await this.page.reload();
    }
  }

  /** Presses the one button of a form whose address ends like this: the same in every language. */
  async sends(ending) {
    await this.page.locator(`form[action$="${ending}"] button`).first().click();
  }

  /** Follows the first link on the page, not in its frame, that leads to such an address. */
  async follows(part) {
    await this.page.locator(`main a[href*="${part}"]`).first().click();
  }

  /** Presses a button or follows a link with this name. */
  async presses(name) {
    const options = { name, exact: false };
    const thing = this.page.getByRole('button', options).or(this.page.getByRole('link', options)).first();
    await thing.click();
  }

  /** Expects axe to find nothing on the page as it is. */
  async findsNoBarrier(where) {
    if (!this.scripts) return;
    const found = await new AxeBuilder({ page: this.page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    if (found.violations.length > 0) {
      const told = found.violations.map((v) => `${v.id}: ${v.help}\n    ${v.nodes.map((n) => n.html).join('\n    ')}`);
      throw new Error(`axe found barriers on ${where}:\n  ${told.join('\n  ')}`);
    }
  }

  /** Keeps a picture of the page under `out/`. */
  async keepsPicture(name) {
    mkdirSync(out, { recursive: true });
    await this.page.screenshot({ path: join(out, `${name}.png`), fullPage: true });
  }

  async leaves() {
    const faults = this.faults;
    await this.context.close();
    if (faults.length > 0) throw new Error(`the pages complained:\n  ${faults.join('\n  ')}`);
  }
}
