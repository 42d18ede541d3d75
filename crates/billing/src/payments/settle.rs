//! A deed: a fact is heard, and everything it causes is committed in one transaction.

use std::collections::BTreeSet;

use base::id::AttemptId;
use base::{Fault, Stop, Timestamp};
use store::Tx;

use super::attempt::Attempt;
use super::fact::{Fact, Told};
use super::payment::Payment;
use super::round::Round;
use super::rows;
use crate::notices::Filed;
use crate::{Billing, events};

/// What became of a fact.
#[derive(Clone, Debug)]
pub(crate) struct Settled {
    pub(crate) filed: Filed,
    pub(crate) reason: Option<String>,
    pub(crate) payment: Payment,
    pub(crate) attempt: Attempt,
    /// The payment stands somewhere else than before.
    pub(super) moved: bool,
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

/// What is learned beside a fact: how else the house calls the attempt, and what it keeps.
#[derive(Clone, Copy, Default)]
pub(crate) struct Learned<'a> {
    /// Ids by which the house may speak of the attempt.
    pub(crate) ids: &'a [String],
    /// What may be charged again.
    pub(crate) stored: Option<&'a str>,
}

/// Hears a fact about an attempt and does what follows.
pub(crate) async fn settle(
    tx: &mut Tx,
    billing: &Billing,
    id: AttemptId,
    fact: &Fact,
    proof: &str,
) -> Result<Settled, Stop> {
    settle_learning(tx, billing, id, fact, proof, Learned::default()).await
}

/// As [`settle`], and remembers what else the processor said.
pub(crate) async fn settle_learning(
    tx: &mut Tx,
    billing: &Billing,
    id: AttemptId,
    fact: &Fact,
    proof: &str,
    learned: Learned<'_>,
) -> Result<Settled, Stop> {
    let mut round = Round::open(tx, billing, &BTreeSet::from([id])).await?;
    let settled = round.hear(tx, id, fact, proof, learned).await?;
    round.close(tx).await?;
    Ok(settled)
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
