//! Two cases of one person become one, and two again.
//!
//! Messages move, under new numbers, and remember which case they were written in; the events of
//! the merged case stay with it. Nobody reads more than before: both must be of one person.

use base::id::CaseId;
use base::{Env, Fault, Stop};
use serde_json::json;
use store::Tx;

use super::add::thread_to;
use super::refusals::{ANOTHER_PERSON, CANNOT_MERGE, NOT_MERGED, TOO_LONG_TO_MERGE};
use super::work::Work;
use super::{
    Author, Case, CaseLink, CaseState, EventKind, LinkKind, Message, Team, ThreadKind, To, change,
    rows, search,
};
use crate::contact::links;
use crate::people;

/// How many messages may move.
const MOST: u32 = 500;

/// Makes a case part of another. What is said to it from now on is said in that one. Together
/// with a case of the finance team, it is finance's.
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
    // Who takes part in the one takes part in the other, with no more rights than they had; and
    // what the one is about, the other is about too.
    rows::people::copy(tx, from, into).await?;
    rows::refs::copy(tx, from, into, env.now()).await?;
    // A link that proves no address showed whoever has it their own words, and now there are more.
    links::end_shown(tx, &[from, into]).await?;
    new.case.last_customer_at = new.case.last_customer_at.max(old.case.last_customer_at);
    new.case.last_staff_at = new.case.last_staff_at.max(old.case.last_staff_at);
    if old.case.team == Team::Finance {
        change::hand_to(tx, env, &mut new, Team::Finance, by).await?;
    }
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
    let family = family(tx, id).await?;
    let mut left = line_from(tx, into).await?;
    for message in rows::messages::with_home(tx, &family).await? {
        let away = message.case;
        if family.contains(&away) {
            continue;
        }
        if !left.contains(&away) {
            left.push(away);
        }
        let home = rows::messages::home(tx, message.id).await?.filter(|home| *home != id);
        carry_over(tx, env, &mut old, message, (away, home), by).await?;
    }
    rows::refs::unlink_merge(tx, id, into).await?;
    note_times(tx, &mut old).await?;
    let case = old.keep(tx, env).await?;
    for away in left {
        rows::people::take_back(tx, away, &family).await?;
        rows::refs::take_back(tx, away, &family).await?;
        let mut other = Work::begin_any(tx, away).await?;
        other.tell(tx, env, EventKind::Unmerged, by, json!({ "case": id })).await?;
        note_times(tx, &mut other).await?;
        let other = other.keep(tx, env).await?;
        search::rebuild(tx, &other).await?;
    }
    search::rebuild(tx, &case).await?;
    Ok(case)
}

/// A case and all that are part of it, directly or through others.
async fn family(tx: &mut Tx, id: CaseId) -> Result<Vec<CaseId>, Fault> {
    let mut family = vec![id];
    let mut next = family.clone();
    while !next.is_empty() {
        next = rows::cases::merged_into(tx, &next).await?;
        family.extend(&next);
    }
    Ok(family)
}

/// A case, the one it is part of, and so on.
async fn line_from(tx: &mut Tx, id: CaseId) -> Result<Vec<CaseId>, Fault> {
    let mut line = vec![id];
    let mut last = rows::cases::find(tx, id).await?;
    while let Some(into) = last.and_then(|case| case.merged_into) {
        line.push(into);
        last = rows::cases::find(tx, into).await?;
    }
    Ok(line)
}

/// When who asked last wrote and staff last answered, by what is in the case now.
async fn note_times(tx: &mut Tx, work: &mut Work) -> Result<(), Fault> {
    let id = work.case.id;
    let (_, answered) = rows::messages::answered(tx, id).await?;
    work.case.last_staff_at = answered;
    work.case.last_customer_at = rows::messages::asked(tx, id).await?;
    Ok(())
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
