//! CCBill's digests: MD5 over values one after another with the salt at the end. One protects the
//! price on the way to the form and comes back with the sale; one goes with a returning browser.

use base::{Currency, Money};
use processor::Rejected;
use processor::sign::Digesting;

use crate::wire::{Fields, decimal};

/// How a price renews: the price of each following period, its days, and how many there are.
pub(super) type Recurring<'a> = (&'a str, &'a str, &'a str);

/// What a returning browser says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Returned {
    /// It was approved, under this subscription id.
    Approved(String),
    /// It was denied, under this denial id.
    Denied(String),
}

/// The digest of a price. Prices have two decimals: `18` and `18.00` give different digests.
pub(super) fn form(
    salt: &str,
    price: &str,
    period: &str,
    recurring: Option<Recurring<'_>>,
    currency: &str,
) -> String {
    Digesting::Md5.hex(b"", &parts(salt, price, period, recurring, currency))
}

fn parts<'a>(
    salt: &'a str,
    price: &'a str,
    period: &'a str,
    recurring: Option<Recurring<'a>>,
    currency: &'a str,
) -> Vec<&'a [u8]> {
    let mut parts = vec![price.as_bytes(), period.as_bytes()];
    if let Some((price, period, times)) = recurring {
        parts.extend([price.as_bytes(), period.as_bytes(), times.as_bytes()]);
    }
    parts.extend([currency.as_bytes(), salt.as_bytes()]);
    parts
}

/// Whether a returning browser's digest fits.
pub(super) fn return_fits(salt: &str, returned: &Returned, digest: &str) -> bool {
    let (id, word) = match returned {
        Returned::Approved(id) => (id, "1"),
        Returned::Denied(id) => (id, "0"),
    };
    Digesting::Md5.matches(b"", &[id.as_bytes(), word.as_bytes(), salt.as_bytes()], digest)
}

/// Holds the digest that comes back with a sale against the sale's own numbers, if there is one.
///
/// It is the digest of the form, so it is over the price as it was offered (`subscription…`); what
/// was billed may be in another currency. With a price that does not renew the three recurring
/// values were left out, but the webhook may name them as zero.
pub(super) fn check(salt: &str, fields: &Fields) -> Result<(), Rejected> {
    let Some(claimed) = fields.get("dynamicpricingvalidationdigest") else { return Ok(()) };
    let period = fields.get("initialperiod").unwrap_or_default();
    let times = fields.get("rebills").unwrap_or_default();
    let every = fields.get("recurringperiod").unwrap_or_default();
    let fits = ["subscription", "billed"].iter().any(|which| {
        let Some((price, again, currency)) = offer(fields, which) else { return false };
        let recurring = Some((again.as_str(), every, times));
        [recurring, None].into_iter().any(|recurring| {
            let parts = parts(salt, &price, period, recurring, &currency);
            Digesting::Md5.matches(b"", &parts, claimed)
        })
    });
    if fits { Ok(()) } else { Err(Rejected::Signature) }
}

/// First price, following price and currency as the form had them.
fn offer(fields: &Fields, which: &str) -> Option<(String, String, String)> {
    let number = fields.get(&format!("{which}currencycode"));
    let currency = match number {
        Some(number) => Currency::from_number(number.parse().ok()?)?,
        None => fields.get(&format!("{which}currency"))?.parse().ok()?,
    };
    let price = |name: &str| {
        let text = fields.get(&format!("{which}{name}price"))?;
        decimal::money(text, currency.code()).ok().map(Money::to_decimal)
    };
    let again = price("recurring").unwrap_or_default();
    Some((price("initial")?, again, format!("{:03}", currency.number())))
}
