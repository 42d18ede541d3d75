//! "Only one of these at a time": a row with an end, taken by compare-and-set.

use base::{Fault, Timestamp};

use super::rows;
use crate::reads::Reads;
use crate::tx::Tx;

/// Takes or extends a lease; false if somebody else holds it.
///
/// # Errors
/// A fault if the database fails.
pub async fn take(
    tx: &mut Tx,
    name: &str,
    holder: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool, Fault> {
    rows::take_lease(tx, name, holder, now, until).await
}

/// Gives a lease back before its end; does nothing to somebody else's.
///
/// # Errors
/// A fault if the database fails.
pub async fn release(tx: &mut Tx, name: &str, holder: &str) -> Result<(), Fault> {
    rows::release_lease(tx, name, holder).await.map(|_| ())
}

/// Who holds a lease and until when, whether that has passed or not.
///
/// # Errors
/// A fault if the database fails.
pub async fn holder(
    reads: &mut impl Reads,
    name: &str,
) -> Result<Option<(String, Timestamp)>, Fault> {
    rows::lease(reads, name).await
}
