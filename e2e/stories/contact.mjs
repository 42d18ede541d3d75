// Somebody has a question: a newcomer finds the refund answer in the help centre and then opens a
// ticket with two screenshots; comes back by the link and adds something; a customer sees it all in
// a list. With and without scripts, on a phone and at a desk, by light and in the dark.

import { Person } from '../world.mjs';

// The smallest picture there is, so that the program has something to look at.
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const picture = (name) => ({ name, mimeType: 'image/png', buffer: PIXEL });

const equal = (found, expected, what) => {
  if (found !== expected) throw new Error(`${what}: expected ${expected}, found ${found}`);
};

const words = {
  en: { search: 'refund', subject: 'Please refund my payment of Monday', text: 'I paid twice.' },
  fr: { search: 'remboursement', subject: 'Demande de remboursement de mon paiement', text: 'J’ai payé deux fois.' },
  de: { search: 'Erstattung', subject: 'Bitte um Erstattung meiner letzten Zahlung', text: 'Ich habe zweimal bezahlt.' },
  da: { search: 'refusion', subject: 'Jeg vil gerne have refusion nu', text: 'Jeg har betalt to gange.' },
  fil: { search: 'refund', subject: 'Gusto ko po ng refund ngayon', text: 'Dalawang beses po akong nagbayad.' },
};

const named = (language, options) =>
  [language, options.scripts === false ? 'plain' : 'scripts', options.dark ? 'dark' : 'light', options.phone ? 'phone' : 'desk'].join('-');

const asks = (language, options = {}) => async ({ program, browser }) => {
  const eve = await Person.meet(browser, program, { language, ...options });
  const said = words[language];
  const kind = named(language, options);
  const scripts = options.scripts !== false;
  const looks = async (where) => {
    await eve.findsNoBarrier(`${where} (${kind})`);
    await eve.keepsPicture(`contact-${kind}-${where}`);
  };
  const { page } = eve;

  // The answer is in the help centre …
  await eve.goes(`/${language}/help`);
  await page.locator('main input[name="q"]').first().fill(said.search);
  await page.locator('main form[action$="/help/search"] button').first().click();
  await page.waitForURL(/\/help\/search/);
  await page.locator('main a[href*="/help/customer/"]').first().click();
  await page.waitForURL(/\/help\/customer\/[^/]+\/[^/]+/);

  // … and a person answers the rest.
  await eve.goes(`/${language}/contact?topic=refund`);
  await looks('form');
  equal(await page.locator('select[name="topic"]').inputValue(), 'refund', 'the topic of the link');
  await page.locator('#mail').fill('eve@example.test');
  await page.locator('#user').fill('eve42');
  await page.locator('#subject').fill(said.subject);
  await page.locator('label:has(input[value="creator"][name="side"])').click();
  await page.locator('#files').setInputFiles([picture('one.png'), picture('two.png')]);
  if (scripts) {
    await page.locator('word-count[data-fits="right"]').waitFor();
    equal(await page.locator('.picked li').count(), 2, 'the files that were picked');
    if (language === 'en') await page.locator('article-hints a').first().waitFor();
  }
  // Without a description something must be put right, and nothing is asked twice.
  await page.locator('#form button.large').click();
  await page.locator('main [role="alert"] a[href="#description"]').waitFor();
  await looks('slips');
  equal(await page.locator('#mail').inputValue(), 'eve@example.test', 'what was written');
  equal(await page.locator('input[name="kept"]').count(), 2, 'the files that are here already');
  await page.locator('#description').fill(said.text);
  await page.waitForTimeout(3_100);
  await page.locator('#form button.large').click();
  await page.waitForURL(/\/case\/[a-z0-9]{32}\?said=sent/);
  await page.locator('main .note-good').waitFor();
  await page.getByText(/PD-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/).first().waitFor();
  equal(await page.locator('.attached img').count(), 2, 'the screenshots');
  await looks('sent');
  const shown = page.url();

  // The mail has a link, and tells nothing else.
  await eve.goes('/demo/mail');
  const mail = await page.locator('pre', { hasText: '/case/' }).first().innerText();
  for (const told of [said.text, said.subject, 'eve42']) {
    if (mail.includes(told)) throw new Error(`the mail tells ${told}: ${mail}`);
  }
  const link = mail.match(/\/[a-z]+\/case\/[a-z0-9]{32}/)[0];
  if (shown.includes(link)) throw new Error('the mailed link is the one that was shown');
  await eve.goes(link);
  await looks('mailed');
  await eve.sends('/confirm');
  await page.waitForURL(/said=confirmed/);
  equal(await page.locator('form[action$="/confirm"]').count(), 0, 'an address is asked for once');

  // Something is added, then the question is answered, and the help is rated.
  await page.locator('#text').fill('PS');
  await eve.sends('/say');
  await page.waitForURL(/said=added/);
  equal(await page.locator('article.said').count(), 2, 'messages');
  await page.locator('details:has(form[action$="/close"]) summary').click();
  await eve.sends('/close');
  await page.waitForURL(/said=closed/);
  await page.locator('label.chip:has(input[value="5"])').click();
  await eve.sends('/rate');
  await page.waitForURL(/said=rated/);
  await looks('rated');
  await eve.goes(`/${language}/contact/mail`);
  await looks('by-mail');
  await eve.leaves();
};

const lists = async ({ program, browser }) => {
  const ana = await Person.meet(browser, program, { language: 'da', dark: true });
  const { page } = ana;
  await ana.goes('/demo');
  await ana.presses('Be Ana Lind');
  await ana.goes('/da/contact');
  equal(await page.locator('#mail').count(), 0, 'nobody signed in is asked for a mail address');
  await page.locator('#subject').fill(words.da.subject);
  await page.locator('#description').fill(words.da.text);
  await page.waitForTimeout(3_100);
  await page.locator('#form button.large').click();
  await page.waitForURL(/\/cases\/cas_[a-z0-9]+\?said=sent/);
  await ana.goes('/da/cases');
  await page.getByRole('link', { name: words.da.subject }).waitFor();
  await ana.findsNoBarrier('the list of cases');
  await ana.keepsPicture('contact-list');
  await ana.goes('/da/cases?show=done');
  equal(await page.getByRole('link', { name: words.da.subject }).count(), 0, 'what is done');
  await ana.leaves();

  // Nobody else sees it.
  const ben = await Person.meet(browser, program, {});
  await ben.goes('/demo');
  await ben.presses('Be Ben Fischer');
  await ben.goes('/de/cases');
  equal(await ben.page.getByRole('link', { name: words.da.subject }).count(), 0, 'of somebody else');
  await ben.leaves();
};

const keeps = async ({ program, browser }) => {
  const eve = await Person.meet(browser, program, { language: 'en' });
  const { page } = eve;
  await eve.goes('/en/contact');
  await page.locator('#subject').fill('Half of a thought');
  await page.locator('#description').fill('Then the phone rang.');
  await eve.goes('/en/contact');
  equal(await page.locator('#description').inputValue(), 'Then the phone rang.', 'the draft');
  await page.locator('[data-draft-forget]').click();
  await eve.goes('/en/contact');
  equal(await page.locator('#description').inputValue(), '', 'the draft after it was let go');
  await eve.leaves();
};

export const stories = {
  'a newcomer finds the refund answer and opens a ticket with two screenshots': asks('en'),
  'a ticket on a phone, in the dark': asks('de', { dark: true, phone: true }),
  'a ticket without scripts on a phone': asks('fr', { scripts: false, phone: true }),
  'a ticket in the dark at a desk': asks('fil', { dark: true }),
  'a ticket without scripts in the dark': asks('da', { scripts: false, dark: true }),
  'a customer sees the own cases and no others': lists,
  'a draft stays on the device until it is let go': keeps,
};
