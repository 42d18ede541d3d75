// Somebody asks in the chat on a page of the host site, and staff answer from the console; where
// nobody is at the desk, the chat becomes a request that goes on by mail.

import { Person } from '../world.mjs';

const equal = (found, expected, what) => {
  if (found !== expected) throw new Error(`${what}: expected ${expected}, found ${found}`);
};

/** One red pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8Dwn4EIAAcgAQEGmpGcAAAAAElFTkSuQmCC',
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
  'without scripts the chat is a link': withoutScripts,
};
