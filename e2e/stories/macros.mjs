// Answers and macros: a lead writes both without scripts, staff run a macro by keyboard alone and
// take its answer back; and the pages without a barrier, in both themes, on a desk and on a phone.

import { Person } from '../world.mjs';

/** Signs the sample member of staff in. */
const comesToWork = async (browser, program, options = {}) => {
  const robin = await Person.meet(browser, program, options);
  await robin.goes(program.consoleLink);
  await robin.page.locator('main form button').first().click();
  await robin.page.waitForURL(/\/console\/account/);
  return robin;
};

const writesAnswer = async (robin) => {
  const page = robin.page;
  await robin.goes('/console/answers/new');
  await page.locator('#title').fill('We found the second charge');
  await page.locator('#key').fill('second-charge');
  await page.locator('#texts').fill('Hello,\n\nwe found the second charge of {reference}.\n\n{agent}');
  await page.locator('button[value="preview"]').click();
  await robin.sees('we found the second charge of PD-7K3M-92QX-T.');
  await page.locator('button[value="save"]').click();
  await page.waitForURL(/done=saved/);
  await page.locator('.marks a', { hasText: 'Deutsch' }).click();
  await page.locator('#texts').fill('Guten Tag,\n\nwir haben die zweite Abbuchung zu {reference} gefunden.\n\n{agent}');
  await page.locator('button[value="save"]').click();
  await page.waitForURL(/done=saved/);
};

const putsTogether = async (robin) => {
  const page = robin.page;
  await robin.goes('/console/macros/new');
  await page.locator('#name').fill('Double charge');
  for (const kind of ['answer', 'tag', 'credit', 'state']) {
    await page.locator('#adds').selectOption(kind);
    await page.locator('button[value="add"]').click();
  }
  await page.locator('button[value="up:2"]').click();
  await page.locator('button[value="up:1"]').click();
  await page.locator('#value-0').fill('50');
  await page.locator('#more-0').fill('charged twice');
  await page.locator('#value-1').selectOption('second-charge');
  await page.locator('#value-2').fill('double');
  await page.locator('#value-3').selectOption('solved');
  await page.locator('button[value="save"]').first().click();
  await page.waitForURL(/done=saved/);
};

/** The link by which a new colleague signs in: the sample's own is good once. */
const invites = async (robin) => {
  await robin.goes('/console/people');
  await robin.page.locator('#name').fill('Tom Weber');
  await robin.page.locator('#email').fill('tom@example.test');
  await robin.page.locator('form:has(#email) button').click();
  return (await robin.page.locator('code[data-copy]').textContent()).trim();
};

const byKeyboard = async ({ program, browser }) => {
  const lead = await comesToWork(browser, program, { scripts: false });
  await writesAnswer(lead);
  await putsTogether(lead);
  const consoleLink = await invites(lead);
  await lead.leaves();

  const robin = await comesToWork(browser, { ...program, base: program.base, consoleLink });
  const page = robin.page;
  await robin.goes('/console/inbox?view=all');
  await page.locator('.case-rows a', { hasText: 'Zweimal' }).click();
  await page.waitForURL(/\/console\/cases\/cas_/);
  await page.keyboard.press('t');
  await page.locator('#team-to:focus').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('m');
  await page.locator('.macro-menu a:focus').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/macros\/mac_/);
  await robin.sees('credit 50 tokens (charged twice)');
  await robin.sees('wir haben die zweite Abbuchung');
  await robin.findsNoBarrier('what a macro will do');
  await robin.keepsPicture('macros-look');
  await page.keyboard.press('Enter');
  await page.waitForURL(/run=mrn_/);
  await robin.sees('Done: credit 50 tokens');
  const head = await page.locator('.case-head').textContent();
  if (!/solved/.test(head)) throw new Error('the case is not solved');
  await page.keyboard.press('Control+z');
  await page.waitForURL(/done=undone/);
  await robin.sees('Your answer was taken back');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await robin.sees('Set the team');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('double');
  await robin.sees('Macro: Double charge');
  const proved = await program.command('verify');
  if (proved.code !== 0) throw new Error(`the books must be proved: ${proved.said}`);
  await robin.leaves();
};

const pages = (dark, phone) => async ({ program, browser }) => {
  const robin = await comesToWork(browser, program, { dark, phone });
  const kind = `${dark ? 'dark' : 'light'}-${phone ? 'phone' : 'desk'}`;
  const looks = async (path, name) => {
    await robin.goes(path);
    await robin.findsNoBarrier(`${name} (${kind})`);
    await robin.keepsPicture(`macros-${kind}-${name}`);
  };
  await looks('/console/answers', 'answers');
  await looks('/console/answers?q=nothing-like-it', 'answers-none');
  await looks('/console/answers/new', 'answer-new');
  await robin.page.goto('/console/answers');
  const answer = await robin.page.locator('table.rows a').first().getAttribute('href');
  await looks(`${answer}?language=fil`, 'answer');
  await looks('/console/macros', 'macros');
  await robin.goes('/console/macros/new');
  for (const step of ['credit', 'answer', 'state']) {
    await robin.page.locator('#adds').selectOption(step);
    await robin.page.locator('button[value="add"]').click();
  }
  await robin.findsNoBarrier(`a macro (${kind})`);
  await robin.keepsPicture(`macros-${kind}-macro`);
  await robin.leaves();
};

export const stories = {
  'a lead writes an answer and a macro, staff run it by keyboard alone': byKeyboard,
  'answers and macros have no barrier, by light': pages(false, false),
  'answers and macros have no barrier, in the dark': pages(true, false),
  'answers and macros have no barrier on a phone': pages(false, true),
  'answers and macros have no barrier on a phone, in the dark': pages(true, true),
};
