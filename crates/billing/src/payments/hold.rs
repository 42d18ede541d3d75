//! The decision, third part: money that is held, an approval that needs our last call, and a hold
//! that ends. Pure.

use base::Money;

use super::attempt::{AttemptMove, AttemptState};
use super::fact::{Booking, Case, Decision, Paid, Told};
use super::hear::{call, difference, end_holds, follow, learn_card};
use super::operation::{OperationKind, OperationMove};
use super::payment::{Payment, PaymentMove, PaymentState};
use crate::notices::Filed;

/// Money is held. The books hold it since the attempt was made, so nothing is booked.
pub(super) fn authorized(mut case: Case, paid: &Paid, proof: &str) -> Decision {
    if let Some(why) = difference(&case, paid) {
        return Decision::attention(case, why);
    }
    let was = case.attempt.state;
    let Ok(attempt) = case.attempt.clone().moved(AttemptMove::Authorize) else {
        return too_late(case, was);
    };
    case.attempt = attempt;
    case.attempt.provisional = false;
    case.attempt.go_to = None;
    case.attempt.transaction = paid.transaction.clone().or(case.attempt.transaction);
    learn_card(&mut case, paid.card.as_ref());
    call(&mut case, OperationMove::TakenIn, proof);
    let more = case.payment.authorized.plus(case.attempt.amount);
    case.payment.authorized = more.unwrap_or(case.payment.authorized);
    case.payment.outcome_known = true;
    if case.payment.state.is_final() {
        let why = format!("{} holds money that nobody will take: release it", case.attempt.id);
        case.payment.needs_attention = Some(why);
        return Decision::applied(case, None, vec![Told::NeedsAttention]);
    }
    case.payment = held(case.payment);
    Decision::applied(case, None, vec![Told::Authorized])
}

/// A hold for an attempt that had come to nothing is nothing that we may take.
fn too_late(case: Case, was: AttemptState) -> Decision {
    match was {
        AttemptState::Declined | AttemptState::Expired | AttemptState::NotExecuted => {
            let why = format!(
                "{} is {was}, and the processor holds its money: release it there",
                case.attempt.id
            );
            let decision = Decision::attention(case, why);
            Decision { filed: Filed::Stale, ..decision }
        }
        AttemptState::Created
        | AttemptState::Sent
        | AttemptState::ActionRequired
        | AttemptState::Pending
        | AttemptState::Unknown
        | AttemptState::Authorized
        | AttemptState::Captured
        | AttemptState::Voided => Decision::stale(case),
    }
}

/// The payment as held, from wherever it stood.
pub(super) fn held(payment: Payment) -> Payment {
    let payment = if payment.state == PaymentState::RequiresAction {
        follow(payment, PaymentMove::TakenIn, None)
    } else {
        payment
    };
    follow(payment, PaymentMove::Authorize, None)
}

/// The customer has approved. Nothing is taken before our last call is answered.
pub(super) fn approved(mut case: Case, transaction: Option<&str>, proof: &str) -> Decision {
    let Ok(attempt) = case.attempt.clone().moved(AttemptMove::TakenIn) else {
        return Decision::stale(case);
    };
    let news = case.attempt.state != AttemptState::Pending;
    case.attempt = attempt;
    if case.attempt.transaction.is_none() {
        case.attempt.transaction = transaction.map(str::to_owned);
    }
    case.payment = follow(case.payment, PaymentMove::TakenIn, Some("approved"));
    call(&mut case, OperationMove::TakenIn, proof);
    Decision::applied(case, None, if news { vec![Told::Processing] } else { Vec::new() })
}

/// What was held was released: the attempt is undone, and with it the payment.
pub(super) fn released(mut case: Case, proof: &str) -> Decision {
    if case.attempt.state != AttemptState::Authorized {
        return Decision::stale(case);
    }
    let Ok(attempt) = case.attempt.clone().moved(AttemptMove::Void) else {
        return Decision::stale(case);
    };
    case.attempt = attempt;
    call(&mut case, OperationMove::NeverRan, proof);
    let told = was_held(&mut case, "voided", proof);
    Decision::applied(case, Some(Booking::Release), told)
}

/// The payment of a hold that has ended without money.
pub(super) fn was_held(case: &mut Case, reason: &str, proof: &str) -> Vec<Told> {
    end_holds(case, OperationKind::Void, proof);
    let less = case.payment.authorized.minor - case.attempt.amount.minor;
    case.payment.authorized = Money::new(less, case.payment.authorized.currency);
    case.payment.outcome_known = true;
    let was = case.payment.state;
    let payment = follow(case.payment.clone(), PaymentMove::Authorize, None);
    case.payment = follow(payment, PaymentMove::Cancel, Some(reason));
    if case.payment.state == was { Vec::new() } else { vec![Told::Canceled] }
}
