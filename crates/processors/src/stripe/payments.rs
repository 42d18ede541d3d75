//! What events tell about payments: of an intent, and of the page that made one.

use processor::{Notice, NoticeKind};

use super::objects::{Intent, Linked, Session, is_reference};
use super::postback::Event;
use super::{declines, money, objects};

/// What an event of an intent tells.
///
/// The intent of a bill is told about by the bill, which knows the subscription.
pub(super) fn intent(event: &Event, intent: &Intent) -> Result<Notice, String> {
    let status = Some(intent.status.as_str());
    let known = |notice: Notice| Notice {
        reference: intent.reference(),
        transaction: Some(intent.id.clone()),
        also: intent.charge().map(str::to_owned).into_iter().collect(),
        card: intent.card(),
        ..notice
    };
    if intent.invoice.is_some() {
        return Ok(event.fact(NoticeKind::Ignored, event.id.clone(), &[status, Some("invoice")]));
    }
    let id = &intent.id;
    let notice = match (event.kind.as_str(), intent.status.as_str()) {
        ("payment_intent.succeeded", "succeeded") => Notice {
            amount: Some(intent.received()?),
            stored: intent.stored(),
            ..event.fact(NoticeKind::Paid, format!("{id}:paid"), &[status])
        },
        ("payment_intent.amount_capturable_updated", "requires_capture") => {
            let held = intent.held()?;
            let key = format!("{id}:authorized:{}", held.minor);
            Notice {
                amount: Some(held),
                stored: intent.stored(),
                ..event.fact(NoticeKind::Authorized, key, &[status])
            }
        }
        // On a page the customer may try again, so a no is not the end of it.
        ("payment_intent.payment_failed", _) if intent.has_page() => {
            event.fact(NoticeKind::Ignored, event.id.clone(), &[status, Some("page")])
        }
        ("payment_intent.payment_failed", "requires_payment_method" | "canceled") => {
            declined(event, intent, format!("{id}:declined:{}", intent.charge().unwrap_or("none")))?
        }
        ("payment_intent.canceled", "canceled") if intent.was_held() => Notice {
            amount: Some(money::positive(intent.amount, &intent.currency)?),
            ..event.fact(NoticeKind::Voided, format!("{id}:voided"), &[status])
        },
        ("payment_intent.canceled", "canceled") => {
            declined(event, intent, format!("{id}:canceled"))?
        }
        _ => event.fact(NoticeKind::Waiting, event.id.clone(), &[status]),
    };
    Ok(known(notice))
}

fn declined(event: &Event, intent: &Intent, dedupe: String) -> Result<Notice, String> {
    Ok(Notice {
        amount: Some(money::positive(intent.amount, &intent.currency)?),
        decline: Some(intent.decline()),
        ..event.fact(NoticeKind::Declined, dedupe, &[Some(intent.status.as_str())])
    })
}

/// What an event of a page tells.
pub(super) fn session(event: &Event, session: &Session) -> Result<Notice, String> {
    let words = [session.mode.as_deref(), session.payment_status.as_deref()];
    let intent = session.payment_intent.as_ref().map(|link| match link {
        Linked::Id(id) => id.clone(),
        Linked::Whole(intent) => intent.id.clone(),
    });
    let fact = |kind, dedupe: String| {
        let also = intent.as_ref().map(|_| session.id.clone());
        Notice {
            reference: session.client_reference_id.clone().filter(|text| is_reference(text)),
            transaction: intent.clone().or_else(|| Some(session.id.clone())),
            subscription: objects::id(session.subscription.as_ref()),
            also: also.into_iter().collect(),
            ..event.fact(kind, dedupe, &words)
        }
    };
    let said = |word: &str, dedupe: String| Notice {
        decline: Some(declines::word(word)),
        ..fact(NoticeKind::Declined, dedupe)
    };
    let keeps = session.customer_creation.as_deref() == Some("always");
    let (mode, paid) =
        (session.mode.as_deref(), session.payment_status.as_deref().unwrap_or_default());
    Ok(match (event.kind.as_str(), mode) {
        (_, Some("setup")) => fact(NoticeKind::Ignored, event.id.clone()),
        ("checkout.session.expired", _) => said("expired", format!("{}:expired", session.id)),
        ("checkout.session.async_payment_failed", _) => {
            said("async_payment_failed", format!("{}:failed", session.id))
        }
        // Where the card is kept, the intent tells it with the card.
        (_, Some("payment")) if paid == "paid" && !keeps => match (&intent, total(session)?) {
            (Some(id), Some(total)) => {
                let key = format!("{id}:paid");
                Notice { amount: Some(total), ..fact(NoticeKind::Paid, key) }
            }
            _ => fact(NoticeKind::Waiting, event.id.clone()),
        },
        // The bill of a subscription tells what was paid; the intent of a hold, what is held.
        _ => fact(NoticeKind::Waiting, event.id.clone()),
    })
}

fn total(session: &Session) -> Result<Option<base::Money>, String> {
    match (session.amount_total, &session.currency) {
        (Some(units), Some(currency)) => money::positive(units, currency).map(Some),
        _ => Ok(None),
    }
}
