// Mail that comes in: one that is held back is read safely, released and becomes a case; a mail
// with pictures shows its own and asks nobody for the others. By light and in the dark, on a phone.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Person } from '../world.mjs';

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const equal = (found, expected, what) => {
  if (found !== expected) throw new Error(`${what}: expected ${expected}, found ${found}`);
};

const held = [
  'From: Rhine Bank <no-reply@bank.example>',
  'To: help@lumen.example',
  'Subject: Statement for November <img src=x onerror=alert(1)>',
  'Message-ID: <statement-11@bank.example>',
  'Auto-Submitted: auto-generated',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<h1 style="position:fixed">Your statement</h1><script>document.title = "taken over"</script>',
  '<p>Chargeback of 12.00 EUR, case 4711.</p><img src="https://track.example/seen.gif">',
  '',
].join('\r\n');

const pictured = [
  'From: Ida <ida@example.test>',
  'To: help@lumen.example',
  'Subject: See my statement',
  'Message-ID: <pictured@example.test>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/related; boundary=edge',
  '',
  '--edge',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>This line is not mine: <img src="cid:line@x" alt="the line" width="40" height="40">',
  '<img src="https://track.example/seen.gif" alt="a banner"></p>',
  '--edge',
  'Content-Type: image/png',
  'Content-ID: <line@x>',
  'Content-Disposition: inline; filename="line.png"',
  'Content-Transfer-Encoding: base64',
  '',
  PIXEL,
  '--edge--',
  '',
].join('\r\n');

/** Hands a raw mail over, as a program that received it does. */
const arrives = async (program, mail) => {
  const key = readFileSync(join(program.folder, 'api-key'), 'utf8').trim();
  const answer = await fetch(`${program.base}/v1/mail?to=help@lumen.example`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'message/rfc822' },
    body: mail,
  });
  equal(answer.status, 202, 'the mail is taken');
};

const comesToWork = async (browser, program, options) => {
  const robin = await Person.meet(browser, program, options);
  const { width, height } = options.phone ? { width: 390, height: 844 } : { width: 1280, height: 900 };
  await robin.page.setViewportSize({ width, height });
  await robin.goes(program.consoleLink);
  await robin.page.locator('main form button').first().click();
  await robin.page.waitForURL(/\/console\/account/);
  return robin;
};

const releases = (options = {}) => async ({ program, browser }) => {
  await arrives(program, held);
  const robin = await comesToWork(browser, program, options);
  const page = robin.page;
  const kind = `${options.dark ? 'dark' : 'light'}-${options.phone ? 'phone' : 'desk'}`;
  const looks = async (where) => {
    await robin.findsNoBarrier(`${where} (${kind})`);
    await robin.keepsPicture(`mail-${kind}-${where}`);
  };
  await robin.goes('/console/quarantine');
  await robin.waitsFor('Statement for November');
  await looks('quarantine');
  await page.locator('a', { hasText: 'Statement for November' }).click();
  await robin.sees('A machine wrote it');
  await robin.sees('Chargeback of 12.00 EUR, case 4711.');
  if (/taken over/.test(await page.title())) throw new Error('the mail ran its script');
  equal(await page.locator('main img').count(), 0, 'pictures of a mail that is held back');
  await looks('held');
  await page.locator('button', { hasText: 'Release and allow the sender' }).click();
  await page.waitForURL(/\/console\/cases\/cas_/);
  await robin.sees('Chargeback of 12.00 EUR, case 4711.');
  await looks('released');
  await robin.goes('/console/quarantine');
  await robin.sees('No mail is held back.');
  await looks('quarantine-empty');
  await robin.goes('/console/quarantine/rules');
  await robin.sees('no-reply@bank.example');
  await looks('rules');
  await robin.leaves();
};

const showsPictures = async ({ program, browser }) => {
  await arrives(program, pictured);
  const robin = await comesToWork(browser, program, {});
  const page = robin.page;
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await robin.goes('/console/inbox?view=all');
  await robin.waitsFor('See my statement');
  await page.locator('.case-rows a', { hasText: 'See my statement' }).click();
  await page.waitForURL(/\/console\/cases\/cas_/);
  await robin.findsNoBarrier('a mail with pictures');
  await page.locator('summary', { hasText: 'As the mail looks' }).click();
  const mail = page.frameLocator('iframe.mail-frame');
  const own = mail.locator('img[alt="the line"]');
  await own.waitFor();
  equal(await own.evaluate((picture) => picture.naturalWidth), 1, 'the picture of the mail');
  equal(await mail.locator('img[alt="a banner"]').getAttribute('src'), null, 'the one elsewhere');
  await robin.keepsPicture('mail-light-desk-pictured');
  const outside = asked.filter((url) => !url.startsWith(program.base) && !url.startsWith('data:'));
  equal(outside.join(' '), '', 'whom the browser asked');
  await robin.leaves();
};

export const stories = {
  'a mail that is held back becomes a case': releases(),
  'a mail that is held back becomes a case, in the dark': releases({ dark: true }),
  'a mail that is held back becomes a case, on a phone': releases({ phone: true }),
  'a mail that is held back becomes a case, on a phone, in the dark': releases({ phone: true, dark: true }),
  'a mail shows its own pictures and asks nobody for others': showsPictures,
};
