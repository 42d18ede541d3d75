//! A job: a checkout nobody paid in time is closed, once it is sure that nobody did.

use async_trait::async_trait;
use base::id::PaymentId;
use base::time::SignedDuration;
use base::{Actor, Fault, Stop};
use store::Tx;
use store::jobs::{self, Job, Next, Work};

use super::payment::PaymentState;
use super::{cancel, resolve, rows};
use crate::Billing;
use crate::checkouts::Checkout;

/// The kind of the job.
pub const EXPIRE: &str = "payments.expire";
/// How long it waits for an attempt whose outcome is open.
const LATER: SignedDuration = SignedDuration::from_hours(1);

#[derive(serde::Serialize, serde::Deserialize)]
struct Payload {
    payment: PaymentId,
}

/// Plans the end of a checkout.
pub(crate) async fn expire_later(
    tx: &mut Tx,
    billing: &Billing,
    checkout: &Checkout,
) -> Result<(), Fault> {
    let payload = Payload { payment: checkout.payment };
    jobs::enqueue(tx, &billing.env, EXPIRE, &payload, checkout.expires_at).await?;
    Ok(())
}

/// Closes what nobody paid in time.
pub(crate) struct Expire(pub(crate) Billing);

#[async_trait]
impl Work for Expire {
    fn kind(&self) -> &'static str {
        EXPIRE
    }

    async fn work(&self, job: &Job) -> Result<Next, Fault> {
        let billing = &self.0;
        let id = job.read::<Payload>()?.payment;
        let attempts = rows::attempts_of(&mut billing.store.read().await?, id).await?;
        for open in attempts.iter().filter(|attempt| attempt.state.is_unresolved()) {
            if let Err(Stop::Fault(fault)) = resolve::resolve(billing, open.id).await {
                return Err(fault);
            }
        }
        let payment = rows::find(&mut billing.store.read().await?, id).await?;
        match payment.map(|payment| payment.state) {
            Some(PaymentState::RequiresMethod | PaymentState::RequiresAction) => {
                match cancel::cancel(billing, id, Actor::System).await {
                    Ok(_) => Ok(Next::Finished),
                    Err(Stop::Refused(_)) => Ok(later(billing)),
                    Err(Stop::Fault(fault)) => Err(fault),
                }
            }
            Some(PaymentState::Processing | PaymentState::Authorized) => Ok(later(billing)),
            Some(PaymentState::Captured | PaymentState::Canceled | PaymentState::Failed) | None => {
                Ok(Next::Finished)
            }
        }
    }
}

fn later(billing: &Billing) -> Next {
    let now = billing.env.now();
    Next::Later(now.checked_add(LATER).unwrap_or(now))
}
