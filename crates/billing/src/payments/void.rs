//! A deed: money that is held is released.

use base::id::PaymentId;
use base::{Actor, Stop};

use super::capture::ask;
use super::operation::{Operation, OperationKind};
use crate::Billing;

/// Releases what is held for a payment, which cancels it, and gives the call with what is known of
/// it.
///
/// # Errors
/// `payment_not_found`, `nothing_held`, `cannot_with_hold`, or a fault if the database fails.
pub async fn void(billing: &Billing, id: PaymentId, actor: Actor) -> Result<Operation, Stop> {
    ask(billing, id, OperationKind::Void, None, actor).await
}
