//! Reading NMI's events. Names follow "Webhooks" of NMI's integration pages and their examples.
//!
//! A chargeback names no transaction there, only a card's last digits, an amount and a date: it is
//! told as it is, and a person finds the payment.

use processor::{Card, Notice, NoticeKind, RawNotice, Rejected};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::config::Sound;
use super::gateway::is_id;
use super::{declines, query};
use crate::wire::decimal;

/// The largest body that is read.
const SIZE: usize = 512 * 1024;
/// The most chargebacks of one message.
const CHARGEBACKS: usize = 1000;

/// Events that tell nothing about a payment.
const IGNORED: &[&str] = &[
    "acu.summary.",
    "recurring.plan.",
    "settlement.batch.complete",
    "transaction.check.status.settle",
];

/// A text or a number, digit by digit as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Word(String);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
        let raw = Box::<RawValue>::deserialize(from)?;
        let text = raw.get();
        match text.as_bytes().first() {
            Some(b'"') => serde_json::from_str(text).map(Word).map_err(serde::de::Error::custom),
            Some(b'0'..=b'9' | b'-') => Ok(Word(text.to_owned())),
            Some(b'n') => Ok(Word::default()),
            _ => Err(serde::de::Error::custom("a text or a number was expected")),
        }
    }
}

#[derive(Deserialize)]
struct Event {
    event_id: Word,
    event_type: String,
    event_body: Body,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Body {
    features: Features,
    transaction_id: Word,
    original_transaction_id: Word,
    order_id: Word,
    currency: Word,
    customer_vault_id: Word,
    card: CardWords,
    action: Action,
    chargebacks: Vec<Chargeback>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Features {
    is_test_mode: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct CardWords {
    cc_number: Word,
    cc_type: Word,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Action {
    amount: Word,
    date: Word,
    response_code: Word,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Chargeback {
    id: Word,
    date: Word,
    cc_number: Word,
    amount: Word,
}

/// Reads one message.
pub(super) fn read(config: &Sound, raw: &RawNotice) -> Result<Vec<Notice>, Rejected> {
    if raw.body.len() > SIZE {
        return Err(Rejected::Unreadable("more than 512 KiB".to_owned()));
    }
    let event: Event = serde_json::from_slice(&raw.body)
        .map_err(|error| Rejected::Unreadable(format!("it is no event: {error}")))?;
    if !is_id(&event.event_id.0) {
        return Err(Rejected::Unreadable("there is no event_id".to_owned()));
    }
    if event.event_body.features.is_test_mode == Some(true) && !config.test_mode {
        let why = "it is about a test transaction and test_mode is off";
        return Err(Rejected::Unreadable(why.to_owned()));
    }
    if event.event_type == "chargeback.batch.complete" {
        return chargebacks(config, &event).map_err(Rejected::Unreadable);
    }
    transaction(config, &event).map(|notice| vec![notice]).map_err(Rejected::Unreadable)
}

/// What a word tells.
fn kind(word: &str) -> NoticeKind {
    match word {
        "transaction.sale.success" | "transaction.capture.success" => NoticeKind::Paid,
        "transaction.auth.success" => NoticeKind::Authorized,
        "transaction.sale.failure" | "transaction.auth.failure" => NoticeKind::Declined,
        "transaction.void.success" => NoticeKind::Voided,
        "transaction.refund.success" | "transaction.credit.success" => NoticeKind::Refunded,
        "transaction.refund.failure" | "transaction.credit.failure" => NoticeKind::RefundFailed,
        // What was held or taken stands as it was.
        "transaction.capture.failure" | "transaction.void.failure" => NoticeKind::Ignored,
        // A bank returned a debit from an account after it was taken.
        "transaction.check.status.return" | "transaction.check.status.latereturn" => {
            NoticeKind::ChargedBack
        }
        word if IGNORED.iter().any(|prefix| word.starts_with(prefix)) => NoticeKind::Ignored,
        _ => NoticeKind::Waiting,
    }
}

fn transaction(config: &Sound, event: &Event) -> Result<Notice, String> {
    let body = &event.event_body;
    let kind = kind(&event.event_type);
    let mut notice = Notice::new(kind, event.event_id.0.clone());
    notice.words = shown(&event.event_type);
    notice.reference = some_id(&body.order_id);
    notice.transaction = some_id(&body.transaction_id);
    notice.parent = some_id(&body.original_transaction_id);
    notice.occurred_at = query::time(&body.action.date.0);
    notice.card = card(&body.card.cc_number, &body.card.cc_type);
    if kind == NoticeKind::ChargedBack {
        // The return has the id of the payment that it takes back.
        notice.parent = notice.parent.or_else(|| notice.transaction.clone());
    }
    if kind == NoticeKind::Declined {
        notice.decline = Some(declines::of(&body.action.response_code.0));
    }
    let moves = matches!(
        kind,
        NoticeKind::Paid | NoticeKind::Authorized | NoticeKind::Refunded | NoticeKind::ChargedBack
    );
    if moves && notice.transaction.is_none() {
        return Err("there is no transaction_id".to_owned());
    }
    notice.amount = match amount(config, &body.currency, &body.action.amount) {
        Ok(amount) => Some(amount),
        Err(why) if moves => return Err(why),
        Err(_) => None,
    };
    if matches!(kind, NoticeKind::Paid | NoticeKind::Authorized) && config.keep_cards {
        let vault = some_id(&body.customer_vault_id).zip(notice.transaction.clone());
        notice.stored = vault.map(|(vault, first)| format!("{vault}:{first}"));
    }
    Ok(notice)
}

/// One notice for each chargeback of a batch.
fn chargebacks(config: &Sound, event: &Event) -> Result<Vec<Notice>, String> {
    let all = &event.event_body.chargebacks;
    if all.is_empty() || all.len() > CHARGEBACKS {
        return Err(format!("there are {} chargebacks in it", all.len()));
    }
    let told = |(nth, one): (usize, &Chargeback)| {
        let key = format!("{}:{}", event.event_id.0, nth + 1);
        let mut notice = Notice::new(NoticeKind::ChargedBack, key);
        notice.words = format!("{} names-no-transaction", shown(&event.event_type));
        notice.transaction = some_id(&one.id);
        notice.occurred_at = query::time(&one.date.0);
        notice.card = card(&one.cc_number, &Word::default());
        notice.amount = amount(config, &event.event_body.currency, &one.amount).ok();
        if notice.amount.is_none() {
            // Without a currency it is not known how much; somebody must look.
            notice.kind = NoticeKind::Waiting;
        }
        notice
    };
    Ok(all.iter().enumerate().map(told).collect())
}

/// The amount, always positive: what goes back may be told with a minus.
fn amount(config: &Sound, currency: &Word, amount: &Word) -> Result<base::Money, String> {
    let currency = config.currency(&currency.0).ok_or("there is no currency")?;
    let text = amount.0.strip_prefix('-').unwrap_or(&amount.0);
    let money = decimal::money(text, currency)?;
    if money.is_positive() { Ok(money) } else { Err("the amount is not above zero".to_owned()) }
}

fn some_id(word: &Word) -> Option<String> {
    is_id(&word.0).then(|| word.0.clone())
}

/// The last four digits of a masked number, and the brand.
fn card(number: &Word, brand: &Word) -> Option<Card> {
    let last = number.0.len().checked_sub(4).and_then(|start| number.0.get(start..));
    let last4 = last.filter(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    let letters = |text: &&str| {
        (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let brand = Some(brand.0.as_str()).filter(letters);
    (last4.is_some() || brand.is_some())
        .then(|| Card { brand: brand.map(str::to_owned), last4: last4.map(str::to_owned) })
}

/// A word of theirs for people who debug: short, plain, and no number as long as a card's.
fn shown(word: &str) -> String {
    if word.bytes().filter(u8::is_ascii_digit).count() > 12 {
        return "number".to_owned();
    }
    let plain = |letter: char| {
        if letter.is_ascii_alphanumeric() || "._-".contains(letter) { letter } else { '-' }
    };
    word.chars().take(60).map(plain).collect()
}
