//! What CentroBill says about a payment, in a notification or in an answer: the same JSON object.
//!
//! Ids come as texts or as numbers and amounts as numbers, so every value is taken as it stands in
//! the text and read from there.

use base::{Money, Timestamp};
use processor::Card;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::config::plain;
use super::request::REFERENCE;
use crate::wire::decimal;

/// The longest word or sentence that is kept.
const WORD: usize = 64;

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow)]
    payment: Payment<'a>,
    #[serde(borrow, default)]
    subscription: Option<&'a RawValue>,
    #[serde(borrow, default)]
    metadata: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Payment<'a> {
    #[serde(borrow, default)]
    code: Option<&'a RawValue>,
    #[serde(borrow, default)]
    description: Option<&'a RawValue>,
    #[serde(borrow, default)]
    action: Option<&'a RawValue>,
    #[serde(borrow, default)]
    mode: Option<&'a RawValue>,
    #[serde(borrow, default)]
    status: Option<&'a RawValue>,
    #[serde(borrow, default)]
    amount: Option<&'a RawValue>,
    #[serde(borrow, default)]
    currency: Option<&'a RawValue>,
    #[serde(borrow, default)]
    order_id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    transaction_id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    parent_transaction_id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    url: Option<&'a RawValue>,
    #[serde(borrow, default)]
    source: Option<&'a RawValue>,
    #[serde(borrow, default)]
    timestamp: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Source {
    #[serde(default)]
    method: Option<String>,
    #[serde(default)]
    number: Option<String>,
    #[serde(default)]
    brand: Option<String>,
    #[serde(default)]
    payment_account_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stamp {
    unix_time: i64,
}

#[derive(Deserialize)]
struct Subscription<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(default)]
    cycle: Option<u32>,
}

/// A payment as CentroBill tells it. Words are in lower case.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub code: Option<String>,
    pub description: Option<String>,
    pub action: String,
    pub mode: String,
    pub status: String,
    /// The status letter by letter, as the signature covers it.
    pub status_as_sent: String,
    pub amount: Option<String>,
    pub currency: Option<String>,
    pub order: Option<String>,
    pub transaction: Option<String>,
    pub parent: Option<String>,
    pub subscription: Option<String>,
    /// Which charge of its subscription this is.
    pub cycle: Option<u32>,
    pub url: Option<String>,
    pub method: Option<String>,
    pub card: Option<Card>,
    pub stored: Option<String>,
    pub reference: Option<String>,
    pub at: Option<Timestamp>,
}

impl Said {
    /// The amount, never negative; none if it says none.
    pub fn money(&self) -> Result<Option<Money>, String> {
        let (Some(amount), Some(currency)) = (&self.amount, &self.currency) else {
            return Ok(None);
        };
        // What goes back is told with or without a minus.
        let gives_back = matches!(self.action.as_str(), "credit" | "chargeback");
        let amount = if gives_back { amount.strip_prefix('-').unwrap_or(amount) } else { amount };
        match decimal::money(amount, currency)? {
            money if money.minor < 0 => Err("the amount is negative".to_owned()),
            money => Ok(Some(money)),
        }
    }

    /// CentroBill's words, for people who debug.
    pub fn words(&self) -> String {
        let words = [&self.action, &self.mode, &self.status];
        let shown = words.map(|word| shown(word));
        shown.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// Reads an answer or a notification.
pub(super) fn of_reply(body: &[u8]) -> Result<Said, String> {
    let message: Message<'_> = serde_json::from_slice(body)
        .map_err(|error| format!("CentroBill's message is not the expected JSON: {error}"))?;
    let payment = message.payment;
    let subscription = message
        .subscription
        .and_then(|raw| serde_json::from_str::<Subscription<'_>>(raw.get()).ok());
    let source: Source = payment.source.and_then(read).unwrap_or_default();
    let status = word("status", payment.status)?;
    Ok(Said {
        code: text(payment.code),
        description: text(payment.description).map(|text| text.chars().take(WORD).collect()),
        action: word("action", payment.action)?.to_ascii_lowercase(),
        mode: word("mode", payment.mode)?.to_ascii_lowercase(),
        status: status.to_ascii_lowercase(),
        status_as_sent: status,
        amount: text(payment.amount),
        currency: text(payment.currency),
        order: id("orderId", payment.order_id)?,
        transaction: id("transactionId", payment.transaction_id)?,
        parent: id("parentTransactionId", payment.parent_transaction_id)?,
        subscription: id("subscription.id", subscription.as_ref().and_then(|one| one.id))?,
        cycle: subscription.and_then(|one| one.cycle),
        url: text(payment.url),
        method: source.method.map(|method| method.to_ascii_lowercase()),
        card: card(source.brand.as_deref(), source.number.as_deref()),
        stored: source.payment_account_id.filter(|id| plain(id)),
        reference: message.metadata.and_then(reference),
        at: payment
            .timestamp
            .and_then(read)
            .and_then(|stamp: Stamp| Timestamp::from_second(stamp.unix_time).ok()),
    })
}

/// A word of theirs: a short text, empty if there is none.
fn word(name: &str, raw: Option<&RawValue>) -> Result<String, String> {
    let word = text(raw).unwrap_or_default().trim().to_owned();
    if word.len() > WORD { Err(format!("{name} is too long")) } else { Ok(word) }
}

/// An id, which may come as a number: none if it is empty or zero.
fn id(name: &str, raw: Option<&RawValue>) -> Result<Option<String>, String> {
    match text(raw).filter(|id| !id.is_empty() && id != "0") {
        Some(id) if plain(&id) => Ok(Some(id)),
        Some(_) => Err(format!("{name} is no id")),
        None => Ok(None),
    }
}

/// A text or a number as text, digit by digit; nothing else.
fn text(raw: Option<&RawValue>) -> Option<String> {
    let raw = raw?.get().trim();
    match raw.as_bytes().first()? {
        b'"' => serde_json::from_str(raw).ok(),
        b'-' | b'0'..=b'9' => Some(raw.to_owned()),
        _ => None,
    }
}

fn read<T: for<'de> Deserialize<'de>>(raw: &RawValue) -> Option<T> {
    serde_json::from_str(raw.get()).ok()
}

/// Our own reference in the metadata, which is an empty list where there is none.
fn reference(raw: &RawValue) -> Option<String> {
    let metadata: serde_json::Map<String, serde_json::Value> = read(raw)?;
    let value = metadata.get(REFERENCE)?.as_str()?.trim().to_ascii_lowercase();
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    ((1..=64).contains(&value.len()) && value.bytes().all(fine)).then_some(value)
}

/// Brand and last four digits. The first six are never kept.
fn card(brand: Option<&str>, number: Option<&str>) -> Option<Card> {
    let last4 =
        number.and_then(|number| number.len().checked_sub(4).and_then(|at| number.get(at..)));
    let last4 = last4.filter(|four| four.bytes().all(|byte| byte.is_ascii_digit()));
    let letters = |text: &&str| {
        (1..=20).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
    };
    let (brand, last4) = (brand.filter(letters).map(str::to_owned), last4.map(str::to_owned));
    (brand.is_some() || last4.is_some()).then_some(Card { brand, last4 })
}

/// A word for people: short, nothing but letters, digits and dashes, no number as long as a card's.
fn shown(word: &str) -> String {
    if word.bytes().filter(u8::is_ascii_digit).count() > 12 {
        return "number".to_owned();
    }
    let plain = |letter: char| match letter {
        '_' => '_',
        letter if letter.is_ascii_alphanumeric() => letter,
        _ => '-',
    };
    word.chars().take(24).map(plain).collect()
}
