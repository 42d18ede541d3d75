// A newcomer's first ten minutes: buy 100 tokens, tip 25, see 75, read the receipt and its mail,
// then look at the same payment in the console, and prove the books.

import { Person } from '../world.mjs';

const equal = (found, expected, what) => {
  if (found !== expected) throw new Error(`${what}: expected ${expected}, found ${found}`);
};

/** Buys the smallest pack, and waits for proof. */
const buys = async (mia, looks) => {
  await mia.sends('/buy');
  await looks('checkout');
  await mia.page.locator('form[action*="/pay"] button').first().click();
  await mia.page.locator('input[name="card"]').first().waitFor();
  await looks('processor');
  await mia.page.locator('form[action*="/sandbox/pay/"] button.pay').click();
  // The page asks again by itself until there is proof: with scripts in place, without by reloading.
  await mia.page.locator('main a[href*="/receipt/"]').first().waitFor({ timeout: 20_000 });
  await looks('paid');
};

/** Tips the first creator 25 tokens. */
const tips = async (mia, looks) => {
  await mia.follows('/creators');
  await looks('creators');
  await mia.follows('/tip/');
  await mia.page.locator('label.chip', { has: mia.page.locator('input[value="25"]') }).click();
  await mia.page.locator('textarea[name="note"], input[name="note"]').fill('Tak! <b>&</b> 🙂');
  await looks('tip');
  await mia.page.locator('main form button').first().click();
  await looks('tip-review');
  await mia.sends('/send');
  await mia.page.waitForURL(/\/tip\/cre_[0-9a-z]+\/tip_/);
  await looks('tip-sent');
  await mia.page.reload();
};

const walks = (name, options) => async ({ program, browser }) => {
  const mia = await Person.meet(browser, program, options);
  const kind = [options.language ?? 'en', options.scripts === false ? 'plain' : 'scripts', options.dark ? 'dark' : 'light', options.phone ? 'phone' : 'desk'].join('-');
  const looks = async (where) => {
    await mia.findsNoBarrier(`${where} (${kind})`);
    await mia.keepsPicture(`${kind}-${where}`);
  };
  await mia.goes('/demo');
  await looks('demo');
  await mia.presses(`Be ${name}`);
  await mia.page.waitForURL(new RegExp(`/${options.language ?? 'en'}/`));
  await looks('shop');
  await buys(mia, looks);
  const receipt = await mia.page.locator('main a[href*="/receipt/"]').first().getAttribute('href');
  await tips(mia, looks);
  await mia.page.locator('header a[href$="/wallet"]').first().click();
  await mia.sees(/\b75\b/);
  await looks('wallet');
  await mia.goes(receipt);
  await mia.sees('LUMEN*LOUNGE');
  await looks('receipt');
  await mia.goes('/demo/mail');
  await looks('mail');
  await mia.leaves();

  const proved = await program.command('verify');
  equal(proved.code, 0, `the books must be proved: ${proved.said}`);
};

const looksFromTheOtherSide = (dark) => async ({ program, browser }) => {
  const mia = await Person.meet(browser, program);
  const nothing = async () => {};
  await mia.goes('/demo');
  await mia.presses('Be Ana Lind');
  await buys(mia, nothing);
  await tips(mia, nothing);
  await mia.leaves();

  const robin = await Person.meet(browser, program, { dark });
  const looks = async (where) => {
    await robin.findsNoBarrier(`console ${where}`);
    await robin.keepsPicture(`console-${dark ? 'dark' : 'light'}-${where}`);
  };
  await robin.goes('/console');
  await looks('sign-in');
  await robin.goes(program.consoleLink);
  // A link opened by a program that fetches previews must not be used up: it asks first.
  const comeIn = robin.page.locator('main form button').first();
  if (await comeIn.isVisible().catch(() => false)) await comeIn.click();
  for (const place of ['', '/payments', '/notices', '/mail', '/jobs', '/people', '/account']) {
    await robin.goes(`/console${place}`);
    await looks(place.slice(1) || 'home');
  }
  await robin.goes('/console/payments');
  await robin.follows('/console/payments/pay_');
  // Mia's browser came back and the sandbox was asked: its notice may come after that, and then
  // tells what is known. Either way it ends up on the page.
  await robin.waitsFor(/applied|duplicate|stale/i);
  for (const words of ['captured', 'LUMEN', 'sandbox', 'Processor receivable', 'customer']) {
    await robin.sees(new RegExp(words, 'i'));
  }
  await looks('payment');
  await robin.follows('/console/notices/ntc_');
  await looks('notice');
  await robin.page.goBack();
  await robin.follows('/console/customers/cus_');
  await looks('customer');
  await robin.leaves();
};

export const stories = {
  'a newcomer buys and tips, by light': walks('Ellis Moore', { language: 'en' }),
  'a Dane buys and tips on a phone, in the dark': walks('Ana Lind', { language: 'da', dark: true, phone: true }),
  'a German buys and tips without scripts': walks('Ben Fischer', { language: 'de', scripts: false }),
  'a Frenchwoman buys and tips on a phone': walks('Chloé Martin', { language: 'fr', phone: true }),
  'a Filipina buys and tips in the dark, without scripts': walks('Dalisay Reyes', { language: 'fil', dark: true, scripts: false }),
  'staff see the same payment in the console, by light': looksFromTheOtherSide(false),
  'staff see the same payment in the console, in the dark': looksFromTheOtherSide(true),
};
