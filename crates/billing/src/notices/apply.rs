//! A deed and a job: what a stored message tells is heard, once, and the message is filed.

use async_trait::async_trait;
use base::id::NoticeId;
use base::time::SignedDuration;
use base::{Fault, Stop, Timestamp};
use store::jobs::{Job, Next, Work};

use super::hear::{Heard, Message, hear};
use super::notice::{Filed, NoticeRow};
use super::outcome::{Outcome, summed_up};
use super::sitting::{Lock, Sitting};
use super::{counted, proof, rows};
use crate::Billing;

/// The kind of the job.
pub const APPLY: &str = "notices.apply";

/// When a notice that fits nothing is tried again after it came, in seconds; then every six hours.
const SCHEDULE: [i64; 6] = [5, 30, 120, 600, 3_600, 21_600];
const SIX_HOURS: i64 = 21_600;
/// After this it rests, with its reason.
const PATIENCE: SignedDuration = SignedDuration::from_hours(72);

#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Payload {
    pub(super) notice: NoticeId,
}

/// Applies a notice that waits or fits nothing yet. One that has its end is left as it is.
///
/// # Errors
/// A fault if there is no such notice or the database fails.
pub async fn apply(billing: &Billing, id: NoticeId) -> Result<Filed, Stop> {
    let row = rows::find(&mut billing.store.read().await?, id).await?;
    let row = row.ok_or_else(|| Fault::new(format!("find the notice {id}")))?;
    match row.filed {
        Filed::Waiting | Filed::Unmatched => hear_row(billing, row).await,
        Filed::Applied | Filed::Duplicate | Filed::Stale | Filed::Rejected => Ok(row.filed),
    }
}

/// Asks whoever must be asked, hears everything a stored message tells, and files it.
pub(super) async fn hear_row(billing: &Billing, row: NoticeRow) -> Result<Filed, Stop> {
    let was = row.filed;
    let account = row.account.clone();
    let filed = match proof::locks(billing, &row).await? {
        Ok(locks) => hear_opened(billing, row, locks).await?,
        Err(outcome) => {
            store::write!(billing.store, |tx| Ok(rows::file(tx, row.id, &outcome).await?))?;
            outcome.filed
        }
    };
    if filed != was {
        counted(filed, &account);
    }
    Ok(filed)
}

async fn hear_opened(billing: &Billing, row: NoticeRow, locks: Vec<Lock>) -> Result<Filed, Stop> {
    let messages = [Message { row, locks, body: None }];
    let [message] = &messages;
    match store::write!(billing.store, |tx| hear(tx, billing, &messages).await) {
        Ok(Heard { filed, after }) => {
            after.finish(billing);
            Ok(filed.into_iter().next().unwrap_or(message.row.filed))
        }
        // A broken line of a report must not keep the others from being heard.
        Err(stop) if message.row.reads.len() > 1 => {
            tracing::warn!(notice = %message.row.id, %stop, "its lines are heard one by one");
            line_by_line(billing, message).await
        }
        Err(stop) => Err(stop),
    }
}

/// Hears each thing that a message tells in a transaction of its own.
async fn line_by_line(billing: &Billing, message: &Message) -> Result<Filed, Stop> {
    let row = &message.row;
    let mut outcomes = Vec::with_capacity(row.reads.len());
    for (nth, notice) in row.reads.iter().enumerate() {
        let line = NoticeRow { reads: vec![notice.clone()], ..row.clone() };
        let lock: Vec<Lock> = message.locks.get(nth).cloned().into_iter().collect();
        let heard = store::write!(billing.store, |tx| {
            let mut sitting = Sitting::open(tx, billing, std::iter::once(&line)).await?;
            let outcome = sitting.hear(tx, &line, &lock).await?;
            Ok((outcome, sitting.close(tx).await?))
        });
        outcomes.push(match heard {
            Ok((outcome, after)) => {
                after.finish(billing);
                outcome
            }
            Err(stop) => Outcome::of(Filed::Unmatched, format!("line {}: {stop}", nth + 1)),
        });
    }
    let outcome = summed_up(&outcomes);
    store::write!(billing.store, |tx| Ok(rows::file(tx, row.id, &outcome).await?))?;
    Ok(outcome.filed)
}

/// When a notice that fits nothing is tried next, unless its patience is over.
pub(super) fn next(received: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let age = now.duration_since(received);
    if age >= PATIENCE {
        return None;
    }
    let rounds = (age.as_secs() / SIX_HOURS + 1).max(1) * SIX_HOURS;
    let wait = SCHEDULE.into_iter().find(|wait| *wait > age.as_secs()).unwrap_or(rounds);
    received.checked_add(SignedDuration::from_secs(wait)).ok()
}

/// Applies notices, and those that fit nothing yet again and again.
pub(crate) struct Apply(pub(crate) Billing);

#[async_trait]
impl Work for Apply {
    fn kind(&self) -> &'static str {
        APPLY
    }

    async fn work(&self, job: &Job) -> Result<Next, Fault> {
        let id = job.read::<Payload>()?.notice;
        let filed = match apply(&self.0, id).await {
            Ok(filed) => filed,
            Err(Stop::Fault(fault)) => return Err(fault),
            Err(Stop::Refused(refusal)) => return Err(Fault::of("apply a notice", refusal)),
        };
        if !matches!(filed, Filed::Unmatched | Filed::Waiting) {
            return Ok(Next::Finished);
        }
        let row = rows::find(&mut self.0.store.read().await?, id).await?;
        let received = row.as_ref().map_or(Timestamp::UNIX_EPOCH, |row| row.received_at);
        if let Some(due) = next(received, self.0.env.now()) {
            return Ok(Next::Later(due));
        }
        if let Some(row) = row {
            give_up(&self.0, row).await?;
        }
        Ok(Next::Finished)
    }
}

/// Three days are over: a person must look, and can let it be heard again.
async fn give_up(billing: &Billing, row: NoticeRow) -> Result<(), Fault> {
    let why = row.reason.unwrap_or_default();
    let reason = format!("needs a person, after three days: {why}");
    let outcome = Outcome {
        filed: Filed::Unmatched,
        reason: Some(reason),
        payment: row.payment,
        attempt: row.attempt,
    };
    let filed = store::write!(billing.store, |tx| Ok(rows::file(tx, row.id, &outcome).await?));
    match filed {
        Err(Stop::Fault(fault)) => Err(fault),
        Err(Stop::Refused(no)) => Err(Fault::of("file a notice", no)),
        Ok(()) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_that_fits_nothing_is_tried_for_three_days() {
        let came: Timestamp = "2026-11-21T20:00:00Z".parse().unwrap();
        let at = |seconds| came.checked_add(SignedDuration::from_secs(seconds)).unwrap();
        let table = [(0, 5), (5, 30), (600, 3_600), (3_600, 21_600), (21_600, 43_200)];
        for (age, due) in table {
            assert_eq!(next(came, at(age)), Some(at(due)), "{age} seconds old");
        }
        assert!(next(came, at(72 * 3_600 - 1)).is_some());
        assert_eq!(next(came, at(72 * 3_600)), None);
    }
}
