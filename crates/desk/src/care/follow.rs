//! The clocks of a case follow it: begun, paused, resumed and ended in the deed that changes it.

use base::{Fault, Stop, Timestamp};
use store::{Reads, Tx};

use super::clock::{Clock, Should, should};
use super::promises::{Kind, Promises};
use super::rows;
use crate::cases::Case;

/// What is due next in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// When.
    pub at: Timestamp,
    /// What was promised.
    pub kind: Kind,
}

/// Brings the clocks of a case to what should be so now, and says what is due next.
///
/// Called with the case as it will be stored, after it exists.
///
/// # Errors
/// A fault if the database does not answer or the promises in force cannot be read.
pub async fn follow(tx: &mut Tx, now: Timestamp, case: &Case) -> Result<Option<Due>, Fault> {
    let promises = in_force(tx).await?;
    let calendar =
        promises.calendar().map_err(|why| Fault::new(format!("read the promises: {why}")))?;
    let mut clocks = rows::of(tx, case.id).await?;
    for clock in &mut clocks {
        if clock.follow(should(clock.kind, case), &calendar, now) {
            rows::update(tx, clock).await?;
        }
    }
    for kind in [Kind::FirstAnswer, Kind::NextAnswer, Kind::Solution] {
        let last = clocks.iter_mut().filter(|clock| clock.kind == kind).max_by_key(|it| it.nth);
        let nth = last.as_ref().map_or(0, |clock| clock.nth);
        let goes_on = last.as_ref().is_some_and(|clock| clock.ended_at.is_none());
        if goes_on || should(kind, case) != Should::Run {
            continue;
        }
        if let Some(clock) = last.filter(|clock| clock.ended_too_soon(case)) {
            clock.reopen(&calendar, now);
            rows::update(tx, clock).await?;
            continue;
        }
        let begun = Clock::begin(case, kind, nth + 1, &promises, &calendar, now);
        if let Some(clock) = begun {
            rows::insert(tx, &clock).await?;
            clocks.push(clock);
        }
    }
    Ok(next_due(&clocks))
}

/// Sets a date from outside: no calendar moves it and nothing pauses it. The same date twice is
/// one clock.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn set_hard(
    tx: &mut Tx,
    now: Timestamp,
    case: &Case,
    due: Timestamp,
) -> Result<Option<Due>, Stop> {
    let mut clocks = rows::of(tx, case.id).await?;
    let hard = |clock: &&Clock| clock.kind == Kind::Hard;
    if !clocks.iter().filter(hard).any(|clock| clock.due_at == Some(due)) {
        let nth = i64::try_from(clocks.iter().filter(hard).count()).unwrap_or(i64::MAX);
        let clock = Clock::hard(case.id, nth + 1, due, now);
        rows::insert(tx, &clock).await?;
        clocks.push(clock);
    }
    Ok(next_due(&clocks))
}

/// The clocks of a case, oldest first, for its page and for reports.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn clocks_of(
    reads: &mut impl Reads,
    case: base::id::CaseId,
) -> Result<Vec<Clock>, Fault> {
    rows::of(reads, case).await
}

/// When somebody who writes now will have an answer.
///
/// # Errors
/// A fault if the database does not answer or the promises in force cannot be read.
pub async fn promise(reads: &mut impl Reads, now: Timestamp) -> Result<Timestamp, Fault> {
    let promises = in_force(reads).await?;
    let calendar =
        promises.calendar().map_err(|why| Fault::new(format!("read the promises: {why}")))?;
    Ok(calendar.after(now, promises.first_answer.breach()))
}

/// The promises in force; the shipped ones before the first start has written them down.
pub(super) async fn in_force(reads: &mut impl Reads) -> Result<Promises, Fault> {
    Ok(rows::in_force(reads).await?.map(|(_, promises)| promises).unwrap_or_default())
}

fn next_due(clocks: &[Clock]) -> Option<Due> {
    let running = clocks.iter().filter(|clock| clock.ended_at.is_none());
    let due = running.filter_map(|clock| Some(Due { at: clock.due_at?, kind: clock.kind }));
    due.min_by_key(|due| due.at)
}
