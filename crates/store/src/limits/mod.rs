//! How often something may be done: counted in rows, so that a restart or another node changes
//! nothing.

mod rows;
#[cfg(test)]
mod tests;

use base::{Fault, SignedDuration, Timestamp};

use crate::tx::Tx;

pub use rows::forget;

/// So many in so long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How many.
    pub most: i64,
    /// In how long, counted from the first.
    pub lasts: SignedDuration,
}

impl Limit {
    /// So many in so long.
    #[must_use]
    pub const fn new(most: i64, lasts: SignedDuration) -> Limit {
        Limit { most, lasts }
    }
}

/// Counts once more for a subject, and tells whether that is still within the limit.
///
/// Name the subject by a keyed hash that says what is counted: nobody's address belongs here. Count
/// in a deed of its own, so that what is refused counts too.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn passes(
    tx: &mut Tx,
    subject: &str,
    limit: Limit,
    now: Timestamp,
) -> Result<bool, Fault> {
    let until = now.checked_add(limit.lasts).unwrap_or(Timestamp::MAX);
    Ok(rows::count(tx, subject, now, until).await? <= limit.most)
}
