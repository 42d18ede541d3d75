//! A deed: somebody on the staff has looked at a payment that needed attention.

use base::id::PaymentId;
use base::{Actor, Stop};

use super::cancel::PAYMENT_NOT_FOUND;
use super::payment::Payment;
use super::rows;
use crate::Billing;

/// Takes a payment off the list of those that need attention. It changes nothing else.
///
/// # Errors
/// `payment_not_found`, or a fault if the database fails.
pub async fn attend(billing: &Billing, id: PaymentId, actor: Actor) -> Result<Payment, Stop> {
    let now = billing.env.now();
    let payment = store::write!(billing.store, |tx| {
        let mut payment = rows::find(tx, id).await?.ok_or(PAYMENT_NOT_FOUND)?;
        if payment.needs_attention.take().is_some() {
            payment.updated_at = now;
            rows::update_payment(tx, &payment).await?;
            payment.version += 1;
        }
        Ok(payment)
    })?;
    tracing::info!(payment = %id, %actor, "a payment was attended to");
    Ok(payment)
}
