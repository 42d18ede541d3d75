// Somebody asks in the chat on a page of the host site, and staff answer from the console; where
// nobody is at the desk, the chat becomes a request that goes on by mail.

import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Person } from '../world.mjs';

const equal = (found, expected, what) => {
  if (found !== expected) throw new Error(`${what}: expected ${expected}, found ${found}`);
};

/** One red pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGPQSFjwHwAEBAIop21n9gAAAABJRU5ErkJggg==',
  'base64',
);

/** Staff sign in and open the lanes: that is being at the desk. */
const atTheDesk = async (program, browser) => {
  const robin = await Person.meet(browser, program);
  await robin.goes(program.consoleLink);
  const comeIn = robin.page.locator('main form button').first();
  if (await comeIn.isVisible().catch(() => false)) await comeIn.click();
  await robin.goes('/console/chats');
  await robin.page.locator('[data-lanes]').waitFor();
  return robin;
};

const opens = async (person) => {
  await person.page.locator('paydesk-chat button.open').click();
  await person.page.locator('paydesk-chat textarea#text').waitFor();
};

const writes = async (person, text) => {
  await person.page.locator('paydesk-chat textarea#text').fill(text);
  await person.page.keyboard.press('Enter');
  await person.page.locator('paydesk-chat .line.own', { hasText: text }).waitFor();
};

const talks = (language, options) => async ({ program, browser }) => {
  const robin = await atTheDesk(program, browser);
  const kind = [language, options.dark ? 'dark' : 'light', options.phone ? 'phone' : 'desk'].join('-');
  const eve = await Person.meet(browser, program, { language, ...options });
  const looks = async (where) => {
    await eve.findsNoBarrier(`chat ${where} (${kind})`);
    await eve.keepsPicture(`chat-${kind}-${where}`);
  };
  await eve.goes(`/demo/chat?language=${language}`);
  await eve.page.locator('paydesk-chat button.open').waitFor();
  await looks('closed');
  await opens(eve);
  await eve.page.locator('paydesk-chat .notice').filter({ hasText: /\S/ }).waitFor();
  await looks('open');
  // The focus is where one writes; Escape leads back to the button.
  equal(await eve.page.evaluate(() => document.activeElement.shadowRoot.activeElement.id), 'text', 'focus');
  await eve.page.keyboard.press('Escape');
  equal(await eve.page.evaluate(() => document.activeElement.shadowRoot.activeElement.className), 'open', 'focus after closing');
  await opens(eve);
  await writes(eve, 'Hej <b>you</b> & co 🙂');
  equal(await eve.page.locator('paydesk-chat .lines b').count(), 0, 'a customer’s words are never markup');
  await eve.page.locator('paydesk-chat input[type=file]').setInputFiles({ name: 'proof.png', mimeType: 'image/png', buffer: PICTURE });
  await eve.page.locator('paydesk-chat .file .icon-button').waitFor();
  await writes(eve, 'Here is the proof.');
  await eve.page.locator('paydesk-chat .line.own .file').waitFor();

  // The lanes follow by themselves; somebody takes the chat and answers.
  await robin.page.locator('.lane-row').first().waitFor();
  await robin.findsNoBarrier('the lanes');
  await robin.keepsPicture(`chat-${kind}-lanes`);
  await robin.page.locator('form[action$="/take"] button').first().click();
  await robin.page.waitForURL(/\/console\/cases\//);
  await robin.page.locator('form[data-composer] textarea[name="text"]').fill('Tak! See https://example.com/help.');
  await robin.page.locator('form[data-composer] button[name="do"][value="send"]').last().click();
  await eve.page.locator('paydesk-chat .line:not(.own)', { hasText: 'Tak!' }).waitFor();
  equal(await eve.page.locator('paydesk-chat .line:not(.own) a').getAttribute('href'), 'https://example.com/help', 'an address becomes a link');
  await looks('answered');

  // Closed, the button counts what is new; another page of the site goes on with the talk.
  await eve.page.locator('paydesk-chat .top .icon-button').last().click();
  await robin.page.locator('form[data-composer] textarea[name="text"]').fill('One more thing.');
  await robin.page.locator('form[data-composer] button[name="do"][value="send"]').last().click();
  await eve.page.locator('paydesk-chat .count', { hasText: '1' }).waitFor();
  await looks('unread');
  await eve.goes(`/demo/chat?language=${language}`);
  await opens(eve);
  await eve.page.locator('paydesk-chat .line').nth(3).waitFor();
  equal(await eve.page.locator('paydesk-chat .line').count(), 4, 'every line once');

  // Off line: what is written waits, and arrives once.
  await eve.context.setOffline(true);
  await eve.page.locator('paydesk-chat textarea#text').fill('Written off line.');
  await eve.page.keyboard.press('Enter');
  await eve.page.locator('paydesk-chat .line.own .state', { hasText: /\S/ }).last().waitFor();
  await eve.context.setOffline(false);
  await robin.waitsFor(/Written off line\./);
  await eve.page.waitForTimeout(300);
  equal(await eve.page.locator('paydesk-chat .line', { hasText: 'Written off line.' }).count(), 1, 'sent once');

  // An answer to that, then the visitor ends it and says how it was.
  await robin.page.locator('form[data-composer] textarea[name="text"]').fill('Done.');
  await robin.page.locator('form[data-composer] button[name="do"][value="send"]').last().click();
  await eve.page.locator('paydesk-chat .line:not(.own)', { hasText: 'Done.' }).waitFor();
  await eve.page.locator('paydesk-chat .top .icon-button').first().click();
  await eve.page.locator('paydesk-chat .rating .mark').nth(4).click();
  await looks('rating');
  await eve.page.locator('paydesk-chat .rating .send').click();
  await eve.page.locator('paydesk-chat .rating').waitFor({ state: 'hidden' });
  // The browser itself complains of calls that failed off line; that was the point.
  await eve.context.close();
  await robin.leaves();
};

const leavesAMessage = (language, options) => async ({ program, browser }) => {
  const kind = [language, options.dark ? 'dark' : 'light', options.phone ? 'phone' : 'desk'].join('-');
  const ida = await Person.meet(browser, program, { language, ...options });
  await ida.goes(`/demo/chat?language=${language}`);
  await opens(ida);
  await ida.page.locator('paydesk-chat .doors').waitFor();
  await ida.findsNoBarrier(`nobody is there (${kind})`);
  await ida.keepsPicture(`chat-${kind}-nobody`);
  await writes(ida, 'I paid twice.');
  await ida.page.locator('paydesk-chat input#mail').fill('ida@example.test');
  await ida.page.locator('paydesk-chat .doors .send').click();
  await ida.page.locator('paydesk-chat .notice', { hasText: 'ida@example.test' }).waitFor();
  await ida.keepsPicture(`chat-${kind}-asked`);
  await ida.goes('/demo/mail');
  const text = await ida.page.locator('pre', { hasText: '/chat/mail/' }).first().innerText();
  await ida.goes(new URL(text.match(/https?:\S+/)[0]).pathname);
  await ida.findsNoBarrier(`confirming (${kind})`);
  await ida.sends(new URL(ida.page.url()).pathname);
  await ida.page.locator('main a[href*="/case/"]').waitFor();
  await ida.findsNoBarrier(`confirmed (${kind})`);
  await ida.keepsPicture(`chat-${kind}-confirmed`);
  await ida.leaves();

  const robin = await atTheDesk(program, browser);
  await robin.page.locator('.lane-row', { hasText: 'I paid twice.' }).first().waitFor();
  await robin.leaves();
};

const SECRET = 'the secret of the host site and its desk';

/** A port nobody has at the moment. */
const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** What the host site's server signs for whoever is signed in there, as the guide shows it. */
const signed = (subject, name, language) => {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 600;
  const head = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: subject, aud: 'site', exp, name, lang: language })}`;
  return `${head}.${createHmac('sha256', SECRET).update(head).digest('base64url')}`;
};

/** A host site of its own on another origin, with a strict content policy and the widget's tag. */
class Host {
  static async open(desk, port) {
    const host = new Host();
    host.server = createServer((request, response) => host.#answer(desk, request, response));
    await new Promise((done) => host.server.listen(port, '127.0.0.1', done));
    // By another name than the desk's: to a browser that is another site, not only another port.
    host.base = `http://localhost:${port}`;
    return host;
  }

  #answer(desk, request, response) {
    const url = new URL(request.url, 'http://localhost');
    if (url.pathname !== '/') return response.writeHead(204).end();
    const language = url.searchParams.get('language') ?? 'en';
    const who = url.searchParams.get('who');
    const identity = who ? ` identity="${signed(`user-${who}`, who, language)}"` : '';
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${desk}; connect-src ${desk}; img-src data:; form-action 'none'; base-uri 'none'`,
    });
    response.end(`<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>Shop</title>
      <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
      <link rel="icon" href="data:,">
      <script type="module" src="${desk}/widget/chat.js"></script></head>
      <body><main><h1>A shop elsewhere</h1></main>
      <paydesk-chat channel="site"${identity}><a href="${desk}/${language}/contact">Write</a></paydesk-chat></body></html>`);
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** A desk as an operator configures it, that lists the pages of some origin. */
class Desk {
  static async open(origins) {
    const desk = new Desk();
    desk.folder = mkdtempSync(join(tmpdir(), 'paydesk-host-'));
    desk.base = `http://127.0.0.1:${await freePort()}`;
    desk.file = join(desk.folder, 'paydesk.toml');
    const listed = origins.map((origin) => `"${origin}"`).join(', ');
    const listen = new URL(desk.base).host;
    writeFileSync(
      desk.file,
      `data = "${desk.folder}/data"\nlisten = "${listen}"\npublic_url = "${desk.base}"\n[site]\nname = "Lumen Lounge"\n` +
        `[observe]\nlog = "warn"\n[desk.chat]\noffer_seconds = 10\n` +
        `[[desk.chat.channels]]\nkey = "site"\nname = "Lumen Lounge"\norigins = [${listed}]\nsecret = "${SECRET}"\n`,
    );
    desk.child = spawn(desk.#binary(), ['serve', '--config', desk.file], { stdio: ['ignore', 'ignore', 'inherit'] });
    desk.ended = new Promise((done) => desk.child.once('exit', done));
    const until = Date.now() + 60_000;
    while (!(await fetch(`${desk.base}/widget/chat.js`).then((answer) => answer.ok, () => false))) {
      if (Date.now() > until || desk.child.exitCode !== null) throw new Error('the desk did not listen');
      await new Promise((done) => setTimeout(done, 100));
    }
    return desk;
  }

  #binary() {
    return process.env.PAYDESK_BINARY ?? new URL('../../target/debug/paydesk', import.meta.url).pathname;
  }

  /** Somebody of staff, by their name; the link that signs them in. */
  async hires(name) {
    const args = ['staff', 'add', `${name}@example.test`, '--name', name, '--config', this.file];
    const child = spawn(this.#binary(), args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    await new Promise((done) => child.once('exit', done));
    const link = said.match(/https?:\S+/)?.[0];
    if (!link) throw new Error(`no link for ${name}: ${said}`);
    return link;
  }

  async close() {
    this.child.kill('SIGTERM');
    await this.ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Somebody of staff at the desk of the host's story. */
const hired = async (browser, desk, name) => {
  const person = await Person.meet(browser, desk);
  await person.page.goto(await desk.hires(name));
  await person.page.locator('main form button').first().click();
  await person.page.waitForURL(/\/console\/account/);
  await person.goes('/console/chats');
  await person.page.locator('[data-lanes]').waitFor();
  return person;
};

/** The one of two to whom a chat is offered first, and the other. */
const inTurn = async (one, two) => {
  const offer = '#offer-take';
  await Promise.race([one, two].map((person) => person.page.locator(offer).waitFor()));
  return (await one.page.locator(offer).count()) > 0 ? [one, two] : [two, one];
};

/** The widget on a page of another site: one script tag, no cookie, and who the visitor is signed by
 * that site. The chat is offered to one of staff, who lets it pass, and taken by the next. */
const elsewhere = async ({ browser }) => {
  const port = await freePort();
  const desk = await Desk.open([`http://localhost:${port}`]);
  const host = await Host.open(desk.base, port);
  const staff = [await hired(browser, desk, 'Kim'), await hired(browser, desk, 'Robin')];
  const mia = await Person.meet(browser, host, { language: 'da' });
  await mia.goes('/?language=da&who=Mia');
  await mia.page.locator('paydesk-chat button.open').waitFor();
  await mia.page.keyboard.press('Tab');
  await mia.page.keyboard.press('Enter');
  await mia.page.locator('paydesk-chat textarea#text').waitFor();
  await mia.page.keyboard.type('Jeg har betalt to gange.');
  await mia.page.keyboard.press('Enter');
  await mia.page.locator('paydesk-chat .line.own', { hasText: 'to gange' }).waitFor();
  equal((await mia.context.cookies()).length, 0, 'cookies of the host or the desk');

  // The first is away from the keyboard; the offer runs out and goes to the second by itself.
  const [first, second] = await inTurn(...staff);
  await first.findsNoBarrier('a chat that is offered');
  await first.page.locator('.lane-row .state-good').first().waitFor();
  await first.keepsPicture('chat-offer');
  const left = () => first.page.locator('[data-seconds]').innerText().then(Number);
  const before = await left();
  await first.page.waitForTimeout(2_100);
  if (!((await left()) < before)) throw new Error('the seconds do not run down');
  await second.goes('/console/inbox');
  await second.page.locator('#offer-take').waitFor({ timeout: 20_000 });
  await second.keepsPicture('chat-offer-in-the-inbox');
  await first.page.locator('#offer-take').waitFor({ state: 'detached' });
  await second.page.locator('#offer-take').focus();
  await second.page.keyboard.press('Enter');
  await second.page.waitForURL(/\/console\/cases\//);
  await mia.page.locator('paydesk-chat .notice', { hasText: 'har taget din chat' }).waitFor();
  await second.page.locator('form[data-composer] textarea[name="text"]').fill('Hej Mia, det ser vi på.');
  await second.page.locator('form[data-composer] button[name="do"][value="send"]').last().click();
  await mia.page.locator('paydesk-chat .line:not(.own)', { hasText: 'Hej Mia' }).waitFor();
  await mia.findsNoBarrier('the chat on another site');
  await mia.keepsPicture('chat-elsewhere');

  // Another page of the host goes on with the talk; somebody else begins anew.
  await mia.goes('/?language=da&who=Mia&page=2');
  await opens(mia);
  await mia.page.locator('paydesk-chat .line').nth(1).waitFor();
  await mia.goes('/?language=da&who=Ole');
  await opens(mia);
  await mia.page.locator('paydesk-chat .notice').filter({ hasText: /\S/ }).waitFor();
  equal(await mia.page.locator('paydesk-chat .line').count(), 0, 'lines of somebody else');
  await mia.leaves();
  for (const person of staff) await person.leaves();

  // A page that is not listed shows what it has put inside; its browser says why.
  const eve = await Person.meet(browser, { base: `http://127.0.0.1:${port}` });
  await eve.goes('/?language=en');
  await eve.page.locator('paydesk-chat[unavailable] a').waitFor({ state: 'visible' });
  await eve.context.close();
  host.close();
  await desk.close();
};

/** On another site in every language and look; what was typed goes along to the form of a request. */
const elsewhereInEveryLanguage = async ({ browser }) => {
  const port = await freePort();
  const desk = await Desk.open([`http://localhost:${port}`]);
  const host = await Host.open(desk.base, port);
  for (const [nth, language] of ['en', 'fr', 'de', 'da', 'fil'].entries()) {
    for (const dark of [false, true]) {
      const options = { language, dark, phone: dark === (nth % 2 === 0) };
      const kind = [language, dark ? 'dark' : 'light', options.phone ? 'phone' : 'desk'].join('-');
      const ida = await Person.meet(browser, host, options);
      await ida.goes(`/?language=${language}`);
      await ida.page.locator('paydesk-chat button.open').waitFor();
      await ida.findsNoBarrier(`the button on another site (${kind})`);
      await opens(ida);
      await ida.page.locator('paydesk-chat .doors').waitFor();
      await writes(ida, 'I paid twice.');
      await ida.page.locator('paydesk-chat textarea#text').fill('In March, by card.');
      await ida.findsNoBarrier(`the chat on another site (${kind})`);
      await ida.keepsPicture(`chat-elsewhere-${kind}`);
      const opened = ida.context.waitForEvent('page');
      await ida.page.locator('paydesk-chat .doors a[href*="/contact"]').click();
      const form = await opened;
      await form.waitForURL(/\/contact\?draft=/);
      const text = await form.locator('textarea[name=description]').inputValue();
      if (!/I paid twice\.\s+In March, by card\.\s+\(.*PD-/.test(text)) throw new Error(`in the form: ${text}`);
      equal(new URL(form.url()).search.includes('twice'), false, 'words in the address');
      await ida.leaves();
    }
  }
  host.close();
  await desk.close();
};

const withoutScripts = async ({ program, browser }) => {
  const ole = await Person.meet(browser, program, { scripts: false });
  await ole.goes('/demo/chat');
  await ole.page.locator('paydesk-chat a[href$="/contact"]').waitFor({ state: 'visible' });
  await ole.leaves();
};

export const stories = {
  'somebody chats and is answered, by light': talks('en', {}),
  'somebody chats on a phone, in the dark': talks('da', { dark: true, phone: true }),
  'nobody is at the desk: the chat goes on by mail': leavesAMessage('fr', {}),
  'nobody is at the desk, on a phone in the dark': leavesAMessage('de', { dark: true, phone: true }),
  'nobody is at the desk, in Filipino': leavesAMessage('fil', { phone: true }),
  'somebody chats on a page of another site, and staff are offered the chat in turn': elsewhere,
  'the chat on another site in every language': elsewhereInEveryLanguage,
  'without scripts the chat is a link': withoutScripts,
};
