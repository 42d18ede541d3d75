//! An answer is taken back before it has left.

use base::id::MessageId;
use base::{Env, Stop};
use serde_json::json;
use store::Tx;

use super::refusals::{HAS_LEFT, MESSAGE_UNKNOWN};
use super::work::Work;
use super::{Author, CaseState, Delivery, EventKind, Message, rows, search, state};

/// Takes an answer back within the time that was given for it. The case goes back to where the
/// answer had moved it from.
///
/// # Errors
/// Refused if there is no such message, or if it has left.
pub async fn withdraw(tx: &mut Tx, env: &Env, id: MessageId, by: Author) -> Result<Message, Stop> {
    let now = env.now();
    let mut message = rows::messages::find(tx, id).await?.ok_or(MESSAGE_UNKNOWN)?;
    let in_time = message.undo_until.is_some_and(|until| now < until);
    if message.delivery != Delivery::Waiting || !in_time {
        return Err(HAS_LEFT.into());
    }
    message.delivery = Delivery::Withdrawn;
    message.withdrawn_at = Some(now);
    rows::messages::went(tx, &message).await?;
    let mut work = Work::begin_any(tx, message.case).await?;
    work.tell(tx, env, EventKind::Withdrawn, by, json!({ "message": id })).await?;
    go_back(tx, env, &mut work, &message, by).await?;
    let (first, last) = rows::messages::answered(tx, work.case.id).await?;
    work.case.first_answer_at = first;
    work.case.last_staff_at = last;
    work.keep(tx, env).await?;
    search::remove_message(tx, &message).await?;
    Ok(message)
}

/// Only if nothing has moved the case since the answer did.
async fn go_back(
    tx: &mut Tx,
    env: &Env,
    work: &mut Work,
    message: &Message,
    by: Author,
) -> Result<(), Stop> {
    let told = rows::events::find(tx, message.case, message.seq).await?;
    let was = told.and_then(|event| event.body["was"].as_str()?.parse::<CaseState>().ok());
    let moved = rows::events::last(tx, message.case, EventKind::State).await?;
    let by_it = moved.is_some_and(|event| event.seq == message.seq + 1);
    if let Some(was) = was
        && by_it
        && work.case.state == CaseState::WaitingCustomer
    {
        work.go(tx, env, state::on_withdrawal(was), by).await?;
    }
    Ok(())
}
