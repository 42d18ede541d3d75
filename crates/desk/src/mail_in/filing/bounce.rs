//! A mail of ours came back, or somebody complained about it: the case is told, the address marked,
//! and nothing moves.

use base::{SignedDuration, Stop};
use serde_json::json;
use store::Tx;

use super::file::{Filed, counted};
use super::write::source_id;
use crate::Desk;
use crate::cases::{
    self, Author, Delivery, Direction, EventKind, Message, NewMessage, Origin, ThreadKind, To,
};
use crate::letters::{Bounce, BounceClass, Letter};
use crate::mail_in::raw::{RawMail, Reason, State};
use crate::mail_in::rows::raw::{self as rows, Settled};
use crate::mail_in::rows::{ids, mail_addresses};
use crate::mail_in::suppress::suppress;
use crate::people;

/// How long nothing is written to an address whose mail came back for good.
const DEAD: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How much of a server's words is shown.
const LONGEST: usize = 1_000;

/// Files a bounce.
pub(super) async fn settle(
    tx: &mut Tx,
    desk: &Desk,
    (raw, letter): (&RawMail, &Letter),
    bounce: &Bounce,
    settled: Settled,
) -> Result<Filed, Stop> {
    let env = &desk.billing.env;
    let ours = of_ours(tx, bounce, letter).await?;
    let Some((message, to)) = ours else {
        let settled =
            Settled { state: State::Quarantined, reason: Some(Reason::BounceUnknown), ..settled };
        rows::settle(tx, raw.id, &settled, env.now()).await?;
        counted(Reason::BounceUnknown.as_str());
        return Ok(Filed::Quarantined(Reason::BounceUnknown));
    };
    mark(tx, desk, bounce, &message, &to).await?;
    let case = tell(tx, desk, raw, bounce, &message).await?;
    let settled = Settled {
        state: State::Bounce,
        case: Some(message.case.to_string()),
        message: case.map(|id| id.to_string()),
        ..settled
    };
    rows::settle(tx, raw.id, &settled, env.now()).await?;
    counted("bounce");
    Ok(Filed::Bounce(Some(message.case)))
}

/// The message that came back and the address it went to, as we know it: a bounce names whom it
/// likes, so its own word on the recipient marks nobody.
async fn of_ours(
    tx: &mut Tx,
    bounce: &Bounce,
    letter: &Letter,
) -> Result<Option<(Message, String)>, Stop> {
    let mut named: Vec<String> = bounce.original.iter().cloned().collect();
    named.extend(super::evidence::answered(letter));
    for id in named {
        if let Some(to) = mail_addresses::sent_to(tx, &id).await?
            && let Some(place) = ids::first_of(tx, std::slice::from_ref(&id)).await?
            && let Some(message) = cases::message(tx, place.message).await?
        {
            return Ok(Some((message, to)));
        }
    }
    Ok(None)
}

async fn mark(
    tx: &mut Tx,
    desk: &Desk,
    bounce: &Bounce,
    message: &Message,
    to: &str,
) -> Result<(), Stop> {
    let env = &desk.billing.env;
    let class = bounce.class.as_str();
    let gone = bounce.class == BounceClass::Permanent && bounce.dead;
    if gone {
        let known = people::find_address(tx, people::AddressKind::Mail, to).await?;
        if let Some(address) = known {
            people::note_bounce(tx, env, address.id, class).await?;
        }
        suppress(tx, env, to, "bounce", Some(DEAD), None).await?;
    }
    if bounce.class == BounceClass::Complaint && bounce.dead {
        suppress(tx, env, to, "complaint", None, None).await?;
    }
    let failed = matches!(bounce.class, BounceClass::Permanent | BounceClass::Temporary);
    if failed && message.direction == Direction::Out {
        cases::note_delivery(tx, env, message.id, Delivery::Failed, Some(class)).await?;
    }
    Ok(())
}

/// Writes a line into the thread's case that staff see, with the server's words.
async fn tell(
    tx: &mut Tx,
    desk: &Desk,
    raw: &RawMail,
    bounce: &Bounce,
    message: &Message,
) -> Result<Option<base::id::MessageId>, Stop> {
    let env = &desk.billing.env;
    let case = cases::survivor(tx, message.case).await?;
    let Some(case) = case else { return Ok(None) };
    if case.closed_at.is_some() || message.thread_kind == ThreadKind::Internal {
        let body = json!({ "message": message.id, "bounce": bounce.class.as_str() });
        cases::note(tx, env, case.id, EventKind::Delivery, Author::System, body).await?;
        return Ok(None);
    }
    let words = bounce.diagnostic.as_deref().unwrap_or(&bounce.why);
    let status = bounce.status.as_deref().unwrap_or_default();
    let words: String = words.chars().take(LONGEST).collect();
    let line = NewMessage {
        thread: To::Internal,
        direction: Direction::System,
        channel: Origin::Mail,
        bounce: Some(bounce.class.as_str().to_owned()),
        source_id: Some(source_id(raw)),
        text: format!("{} {status}\n{words}", bounce.class.as_str()),
        ..NewMessage::note(Author::System, case.language, "")
    };
    let added = cases::add(tx, env, case.id, line).await?;
    Ok(Some(added.message.id))
}
