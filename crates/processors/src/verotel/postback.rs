//! Reading Verotel's postbacks: GETs of which everything is signed.
//!
//! Events and fields follow Verotel's clients and pipisco/laravel-verotel-flexpay. A purchase has
//! no event. An event word can be new: it is stored and waited upon, and answered OK once it is
//! stored.

use base::Money;
use processor::{Card, Notice, NoticeKind, RawNotice, Rejected};

use super::config::Sound;
use super::signature;
use crate::wire::{Fields, decimal};

/// Reads one postback.
pub(super) fn read(config: &Sound, raw: &RawNotice) -> Result<Notice, Rejected> {
    signature::check(config, raw)?;
    let no = |why: &str| Rejected::Unreadable(why.to_owned());
    let fields = Fields::read(raw)?;
    if fields.get("shopid").is_some_and(|shop| shop != config.shop) {
        return Err(no("it is about another shop"));
    }
    let (about, event) = (fields.word("type"), fields.word("event"));
    let sale = fields.id("saleid")?.ok_or(no("there is no saleID"))?;
    let transaction = fields.id("transactionid")?;
    let amount = amount(&fields);
    let kind = kind(&about, &event, amount.as_ref().ok().copied().flatten());
    let moves = matches!(
        kind,
        NoticeKind::Paid | NoticeKind::RebillPaid | NoticeKind::Refunded | NoticeKind::ChargedBack
    );
    let amount = match amount {
        Ok(None) if moves => return Err(no("there is no amount or no currency")),
        Err(why) if moves => return Err(Rejected::Unreadable(why)),
        Ok(amount) => amount,
        Err(_) => None,
    };
    let mut notice = Notice {
        reference: reference(&fields),
        parent: fields.id("parentid")?,
        subscription: Some(sale.clone()),
        amount,
        card: card(&fields),
        words: said(&about, &event, &fields),
        ..Notice::new(kind, String::new())
    };
    match kind {
        NoticeKind::Paid => {
            // The sale's id is what is looked up and ended; the transaction's is another name.
            notice.also = transaction.into_iter().filter(|id| *id != sale).collect();
            notice.dedupe = format!("paid:{sale}");
            notice.transaction = Some(sale);
        }
        NoticeKind::RebillPaid | NoticeKind::Refunded | NoticeKind::ChargedBack => {
            let id = transaction.ok_or(no("there is no transactionID"))?;
            notice.dedupe = format!("{event}:{id}");
            notice.transaction = Some(id);
        }
        _ => {
            notice.dedupe = key(&about, &event, &sale, transaction.as_deref(), &fields);
            notice.transaction = transaction;
        }
    }
    Ok(notice)
}

/// What an event tells. An upgrade takes money for a new sale if it names any; an extension and a
/// downgrade take none, and if they name some, a person looks.
fn kind(about: &str, event: &str, amount: Option<Money>) -> NoticeKind {
    let positive = amount.is_some_and(Money::is_positive);
    match (about, event) {
        ("purchase", "") | ("subscription", "initial") => NoticeKind::Paid,
        ("subscription", "rebill") => NoticeKind::RebillPaid,
        ("subscription", "upgrade") if positive => NoticeKind::Paid,
        ("subscription", "cancel") => NoticeKind::Cancelled,
        ("subscription", "uncancel") => NoticeKind::Reactivated,
        ("subscription", "expiry") => NoticeKind::Expired,
        ("subscription", "extend" | "downgrade") if !positive => NoticeKind::Ignored,
        ("purchase" | "subscription", "credit") => NoticeKind::Refunded,
        ("purchase" | "subscription", "chargeback") => NoticeKind::ChargedBack,
        _ => NoticeKind::Waiting,
    }
}

/// What makes an event recognisable that moves no money: it has no number of its own.
fn key(about: &str, event: &str, sale: &str, transaction: Option<&str>, fields: &Fields) -> String {
    let dates = ["nextchargeon", "expireson", "cancelledby", "uncancelledby"];
    let dates = dates.map(|name| shown(fields.get(name).unwrap_or_default())).join(":");
    let transaction = transaction.unwrap_or_default();
    format!("{}:{}:{sale}:{transaction}:{dates}", shown(about), shown(event))
}

/// How much, always positive. By event it is `amount`, a trial's price, or `priceAmount`.
fn amount(fields: &Fields) -> Result<Option<Money>, String> {
    let priced_in = fields.get("pricecurrency");
    let begins = fields.word("event") == "initial";
    let told = fields
        .get("amount")
        .zip(fields.get("currency").or(priced_in))
        .or_else(|| fields.get("trialamount").filter(|_| begins).zip(priced_in))
        .or_else(|| fields.get("priceamount").zip(priced_in));
    let Some((text, currency)) = told else { return Ok(None) };
    let gives_back = matches!(fields.word("event").as_str(), "credit" | "chargeback");
    let text = text.strip_prefix('-').filter(|_| gives_back).unwrap_or(text);
    let money = decimal::money(text, currency)?;
    if money.minor < 0 { Err("the amount is negative".to_owned()) } else { Ok(Some(money)) }
}

/// Our reference, as we sent it: small letters.
fn reference(fields: &Fields) -> Option<String> {
    let value = fields.get("referenceid")?.to_ascii_lowercase();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (value.len() <= 32 && value.bytes().all(plain)).then_some(value)
}

/// Brand and last four digits of a number that is mostly covered.
fn card(fields: &Fields) -> Option<Card> {
    let letters = |text: &&str| {
        text.len() <= 20 && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
    };
    let brand = fields.get("ccbrand").filter(letters).map(str::to_owned);
    let last4 = fields.get("truncatedpan").and_then(|pan| {
        let last = pan.get(pan.len().checked_sub(4)?..)?;
        last.bytes().all(|byte| byte.is_ascii_digit()).then(|| last.to_owned())
    });
    (brand.is_some() || last4.is_some()).then_some(Card { brand, last4 })
}

fn said(about: &str, event: &str, fields: &Fields) -> String {
    let more = ["subscriptionphase", "cancelledby", "uncancelledby"];
    let more = more.map(|name| shown(fields.get(name).unwrap_or_default()));
    let all = [shown(about), shown(event)].into_iter().chain(more);
    all.filter(|word| !word.is_empty()).collect::<Vec<String>>().join(" ")
}

/// A word of theirs for people who debug: short, nothing but letters, digits and dashes, and no
/// number as long as a card's.
pub(super) fn shown(word: &str) -> String {
    if word.bytes().filter(u8::is_ascii_digit).count() > 12 {
        return "number".to_owned();
    }
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    word.trim().chars().take(24).map(plain).collect()
}
