// A line on a statement nobody remembers: a stranger looks it up, learns no more than a neutral
// card, sends the details to the mail on file, and finds the house that took the money.

import { Person } from '../world.mjs';

const equal = (found, expected, what) => {
  if (found !== expected) throw new Error(`${what}: expected ${expected}, found ${found}`);
};

/** Somebody buys the smallest pack. */
const buys = async (program, browser, name) => {
  const buyer = await Person.meet(browser, program);
  await buyer.goes('/demo');
  await buyer.presses(`Be ${name}`);
  await buyer.sends('/buy');
  await buyer.page.locator('form[action*="/pay"] button').first().click();
  await buyer.page.locator('input[name="card"]').first().waitFor();
  await buyer.page.locator('form[action*="/sandbox/pay/"] button.pay').click();
  await buyer.page.locator('main a[href*="/receipt/"]').first().waitFor({ timeout: 20_000 });
  return buyer;
};

const fills = async (person, facts) => {
  for (const [name, value] of Object.entries(facts)) {
    const field = person.page.locator(`main [name="${name}"]`);
    if (name === 'currency') await field.selectOption(value);
    else await field.fill(value);
  }
  await person.sends('/charge');
};

const looksUp = (language, options) => async ({ program, browser }) => {
  const buyer = await buys(program, browser, 'Ana Lind');
  const receipt = await buyer.page.locator('main a[href*="/receipt/"]').first().getAttribute('href');
  const eve = await Person.meet(browser, program, { language, ...options });
  const kind = [language, options.scripts === false ? 'plain' : 'scripts', options.dark ? 'dark' : 'light', options.phone ? 'phone' : 'desk'].join('-');
  const looks = async (where) => {
    await eve.findsNoBarrier(`${where} (${kind})`);
    await eve.keepsPicture(`charge-${kind}-${where}`);
  };
  await eve.goes(`/${language}/charge`);
  await looks('form');
  await fills(eve, { mail: 'ana@example.test' });
  await eve.page.locator('main [role="alert"]').waitFor();
  await looks('nothing');
  // The index hears of the payment a moment after the customer does.
  const today = new Date().toISOString().slice(0, 10);
  const card = eve.page.locator('form[action$="/charge/door"]');
  for (let tries = 0; tries < 3 && (await card.count()) === 0; tries += 1) {
    await eve.page.waitForTimeout(500);
    await fills(eve, { mail: 'ana@example.test', date: today });
    await eve.page.locator('main').waitFor();
  }
  await card.waitFor();
  const text = await eve.page.locator('main').innerText();
  for (const hidden of ['ana@', 'Ana', '70', '100', 'LUMEN*', 'token']) {
    if (text.includes(hidden)) throw new Error(`the card tells ${hidden}: ${text}`);
  }
  await looks('card');
  await eve.page.locator('button[value="details"]').click();
  await eve.page.locator('main a[href$="/charge"]').waitFor();
  await looks('sent');
  await eve.goes('/demo/mail');
  await eve.sees('LUMEN*LOUNGE');
  const mails = await eve.page.locator('pre', { hasText: receipt.replace(/^\/[a-z]+/, '/da') }).count();
  equal(mails, 2, 'the receipt and the details, both to the address on file');
  await looks('mail');
  await eve.goes(`/${language}/billing-support`);
  await looks('support');
  await eve.page.locator('input[name="line"]').fill('lumen');
  await eve.page.locator('form[action$="/billing-support"] button').click();
  await eve.page.waitForURL(/line=lumen/);
  await looks('support-found');
  await eve.leaves();

  await buyer.goes('/da/billing-support');
  await buyer.page.locator('a[href^="#house-"]').first().waitFor();
  await buyer.findsNoBarrier('billing support, signed in');
  await buyer.keepsPicture(`charge-${kind}-support-own`);
  await buyer.goes(receipt);
  await buyer.page.locator('main a[href*="/billing-support?line="]').click();
  await buyer.page.waitForURL(/billing-support/);
  await buyer.leaves();
};

const waits = async ({ program, browser }) => {
  const eve = await Person.meet(browser, program, { language: 'de' });
  await eve.goes('/de/charge');
  for (let tries = 0; tries < 6; tries += 1) {
    if (tries > 0) await eve.goes('/de/charge');
    await fills(eve, { user: `guess ${tries}` });
    await eve.page.locator('h1').waitFor();
  }
  await eve.sees('später noch einmal');
  await eve.findsNoBarrier('too often');
  await eve.keepsPicture('charge-later');
  // The browser itself complains of an answer 429; that is what it is.
  await eve.context.close();
};

export const stories = {
  'a stranger looks up a charge, by light': looksUp('en', {}),
  'a stranger looks up a charge on a phone, in the dark': looksUp('fr', { dark: true, phone: true }),
  'a stranger looks up a charge without scripts': looksUp('fil', { scripts: false, phone: true }),
  'who guesses has to wait': waits,
};
