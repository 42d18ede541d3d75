//! A deed: a person has given money back at a processor that has no publicly known call for it.

use base::id::OperationId;
use base::{Actor, Fault, Kind, Refusal, Stop};
use store::Tx;

use super::fact::Fact;
use super::hand::evidence;
use super::operation::{Operation, OperationKind, OperationMove, OperationState};
use super::rows;
use super::settle::settle;
use crate::Billing;
use crate::reversals::TakenBackBy;

/// There is no such call, or it is not one that a person does.
pub const NOT_BY_HAND: Refusal = Refusal::new(
    Kind::Conflict,
    "not_by_hand",
    "this is no refund that waits for a person; it is done, or the processor does it",
);

/// How the to-do begins that staff read.
pub(crate) const ATTENTION: &str = "give back by hand:";
/// How the reason of such a call begins.
pub(super) const REASON: &str = "by hand:";

/// What staff are to do.
pub(super) fn attention(operation: &Operation, account: &str, how: &str) -> String {
    format!("{ATTENTION} {} at {account} ({}): {how}", operation.amount, operation.id)
}

impl Operation {
    /// Whether it is a refund that a person makes at the processor and nobody has confirmed.
    #[must_use]
    pub fn is_left_to_a_person(&self) -> bool {
        self.kind == OperationKind::Refund
            && self.state == OperationState::Pending
            && self.reason.as_ref().is_some_and(|reason| reason.starts_with(REASON))
    }

    /// Whether it is a refund that a person may speak for: one made by hand, or one whose answer
    /// was lost.
    #[must_use]
    pub fn waits_for_a_person(&self) -> bool {
        let lost = self.kind == OperationKind::Refund && self.state == OperationState::Unknown;
        lost || self.is_left_to_a_person()
    }
}

/// Confirms that a refund was made, by hand or by a call whose answer was lost, and books it. A
/// notice of the processor does the same.
///
/// # Errors
/// [`NOT_BY_HAND`], `evidence_not_valid`, or a fault if the database fails.
pub async fn confirm(
    billing: &Billing,
    id: OperationId,
    told: &str,
    actor: Actor,
) -> Result<Operation, Stop> {
    let told = evidence(told)?;
    let proof = format!("by hand: {told} (confirmed by {actor})");
    store::write!(billing.store, |tx| {
        let operation = waiting(tx, id).await?;
        let amount = Some(operation.amount);
        let fact = Fact::TakenBack { by: TakenBackBy::Refund, amount, transaction: None };
        let settled = settle(tx, billing, operation.attempt, &fact, &proof).await?;
        let done = rows::find_operation(tx, id).await?;
        let done = done.ok_or_else(|| Fault::new(format!("find the refund {id}")))?;
        if done.is_open() {
            let why = settled.reason.unwrap_or_else(|| "it does not fit the books".to_owned());
            return Err(NOT_BY_HAND.because(why).into());
        }
        Ok(done)
    })
}

/// Says that a refund was not made and will not be: another may be asked for.
///
/// # Errors
/// As [`confirm`].
pub async fn deny(
    billing: &Billing,
    id: OperationId,
    told: &str,
    actor: Actor,
) -> Result<Operation, Stop> {
    let told = evidence(told)?;
    let proof = format!("by hand: {told} (said by {actor})");
    store::write!(billing.store, |tx| {
        let operation = waiting(tx, id).await?;
        let moved = operation.moved(OperationMove::NeverRan, &proof).map_err(|_| NOT_BY_HAND)?;
        let moved = Operation { updated_at: billing.env.now(), ..moved };
        rows::update_operation(tx, &moved).await?;
        Ok(moved)
    })
}

/// A refund that a person may speak for.
async fn waiting(tx: &mut Tx, id: OperationId) -> Result<Operation, Stop> {
    let operation = rows::find_operation(tx, id).await?.ok_or(NOT_BY_HAND)?;
    if operation.waits_for_a_person() { Ok(operation) } else { Err(NOT_BY_HAND.into()) }
}
