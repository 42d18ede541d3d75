//! What a customer is told of a payment, by what is known of it. Never "paid" without proof.

use billing::checkouts::{Checkout, CheckoutState};
use billing::payments::{Attempt, AttemptState, Payment, PaymentState};

/// How things stand, in the customer's terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing has been tried, or the customer has still to act.
    ToPay {
        /// They were on the processor's page already.
        begun: bool,
    },
    /// The processor has it and has not decided.
    Confirming,
    /// Nobody knows whether the call was executed.
    Unknown,
    /// The money is there and so are the tokens.
    Paid,
    /// The processor or the bank said no.
    Declined {
        /// Why, as a stable word.
        cause: String,
        /// Another try is allowed.
        again: bool,
    },
    /// A person must look at it.
    Attention,
    /// The customer gave up.
    GivenUp,
    /// The time to pay is over.
    Expired,
}

impl Standing {
    /// Reads it from the rows, the latest attempt last.
    pub(crate) fn of(checkout: &Checkout, payment: &Payment, latest: Option<&Attempt>) -> Standing {
        match payment.state {
            PaymentState::Captured => return Standing::Paid,
            _ if payment.needs_attention.is_some() => return Standing::Attention,
            PaymentState::Failed => {
                return Standing::Declined { cause: cause_of(latest), again: false };
            }
            PaymentState::Canceled if checkout.state == CheckoutState::Expired => {
                return Standing::Expired;
            }
            PaymentState::Canceled => return Standing::GivenUp,
            PaymentState::Authorized => return Standing::Confirming,
            PaymentState::RequiresMethod
            | PaymentState::RequiresAction
            | PaymentState::Processing => {}
        }
        let by_attempt = match latest.map(|attempt| attempt.state) {
            None | Some(AttemptState::Expired | AttemptState::Voided) => {
                Standing::ToPay { begun: false }
            }
            Some(AttemptState::ActionRequired) => Standing::ToPay { begun: true },
            Some(AttemptState::Unknown) => Standing::Unknown,
            Some(AttemptState::Declined | AttemptState::NotExecuted) => {
                Standing::Declined { cause: cause_of(latest), again: true }
            }
            Some(
                AttemptState::Created
                | AttemptState::Sent
                | AttemptState::Pending
                | AttemptState::Authorized
                | AttemptState::Captured,
            ) => Standing::Confirming,
        };
        let may_pay = checkout.state == CheckoutState::Open;
        match by_attempt {
            Standing::Declined { cause, .. } => Standing::Declined { cause, again: may_pay },
            Standing::ToPay { .. } if !may_pay => Standing::Expired,
            standing => standing,
        }
    }
}

fn cause_of(latest: Option<&Attempt>) -> String {
    let never_ran = latest.is_some_and(|attempt| attempt.state == AttemptState::NotExecuted);
    match latest.and_then(|attempt| attempt.decline.as_ref()) {
        Some(decline) => decline.cause.clone(),
        None if never_ran => "processor_unavailable".to_owned(),
        None => "unknown".to_owned(),
    }
}
