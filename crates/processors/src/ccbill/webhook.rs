//! Reading CCBill's webhooks: names follow the event pages of its "Webhooks User Guide".
//!
//! Every event names two amounts: what the customer was billed, and what CCBill accounts for. Ours
//! is the first. Subscription ids are texts: they begin with zeros.

use base::{Currency, Money};
use processor::{Card, Notice, NoticeKind, RawNotice, Rejected};

use super::config::Sound;
use super::{body, digest, words};
use crate::wire::{Fields, decimal};

/// Reads one webhook.
pub(super) fn read(config: &Sound, raw: &RawNotice) -> Result<Notice, Rejected> {
    let no = |why: &str| Rejected::Unreadable(why.to_owned());
    let fields = body::fields(raw)?;
    let event = fields.word("eventtype");
    if event.is_empty() || event.len() > 64 {
        return Err(no("there is no eventType"));
    }
    if fields.get("clientaccnum").is_some_and(|account| account != config.account) {
        return Err(no("it is about another account"));
    }
    digest::check(&config.salt, &fields)?;
    let kind = words::event(&event);
    let (subscription, transaction) =
        (id(&fields, "subscriptionid")?, id(&fields, "transactionid")?);
    let mut notice = Notice {
        reference: reference(&fields, &config.reference_field),
        amount: amount(&fields, kind)?,
        occurred_at: fields.get("timestamp").and_then(words::time),
        card: card(&fields),
        words: said(&event, &fields),
        subscription: subscription.clone(),
        ..Notice::new(kind, String::new())
    };
    match kind {
        NoticeKind::Paid => paid(&mut notice, config, subscription, transaction)?,
        NoticeKind::Declined | NoticeKind::RebillDeclined => {
            notice.decline = Some(words::decline(
                fields.get("failurecode").unwrap_or("no"),
                fields.get("failurereason").unwrap_or_default(),
            ));
            notice.dedupe = key(&event, &fields);
            notice.transaction = transaction;
        }
        NoticeKind::RebillPaid => {
            let id = transaction.ok_or(no("there is no transactionId"))?;
            notice.dedupe = format!("rebill:{id}");
            notice.transaction = Some(id);
        }
        NoticeKind::Refunded | NoticeKind::ChargedBack | NoticeKind::Voided => {
            let time = words::digits(fields.get("timestamp").unwrap_or_default());
            let id = subscription.as_deref().or(transaction.as_deref()).unwrap_or_default();
            if id.is_empty() {
                return Err(no("there is no id"));
            }
            let minor = notice.amount.map_or(0, |amount| amount.minor);
            notice.dedupe = format!("{event}:{id}:{time}:{minor}");
            // Whether this names the payment or its undoing is not said: if it is not known, the
            // subscription is as good a name of the payment.
            notice.parent = transaction;
            notice.also.extend(subscription.clone());
        }
        _ => {
            notice.dedupe = key(&event, &fields);
            notice.transaction = transaction;
        }
    }
    Ok(notice)
}

/// What was paid: what is given back, ended and charged again is the subscription, of one payment
/// too.
fn paid(
    notice: &mut Notice,
    config: &Sound,
    subscription: Option<String>,
    transaction: Option<String>,
) -> Result<(), Rejected> {
    let id = subscription.clone().or(transaction.clone());
    let id = id.ok_or(Rejected::Unreadable("there is no id".to_owned()))?;
    notice.dedupe = format!("paid:{id}");
    notice.also = also(&id, transaction.as_deref());
    notice.stored = subscription.filter(|_| config.again_at.is_some());
    notice.transaction = Some(id);
    Ok(())
}

/// What makes an event recognisable that has no number of its own.
fn key(event: &str, fields: &Fields) -> String {
    let id = |name| fields.get(name).map(|text| text.chars().take(40).collect::<String>());
    let ids = [id("subscriptionid"), id("transactionid")].map(Option::unwrap_or_default);
    let time = words::digits(fields.get("timestamp").unwrap_or_default());
    format!("{}:{}:{}:{time}", words::shown(event), ids[0], ids[1])
}

/// Other forms of the ids by which a payment may be known.
fn also(id: &str, transaction: Option<&str>) -> Vec<String> {
    let bare = id.trim_start_matches('0');
    let bare = Some(bare).filter(|bare| !bare.is_empty() && *bare != id);
    let mut also: Vec<String> = transaction
        .into_iter()
        .chain(bare)
        .filter(|other| *other != id)
        .map(str::to_owned)
        .collect();
    also.dedup();
    also
}

/// What the customer was billed, always positive. What moves money must say how much.
fn amount(fields: &Fields, kind: NoticeKind) -> Result<Option<Money>, Rejected> {
    use NoticeKind::{ChargedBack, Declined, Paid, RebillDeclined, RebillPaid, Refunded, Voided};
    let no = |why: &str| Rejected::Unreadable(why.to_owned());
    let (name, currency, number) = match kind {
        Paid | Declined => ("billedinitialprice", "billedcurrency", "billedcurrencycode"),
        RebillPaid | RebillDeclined => ("billedamount", "billedcurrency", "billedcurrencycode"),
        Refunded | ChargedBack | Voided => ("amount", "currency", "currencycode"),
        _ => return Ok(None),
    };
    let moves = matches!(kind, Paid | RebillPaid | Refunded | ChargedBack);
    let currency = self::currency(fields.get(currency), fields.get(number));
    let (Some(text), Some(currency)) = (fields.get(name), currency) else {
        let why = "the billed amount or its currency is missing";
        return if moves { Err(no(why)) } else { Ok(None) };
    };
    let gives_back = matches!(kind, Refunded | ChargedBack | Voided);
    let text = if gives_back { text.strip_prefix('-').unwrap_or(text) } else { text };
    match decimal::money(text, currency.code()) {
        Ok(money) if money.minor >= 0 => Ok(Some(money)),
        Ok(_) => Err(no("the amount is negative")),
        Err(why) if moves => Err(Rejected::Unreadable(why)),
        Err(_) => Ok(None),
    }
}

/// A currency by its letters and its number; if both are there they must agree.
fn currency(letters: Option<&str>, number: Option<&str>) -> Option<Currency> {
    let letters = letters.map(|text| text.to_ascii_uppercase().parse::<Currency>().ok());
    let number = number.map(|text| Currency::from_number(text.parse().ok()?));
    match (letters, number) {
        (Some(one), Some(other)) => one.filter(|_| one == other),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => None,
    }
}

fn id(fields: &Fields, name: &str) -> Result<Option<String>, Rejected> {
    match fields.get(name) {
        None | Some("0") => Ok(None),
        Some(text) if words::is_id(text) => Ok(Some(text.to_owned())),
        Some(_) => Err(Rejected::Unreadable(format!("{name} is no id"))),
    }
}

/// Our own field, which comes back with `X-` before its name. We only ever send small letters.
fn reference(fields: &Fields, name: &str) -> Option<String> {
    let value = fields.get(&format!("x-{}", name.to_ascii_lowercase()))?.to_ascii_lowercase();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (value.len() <= 32 && value.bytes().all(plain)).then_some(value)
}

/// Brand and last four digits. The first six are never kept.
fn card(fields: &Fields) -> Option<Card> {
    let four = |text: &&str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let letters = |text: &&str| {
        text.len() <= 20 && text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ')
    };
    let brand = fields.get("cardtype").filter(letters).map(str::to_owned);
    let last4 = fields.get("last4").filter(four).map(str::to_owned);
    (brand.is_some() || last4.is_some()).then_some(Card { brand, last4 })
}

fn said(event: &str, fields: &Fields) -> String {
    let mut said = words::shown(event);
    if event == "return" {
        said.push_str(": the bank sent the money back");
    }
    for name in ["failurecode", "reason", "source"] {
        if let Some(word) = fields.get(name) {
            said.push(' ');
            said.push_str(&words::shown(word));
        }
    }
    said
}
