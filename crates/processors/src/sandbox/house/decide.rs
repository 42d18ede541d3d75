//! What the house does with a payment, a change of mind, a void or a refund: facts in, decision
//! out.

use base::{Kind, Money, Refusal, Timestamp};
use processor::Decline;

use super::magic::{self, Plan};
use super::sale::{Later, Refund, Sale, State};
use super::settings::{Settings, millis};
use crate::sandbox::wire::Event;

/// The sale cannot be voided any more.
pub const NOT_PAID: Refusal =
    Refusal::new(Kind::Conflict, "not_paid", "only a sale that stands paid can be undone");
/// The refund is more than what is left.
pub const TOO_MUCH: Refusal =
    Refusal::new(Kind::Rule, "refund_exceeds_sale", "the refund exceeds what is left of the sale");
/// The amount of a refund makes no sense.
pub const NO_AMOUNT: Refusal = Refusal::new(
    Kind::Malformed,
    "bad_amount",
    "the amount must be positive and in the currency of the sale",
);
/// The key was used for another refund.
pub const KEY_REUSED: Refusal = Refusal::new(
    Kind::Conflict,
    "idempotency_key_reused",
    "this idempotency key was used for something else",
);

/// What follows from a step: the sale as it is now, what to tell and when, what the asker sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The sale as it is now.
    pub sale: Sale,
    /// What to tell the shop, each at its time, in this order.
    pub tell: Vec<(Timestamp, Event)>,
    /// What the asker sees.
    pub outcome: Outcome,
}

/// What the asker sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done, or taken in.
    Fine,
    /// The bank said no.
    Declined,
    /// Silence.
    Silence,
}

/// The customer pays with a card. Only an open sale can be paid; others answer what they are.
pub fn pay(mut sale: Sale, number: &str, settings: &Settings, now: Timestamp) -> Decision {
    if sale.state != State::Open {
        let declined = matches!(sale.state, State::Declined | State::Expired);
        let outcome = if declined { Outcome::Declined } else { Outcome::Fine };
        return Decision { sale, tell: Vec::new(), outcome };
    }
    let plan = magic::of_payment(number, sale.request.amount.minor);
    if plan == Plan::SilenceBefore {
        return Decision { sale, tell: Vec::new(), outcome: Outcome::Silence };
    }
    sale.card = magic::keep(number);
    if let Some(decline) = declined(plan) {
        sale.state = State::Declined;
        sale.decline = Some(decline);
        let tell = vec![(now, sale.event("sale.declined", State::Declined, now))];
        return Decision { sale, tell, outcome: Outcome::Declined };
    }
    approve(sale, plan, settings, now)
}

fn approve(mut sale: Sale, plan: Plan, settings: &Settings, now: Timestamp) -> Decision {
    let outcome = if plan == Plan::SilenceAfter { Outcome::Silence } else { Outcome::Fine };
    let paid = |at| sale.event("sale.paid", State::Paid, at);
    let pending = sale.event("sale.pending", State::Pending, now);
    let mut later = None;
    let tell = match plan {
        Plan::SilenceAfter => Vec::new(),
        Plan::Pending => {
            let at = after(now, settings.delay_ms);
            later = Some(Later { at, becomes: State::Paid });
            vec![(now, pending), (at, paid(at))]
        }
        Plan::Late => vec![(after(now, settings.late_ms), paid(now))],
        Plan::Repeated => {
            vec![(now, paid(now)), (now, pending), (now, paid(now)), (now, paid(now))]
        }
        Plan::Disputed => {
            let at = after(now, settings.dispute_ms);
            later = Some(Later { at, becomes: State::ChargedBack });
            let dispute = sale.event("dispute.opened", State::ChargedBack, at);
            vec![(now, paid(now)), (at, dispute)]
        }
        _ => vec![(now, paid(now))],
    };
    sale.state = if plan == Plan::Pending { State::Pending } else { State::Paid };
    sale.later.extend(later);
    Decision { sale, tell, outcome }
}

/// The customer gives up. A sale that is decided stays what it is.
pub fn give_up(mut sale: Sale, now: Timestamp) -> Decision {
    if sale.state != State::Open {
        return Decision { sale, tell: Vec::new(), outcome: Outcome::Fine };
    }
    sale.state = State::GivenUp;
    sale.decline = Some(Decline {
        raw: "given_up".to_owned(),
        cause: "customer_gave_up".to_owned(),
        class: processor::DeclineClass::NeedsCustomer,
    });
    let tell = vec![(now, sale.event("sale.given_up", State::GivenUp, now))];
    Decision { sale, tell, outcome: Outcome::Fine }
}

/// The shop undoes a payment of which nothing was given back. Doing it twice is doing it once.
pub fn void(mut sale: Sale, now: Timestamp) -> Result<Decision, Refusal> {
    match sale.state {
        State::Voided => Ok(Decision { sale, tell: Vec::new(), outcome: Outcome::Fine }),
        State::Paid if sale.refunds.is_empty() => {
            sale.state = State::Voided;
            sale.later.clear();
            let tell = vec![(now, sale.event("sale.voided", State::Voided, now))];
            Ok(Decision { sale, tell, outcome: Outcome::Fine })
        }
        _ => Err(NOT_PAID),
    }
}

/// The shop gives money back. The same key again is answered with the first refund.
pub fn refund(
    mut sale: Sale,
    key: &str,
    amount: Money,
    settings: &Settings,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    if let Some(earlier) = sale.refunds.iter().find(|refund| refund.key == key) {
        let same = earlier.amount == amount;
        let again = Decision { sale, tell: Vec::new(), outcome: Outcome::Fine };
        return if same { Ok(again) } else { Err(KEY_REUSED) };
    }
    if !amount.is_positive() || amount.currency != sale.request.amount.currency {
        return Err(NO_AMOUNT);
    }
    if sale.state != State::Paid {
        return Err(NOT_PAID);
    }
    let left = sale.request.amount.minus(sale.refunded()).map_err(|_| TOO_MUCH)?;
    if amount.minor > left.minor {
        return Err(TOO_MUCH);
    }
    let plan = magic::of_amount(amount.minor);
    if declined(plan).is_some() {
        return Ok(Decision { sale, tell: Vec::new(), outcome: Outcome::Declined });
    }
    if plan == Plan::SilenceBefore {
        return Ok(Decision { sale, tell: Vec::new(), outcome: Outcome::Silence });
    }
    let wait = if plan == Plan::Pending { settings.delay_ms } else { 0 };
    let id = format!("{}-r{}", sale.id, sale.refunds.len() + 1);
    let refund = Refund { id, key: key.to_owned(), amount, done_at: after(now, wait) };
    sale.refunds.push(refund.clone());
    if amount == left {
        sale.state = State::Refunded;
    }
    let tell = match plan {
        Plan::SilenceAfter => Vec::new(),
        _ => vec![(refund.done_at, sale.refund_event(&refund))],
    };
    let silent = plan == Plan::SilenceAfter;
    let outcome = if silent { Outcome::Silence } else { Outcome::Fine };
    Ok(Decision { sale, tell, outcome })
}

/// Why the bank says no to a plan, if it does.
pub fn declined(plan: Plan) -> Option<Decline> {
    let (raw, cause, class) = plan.decline()?;
    Some(Decline { raw: raw.to_owned(), cause: cause.to_owned(), class })
}

fn after(now: Timestamp, wait: u32) -> Timestamp {
    now.checked_add(millis(wait)).unwrap_or(now)
}
