//! Two cases of one person become one, and two again.
//!
//! Messages move, under new numbers, and remember which case they were written in; the events of
//! the merged case stay with it. Nobody reads more than before: both must be of one person.

use base::id::CaseId;
use base::{Env, Stop};
use serde_json::json;
use store::Tx;

use super::add::thread_to;
use super::refusals::{ANOTHER_PERSON, CANNOT_MERGE, NOT_MERGED, TOO_LONG_TO_MERGE};
use super::work::Work;
use super::{
    Author, Case, CaseLink, CaseState, EventKind, LinkKind, Message, Participant, ThreadKind, To,
    rows, search,
};
use crate::people;

/// How many messages may move.
const MOST: u32 = 500;

/// Makes a case part of another. What is said to it from now on is said in that one.
///
/// # Errors
/// Refused if either does not exist, is part of another, or is the same; if the other is closed;
/// if they are of different people who are not one customer; if there is too much to move.
pub async fn merge(
    tx: &mut Tx,
    env: &Env,
    from: CaseId,
    into: CaseId,
    by: Author,
) -> Result<Case, Stop> {
    if from == into {
        return Err(CANNOT_MERGE.into());
    }
    let mut old = Work::begin(tx, from).await?;
    let mut new = Work::begin(tx, into).await?;
    if new.case.state == CaseState::Closed {
        return Err(CANNOT_MERGE.into());
    }
    are_of_one_person(tx, &old.case, &new.case).await?;
    let messages = rows::messages::all(tx, from, MOST + 1).await?;
    if messages.len() > MOST as usize {
        return Err(TOO_LONG_TO_MERGE.into());
    }
    new.tell(tx, env, EventKind::Merged, by, json!({ "from": from })).await?;
    for message in messages {
        let home = rows::messages::home(tx, message.id).await?.unwrap_or(from);
        carry_over(tx, env, &mut new, message, (from, Some(home)), by).await?;
    }
    take_people_and_refs(tx, env, &old.case, &new.case).await?;
    new.case.last_customer_at = new.case.last_customer_at.max(old.case.last_customer_at);
    new.case.last_staff_at = new.case.last_staff_at.max(old.case.last_staff_at);
    let link =
        CaseLink { from, to: into, kind: LinkKind::Merged, author: by, created_at: env.now() };
    rows::refs::link(tx, &link).await?;
    old.case.merged_into = Some(into);
    old.tell(tx, env, EventKind::Merged, by, json!({ "to": into })).await?;
    let old = old.keep(tx, env).await?;
    let case = new.keep(tx, env).await?;
    search::rebuild(tx, &old).await?;
    search::rebuild(tx, &case).await?;
    Ok(case)
}

/// Makes a case that is part of another its own again. What was said in the other one meanwhile
/// stays there.
///
/// # Errors
/// Refused if there is no such case, or if it is part of no other.
pub async fn unmerge(tx: &mut Tx, env: &Env, id: CaseId, by: Author) -> Result<Case, Stop> {
    let mut old = Work::begin_any(tx, id).await?;
    let into = old.case.merged_into.ok_or(NOT_MERGED)?;
    old.case.merged_into = None;
    old.tell(tx, env, EventKind::Unmerged, by, json!({ "from": into })).await?;
    let messages = rows::messages::with_home(tx, id).await?;
    let mut left: Vec<CaseId> = vec![into];
    for message in messages {
        let away = message.case;
        if away == id {
            continue;
        }
        if !left.contains(&away) {
            left.push(away);
        }
        carry_over(tx, env, &mut old, message, (away, None), by).await?;
    }
    rows::refs::unlink_merge(tx, id, into).await?;
    let case = old.keep(tx, env).await?;
    for away in left {
        let mut other = Work::begin_any(tx, away).await?;
        other.tell(tx, env, EventKind::Unmerged, by, json!({ "case": id })).await?;
        let other = other.keep(tx, env).await?;
        search::rebuild(tx, &other).await?;
    }
    search::rebuild(tx, &case).await?;
    Ok(case)
}

/// The same person, or two who are known as one customer.
async fn are_of_one_person(tx: &mut Tx, one: &Case, other: &Case) -> Result<(), Stop> {
    if one.requester == other.requester {
        return Ok(());
    }
    let first = people::find(tx, one.requester).await?.and_then(|it| it.customer);
    let second = people::find(tx, other.requester).await?.and_then(|it| it.customer);
    if first.is_some() && first == second { Ok(()) } else { Err(ANOTHER_PERSON.into()) }
}

/// Puts a message into the case under change, in a thread of the same readers, under the number
/// of an event that tells it.
pub(super) async fn carry_over(
    tx: &mut Tx,
    env: &Env,
    to: &mut Work,
    message: Message,
    (from, home): (CaseId, Option<CaseId>),
    by: Author,
) -> Result<Message, Stop> {
    let thread = rows::threads::find(tx, message.thread).await?;
    let partner = thread.and_then(|thread| thread.partner);
    let audience = match (message.thread_kind, partner) {
        (ThreadKind::Customer, _) => To::Customer,
        (ThreadKind::Creator, Some(creator)) => match creator.parse() {
            Ok(creator) => To::Creator(creator),
            Err(_) => To::Internal,
        },
        (ThreadKind::Processor, Some(key)) => To::Processor(key),
        (ThreadKind::Internal | ThreadKind::Creator | ThreadKind::Processor, _) => To::Internal,
    };
    let thread = thread_to(tx, env, to.case.id, &audience).await?;
    let body = json!({
        "message": message.id,
        "from": from,
        "thread": thread.kind,
        "direction": message.direction,
    });
    let seq = to.tell(tx, env, EventKind::Moved, by, body).await?;
    let shown_seq = message.shown_seq.map(|_| seq);
    let message = Message { case: to.case.id, thread: thread.id, seq, shown_seq, ..message };
    rows::messages::put(tx, &message, home).await?;
    Ok(message)
}

/// Who takes part in the one takes part in the other, with no more rights than they had; and what
/// the one is about, the other is about too.
async fn take_people_and_refs(tx: &mut Tx, env: &Env, old: &Case, new: &Case) -> Result<(), Stop> {
    for who in rows::people::of(tx, old.id).await? {
        if rows::people::find(tx, new.id, who.address).await?.is_none() {
            // Somebody in copy of one case has not been let in to the other.
            let may_read = who.may_read && who.role != super::ParticipantRole::Cc;
            rows::people::put(tx, &Participant { case: new.id, may_read, ..who }).await?;
        }
    }
    for to in rows::refs::of(tx, old.id).await? {
        rows::refs::insert(tx, new.id, &to, env.now()).await?;
    }
    Ok(())
}
