//! Our own names for what is sent: what templates may speak of, and filling them in.

use std::collections::BTreeMap;

use base::{Currency, Language, Money};
use processor::{Buyer, Period, Renewal};

use super::record::{AmountForm, CountryForm, CurrencyForm, Forms};
use crate::wire::country::alpha3;

/// What a start may speak of.
pub(super) const START: &[&str] = &[
    "key",
    "reference",
    "amount",
    "currency",
    "product",
    "description",
    "customer",
    "email",
    "name",
    "first_name",
    "last_name",
    "country",
    "language",
    "ip",
    "return_url",
    "cancel_url",
    "postback_url",
    "first_days",
    "first_months",
    "first_iso",
    "renewal_amount",
    "every_days",
    "every_months",
    "every_iso",
    "times",
];

/// What a call may speak of, besides what a start may.
pub(super) const CALL: &[&str] =
    &["transaction", "subscription", "stored", "stored_customer", "paid", "reason", "at_once"];

/// Our own names and their values for one call.
#[derive(Clone, Default)]
pub(super) struct Own(BTreeMap<String, String>);

impl Own {
    /// With a value; an empty one is none.
    pub fn put(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// With everything an account keeps under a prefix, `account` or `secret`.
    pub fn put_all(&mut self, prefix: &str, values: &BTreeMap<String, String>) {
        for (name, value) in values {
            self.put(&format!("{prefix}.{name}"), value.as_str());
        }
    }

    /// With an amount and its currency.
    pub fn put_money(&mut self, money: Money, forms: Forms) {
        self.put("amount", amount(money, forms.amount));
        self.put("currency", currency(money.currency, forms.currency));
    }

    /// With what is known of who pays.
    pub fn put_buyer(&mut self, buyer: &Buyer, forms: Forms) {
        self.put("customer", buyer.customer.as_str());
        self.put("email", buyer.email.as_deref().unwrap_or_default());
        let name = buyer.name.as_deref().unwrap_or_default().trim();
        let (first, last) = name.rsplit_once(' ').unwrap_or((name, ""));
        self.put("name", name);
        self.put("first_name", first.trim());
        self.put("last_name", last);
        self.put("country", country(buyer.country.as_deref(), forms.country));
        self.put("language", language(buyer.language));
        self.put("ip", buyer.ip.map(|ip| ip.to_string()).unwrap_or_default());
    }

    /// With how it renews.
    pub fn put_renewal(&mut self, renewal: &Renewal, forms: Forms) {
        for (name, period) in [("first", renewal.first), ("every", renewal.every)] {
            self.put(&format!("{name}_days"), period.days().to_string());
            let months = match period {
                Period::Days(_) => String::new(),
                Period::Months(months) => months.to_string(),
                Period::Years(years) => (u32::from(years) * 12).to_string(),
            };
            self.put(&format!("{name}_months"), months);
            self.put(&format!("{name}_iso"), period.iso());
        }
        self.put("renewal_amount", amount(renewal.amount, forms.amount));
        self.put("times", renewal.times.map(|times| times.to_string()).unwrap_or_default());
    }

    /// A template with its names filled in; nothing if one of them has no value.
    pub fn fill(&self, template: &str) -> String {
        self.fill_with(template, str::to_owned).unwrap_or_default()
    }

    /// The same, each value changed before it is put in.
    pub fn fill_with(&self, template: &str, change: impl Fn(&str) -> String) -> Option<String> {
        let mut text = String::new();
        for piece in pieces(template) {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Name(name) => {
                    let value = self.0.get(name).filter(|value| !value.is_empty())?;
                    text.push_str(&change(value));
                }
            }
        }
        Some(text)
    }
}

/// The names that a template speaks of.
pub(super) fn names(template: &str) -> Vec<&str> {
    let name = |piece| match piece {
        Piece::Name(name) => Some(name),
        Piece::Text(_) => None,
    };
    pieces(template).into_iter().filter_map(name).collect()
}

enum Piece<'a> {
    Text(&'a str),
    Name(&'a str),
}

/// A template in pieces. A brace that is not closed is text.
fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        pieces.push(Piece::Text(before));
        pieces.push(Piece::Name(name));
        rest = behind;
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// An amount as the house writes it.
pub(super) fn amount(money: Money, form: AmountForm) -> String {
    let decimal = money.to_decimal();
    match (form, decimal.split_once('.')) {
        (AmountForm::Minor, _) => money.minor.to_string(),
        (AmountForm::Decimal, _) => decimal,
        (AmountForm::TwoDecimals, None) => format!("{decimal}.00"),
        (AmountForm::TwoDecimals, Some((whole, fraction))) => {
            // Three decimals lose a zero only; more than that is refused before.
            format!("{whole}.{}", fraction.get(..2).unwrap_or(fraction))
        }
    }
}

/// Whether an amount can be written in a form without losing anything.
///
/// # Errors
/// A sentence.
pub(super) fn fits(money: Money, form: AmountForm) -> Result<(), String> {
    let over = money.currency.exponent().saturating_sub(2);
    let unit = 10_i64.checked_pow(over).unwrap_or(1);
    if form == AmountForm::TwoDecimals && money.minor % unit != 0 {
        return Err(format!("the house writes two decimals: {money} does not fit"));
    }
    Ok(())
}

/// A currency as the house writes it.
pub(super) fn currency(currency: Currency, form: CurrencyForm) -> String {
    match form {
        CurrencyForm::Alpha => currency.code().to_owned(),
        CurrencyForm::Numeric => format!("{:03}", currency.number()),
    }
}

fn country(code: Option<&str>, form: CountryForm) -> String {
    let code = code.unwrap_or_default();
    match (alpha3(code), form) {
        (None, _) => String::new(),
        (Some(_), CountryForm::Iso2) => code.to_ascii_uppercase(),
        (Some(three), CountryForm::Iso3) => three.to_owned(),
    }
}

/// Our five languages by their codes of ISO 639, which a record translates with `words`.
const fn language(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Fr => "fr",
        Language::De => "de",
        Language::Da => "da",
        Language::Fil => "fil",
    }
}
