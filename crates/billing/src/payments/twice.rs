//! A job: where two attempts both collected one payment, the later one is given back.

use async_trait::async_trait;
use base::id::AttemptId;
use base::time::SignedDuration;
use base::{Actor, Fault, Stop};
use store::Tx;
use store::jobs::{self, Job, Next, Work};

use super::operation::OperationState;
use super::refund::{REFUND_UNDER_WAY, refund_attempt};
use super::resolve::attention as raise;
use super::rows;
use crate::Billing;

/// The kind of the job.
pub const TWICE: &str = "payments.twice";
/// How long it waits for another refund of the same attempt.
const LATER: SignedDuration = SignedDuration::from_mins(10);

#[derive(serde::Serialize, serde::Deserialize)]
struct Payload {
    attempt: AttemptId,
}

/// What staff read until the money is back with the customer.
pub(super) fn attention(attempt: AttemptId) -> String {
    format!("paid twice: {attempt} was collected as well")
}

/// Plans the giving back of what was collected second.
pub(super) async fn plan(tx: &mut Tx, billing: &Billing, attempt: AttemptId) -> Result<(), Fault> {
    let now = billing.env.now();
    jobs::enqueue(tx, &billing.env, TWICE, &Payload { attempt }, now).await?;
    Ok(())
}

/// Gives back what was collected second, by the deed by which everything is given back.
pub(crate) struct Twice(pub(crate) Billing);

#[async_trait]
impl Work for Twice {
    fn kind(&self) -> &'static str {
        TWICE
    }

    async fn work(&self, job: &Job) -> Result<Next, Fault> {
        let billing = &self.0;
        let id = job.read::<Payload>()?.attempt;
        let attempt = rows::find_attempt(&mut billing.store.read().await?, id).await?;
        let Some(attempt) = attempt.filter(|attempt| attempt.returnable().is_positive()) else {
            return Ok(Next::Finished);
        };
        let refund = refund_attempt(billing, attempt.payment, id, "paid twice", Actor::System);
        let why = match refund.await {
            Ok(refund) => match refund.state {
                OperationState::Declined | OperationState::NotExecuted => {
                    refund.reason.unwrap_or_else(|| refund.state.to_string())
                }
                OperationState::Planned
                | OperationState::Sent
                | OperationState::Pending
                | OperationState::Unknown
                | OperationState::Succeeded => return Ok(Next::Finished),
            },
            Err(Stop::Refused(no)) if no.code == REFUND_UNDER_WAY.code => {
                let now = billing.env.now();
                return Ok(Next::Later(now.checked_add(LATER).unwrap_or(now)));
            }
            Err(Stop::Refused(no)) => no.to_string(),
            Err(Stop::Fault(fault)) => return Err(fault),
        };
        let why = format!("{}, and could not be given back: {why}", attention(id));
        let raised = store::write!(billing.store, |tx| raise(tx, billing, id, why.clone()).await);
        match raised {
            Err(Stop::Fault(fault)) => Err(fault),
            Err(Stop::Refused(no)) => Err(Fault::of("ask for attention", no)),
            Ok(()) => Ok(Next::Finished),
        }
    }
}
