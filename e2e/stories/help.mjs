// A newcomer has a question about money and finds the answer in the help centre: by a word that is
// written without its accent or in another form, in a language the article is not there in, and,
// where it did not help, on to the form. Every page without a barrier, light and dark, on a phone.

import { Person } from '../world.mjs';

const equal = (found, expected, what) => {
  if (found !== expected) throw new Error(`${what}: expected ${expected}, found ${found}`);
};

/** Nothing on the page is wider than the window. */
const fits = async (person, where) => {
  const [wide, room] = await person.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  if (wide > room) throw new Error(`${where} is ${wide} wide in a window of ${room}`);
};

/** What is typed in each language, and how the address of the answer ends: each word is written
 * without its accents, or in another form than the article has. */
const ASKED = {
  en: ['undoing transactions', '/undo-a-transaction'],
  fr: ['annuler operations', '/annuler-une-operation'],
  de: ['zahlungen ruckgangig', '/zahlung-rueckgaengig-machen'],
  da: ['fortryde betalingen', '/fortryd-en-betaling'],
  fil: ['pagbabalik bayad', '/pagbabalik-ng-bayad'],
};

const findsTheAnswer = (language, options = {}) => async ({ program, browser }) => {
  const kind = [language, options.dark ? 'dark' : 'light', options.phone ? 'phone' : 'desk'].join('-');
  const ana = await Person.meet(browser, program, { language, ...options });
  const { page } = ana;
  const looks = async (where) => {
    await fits(ana, `${where} (${kind})`);
    await ana.findsNoBarrier(`help: ${where} (${kind})`);
    await ana.keepsPicture(`help-${kind}-${where}`);
  };
  const [words, ending] = ASKED[language];
  await ana.goes(`/${language}/help`);
  await looks('front');
  await page.locator('main form[role=search] input[type=search]').fill(words);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/help\/search/);
  await looks('found');
  // The answer is the first of what was found.
  const first = page.locator('main .article-list a').first();
  const address = await first.getAttribute('href');
  if (!address.endsWith(ending)) throw new Error(`${words} (${language}) led to ${address} first`);
  await first.click();
  await page.waitForURL((url) => url.pathname.endsWith(ending));
  await looks('article');
  equal(await page.locator('main .note [lang], main article[lang]').count(), 0, 'it is in the language of the page');
  await page.locator('#voice button[value=yes]').click();
  await page.waitForURL(/voted=yes/);
  await page.locator('#voice [role=status]').waitFor();
  await looks('thanked');
  await page.goBack();
  await page.goto(`${address}`);
  await page.locator('#voice button[value=no]').click();
  await page.waitForURL(/voted=no/);
  await page.locator('#voice a[href*="/contact"]').click();
  await page.waitForURL(/\/contact/);
  await page.locator('textarea[name=description]').waitFor();
  equal(await page.locator('input[name=door]:checked').getAttribute('value'), 'customer', 'the door they came through');
  // Through the door and a category the same answer is found without typing.
  await ana.goes(`/${language}/help/customer`);
  await looks('door');
  await page.locator('main .shelves h2 a').first().click();
  await looks('category');
  await ana.leaves();
};

/** Staff let an English article out; somebody reads it on a Danish page. */
const readsAFallback = async ({ program, browser }) => {
  const robin = await Person.meet(browser, program);
  await robin.goes(program.consoleLink);
  await robin.page.locator('main form button').first().click();
  await robin.page.waitForURL(/\/console\/account/);
  await robin.goes('/console/help');
  const made = await robin.page.evaluate(async () => {
    const send = (path, fields) =>
      fetch(path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'follow' });
    const article = new URL((await send('/console/help', { category: 'money-back', customer: 'on', top: '1', position: '5' })).url).pathname;
    const text = { title: 'Zebra vouchers', summary: 'Giving a zebra voucher back.', body: '## How\n\nSend it back unopened.', seen: '0', deed: 'save' };
    await send(`${article}/en`, text);
    for (const step of ['review', 'publish']) await send(`${article}/en/move`, { step });
    return article;
  });
  await robin.goes(made);
  await robin.leaves();
  for (const options of [{}, { dark: true, phone: true }]) {
    const kind = options.dark ? 'dark-phone' : 'light-desk';
    const ida = await Person.meet(browser, program, { language: 'da', ...options });
    await ida.goes('/da/help/search?q=zebra');
    const link = ida.page.locator('main .article-list a').first();
    equal(await link.getAttribute('lang'), 'en', 'the link says its language');
    await ida.findsNoBarrier(`a fall-back that was found (${kind})`);
    await ida.keepsPicture(`help-fallback-found-${kind}`);
    await link.click();
    await ida.sees('findes ikke på dansk endnu');
    equal(await ida.page.locator('main article').getAttribute('lang'), 'en', 'the text says its language');
    equal(await ida.page.locator('html').getAttribute('lang'), 'da', 'the page stays in theirs');
    await fits(ida, 'the fall-back');
    await ida.findsNoBarrier(`a fall-back (${kind})`);
    await ida.keepsPicture(`help-fallback-${kind}`);
    await ida.leaves();
  }
};

/** Nothing is found: what was typed goes along to the form. */
const findsNothing = async ({ program, browser }) => {
  for (const language of Object.keys(ASKED)) {
    const ole = await Person.meet(browser, program, { language, phone: true, dark: language === 'de' });
    await ole.goes(`/${language}/help/search?q=qwertz+zebra`);
    await fits(ole, `nothing found (${language})`);
    await ole.findsNoBarrier(`nothing found (${language})`);
    await ole.keepsPicture(`help-none-${language}`);
    await ole.follows('/contact');
    equal(await ole.page.locator('input[name=subject]').inputValue(), 'qwertz zebra', 'what was typed');
    await ole.leaves();
  }
};

const withoutScripts = async ({ program, browser }) => {
  const per = await Person.meet(browser, program, { scripts: false, language: 'da', phone: true });
  await per.goes('/da/help');
  await per.page.locator('main form[role=search] input[type=search]').fill('fortryde betaling');
  await per.page.locator('main form[role=search] button').click();
  await per.page.locator('main .article-list a').first().click();
  await per.page.locator('#voice button[value=yes]').click();
  await per.page.locator('#voice [role=status]').waitFor();
  await per.leaves();
};

export const stories = {
  'a newcomer finds the refund answer, in English': findsTheAnswer('en'),
  'a newcomer finds the refund answer, in English, in the dark': findsTheAnswer('en', { dark: true }),
  'a newcomer finds the refund answer, in French, on a phone': findsTheAnswer('fr', { phone: true }),
  'a newcomer finds the refund answer, in German, on a phone in the dark': findsTheAnswer('de', { dark: true, phone: true }),
  'a newcomer finds the refund answer, in Danish, in the dark': findsTheAnswer('da', { dark: true }),
  'a newcomer finds the refund answer, in Filipino, on a phone': findsTheAnswer('fil', { phone: true }),
  'an article is read in the language there is': readsAFallback,
  'what is not found can be asked': findsNothing,
  'help without scripts': withoutScripts,
};
