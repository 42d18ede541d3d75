//! Payments: what is to be collected, the attempts to collect it, and the calls that move money.
//!
//! A call is written down before it leaves, with its hold in the books; what comes back, by
//! whichever way, is a fact that is heard by one pure decision and committed in one transaction.

mod attempt;
mod attend;
mod books;
mod cancel;
mod expire;
mod fact;
mod hear;
mod list;
mod operation;
mod payment;
mod refund;
mod resolve;
mod rows;
mod settle;
mod start;
mod take_back;
#[cfg(test)]
mod tests;

pub use attempt::{Attempt, AttemptMove, AttemptState};
pub use attend::attend;
pub use cancel::{NOT_CANCELABLE, PAYMENT_NOT_FOUND, cancel};
pub use expire::EXPIRE;
pub(crate) use expire::{Expire, expire_later};
pub use fact::{Booking, Case, Decision, Fact, Paid, Told};
pub use hear::{MOST_TRIES, hear};
pub use list::{Filter, list};
pub use operation::{Operation, OperationKind, OperationMove, OperationState};
pub use payment::{Illegal, Payment, PaymentMove, PaymentState};
pub use refund::{CANNOT_REFUND, NOTHING_TO_REFUND, REFUND_UNDER_WAY, TOO_MUCH_TO_REFUND, refund};
pub(crate) use resolve::Resolve;
pub use resolve::{ATTEMPT_NOT_FOUND, RESOLVE, resolve};
pub use rows::{
    attempts_of, counts, find, find_attempt, find_operation, needing_attention, operations_of,
};
pub(crate) use rows::{find_attempt_known_as, insert_payment};
pub(crate) use settle::{Settled, settle};
pub use start::{
    ATTEMPT_DECLINED, Links, OUTCOME_UNKNOWN, PAYMENT_CLOSED, PROCESSOR_UNAVAILABLE, start,
};
