//! What events tell about subscriptions: bills that were paid or not, and how one ends.

use processor::{Notice, NoticeKind};

use super::objects::{Invoice, Subscription};
use super::postback::Event;
use super::{declines, money, objects};

/// What an event of a bill tells.
pub(super) fn invoice(event: &Event, invoice: &Invoice) -> Result<Notice, String> {
    let reason = invoice.billing_reason.as_deref();
    let words = [reason, invoice.status.as_deref()];
    let (first, following) = match reason {
        Some("subscription_create") => (true, false),
        Some("subscription_cycle" | "subscription_update" | "subscription_threshold") => {
            (false, true)
        }
        _ => (false, false),
    };
    let subscription = invoice.subscription();
    let fact = |kind, dedupe| {
        let intent = objects::id(invoice.payment_intent.as_ref());
        let charge = objects::id(invoice.charge.as_ref());
        let ids = [intent, charge, Some(invoice.id.clone())];
        let mut ids = ids.into_iter().flatten();
        Notice {
            reference: invoice.reference(),
            transaction: ids.next(),
            also: ids.collect(),
            subscription: subscription.clone(),
            ..event.fact(kind, dedupe, &words)
        }
    };
    let nothing = |kind| fact(kind, event.id.clone());
    if subscription.is_none() || invoice.amount_due == Some(0) {
        return Ok(nothing(NoticeKind::Ignored));
    }
    let paid = format!("{}:paid", invoice.id);
    Ok(match (event.kind.as_str(), first, following) {
        ("invoice.payment_failed", true, _) => nothing(NoticeKind::Ignored),
        ("invoice.payment_failed", _, true) => {
            let due = invoice.amount_due.ok_or("the bill has no amount")?;
            let nth = invoice.attempt_count.unwrap_or_default();
            Notice {
                amount: Some(money::positive(due, &invoice.currency)?),
                decline: Some(declines::word("invoice.payment_failed")),
                ..fact(NoticeKind::RebillDeclined, format!("{}:declined:{nth}", invoice.id))
            }
        }
        ("invoice.payment_failed", _, _) => nothing(NoticeKind::Waiting),
        (_, true, _) => Notice { amount: Some(taken(invoice)?), ..fact(NoticeKind::Paid, paid) },
        (_, _, true) => {
            Notice { amount: Some(taken(invoice)?), ..fact(NoticeKind::RebillPaid, paid) }
        }
        _ => nothing(NoticeKind::Waiting),
    })
}

fn taken(invoice: &Invoice) -> Result<base::Money, String> {
    let units = invoice.amount_paid.ok_or("the bill does not say what was paid")?;
    money::positive(units, &invoice.currency)
}

/// What an event of a subscription tells.
pub(super) fn subscription(event: &Event, left: &Subscription) -> Result<Notice, String> {
    let id = &left.id;
    let was_ending = event.before("cancel_at_period_end").and_then(serde_json::Value::as_bool);
    let at = left.canceled_at.unwrap_or_default();
    let (kind, key) = match (event.kind.as_str(), was_ending, left.cancel_at_period_end) {
        ("customer.subscription.deleted", _, _) => (NoticeKind::Expired, format!("{id}:ended")),
        (_, _, true) => (NoticeKind::Cancelled, format!("{id}:cancelled:{at}")),
        (_, Some(true), false) => (NoticeKind::Reactivated, format!("{id}:again:{}", event.id)),
        _ => (NoticeKind::Ignored, event.id.clone()),
    };
    Ok(Notice {
        reference: objects::reference(left.metadata.as_ref()),
        subscription: Some(id.clone()),
        ..event.fact(kind, key, &[left.status.as_deref()])
    })
}
