// Staff at the desk: a case answered, the wallet credited and the case solved by keyboard alone;
// what happens when somebody writes meanwhile; taking an answer back; and every page of the inbox
// without a barrier, in both themes, on a desk and on a phone.

import { Person } from '../world.mjs';

const equal = (found, expected, what) => {
  if (found !== expected) throw new Error(`${what}: expected ${expected}, found ${found}`);
};

/** Signs the sample member of staff in, by a link that is good for many windows of one story. */
const comesToWork = async (browser, program, options = {}) => {
  const robin = await Person.meet(browser, program, options);
  const { width, height } = options.phone ? { width: 390, height: 844 } : { width: 1280, height: 900 };
  await robin.page.setViewportSize({ width, height });
  await robin.goes(program.consoleLink);
  await robin.page.locator('main form button').first().click();
  await robin.page.waitForURL(/\/console\/account/);
  return robin;
};

/** A keyboard whose presses are counted; what is typed into a field is not. */
const keyboardOf = (page) => {
  const keys = { pressed: [] };
  keys.press = async (key) => {
    keys.pressed.push(key);
    await page.keyboard.press(key);
  };
  keys.types = (text) => page.keyboard.type(text);
  return keys;
};

const opens = async (robin, words) => {
  await robin.goes('/console/inbox?view=all');
  await robin.page.locator('.case-rows a', { hasText: words }).click();
  await robin.page.waitForURL(/\/console\/cases\/cas_/);
};

const byKeyboard = async ({ program, browser }) => {
  const robin = await comesToWork(browser, program);
  const page = robin.page;
  await robin.goes('/console/inbox?view=all');
  // The case of Ben is due first, so it is chosen when the list opens.
  await robin.sees('Zweimal für 250 Token abgebucht');
  const keys = keyboardOf(page);
  await keys.press('Enter');
  await page.waitForURL(/\/console\/cases\/cas_/);
  const address = page.url();
  await keys.press('$');
  await keys.types('250');
  await keys.press('Tab');
  await keys.types('Charged twice');
  await keys.press('Enter');
  await page.waitForURL(/done=credited/);
  await robin.sees('The tokens are in the wallet.');
  await keys.press('r');
  await keys.types('Guten Tag Herr Fischer, die zweite Abbuchung haben wir gefunden.');
  await keys.press('Control+Shift+Enter');
  await page.waitForURL(/done=solved/);
  if (keys.pressed.length >= 10) throw new Error(`too many keys: ${keys.pressed.join(' ')}`);

  await robin.goes(new URL(address).pathname);
  const head = await page.locator('.case-head').textContent();
  if (!/solved/.test(head)) throw new Error('the case is not solved');
  await robin.sees('die zweite Abbuchung haben wir gefunden');
  equal((await page.locator('#part-wallet .sum-big').textContent()).trim().split(/\s/)[0], '250', 'the wallet');
  const proved = await program.command('verify');
  equal(proved.code, 0, `the books must be proved: ${proved.said}`);
  await robin.leaves();
};

const takesBack = (scripts) => async ({ program, browser }) => {
  const robin = await comesToWork(browser, program, { scripts });
  const page = robin.page;
  await opens(robin, 'LUMEN*LOUNGE on my statement');
  await page.locator('#text').fill('Please see our page about charges.');
  await page.locator('button[name="do"][value="send"]').click();
  await page.waitForURL(/sent=msg_/);
  if (scripts) await page.keyboard.press('Control+z');
  else await page.locator('.undo-bar button').click();
  await page.waitForURL(/done=undone/);
  await robin.sees('Your answer was taken back');
  equal(await page.locator('#text').inputValue(), 'Please see our page about charges.', 'the draft');
  await robin.sees('taken back');
  await robin.leaves();
};

const isWarned = async ({ program, browser }) => {
  const robin = await comesToWork(browser, program);
  const page = robin.page;
  await robin.goes('/console/people');
  await page.locator('#name').fill('Tom Weber');
  await page.locator('#email').fill('tom@example.test');
  await page.locator('form:has(#email) button').click();
  const link = (await page.locator('code[data-copy]').textContent()).trim();
  await opens(robin, 'Statement for October');
  const tom = await comesToWork(browser, { ...program, base: program.base, consoleLink: link });
  await tom.goes(new URL(page.url()).pathname);
  await tom.page.waitForTimeout(1000);
  await robin.page.reload();
  await robin.sees('Tom Weber is viewing');

  await page.locator('#text').fill('We are looking into it.');
  await tom.page.locator('#text').fill('She had no tips that were paid out yet.');
  await tom.page.locator('button[name="do"][value="send"]').click();
  await tom.page.waitForURL(/sent=msg_/);
  await robin.sees('Something new came.');
  await page.waitForTimeout(2500);
  await page.locator('button[name="do"][value="send"]').first().click();
  await robin.sees('Not sent: something new came meanwhile');
  await robin.sees('She had no tips that were paid out yet.');
  equal(await page.locator('#text').inputValue(), 'We are looking into it.', 'the kept draft');
  robin.faults = robin.faults.filter((fault) => !/409/.test(fault));
  await robin.findsNoBarrier('the warning');
  await robin.keepsPicture('desk-light-desk-collision');
  await robin.presses('Send anyway');
  await page.waitForURL(/sent=msg_/);
  await tom.leaves();
  await robin.leaves();
};

const pages = (dark, phone) => async ({ program, browser }) => {
  const robin = await comesToWork(browser, program, { dark, phone });
  const kind = `${dark ? 'dark' : 'light'}-${phone ? 'phone' : 'desk'}`;
  const looks = async (where) => {
    await robin.findsNoBarrier(`${where} (${kind})`);
    await robin.keepsPicture(`desk-${kind}-${where}`);
  };
  await robin.goes('/console/inbox');
  await looks('inbox-first');
  await robin.goes('/console/inbox?view=all');
  await looks('inbox');
  await robin.goes('/console/inbox?view=snoozed');
  await looks('inbox-empty');
  await robin.goes('/console/inbox/keys');
  await looks('keys');
  await robin.goes('/console/inbox/search?q=Token');
  await looks('search');
  await robin.goes('/console/cases/new');
  await robin.page.locator('form.card button').click();
  await robin.sees('Please put this right');
  robin.faults = robin.faults.filter((fault) => !/422/.test(fault));
  await looks('new');
  for (const [words, name] of [['Zweimal', 'case'], ['Paiement bloqué', 'case-paid'], ['Hindi po', 'case-note'], ['Hvornår', 'case-answered']]) {
    await opens(robin, words);
    await looks(name);
  }
  await robin.page.locator('.threads a', { hasText: 'Note' }).click();
  await robin.page.waitForURL(/to=internal/);
  await looks('compose-note');
  await robin.page.locator('.threads a', { hasText: 'Processor' }).click();
  await robin.page.waitForURL(/to=processor/);
  await looks('compose-processor');
  await robin.page.keyboard.press('Control+k');
  await robin.page.keyboard.type('solve');
  await looks('command-bar');
  await robin.leaves();
};

export const stories = {
  'staff answer, credit and solve a case by keyboard alone': byKeyboard,
  'staff take an answer back': takesBack(true),
  'staff take an answer back without scripts': takesBack(false),
  'staff are warned when a colleague answers first': isWarned,
  'the inbox has no barrier, by light': pages(false, false),
  'the inbox has no barrier, in the dark': pages(true, false),
  'the inbox has no barrier on a phone': pages(false, true),
  'the inbox has no barrier on a phone, in the dark': pages(true, true),
};
