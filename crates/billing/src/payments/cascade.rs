//! The calls of one start: the processor is asked and its answer written down; where it was a no
//! that another may answer otherwise, or nothing was executed, the next account is asked at once.

use base::id::AttemptId;
use base::{Fault, Refusal, SignedDuration, Stop};
use processor::{Decline, GoTo, StartRequest};

use super::answered;
use super::attempt::{Attempt, AttemptState};
use super::fact::Fact;
use super::settle::settle;
use super::start::{
    ATTEMPT_DECLINED, Going, OUTCOME_UNKNOWN, PROCESSOR_UNAVAILABLE, Prepared, wait_for,
    written_down,
};
use crate::Billing;

/// So many accounts may be asked after the first.
const MOST_FURTHER: usize = 2;
/// Nobody else is asked after this, from the first call on.
const IN_ALL: SignedDuration = SignedDuration::from_secs(20);

/// How a call ended.
struct Called {
    attempt: Attempt,
    /// Why the customer cannot go on, if they cannot.
    refusal: Option<Refusal>,
    /// Whether the next account may be asked.
    next: Next,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    MayBeAsked,
    MayNot,
}

/// Whether another processor may be asked after this attempt: only after a no of a kind that
/// others may answer otherwise. A no without a cause is not of that kind.
pub(crate) fn may_go_elsewhere(attempt: &Attempt) -> bool {
    attempt.decline.as_ref().is_some_and(Decline::may_go_elsewhere)
}

/// Makes the first call, and further ones while that is allowed.
pub(super) async fn cascade(
    billing: &Billing,
    going: &Going,
    first: (Attempt, StartRequest),
) -> Result<(Attempt, Option<GoTo>), Stop> {
    let began = billing.env.now();
    let mut tried: Vec<AttemptId> = Vec::new();
    let mut new = first;
    loop {
        tried.push(new.0.id);
        let called = call(billing, new).await?;
        let Some(refusal) = called.refusal else {
            let go_to = called.attempt.go_to.clone();
            return Ok((called.attempt, go_to));
        };
        let in_time = billing.env.now().duration_since(began) < IN_ALL;
        if called.next == Next::MayNot || tried.len() > MOST_FURTHER || !in_time {
            return Err(refusal.into());
        }
        new = match written_down(billing, going, &tried).await {
            Ok(Prepared::New(next)) => *next,
            // Another request was faster.
            Ok(Prepared::Again(attempt, go_to)) => return Ok((*attempt, Some(go_to))),
            Ok(Prepared::UnderWay(id)) => {
                let (attempt, go_to) = wait_for(billing, id, &going.links).await?;
                return Ok((attempt, Some(go_to)));
            }
            // Nobody is left to ask.
            Err(Stop::Refused(_)) => return Err(refusal.into()),
            Err(fault) => return Err(fault),
        };
        tracing::info!(payment = %going.payment, account = new.0.account, "the next one is asked");
    }
}

/// Asks the processor and writes its answer down.
async fn call(
    billing: &Billing,
    (attempt, request): (Attempt, StartRequest),
) -> Result<Called, Stop> {
    let account = billing.accounts.get(&attempt.account);
    let account = account.ok_or_else(|| Fault::new("find the account that was just chosen"))?;
    let start = account.connector.start(&request);
    let answer = billing.routes.health.watched(&account.key, start).await;
    let fact = answered::started(answer);
    let settled = store::write!(billing.store, |tx| {
        settle(tx, billing, attempt.id, &fact, "the processor's answer").await
    })?;
    settled.count();
    let attempt = settled.attempt;
    // A notice may have told otherwise before our own answer came.
    let (refusal, next) = match (&fact, attempt.state) {
        (_, AttemptState::Captured) => (None, Next::MayNot),
        (Fact::Declined { .. }, AttemptState::Declined) if may_go_elsewhere(&attempt) => {
            (Some(ATTEMPT_DECLINED), Next::MayBeAsked)
        }
        (Fact::Declined { .. }, _) => (Some(ATTEMPT_DECLINED), Next::MayNot),
        (Fact::NeverRan(_), AttemptState::NotExecuted) => {
            (Some(PROCESSOR_UNAVAILABLE), Next::MayBeAsked)
        }
        (Fact::NeverRan(_), _) => (Some(PROCESSOR_UNAVAILABLE), Next::MayNot),
        (Fact::Lost(_), _) => (Some(OUTCOME_UNKNOWN), Next::MayNot),
        (_, _) => (None, Next::MayNot),
    };
    Ok(Called { attempt, refusal, next })
}
