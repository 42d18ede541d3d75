//! A deed: money that is held is taken, all of it or a part.

use base::id::PaymentId;
use base::{Actor, Fault, Money, Stop};

use super::held_call::{call, record, write_ahead};
use super::operation::{Operation, OperationKind};
use crate::Billing;

/// Takes what is held for a payment, all of it if no amount is given, and gives the call with what
/// is known of it. Of a part, the rest is released, and the customer gets the tokens of the part.
///
/// # Errors
/// `payment_not_found`, `nothing_held`, `cannot_with_hold`, `capture_not_valid`, or a fault if the
/// database fails.
pub async fn capture(
    billing: &Billing,
    id: PaymentId,
    amount: Option<Money>,
    actor: Actor,
) -> Result<Operation, Stop> {
    ask(billing, id, OperationKind::Capture, amount, actor).await
}

/// Writes a call about held money down, makes it, and writes its answer down.
pub(super) async fn ask(
    billing: &Billing,
    id: PaymentId,
    kind: OperationKind,
    amount: Option<Money>,
    actor: Actor,
) -> Result<Operation, Stop> {
    let (operation, transaction, account) = store::write!(billing.store, |tx| {
        write_ahead(tx, billing, id, kind, amount, actor).await
    })?;
    let billing = billing.clone();
    // Whoever asked may go away; the answer is written down all the same.
    let made = tokio::spawn(async move {
        let answer = call(&account, &operation, &transaction).await;
        let proof = "the processor's answer";
        store::write!(billing.store, |tx| {
            record(tx, &billing, operation.id, &answer, proof).await
        })
    });
    made.await.map_err(|error| Fault::of("finish the call to the processor", error))?
}
