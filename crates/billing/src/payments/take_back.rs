//! The decision, second part: money that goes back after it was taken, and disputes we won. Pure.

use base::Money;
use base::money::cumulative;

use super::attempt::AttemptState;
use super::fact::{Booking, Case, Decision, Told};
use super::hold::released;
use super::operation::{Operation, OperationMove, OperationState};
use super::{by_hand, twice};
use crate::notices::Filed;
use crate::reversals::TakenBackBy;

/// Money was given or taken back. Before the yes is heard, it waits for it.
pub(super) fn taken_back(
    mut case: Case,
    by: TakenBackBy,
    amount: Option<Money>,
    transaction: Option<&str>,
    proof: &str,
) -> Decision {
    match case.attempt.state {
        AttemptState::Captured => {}
        AttemptState::Voided => return Decision::stale(case),
        AttemptState::Authorized if by == TakenBackBy::Void => return released(case, proof),
        AttemptState::Created
        | AttemptState::Sent
        | AttemptState::ActionRequired
        | AttemptState::Pending
        | AttemptState::Unknown
        | AttemptState::Authorized
        | AttemptState::Declined
        | AttemptState::Expired
        | AttemptState::NotExecuted => {
            return Decision::filed(case, Filed::Unmatched, "nothing is known to be taken yet");
        }
    }
    let left = case.attempt.returnable();
    let refunded = left.minor == 0 && case.attempt.disputed.minor == 0;
    if by == TakenBackBy::Chargeback && refunded {
        let why = "the bank took back what was refunded already: contest it at the processor";
        let decision = Decision::attention(case, why.to_owned());
        return Decision { filed: Filed::Stale, ..decision };
    }
    if left.minor == 0 && amount.is_none_or(|amount| amount.currency == left.currency) {
        return ours(&mut case, amount.unwrap_or(left), transaction, proof).map_or_else(
            || Decision::filed(case.clone(), Filed::Stale, "all of it went back already"),
            |why| Decision::filed(case.clone(), Filed::Stale, why),
        );
    }
    let amount = amount.unwrap_or(left);
    if amount.currency != left.currency || !amount.is_positive() {
        return Decision::attention(case, format!("{amount} went back of a payment in {left}"));
    }
    if by != TakenBackBy::Chargeback
        && let Some(why) = ours(&mut case, amount, transaction, proof)
    {
        return Decision::filed(case, Filed::Stale, why);
    }
    if amount.minor > left.minor {
        return Decision::attention(case, format!("{amount} went back where {left} was left"));
    }
    give_back(case, by, amount, transaction, proof)
}

/// Whether our own call gave it back and its answer was heard before; then the notice only
/// confirms it. Where a house names no transaction, one notice confirms one call.
fn ours(
    case: &mut Case,
    amount: Money,
    transaction: Option<&str>,
    proof: &str,
) -> Option<&'static str> {
    let done = |state| state == OperationState::Succeeded;
    let refunds = &mut case.refunds;
    let known = |refund: &Operation| refund.transaction.as_deref() == transaction;
    if transaction.is_some() && refunds.iter().any(known) {
        return Some("our own refund, known from its answer");
    }
    // A call that has no outcome yet is meant before one that has.
    if refunds.iter().any(|refund| refund.is_open() && refund.amount == amount) {
        return None;
    }
    let unnamed = refunds.iter_mut().find(|refund| {
        done(refund.state) && refund.transaction.is_none() && refund.amount == amount
    })?;
    unnamed.transaction = Some(transaction.unwrap_or(proof).to_owned());
    Some("our own refund, confirmed")
}

fn give_back(
    mut case: Case,
    by: TakenBackBy,
    amount: Money,
    transaction: Option<&str>,
    proof: &str,
) -> Decision {
    let gone = case.attempt.refunded.minor + case.attempt.disputed.minor;
    let taken = case.attempt.captured.minor;
    let all = case.attempt.sold(case.payment.tokens).count();
    let tokens = cumulative(all, taken, gone, gone + amount.minor);
    let sum = |sum: Money| sum.plus(amount).unwrap_or(sum);
    let told = match by {
        TakenBackBy::Refund | TakenBackBy::Void => {
            case.attempt.refunded = sum(case.attempt.refunded);
            case.payment.refunded = sum(case.payment.refunded);
            vec![Told::Refunded]
        }
        TakenBackBy::Chargeback => {
            case.attempt.disputed = sum(case.attempt.disputed);
            case.payment.disputed = sum(case.payment.disputed);
            case.payment.needs_attention = Some(format!("the bank took {amount} back"));
            vec![Told::Disputed, Told::NeedsAttention]
        }
    };
    let whole = case.payment.returnable().minor == 0;
    settled_by_going_back(&mut case);
    let reason = match (by, whole) {
        (TakenBackBy::Refund | TakenBackBy::Void, true) => "refunded",
        (TakenBackBy::Refund | TakenBackBy::Void, false) => "partly_refunded",
        (TakenBackBy::Chargeback, _) => "disputed",
    };
    case.payment.reason = Some(reason.to_owned());
    let operation = if by == TakenBackBy::Chargeback {
        None
    } else {
        let open = |state: OperationState| state.is_unresolved();
        let refund =
            case.refunds.iter_mut().find(|refund| open(refund.state) && refund.amount == amount);
        refund.map(|refund| {
            if let Ok(done) = refund.clone().moved(OperationMove::Succeed, proof) {
                *refund = done;
            }
            refund.transaction = transaction.map(str::to_owned);
            refund.id
        })
    };
    let transaction = transaction.map(str::to_owned);
    let booking = Booking::TakeBack { operation, by, amount, tokens, transaction };
    Decision::applied(case, Some(booking), told)
}

/// The bank gave disputed money back to us. Before the dispute is heard, it waits for it.
pub(super) fn reinstated(mut case: Case, amount: Option<Money>) -> Decision {
    let fits = |of: Money| amount.is_none_or(|amount| amount == of);
    let Some(nth) = case.disputes.iter().rposition(|dispute| fits(dispute.amount)) else {
        return Decision::filed(case, Filed::Unmatched, "no such dispute stands");
    };
    let dispute = case.disputes.remove(nth);
    let less = |sum: Money| sum.minus(dispute.amount).unwrap_or(sum);
    case.attempt.disputed = less(case.attempt.disputed);
    case.payment.disputed = less(case.payment.disputed);
    case.payment.reason = Some("dispute_won".to_owned());
    Decision::applied(case, Some(Booking::Reinstate(dispute)), vec![Told::Disputed])
}

/// What somebody was asked to look at only because money had to go back is done with it.
fn settled_by_going_back(case: &mut Case) {
    let twice = twice::attention(case.attempt.id);
    let open = |attention: &String| {
        (*attention == twice && case.attempt.returnable().minor == 0)
            || attention.starts_with(by_hand::ATTENTION)
    };
    if case.payment.needs_attention.as_ref().is_some_and(open) {
        case.payment.needs_attention = None;
    }
}

/// A refund that we asked for came to nothing. If the books say that it went back, a person must
/// look: a notice alone does not undo a giving back.
pub(super) fn refund_failed(
    mut case: Case,
    amount: Option<Money>,
    transaction: Option<&str>,
    proof: &str,
) -> Decision {
    let named =
        |one: &Operation| transaction.is_some() && one.transaction.as_deref() == transaction;
    let fits = |one: &Operation| one.is_open() && amount.is_none_or(|amount| amount == one.amount);
    let refunds = &case.refunds;
    let nth = refunds.iter().position(named).or_else(|| refunds.iter().position(fits));
    let Some(nth) = nth else {
        return Decision::filed(case, Filed::Unmatched, "no refund of ours is open");
    };
    let refund = &mut case.refunds[nth];
    let why = match refund.clone().moved(OperationMove::Decline, proof) {
        Ok(failed) => {
            *refund = failed;
            format!("the refund {} of {} came to nothing", refund.id, refund.amount)
        }
        Err(_) if refund.state == OperationState::Succeeded => format!(
            "the processor says that the refund {} of {} failed, and it is booked",
            refund.id, refund.amount
        ),
        Err(_) => {
            return Decision::filed(case, Filed::Stale, "that refund is known to have failed");
        }
    };
    case.payment.needs_attention = Some(why);
    Decision::applied(case, None, vec![Told::NeedsAttention])
}

/// The bank or the customer asks about a payment. No money has moved.
pub(super) fn dispute_opened(mut case: Case, words: &str) -> Decision {
    if case.attempt.state != AttemptState::Captured {
        return Decision::filed(case, Filed::Unmatched, "nothing is known to be taken yet");
    }
    if case.payment.needs_attention.is_none() {
        case.payment.needs_attention = Some(format!("a dispute was opened: {words}"));
    }
    Decision::applied(case, None, vec![Told::DisputeOpened, Told::NeedsAttention])
}
