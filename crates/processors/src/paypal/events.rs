//! Reading PayPal's messages: which event says what about money.
//!
//! Names follow "Webhook event names" at developer.paypal.com; the shapes are those of Orders
//! v2, Payments v2, Disputes v1 and Subscriptions v1. An event that is not in the table is
//! waited upon.

use base::Money;
use processor::{Decline, Notice, NoticeKind, Rejected};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::dispute;
use super::problem;
use super::subscription;
use super::wire::{self, Amount, Order, Paper};

/// A message, before its resource is read.
#[derive(Deserialize)]
pub(super) struct Event<'a> {
    pub id: String,
    event_type: String,
    #[serde(default)]
    create_time: Option<String>,
    #[serde(borrow)]
    resource: &'a RawValue,
}

/// Reads one message.
pub(super) fn read(body: &[u8]) -> Result<Notice, Rejected> {
    let event: Event = serde_json::from_slice(body)
        .map_err(|_| unreadable("the message is not an event in JSON"))?;
    if wire::id(&event.id).is_none() || event.event_type.len() > 100 {
        return Err(unreadable("the event has no id or no type"));
    }
    let kind = event.event_type.to_ascii_uppercase();
    let parts: Vec<&str> = kind.split('.').collect();
    let mut notice = match parts.as_slice() {
        ["CHECKOUT", "ORDER", word] => order(&event, word)?,
        ["CHECKOUT", "PAYMENT-APPROVAL", "REVERSED"] => approval_reversed(&event)?,
        ["PAYMENT", "AUTHORIZATION", word] => authorization(&event, word)?,
        ["PAYMENT", "CAPTURE", word] => capture(&event, word)?,
        ["PAYMENT", "REFUND", word] => refund(&event, word)?,
        ["PAYMENT", "SALE", "COMPLETED"] => subscription::sale(&event)?,
        ["CUSTOMER", "DISPUTE", _] => dispute::read(event.resource.get(), &event.id)?,
        ["BILLING", "SUBSCRIPTION", word @ ..] => subscription::changed(&event, &word.join("."))?,
        ["VAULT", "PAYMENT-TOKEN", "CREATED"] => vaulted(&event)?,
        _ => waiting(&event),
    };
    let said = format!("{} {}", kind.to_ascii_lowercase(), notice.words);
    notice.words = shown(said.trim());
    if notice.occurred_at.is_none() {
        notice.occurred_at = wire::time(event.create_time.as_deref());
    }
    Ok(notice)
}

/// What cannot be placed: kept, and waited upon.
pub(super) fn waiting(event: &Event<'_>) -> Notice {
    let mut notice = Notice::new(NoticeKind::Waiting, format!("event:{}", event.id));
    if let Ok(paper) = serde_json::from_str::<Paper>(event.resource.get()) {
        notice.transaction = wire::id(&paper.id).map(str::to_owned);
        notice.reference = wire::reference(paper.custom_id.as_deref());
    }
    notice
}

fn order(event: &Event<'_>, word: &str) -> Result<Notice, Rejected> {
    let order: Order = resource(event)?;
    let Some(id) = wire::id(&order.id).map(str::to_owned) else {
        return Err(unreadable("the order has no id"));
    };
    let [unit] = order.purchase_units.as_slice() else {
        return Ok(Notice { transaction: Some(id), ..waiting(event) });
    };
    let reference = wire::reference(unit.custom_id.as_deref());
    let amount = money(unit.amount.as_ref())?;
    match (word, unit.payments.captures.as_slice(), unit.payments.authorizations.as_slice()) {
        ("APPROVED", [], []) => Ok(Notice {
            reference,
            amount,
            transaction: Some(id.clone()),
            ..Notice::new(NoticeKind::Approved, format!("order:{id}:approved"))
        }),
        // The order's end repeats what its one payment says: the same fact under the same key.
        ("COMPLETED", [paper], []) => {
            let notice = paper_notice(paper, "capture", capture_kind(&paper.status))?;
            Ok(Notice { also: vec![id], reference, ..notice })
        }
        ("COMPLETED", [], [paper]) => {
            let notice = paper_notice(paper, "authorization", held_kind(&paper.status))?;
            Ok(Notice { also: vec![id], reference, ..notice })
        }
        _ => Ok(Notice { reference, transaction: Some(id), ..waiting(event) }),
    }
}

/// An approval that was taken back because nobody captured it in time. It has a shape of its own.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Reversed {
    order_id: String,
    purchase_units: Vec<ReversedUnit>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ReversedUnit {
    custom_id: Option<String>,
    amount: Option<Amount>,
}

fn approval_reversed(event: &Event<'_>) -> Result<Notice, Rejected> {
    let reversed: Reversed = resource(event)?;
    let Some(id) = wire::id(&reversed.order_id) else {
        return Err(unreadable("the reversed approval names no order"));
    };
    let unit = reversed.purchase_units.first();
    Ok(Notice {
        transaction: Some(id.to_owned()),
        reference: wire::reference(unit.and_then(|unit| unit.custom_id.as_deref())),
        amount: money(unit.and_then(|unit| unit.amount.as_ref()))?,
        decline: Some(problem::decline("PAYMENT-APPROVAL.REVERSED")),
        ..Notice::new(NoticeKind::Declined, format!("order:{id}:approval reversed"))
    })
}

fn authorization(event: &Event<'_>, word: &str) -> Result<Notice, Rejected> {
    let paper: Paper = resource(event)?;
    let kind = match (word, paper.status.as_str()) {
        ("CREATED", status) => held_kind(status),
        ("VOIDED", "VOIDED") => NoticeKind::Voided,
        _ => return Ok(waiting(event)),
    };
    paper_notice(&paper, "authorization", kind)
}

/// The word of the event and the status of the capture must agree, or it is waited upon.
fn capture(event: &Event<'_>, word: &str) -> Result<Notice, Rejected> {
    let paper: Paper = resource(event)?;
    match (word, paper.status.as_str()) {
        ("COMPLETED", "COMPLETED" | "PARTIALLY_REFUNDED" | "REFUNDED") => {
            paper_notice(&paper, "capture", NoticeKind::Paid)
        }
        ("PENDING", "PENDING") => paper_notice(&paper, "capture", NoticeKind::Waiting),
        ("DECLINED" | "DENIED", "DECLINED" | "DENIED" | "FAILED") => {
            paper_notice(&paper, "capture", NoticeKind::Declined)
        }
        ("REFUNDED", _) => refund(event, "REFUNDED"),
        ("REVERSED", "COMPLETED" | "REVERSED" | "") => {
            let notice = paper_notice(&paper, "reversal", NoticeKind::ChargedBack)?;
            let Some(capture) = paper.above().map(str::to_owned) else {
                return Err(unreadable("the reversal does not say what it takes back"));
            };
            let dedupe = dispute::taken_back(&capture, notice.amount);
            Ok(Notice { parent: Some(capture), dedupe, ..notice })
        }
        _ => Ok(waiting(event)),
    }
}

/// A refund names its capture in the link upwards, and nowhere else.
fn refund(event: &Event<'_>, word: &str) -> Result<Notice, Rejected> {
    let paper: Paper = resource(event)?;
    let kind = match (word, paper.status.as_str()) {
        ("REFUNDED" | "COMPLETED", "COMPLETED") => NoticeKind::Refunded,
        ("FAILED", "FAILED") | ("CANCELLED", "CANCELLED") => NoticeKind::RefundFailed,
        _ => NoticeKind::Waiting,
    };
    let notice = paper_notice(&paper, "refund", kind)?;
    let above = paper.above().map(str::to_owned).or(paper.related().capture_id);
    if kind == NoticeKind::Refunded && above.is_none() {
        return Err(unreadable("the refund does not say what it gives back"));
    }
    Ok(Notice { parent: above, ..notice })
}

/// A customer's account or card came into the vault.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Vaulted {
    id: String,
    metadata: VaultedFor,
    payment_source: VaultedSource,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct VaultedFor {
    order_id: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct VaultedSource {
    paypal: Option<serde::de::IgnoredAny>,
    card: Option<serde::de::IgnoredAny>,
}

fn vaulted(event: &Event<'_>) -> Result<Notice, Rejected> {
    let read: Vaulted = resource(event)?;
    let source = &read.payment_source;
    let kind = match (source.paypal.is_some(), source.card.is_some()) {
        (true, _) => "paypal",
        (_, true) => "card",
        _ => return Ok(waiting(event)),
    };
    let Some(id) = wire::id(&read.id) else { return Ok(waiting(event)) };
    let order = read.metadata.order_id.as_deref().and_then(wire::id);
    Ok(Notice {
        transaction: order.map(str::to_owned),
        stored: Some(format!("{kind}:{id}")),
        ..Notice::new(NoticeKind::Ignored, format!("vault:{id}"))
    })
}

/// What an authorisation, a capture or a refund tells. What moves money must say how much.
fn paper_notice(paper: &Paper, noun: &str, kind: NoticeKind) -> Result<Notice, Rejected> {
    use NoticeKind::{Authorized, ChargedBack, Declined, Paid, Refunded};
    let Some(id) = wire::id(&paper.id).map(str::to_owned) else {
        return Err(unreadable("the payment has no id"));
    };
    let amount = money(paper.amount.as_ref())?;
    if amount.is_none() && matches!(kind, Paid | Authorized | Refunded | ChargedBack) {
        return Err(unreadable("there is no amount"));
    }
    let related = paper.related();
    let ids = [related.order_id.as_deref(), related.authorization_id.as_deref()];
    let also = ids.into_iter().flatten().filter_map(wire::id).map(str::to_owned);
    let mut word = paper.status.to_ascii_lowercase();
    if kind == Paid {
        // A capture that was refunded since was completed once, and only once.
        "completed".clone_into(&mut word);
    }
    let decline: Option<Decline> = (kind == Declined).then(|| problem::decline(paper.reason()));
    Ok(Notice {
        transaction: Some(id.clone()),
        reference: wire::reference(paper.custom_id.as_deref()),
        amount,
        decline,
        also: also.collect(),
        occurred_at: wire::time(paper.update_time.as_deref().or(paper.create_time.as_deref())),
        words: paper.status.to_ascii_lowercase(),
        ..Notice::new(kind, format!("{noun}:{id}:{}", shown(&word)))
    })
}

fn capture_kind(status: &str) -> NoticeKind {
    match status {
        "COMPLETED" => NoticeKind::Paid,
        "DECLINED" | "FAILED" => NoticeKind::Declined,
        _ => NoticeKind::Waiting,
    }
}

fn held_kind(status: &str) -> NoticeKind {
    match status {
        "CREATED" => NoticeKind::Authorized,
        "DENIED" => NoticeKind::Declined,
        _ => NoticeKind::Waiting,
    }
}

/// An amount, positive or unreadable.
pub(super) fn money(amount: Option<&Amount>) -> Result<Option<Money>, Rejected> {
    match amount.map(Amount::money).transpose() {
        Ok(Some(money)) if money.minor < 0 => Err(unreadable("the amount is negative")),
        Ok(money) => Ok(money),
        Err(why) => Err(unreadable(&why)),
    }
}

pub(super) fn resource<T: serde::de::DeserializeOwned>(event: &Event<'_>) -> Result<T, Rejected> {
    serde_json::from_str(event.resource.get())
        .map_err(|_| unreadable("the event's resource is not of the form its type has"))
}

/// Words of theirs for people who debug: short, and no number as long as a card's.
fn shown(words: &str) -> String {
    if words.bytes().filter(u8::is_ascii_digit).count() > 12 {
        return "number".to_owned();
    }
    let plain = |letter: char| {
        if letter.is_ascii_alphanumeric() || matches!(letter, '.' | ' ' | '_') {
            letter
        } else {
            '-'
        }
    };
    words.chars().take(100).map(plain).collect()
}

pub(super) fn unreadable(why: &str) -> Rejected {
    Rejected::Unreadable(why.to_owned())
}
