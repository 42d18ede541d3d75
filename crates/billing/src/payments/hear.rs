//! The decision: what a fact means for a payment, its attempt, the call and the books. Pure.
//!
//! The same fact twice, late or out of order ends in the same books: a fact that cannot follow
//! from the present state is filed and changes nothing, and one that needs another first waits.

use base::{Money, Timestamp};
use processor::Card;

use super::attempt::{AttemptMove, AttemptState};
use super::fact::{Booking, Case, Decision, Fact, Paid, Told};
use super::hold::{approved, authorized, released, was_held};
use super::operation::{OperationKind, OperationMove};
use super::payment::{Payment, PaymentMove, PaymentState};
use super::take_back::{dispute_opened, refund_failed, reinstated, taken_back};
use super::twice;
use crate::notices::Filed;

/// So many attempts may come to nothing before a payment is given up.
pub const MOST_TRIES: usize = 10;

/// Hears a fact about a case. `proof` says who or what tells it.
#[must_use]
pub fn hear(case: Case, fact: &Fact, proof: &str, now: Timestamp) -> Decision {
    let before = case.clone();
    let decision = match fact {
        Fact::Begun { .. } => begun(case, fact, proof),
        Fact::Waiting => waiting(case, proof),
        Fact::Paid(paid) if paid.provisional => provisional(case, paid, proof),
        Fact::Paid(paid) => collected(case, paid, proof),
        Fact::Authorized(paid) => authorized(case, paid, proof),
        Fact::Approved { transaction } => approved(case, transaction.as_deref(), proof),
        Fact::Released => released(case, proof),
        Fact::Unsure(why) => unsure(case, why),
        Fact::RefundFailed { amount, transaction } => {
            refund_failed(case, *amount, transaction.as_deref(), proof)
        }
        Fact::DisputeOpened(words) => dispute_opened(case, words),
        Fact::Declined { decline, card } => {
            let mut case = case;
            if case.attempt.state.is_unresolved() {
                case.attempt.decline.clone_from(decline);
            }
            learn_card(&mut case, card.as_ref());
            failed(case, (AttemptMove::Decline, OperationMove::Decline), "declined", proof)
        }
        Fact::NeverRan(how) => {
            failed(case, (AttemptMove::NeverRan, OperationMove::NeverRan), "not_executed", how)
        }
        Fact::Expired => {
            failed(case, (AttemptMove::Expire, OperationMove::NeverRan), "expired", proof)
        }
        Fact::Lost(why) => lost(case, why),
        Fact::TakenBack { by, amount, transaction } => {
            taken_back(case, *by, *amount, transaction.as_deref(), proof)
        }
        Fact::Reinstated { amount } => reinstated(case, *amount),
    };
    stamped(decision, &before, now)
}

/// Marks what changed with the time.
fn stamped(mut decision: Decision, before: &Case, now: Timestamp) -> Decision {
    let case = &mut decision.case;
    if case.payment != before.payment {
        case.payment.updated_at = now;
    }
    if case.attempt != before.attempt {
        case.attempt.updated_at = now;
    }
    for (operation, was) in std::iter::once((&mut case.sale, &before.sale))
        .chain(case.refunds.iter_mut().zip(&before.refunds))
        .chain(case.holds.iter_mut().zip(&before.holds))
    {
        if operation != was {
            operation.updated_at = now;
        }
    }
    case.payment.assert_sound();
    decision
}

impl Decision {
    pub(super) fn applied(case: Case, booking: Option<Booking>, told: Vec<Told>) -> Decision {
        Decision { case, filed: Filed::Applied, reason: None, booking, told }
    }

    pub(super) fn filed(case: Case, filed: Filed, reason: impl Into<String>) -> Decision {
        Decision { case, filed, reason: Some(reason.into()), booking: None, told: Vec::new() }
    }

    /// Nothing is booked, and somebody must look.
    pub(super) fn attention(mut case: Case, why: String) -> Decision {
        let news = case.payment.needs_attention.as_ref() != Some(&why);
        case.payment.needs_attention = Some(why.clone());
        let told = if news { vec![Told::NeedsAttention] } else { Vec::new() };
        Decision { told, ..Decision::filed(case, Filed::Rejected, why) }
    }

    pub(super) fn stale(case: Case) -> Decision {
        let reason = format!("the attempt is {} already", case.attempt.state);
        Decision::filed(case, Filed::Stale, reason)
    }
}

/// The payment follows its attempt where its state allows it. Where another attempt has collected
/// it meanwhile, or it was cancelled, it stays.
pub(super) fn follow(payment: Payment, by: PaymentMove, reason: Option<&str>) -> Payment {
    payment.clone().moved(by, reason).unwrap_or(payment)
}

pub(super) fn learn_card(case: &mut Case, card: Option<&Card>) {
    if let Some(card) = card {
        case.attempt.card = Some(card.clone());
    }
}

fn begun(mut case: Case, fact: &Fact, proof: &str) -> Decision {
    let Fact::Begun { go_to, transaction } = fact else { return Decision::stale(case) };
    if case.attempt.transaction.is_none() {
        case.attempt.transaction.clone_from(transaction);
    }
    if case.attempt.state.is_unresolved() {
        case.attempt.go_to = Some(go_to.clone());
    }
    let Ok(attempt) = case.attempt.clone().moved(AttemptMove::MustAct) else {
        return Decision::stale(case);
    };
    case.attempt = attempt;
    case.payment = follow(case.payment, PaymentMove::MustAct, None);
    case.payment.outcome_known = true;
    call(&mut case, OperationMove::TakenIn, proof);
    Decision::applied(case, None, vec![Told::RequiresAction])
}

fn waiting(mut case: Case, proof: &str) -> Decision {
    let Ok(attempt) = case.attempt.clone().moved(AttemptMove::TakenIn) else {
        return Decision::stale(case);
    };
    let told =
        if case.attempt.state == AttemptState::Pending { vec![] } else { vec![Told::Processing] };
    case.attempt = attempt;
    let reason = if case.attempt.provisional { "provisional" } else { "pending" };
    case.payment = follow(case.payment, PaymentMove::TakenIn, Some(reason));
    case.payment.outcome_known = true;
    call(&mut case, OperationMove::TakenIn, proof);
    Decision::applied(case, None, told)
}

fn provisional(mut case: Case, paid: &Paid, proof: &str) -> Decision {
    if let Some(why) = difference(&case, paid) {
        return Decision::attention(case, why);
    }
    let Ok(attempt) = case.attempt.clone().moved(AttemptMove::TakenIn) else {
        return Decision::stale(case);
    };
    case.attempt = attempt;
    case.attempt.provisional = true;
    case.attempt.transaction = paid.transaction.clone().or(case.attempt.transaction);
    learn_card(&mut case, paid.card.as_ref());
    case.payment = follow(case.payment, PaymentMove::TakenIn, Some("provisional"));
    call(&mut case, OperationMove::TakenIn, proof);
    Decision::applied(case, None, vec![Told::Processing])
}

/// Compares what the processor says it took with what was asked for: by an open call for a part
/// of what is held, else by the attempt.
pub(super) fn difference(case: &Case, paid: &Paid) -> Option<String> {
    let part = case.holds.iter().find(|one| one.kind == OperationKind::Capture && one.is_open());
    let asked = part.map_or(case.attempt.amount, |one| one.amount);
    match paid.amount {
        Some(taken) if taken == asked => None,
        Some(taken) => Some(format!("the processor says {taken} where {asked} was asked for")),
        None => Some(format!("the processor names no amount where {asked} was asked for")),
    }
}

fn collected(mut case: Case, paid: &Paid, proof: &str) -> Decision {
    if let Some(why) = difference(&case, paid) {
        return Decision::attention(case, why);
    }
    let was = case.attempt.state;
    let Ok(attempt) = case.attempt.clone().moved(AttemptMove::Capture) else {
        return second_yes(case, paid);
    };
    case.attempt = attempt;
    case.attempt.captured = paid.amount.unwrap_or(case.attempt.amount);
    case.attempt.provisional = false;
    case.attempt.decline = None;
    case.attempt.go_to = None;
    case.attempt.transaction = paid.transaction.clone().or(case.attempt.transaction);
    learn_card(&mut case, paid.card.as_ref());
    call(&mut case, OperationMove::Succeed, proof);
    end_holds(&mut case, OperationKind::Capture, proof);
    case.sale.transaction.clone_from(&case.attempt.transaction);
    let booking = if was.is_unresolved() { Booking::Post } else { Booking::PostLate };
    let twice = case.payment.state == PaymentState::Captured;
    let late = !was.is_unresolved() || case.payment.state.is_final();
    let sum = |sum: Money, more: Money| sum.plus(more).unwrap_or(sum);
    if was != AttemptState::Authorized {
        case.payment.authorized = sum(case.payment.authorized, case.attempt.captured);
    }
    case.payment.captured = sum(case.payment.captured, case.attempt.captured);
    case.payment.outcome_known = true;
    if twice {
        case.payment.needs_attention = Some(twice::attention(case.attempt.id));
        return Decision::applied(case, Some(booking), vec![Told::NeedsAttention]);
    }
    let reason = late.then_some("late");
    case.payment = captured(case.payment, reason);
    Decision::applied(case, Some(booking), vec![Told::Captured])
}

/// The payment as collected, from wherever it stood.
fn captured(payment: Payment, reason: Option<&str>) -> Payment {
    let by = match payment.state {
        PaymentState::Processing | PaymentState::Authorized => PaymentMove::Capture,
        PaymentState::RequiresAction => {
            let payment = follow(payment, PaymentMove::TakenIn, None);
            return follow(payment, PaymentMove::Capture, reason);
        }
        PaymentState::RequiresMethod
        | PaymentState::Captured
        | PaymentState::Canceled
        | PaymentState::Failed => PaymentMove::CaptureLate,
    };
    follow(payment, by, reason)
}

/// A yes for an attempt that has its end already.
fn second_yes(mut case: Case, paid: &Paid) -> Decision {
    let id = case.attempt.id;
    let why = match (case.attempt.state, &case.attempt.transaction, &paid.transaction) {
        (AttemptState::Voided, ..) => {
            format!("{id} was released, and the processor says that it took the money")
        }
        (AttemptState::Captured, Some(known), Some(told)) if known != told => {
            format!("{id} was collected by transaction {known}, and again by {told}?")
        }
        (AttemptState::Captured, None, Some(told)) => {
            // People vouched for it; now the house names it, and it can be given back by call.
            case.attempt.transaction = Some(told.clone());
            return Decision::stale(case);
        }
        _ => return Decision::stale(case),
    };
    Decision { filed: Filed::Stale, ..Decision::attention(case, why) }
}

/// The attempt ended without money: the hold is released and another try is allowed.
fn failed(
    mut case: Case,
    (by, call_by): (AttemptMove, OperationMove),
    reason: &str,
    proof: &str,
) -> Decision {
    let held = case.attempt.state == AttemptState::Authorized;
    let Ok(attempt) = case.attempt.clone().moved(by) else {
        return Decision::stale(case);
    };
    case.attempt = attempt;
    case.attempt.provisional = false;
    case.attempt.go_to = None;
    call(&mut case, call_by, proof);
    case.payment.outcome_known = true;
    if held {
        let told = was_held(&mut case, reason, proof);
        return Decision::applied(case, Some(Booking::Release), told);
    }
    case.payment = if case.tries >= MOST_TRIES {
        follow(case.payment, PaymentMove::GiveUp, Some("too_many_tries"))
    } else {
        follow(case.payment, PaymentMove::TryAgain, Some(reason))
    };
    Decision::applied(case, Some(Booking::Release), vec![Told::Failed])
}

fn lost(mut case: Case, why: &str) -> Decision {
    let Ok(attempt) = case.attempt.clone().moved(AttemptMove::LoseSight) else {
        return Decision::stale(case);
    };
    case.attempt = attempt;
    case.payment.outcome_known = false;
    case.payment.reason = Some("unknown".to_owned());
    case.sale.reason = Some(why.to_owned());
    if let Ok(state) = case.sale.state.moved(OperationMove::LoseSight) {
        case.sale.state = state;
    }
    Decision::applied(case, None, vec![Told::Processing])
}

/// The answer to the last call was lost: the attempt stays where it is, and nobody knows.
fn unsure(mut case: Case, why: &str) -> Decision {
    if !case.attempt.state.is_unresolved() {
        return Decision::stale(case);
    }
    case.payment.outcome_known = false;
    case.sale.reason = Some(why.to_owned());
    Decision::applied(case, None, Vec::new())
}

/// The calls about what is held end with it: those of the kind succeeded, the others never ran.
pub(super) fn end_holds(case: &mut Case, succeeded: OperationKind, proof: &str) {
    for one in case.holds.iter_mut().filter(|one| one.is_open()) {
        let by =
            if one.kind == succeeded { OperationMove::Succeed } else { OperationMove::NeverRan };
        if let Ok(ended) = one.clone().moved(by, proof) {
            *one = ended;
        }
    }
}

/// Moves the call that takes the money, with what proved it.
pub(super) fn call(case: &mut Case, by: OperationMove, proof: &str) {
    if let Ok(sale) = case.sale.clone().moved(by, proof) {
        case.sale = sale;
    }
}
