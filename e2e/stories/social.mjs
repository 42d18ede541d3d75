// A channel of the merchant's own: a signed message with a picture becomes a case, staff see the
// picture and what could not be fetched, and their answer goes back signed.

import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Person } from '../world.mjs';

const binary = process.env.PAYDESK_BINARY ?? new URL('../../target/debug/paydesk', import.meta.url).pathname;
const SECRET = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const equal = (found, expected, what) => {
  if (found !== expected) throw new Error(`${what}: expected ${expected}, found ${found}`);
};

const sign = (id, at, body) =>
  `v1,${createHmac('sha256', Buffer.from(SECRET, 'base64')).update(`${id}.${at}.${body}`).digest('base64')}`;

/** The merchant's side: it keeps a picture, and takes answers. */
const openFarSide = async () => {
  const far = { taken: [] };
  far.server = createServer((ask, answer) => {
    let body = '';
    ask.on('data', (part) => (body += part));
    ask.on('end', () => {
      if (ask.method === 'POST') far.taken.push({ headers: ask.headers, body });
      answer.setHeader('content-type', ask.method === 'POST' ? 'application/json' : 'image/png');
      answer.end(ask.method === 'POST' ? '{}' : PIXEL);
    });
  });
  await new Promise((done) => far.server.listen(0, '127.0.0.1', done));
  far.base = `http://127.0.0.1:${far.server.address().port}`;
  return far;
};

/** A shop with its own configuration, and one of staff. */
const openShop = async (far) => {
  const folder = mkdtempSync(join(tmpdir(), 'paydesk-e2e-social-'));
  const config = join(folder, 'paydesk.toml');
  writeFileSync(
    config,
    `listen = '127.0.0.1:0'
data = '${join(folder, 'data')}'
[site]
name = 'Shop'
support_mail = 'help@shop.example'
[[desk.social.signed]]
key = 'app'
secret = 'whsec_${SECRET}'
url = '${far.base}/desk'
window_hours = 48
[[processors]]
key = 'sandbox'
kind = 'sandbox'
descriptor = 'SHOP'
`,
  );
  const child = spawn(binary, ['-c', config, 'serve'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const shop = { folder, child, ended: new Promise((done) => child.once('exit', done)) };
  for await (const line of createInterface({ input: child.stdout })) {
    const said = line.match(/listens on (http\S+)/);
    if (said) {
      shop.base = said[1].replace(/\/$/, '');
      break;
    }
  }
  if (!shop.base) throw new Error('the program ended before it listened');
  const args = ['-c', config, 'staff', 'add', 'robin@shop.example', '--name', 'Robin', '--role', 'agent'];
  const adds = spawn(binary, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  adds.stdout.on('data', (part) => (told += part));
  await new Promise((done) => adds.once('exit', done));
  shop.link = `${shop.base}/console/link${told.match(/\?key=\S+/)[0]}`;
  return shop;
};

const says = async (shop, body, signature) => {
  const [id, at, text] = ['call-1', String(Math.floor(Date.now() / 1000)), JSON.stringify(body)];
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': at,
    'webhook-signature': signature ?? sign(id, at, text),
  };
  const answer = await fetch(`${shop.base}/social/app`, { method: 'POST', headers, body: text });
  return answer.status;
};

const talks = async ({ browser }) => {
  const far = await openFarSide();
  const shop = await openShop(far);
  try {
    const message = {
      type: 'message',
      id: 'm-1',
      from: 'user-77',
      name: 'Mia',
      language: 'en',
      text: 'Where are my tokens?',
      files: [
        { name: 'proof.png', url: `${far.base}/files/1` },
        { name: 'inside.png', url: 'https://10.0.0.1/secrets' },
      ],
    };
    equal(await says(shop, message, 'v1,AAAA'), 404, 'a forged call');
    equal(await says(shop, message), 200, 'a signed call');
    const robin = await Person.meet(browser, shop);
    await robin.goes(shop.link);
    await robin.page.locator('main form button').first().click();
    await robin.page.waitForURL(/\/console\/account/);
    await robin.goes('/console/inbox?view=all');
    await robin.waitsFor('Where are my tokens?');
    await robin.page.locator('.case-rows a', { hasText: 'Where are my tokens?' }).click();
    await robin.page.waitForURL(/\/console\/cases\/cas_/);
    await robin.waitsFor('proof.png');
    await robin.waitsFor('could not be fetched: its address leads into a network that is not public');
    const picture = robin.page.locator('.files img').first();
    equal(await picture.evaluate((shown) => shown.naturalWidth), 1, 'the picture');
    await robin.sees('you may answer freely for 47 h');
    await robin.findsNoBarrier('a case of a messenger');
    await robin.keepsPicture('social-light-desk-case');
    await robin.page.locator('#text').fill('They are in your wallet now.');
    await robin.page.locator('button[name="do"][value="send"]').click();
    await robin.page.waitForURL(/sent=msg_/);
    const until = Date.now() + 30_000;
    while (far.taken.length === 0 && Date.now() < until) await robin.page.waitForTimeout(250);
    const [{ headers, body }] = far.taken;
    const sent = JSON.parse(body);
    equal(sent.text, 'They are in your wallet now.', 'the answer');
    equal(sent.to, 'user-77', 'to whom');
    const signed = sign(headers['webhook-id'], headers['webhook-timestamp'], body);
    equal(headers['webhook-signature'], signed, 'the signature');
    await robin.leaves();
  } finally {
    shop.child.kill('SIGTERM');
    await shop.ended;
    far.server.close();
    rmSync(shop.folder, { recursive: true, force: true });
  }
};

export const stories = {
  'a message over a channel of one’s own is answered the same way': talks,
};
