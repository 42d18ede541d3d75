//! A deed: the customer or the merchant gives a payment up before anything was taken.

use base::id::PaymentId;
use base::{Actor, Kind, Refusal, Stop};
use store::Tx;

use super::fact::{Fact, Told};
use super::payment::{Payment, PaymentMove, PaymentState};
use super::rows;
use super::settle::settle;
use crate::checkouts::{self, CheckoutState};
use crate::{Billing, events};

/// There is no such payment.
pub const PAYMENT_NOT_FOUND: Refusal =
    Refusal::new(Kind::NotFound, "payment_not_found", "there is no payment of that id");
/// It is too late, or nobody knows yet.
pub const NOT_CANCELABLE: Refusal = Refusal::new(
    Kind::Conflict,
    "payment_not_cancelable",
    "this payment is paid, closed or being confirmed; a paid one can be refunded",
);

/// Cancels a payment. What the processor takes all the same is booked all the same.
///
/// # Errors
/// [`PAYMENT_NOT_FOUND`], [`NOT_CANCELABLE`], or a fault if the database fails.
pub async fn cancel(billing: &Billing, id: PaymentId, actor: Actor) -> Result<Payment, Stop> {
    let reason = match actor {
        Actor::Customer(_) => "canceled_by_customer",
        Actor::System => "expired",
        Actor::Staff(_) | Actor::ApiKey(_) | Actor::Processor => "canceled_by_merchant",
    };
    let payment = store::write!(billing.store, |tx| close(tx, billing, id, actor, reason).await)?;
    metrics::counter!("paydesk_payments_total", "state" => "canceled", "account" => "none")
        .increment(1);
    Ok(payment)
}

/// Cancels a payment in the caller's transaction.
pub(super) async fn close(
    tx: &mut Tx,
    billing: &Billing,
    id: PaymentId,
    actor: Actor,
    reason: &str,
) -> Result<Payment, Stop> {
    let mut payment = rows::find(tx, id).await?.ok_or(PAYMENT_NOT_FOUND)?;
    if payment.state == PaymentState::RequiresAction {
        let attempts = rows::attempts_of(tx, id).await?;
        for open in attempts.iter().filter(|attempt| attempt.state.is_unresolved()) {
            let proof = format!("given up by {actor}");
            payment = settle(tx, billing, open.id, &Fact::Expired, &proof).await?.payment;
        }
    }
    let closed = |_| Stop::from(NOT_CANCELABLE);
    let mut payment = payment.moved(PaymentMove::Cancel, Some(reason)).map_err(closed)?;
    payment.updated_at = billing.env.now();
    rows::update_payment(tx, &payment).await?;
    payment.version += 1;
    let state =
        if actor == Actor::System { CheckoutState::Expired } else { CheckoutState::Canceled };
    checkouts::set_state(tx, id, state).await?;
    events::payment_told(tx, &billing.env, &payment, &[Told::Canceled]).await?;
    Ok(payment)
}
