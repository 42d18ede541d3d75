//! Payments: what is to be collected, the attempts to collect it, and the calls that move money.
//!
//! A call is written down before it leaves, with its hold in the books; what comes back, by
//! whichever way, is a fact that is heard by one pure decision and committed in one transaction.

mod answered;
mod attempt;
mod attend;
mod books;
mod by_hand;
mod cancel;
mod capture;
mod cascade;
mod charge;
mod complete;
mod expire;
mod fact;
mod hand;
mod hear;
mod held_call;
mod hold;
mod list;
mod operation;
mod payment;
mod refund;
mod resend;
mod resolve;
mod round;
mod rows;
mod settle;
mod start;
mod take_back;
#[cfg(test)]
mod tests;
mod twice;
mod void;

pub use attempt::{Attempt, AttemptMove, AttemptState};
pub use attend::attend;
pub(crate) use by_hand::ATTENTION as BY_HAND;
pub use by_hand::{NOT_BY_HAND, confirm, deny};
pub use cancel::{NOT_CANCELABLE, PAYMENT_NOT_FOUND, cancel};
pub use capture::capture;
pub(crate) use cascade::may_go_elsewhere;
pub use charge::{ATTEMPT_UNDER_WAY, CANNOT_CHARGE, ChargeAsk, charge};
pub(crate) use complete::complete;
pub use expire::EXPIRE;
pub(crate) use expire::{Expire, expire_later};
pub use fact::{Booking, Case, Decision, Fact, Paid, Told};
pub use hand::{
    EVIDENCE_NOT_VALID, MOST_ALONE, NOT_A_PERSON, OUTCOME_NOT_OPEN, Outcome, Vote, Vouched,
    prove_by_hand, vouched_for,
};
pub use hear::{MOST_TRIES, hear};
pub use held_call::{CANNOT_BE_HELD_SO, NOT_OF_THE_HOLD, NOTHING_HELD};
pub use list::{Filter, list};
pub use operation::{Operation, OperationKind, OperationMove, OperationState};
pub use payment::{Illegal, Payment, PaymentMove, PaymentState};
pub use refund::{CANNOT_REFUND, NOTHING_TO_REFUND, REFUND_UNDER_WAY, TOO_MUCH_TO_REFUND, refund};
pub use resolve::{ATTEMPT_NOT_FOUND, RESOLVE, resolve};
pub(crate) use resolve::{Resolve, attention as ask_for_attention};
pub(crate) use round::Round;
pub(crate) use rows::insert_payment;
pub use rows::{
    attempts_of, counts, find, find_attempt, find_operation, known_as, needing_attention,
    operations_of,
};
pub(crate) use settle::{Learned, Settled, settle};
pub use start::{
    ATTEMPT_DECLINED, Links, OUTCOME_UNKNOWN, PAYMENT_CLOSED, PROCESSOR_UNAVAILABLE, start,
};
pub use twice::TWICE;
pub(crate) use twice::Twice;
pub use void::void;
