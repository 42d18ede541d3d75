//! A deed and a job: what a notice tells is heard, once, and the notice is filed.

use async_trait::async_trait;
use base::id::{AttemptId, NoticeId, PaymentId};
use base::time::SignedDuration;
use base::{Fault, Stop, Timestamp};
use processor::Notice;
use store::Tx;
use store::jobs::{Job, Next, Work};

use super::notice::{Filed, NoticeRow};
use super::{match_up, rows, second_lock};
use crate::Billing;
use crate::payments::{Fact, Settled, settle};

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

/// How one thing that a notice tells was filed.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) filed: Filed,
    pub(super) reason: Option<String>,
    pub(super) payment: Option<PaymentId>,
    pub(super) attempt: Option<AttemptId>,
}

impl Outcome {
    fn of(filed: Filed, reason: impl Into<String>) -> Outcome {
        Outcome { filed, reason: Some(reason.into()), payment: None, attempt: None }
    }
}

/// Applies a notice that waits or fits nothing yet. One that has its end is left as it is.
///
/// # Errors
/// A fault if there is no such notice or the database fails.
pub async fn apply(billing: &Billing, id: NoticeId) -> Result<Filed, Stop> {
    let row = rows::find(&mut billing.store.read().await?, id).await?;
    let row = row.ok_or_else(|| Fault::new(format!("find the notice {id}")))?;
    match row.filed {
        Filed::Waiting | Filed::Unmatched => {}
        Filed::Applied | Filed::Duplicate | Filed::Stale | Filed::Rejected => return Ok(row.filed),
    }
    let outcome = hear_all(billing, &row).await?;
    // What waited for this one need not wait for its own time.
    if let (Filed::Applied, Some(attempt)) = (outcome.filed, outcome.attempt) {
        let waiting = rows::unmatched_of(&mut billing.store.read().await?, attempt).await?;
        for other in waiting.into_iter().filter(|other| other.id != id) {
            hear_all(billing, &other).await?;
        }
    }
    Ok(outcome.filed)
}

/// Hears everything a notice tells and files it.
pub(super) async fn hear_all(billing: &Billing, row: &NoticeRow) -> Result<Outcome, Stop> {
    let mut outcomes = Vec::with_capacity(row.reads.len());
    for notice in &row.reads {
        outcomes.push(hear_one(billing, row, notice).await?);
    }
    let outcome = summed_up(outcomes);
    store::write!(billing.store, |tx| Ok(rows::file(tx, row.id, &outcome).await?))?;
    if outcome.filed != row.filed {
        let (filed, account) = (outcome.filed.as_str(), row.account.clone());
        metrics::counter!("paydesk_notices_total", "filed" => filed, "account" => account)
            .increment(1);
    }
    Ok(outcome)
}

async fn hear_one(billing: &Billing, row: &NoticeRow, notice: &Notice) -> Result<Outcome, Stop> {
    let fact = match Fact::of_notice(notice) {
        Ok(fact) => fact,
        Err((filed, why)) => return unheard(billing, row, notice, filed, why.to_owned()).await,
    };
    if let Err((filed, why)) = second_lock::open(billing, &row.account, notice).await {
        return unheard(billing, row, notice, filed, why).await;
    }
    let (outcome, settled) =
        store::write!(billing.store, |tx| in_one(tx, billing, row, notice, &fact).await)?;
    if let Some(settled) = settled {
        settled.count();
    }
    Ok(outcome)
}

/// A notice that is not heard is filed all the same beside the payment it names.
async fn unheard(
    billing: &Billing,
    row: &NoticeRow,
    notice: &Notice,
    filed: Filed,
    why: String,
) -> Result<Outcome, Stop> {
    let mut reader = billing.store.read().await?;
    let about = match_up::attempt(&mut reader, &row.account, notice).await?.ok();
    Ok(Outcome {
        filed,
        reason: Some(why),
        payment: about.as_ref().map(|attempt| attempt.payment),
        attempt: about.as_ref().map(|attempt| attempt.id),
    })
}

/// The same fact may be told as provisional first and for good later, under one key.
fn key(notice: &Notice) -> String {
    let suffix = if notice.provisional { "|provisional" } else { "" };
    format!("{}{suffix}", notice.dedupe)
}

/// Everything about one fact, in one transaction.
async fn in_one(
    tx: &mut Tx,
    billing: &Billing,
    row: &NoticeRow,
    notice: &Notice,
    fact: &Fact,
) -> Result<(Outcome, Option<Settled>), Stop> {
    let key = key(notice);
    if let Some((first, outcome)) = rows::fact(tx, &row.account, &key).await? {
        if first == row.id {
            return Ok((outcome, None));
        }
        let reason = Some(format!("told before by {first}"));
        return Ok((Outcome { filed: Filed::Duplicate, reason, ..outcome }, None));
    }
    let attempt = match match_up::attempt(tx, &row.account, notice).await? {
        Ok(attempt) => attempt,
        Err((filed, why)) => return Ok((Outcome::of(filed, why), None)),
    };
    let settled = settle(tx, billing, attempt.id, fact, &format!("notice {}", row.id)).await?;
    let outcome = Outcome {
        filed: settled.filed,
        reason: settled.reason.clone(),
        payment: Some(settled.payment.id),
        attempt: Some(attempt.id),
    };
    match outcome.filed {
        Filed::Applied | Filed::Stale => {
            rows::insert_fact(tx, row, &key, &outcome, billing.env.now()).await?;
        }
        // What is not believed or fits nothing yet may still be told rightly.
        Filed::Waiting | Filed::Duplicate | Filed::Unmatched | Filed::Rejected => {}
    }
    Ok((outcome, Some(settled)))
}

/// One verdict over everything a message tells: what still waits first, then what was done.
fn summed_up(outcomes: Vec<Outcome>) -> Outcome {
    let order = [Filed::Unmatched, Filed::Rejected, Filed::Applied, Filed::Duplicate, Filed::Stale];
    let first =
        order.into_iter().find_map(|filed| outcomes.iter().find(|outcome| outcome.filed == filed));
    let Some(first) = first else { return Outcome::of(Filed::Stale, "it tells nothing") };
    let reasons: Vec<&str> =
        outcomes.iter().filter_map(|outcome| outcome.reason.as_deref()).collect();
    Outcome {
        filed: first.filed,
        reason: (!reasons.is_empty()).then(|| reasons.join("; ")),
        payment: outcomes.iter().find_map(|outcome| outcome.payment),
        attempt: outcomes.iter().find_map(|outcome| outcome.attempt),
    }
}

/// When a notice that fits nothing is tried next, unless its patience is over.
fn next(received: Timestamp, now: Timestamp) -> Option<Timestamp> {
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
        if filed != Filed::Unmatched {
            return Ok(Next::Finished);
        }
        let row = rows::find(&mut self.0.store.read().await?, id).await?;
        let received = row.map_or(Timestamp::UNIX_EPOCH, |row| row.received_at);
        Ok(next(received, self.0.env.now()).map_or(Next::Finished, Next::Later))
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
