//! A round: many facts are heard one after another in one transaction, read and written together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use base::id::{AttemptId, PaymentId};
use base::{Fault, Timestamp};
use store::Tx;

use super::attempt::Attempt;
use super::books::Ink;
use super::fact::{Case, Decision, Fact};
use super::hear::hear;
use super::operation::{Operation, OperationKind};
use super::payment::{Payment, PaymentState};
use super::rows::Changes;
use super::settle::{Learned, Settled};
use super::{rows, twice};
use crate::checkouts::CheckoutState;
use crate::notices::Filed;
use crate::reversals::{self, Reversal};
use crate::{Billing, events};

/// What is known of one attempt, and how it was before the round.
struct Known {
    attempt: Attempt,
    sale: Operation,
    refunds: Vec<Operation>,
    holds: Vec<Operation>,
    disputes: Vec<Reversal>,
    before: (Attempt, Vec<Operation>),
}

/// Payments in memory while facts about them are heard.
pub(crate) struct Round<'b> {
    billing: &'b Billing,
    now: Timestamp,
    payments: BTreeMap<PaymentId, (Payment, Payment)>,
    tries: HashMap<PaymentId, usize>,
    known: BTreeMap<AttemptId, Known>,
    ids: Vec<(String, String, AttemptId)>,
    ink: Ink,
}

fn texts<'a, T: std::fmt::Display + 'a>(ids: impl IntoIterator<Item = &'a T>) -> Vec<String> {
    ids.into_iter().map(ToString::to_string).collect()
}

impl<'b> Round<'b> {
    /// Begins, and reads everything about these attempts.
    pub(crate) async fn open(
        tx: &mut Tx,
        billing: &'b Billing,
        ids: &BTreeSet<AttemptId>,
    ) -> Result<Round<'b>, Fault> {
        let mut round = Round {
            billing,
            now: billing.env.now(),
            payments: BTreeMap::new(),
            tries: HashMap::new(),
            known: BTreeMap::new(),
            ids: Vec::new(),
            ink: Ink::default(),
        };
        round.load(tx, ids).await?;
        Ok(round)
    }

    /// Reads everything about further attempts. Ids of none are left out.
    pub(crate) async fn load(
        &mut self,
        tx: &mut Tx,
        ids: &BTreeSet<AttemptId>,
    ) -> Result<(), Fault> {
        let new: Vec<String> =
            ids.iter().filter(|id| !self.known.contains_key(id)).map(ToString::to_string).collect();
        if new.is_empty() {
            return Ok(());
        }
        let attempts = rows::attempts_of_same(tx, new).await?;
        self.load_payments(tx, &attempts).await?;
        let ids = || texts(attempts.iter().map(|one| &one.id));
        let mut calls: HashMap<AttemptId, Vec<Operation>> = HashMap::new();
        for call in rows::operations_of_attempts(tx, ids()).await? {
            calls.entry(call.attempt).or_default().push(call);
        }
        let mut disputes: HashMap<AttemptId, Vec<Reversal>> = HashMap::new();
        for dispute in reversals::standing_disputes(tx, ids()).await? {
            disputes.entry(dispute.attempt).or_default().push(dispute);
        }
        for attempt in attempts {
            let calls = calls.remove(&attempt.id).unwrap_or_default();
            let disputes = disputes.remove(&attempt.id).unwrap_or_default();
            self.known.insert(attempt.id, Known::of(attempt, calls, disputes)?);
        }
        Ok(())
    }

    async fn load_payments(&mut self, tx: &mut Tx, attempts: &[Attempt]) -> Result<(), Fault> {
        let new: BTreeSet<PaymentId> = attempts
            .iter()
            .map(|one| one.payment)
            .filter(|id| !self.payments.contains_key(id))
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        for payment in rows::find_many(tx, texts(&new)).await? {
            self.payments.insert(payment.id, (payment.clone(), payment));
        }
        for other in rows::attempts_of_payments(tx, texts(&new)).await? {
            *self.tries.entry(other.payment).or_default() += 1;
        }
        Ok(())
    }

    /// The payments that are in memory.
    pub(crate) fn payments(&self) -> Vec<String> {
        texts(self.payments.keys())
    }

    /// An attempt as it stands now.
    pub(crate) fn attempt(&self, id: AttemptId) -> Option<&Attempt> {
        self.known.get(&id).map(|known| &known.attempt)
    }

    /// The attempt that was learned in this round to be known by an id.
    pub(crate) fn known_as(&self, account: &str, id: &str) -> Option<AttemptId> {
        let fits = |(at, known, _): &&(String, String, AttemptId)| at == account && known == id;
        self.ids.iter().find(fits).map(|(_, _, attempt)| *attempt)
    }

    fn case(&self, id: AttemptId) -> Result<Case, Fault> {
        let gone = |what: &str| Fault::new(format!("find {what} of {id}"));
        let known = self.known.get(&id).ok_or_else(|| gone("the attempt"))?;
        let payment = known.attempt.payment;
        let (_, payment) = self.payments.get(&payment).ok_or_else(|| gone("the payment"))?;
        Ok(Case {
            payment: payment.clone(),
            attempt: known.attempt.clone(),
            sale: known.sale.clone(),
            refunds: known.refunds.clone(),
            holds: known.holds.clone(),
            disputes: known.disputes.clone(),
            tries: self.tries.get(&payment.id).copied().unwrap_or(1),
        })
    }

    /// Hears a fact about an attempt and does what follows.
    pub(crate) async fn hear(
        &mut self,
        tx: &mut Tx,
        id: AttemptId,
        fact: &Fact,
        proof: &str,
        learned: Learned<'_>,
    ) -> Result<Settled, Fault> {
        let before = self.case(id)?;
        let Decision { mut case, filed, reason, booking, told } =
            hear(before.clone(), fact, proof, self.now);
        if case.payment != before.payment {
            case.payment.version += 1;
        }
        if case.attempt != before.attempt {
            case.attempt.version += 1;
        }
        if let Some(booking) = &booking {
            let back = self.ink.book(tx, self.billing, &case, booking, self.now).await?;
            case.disputes.extend(back.filter(Reversal::is_dispute));
        }
        if matches!(filed, Filed::Applied | Filed::Stale) {
            self.learn(tx, &before, &case, learned).await?;
        }
        if filed == Filed::Applied && matches!(fact, Fact::Approved { .. }) {
            rows::mark_approved(tx, id, self.now).await?;
        }
        let collected = before.attempt.captured.minor == 0 && case.attempt.captured.minor > 0;
        if collected && before.payment.state == PaymentState::Captured {
            twice::plan(tx, self.billing, id).await?;
        }
        let told = events::payment_events(&self.billing.env, &case.payment, &told)?;
        self.ink.events.extend(told);
        let moved = before.payment.state != case.payment.state;
        let settled = Settled {
            filed,
            reason,
            payment: case.payment.clone(),
            attempt: case.attempt.clone(),
            moved,
        };
        self.put(case);
        Ok(settled)
    }

    fn put(&mut self, case: Case) {
        if let Some((_, payment)) = self.payments.get_mut(&case.payment.id) {
            *payment = case.payment;
        }
        if let Some(known) = self.known.get_mut(&case.attempt.id) {
            known.attempt = case.attempt;
            known.sale = case.sale;
            known.refunds = case.refunds;
            known.holds = case.holds;
            known.disputes = case.disputes;
        }
    }

    /// Remembers by which ids the house speaks of an attempt, and what it keeps of the customer.
    async fn learn(
        &mut self,
        tx: &mut Tx,
        before: &Case,
        case: &Case,
        learned: Learned<'_>,
    ) -> Result<(), Fault> {
        let (attempt, known) = (&case.attempt, case.attempt.transaction.as_ref());
        let new = known.filter(|new| before.attempt.transaction.as_ref() != Some(*new));
        let told = learned.ids.iter().filter(|id| known != Some(*id));
        for id in new.into_iter().chain(told) {
            if self.known_as(&attempt.account, id).is_none() {
                self.ids.push((attempt.account.clone(), id.clone(), attempt.id));
            }
        }
        if let Some(stored) = learned.stored {
            let customer = case.payment.customer;
            rows::keep_instrument(tx, attempt, customer, stored, self.now).await?;
        }
        Ok(())
    }

    /// Writes everything that has changed.
    pub(crate) async fn close(self, tx: &mut Tx) -> Result<(), Fault> {
        let mut changes = Changes::none();
        for (before, payment) in self.payments.values() {
            if payment == before {
                continue;
            }
            changes.payment(payment);
            if let Some(state) = checkout(before, payment) {
                changes.checkout(payment, state);
            }
        }
        for known in self.known.values() {
            let (before, calls) = &known.before;
            if known.attempt != *before {
                changes.attempt(&known.attempt, before.state)?;
            }
            for (call, was) in known.calls().zip(calls) {
                if call != was {
                    changes.operation(call);
                }
            }
        }
        changes.write(tx).await?;
        rows::learn_ids(tx, self.ids).await?;
        self.ink.dry(tx, self.billing, self.now).await
    }
}

/// Where the checkout of a payment goes with it, if anywhere.
fn checkout(before: &Payment, payment: &Payment) -> Option<CheckoutState> {
    match payment.state {
        state if state == before.state => None,
        PaymentState::Captured => Some(CheckoutState::Paid),
        PaymentState::Canceled => Some(CheckoutState::Canceled),
        PaymentState::RequiresMethod
        | PaymentState::RequiresAction
        | PaymentState::Processing
        | PaymentState::Authorized
        | PaymentState::Failed => None,
    }
}

impl Known {
    fn of(
        attempt: Attempt,
        calls: Vec<Operation>,
        disputes: Vec<Reversal>,
    ) -> Result<Known, Fault> {
        let (sales, others): (Vec<_>, Vec<_>) =
            calls.into_iter().partition(|one| one.kind == OperationKind::Sale);
        let sale = sales.into_iter().next();
        let sale = sale.ok_or_else(|| Fault::new(format!("find the call of {}", attempt.id)))?;
        let (refunds, holds): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|one| one.kind == OperationKind::Refund);
        let before = (attempt.clone(), Vec::new());
        let mut known = Known { attempt, sale, refunds, holds, disputes, before };
        known.before.1 = known.calls().cloned().collect();
        Ok(known)
    }

    /// Its calls, always in the same order.
    fn calls(&self) -> impl Iterator<Item = &Operation> {
        std::iter::once(&self.sale).chain(&self.refunds).chain(&self.holds)
    }
}
