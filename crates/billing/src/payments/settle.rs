//! A deed: a fact is heard, and everything it causes is committed in one transaction.

use base::id::AttemptId;
use base::{Fault, Stop, Timestamp};
use store::{Reads, Tx};

use super::attempt::Attempt;
use super::fact::{Case, Decision, Fact, Told};
use super::hear::hear;
use super::operation::OperationKind;
use super::payment::{Payment, PaymentState};
use super::{books, rows};
use crate::checkouts::{self, CheckoutState};
use crate::notices::Filed;
use crate::{Billing, events, reversals};

/// What became of a fact.
#[derive(Clone, Debug)]
pub(crate) struct Settled {
    pub(crate) filed: Filed,
    pub(crate) reason: Option<String>,
    pub(crate) payment: Payment,
    pub(crate) attempt: Attempt,
    /// The payment stands somewhere else than before.
    moved: bool,
}

impl Settled {
    /// Counts a move, once it is durable.
    pub(crate) fn count(&self) {
        if self.moved {
            let (state, account) = (self.payment.state.as_str(), self.attempt.account.clone());
            metrics::counter!("paydesk_payments_total", "state" => state, "account" => account)
                .increment(1);
        }
    }
}

/// Everything that is known about an attempt.
async fn load(reads: &mut impl Reads, id: AttemptId) -> Result<Case, Fault> {
    let gone = |what: &str| Fault::new(format!("find {what} of {id}"));
    let attempt = rows::find_attempt(reads, id).await?.ok_or_else(|| gone("the attempt"))?;
    let payment = rows::find(reads, attempt.payment).await?.ok_or_else(|| gone("the payment"))?;
    let operations = rows::operations_of_attempt(reads, id).await?;
    let (sales, others): (Vec<_>, Vec<_>) =
        operations.into_iter().partition(|one| one.kind == OperationKind::Sale);
    let sale = sales.into_iter().next().ok_or_else(|| gone("the call"))?;
    let refunds = others.into_iter().filter(|one| one.kind == OperationKind::Refund).collect();
    let disputes = reversals::standing_disputes(reads, id).await?;
    let tries = rows::attempts_of(reads, attempt.payment).await?.len();
    Ok(Case { payment, attempt, sale, refunds, disputes, tries })
}

/// Hears a fact about an attempt and does what follows.
pub(crate) async fn settle(
    tx: &mut Tx,
    billing: &Billing,
    id: AttemptId,
    fact: &Fact,
    proof: &str,
) -> Result<Settled, Stop> {
    let now = billing.env.now();
    let before = load(tx, id).await?;
    let Decision { mut case, filed, reason, booking, told } =
        hear(before.clone(), fact, proof, now);
    write_back(tx, &before, &mut case).await?;
    if let Some(booking) = &booking {
        books::book(tx, billing, &case, booking, now).await?;
    }
    if case.payment.state == PaymentState::Captured && before.payment.state != case.payment.state {
        checkouts::set_state(tx, case.payment.id, CheckoutState::Paid).await?;
    }
    events::payment_told(tx, &billing.env, &case.payment, &told).await?;
    let moved = before.payment.state != case.payment.state;
    Ok(Settled { filed, reason, payment: case.payment, attempt: case.attempt, moved })
}

/// Writes what has changed.
async fn write_back(tx: &mut Tx, before: &Case, case: &mut Case) -> Result<(), Fault> {
    if case.payment != before.payment {
        rows::update_payment(tx, &case.payment).await?;
        case.payment.version += 1;
    }
    if case.attempt != before.attempt {
        rows::update_attempt(tx, &case.attempt).await?;
        case.attempt.version += 1;
    }
    let calls =
        std::iter::once((&case.sale, &before.sale)).chain(case.refunds.iter().zip(&before.refunds));
    for (operation, was) in calls {
        if operation != was {
            rows::update_operation(tx, operation).await?;
        }
    }
    Ok(())
}

/// Asks somebody on the staff to look at a payment.
pub(crate) async fn raise_attention(
    tx: &mut Tx,
    billing: &Billing,
    payment: &mut Payment,
    why: String,
    now: Timestamp,
) -> Result<(), Fault> {
    if payment.needs_attention.as_ref() == Some(&why) {
        return Ok(());
    }
    payment.needs_attention = Some(why);
    payment.updated_at = now;
    rows::update_payment(tx, payment).await?;
    payment.version += 1;
    events::payment_told(tx, &billing.env, payment, &[Told::NeedsAttention]).await
}
