//! What is not as it should be: payments somebody must look at, outcomes nobody knows, notices that
//! fit nothing. It only reads, for whoever compares what is with what should be.

mod concern;
mod rows;

pub use concern::Concern;
pub use rows::{attended, attention, unknown_since, unmatched_since};
pub use rows::{unknown_payment, unmatched_notice};

use base::Timestamp;
use base::id::{CustomerId, PaymentId};

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amiss {
    /// The id of what it is about: a payment, or a notice.
    pub subject: String,
    /// What it is, where the payment says so itself.
    pub concern: Option<Concern>,
    /// The payment, if it is known.
    pub payment: Option<PaymentId>,
    /// Whose payment it is.
    pub customer: Option<CustomerId>,
    /// The processor account, where that is known.
    pub account: Option<String>,
    /// Since when.
    pub since: Timestamp,
    /// What is wrong, in a sentence for staff.
    pub says: String,
}
