//! Addresses that are not written to: their mail comes back, they complained, or they flood us.

use base::{Env, Fault, SignedDuration, Stop, Timestamp};
use store::{Reads, Tx};

use super::rows::suppressions as rows;

/// An address that is not written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The address, in small letters.
    pub address: String,
    /// Why: `bounce`, `complaint`, `loop`, or what staff wrote.
    pub reason: String,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when; none for good.
    pub until: Option<Timestamp>,
    /// Who decided, if a person did.
    pub created_by: Option<String>,
}

/// Stops writing to an address, for a while or for good.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn suppress(
    tx: &mut Tx,
    env: &Env,
    address: &str,
    reason: &str,
    lasts: Option<SignedDuration>,
    by: Option<String>,
) -> Result<(), Stop> {
    let now = env.now();
    let one = Suppression {
        address: folded(address),
        reason: reason.chars().take(200).collect(),
        created_at: now,
        until: lasts.and_then(|lasts| now.checked_add(lasts).ok()),
        created_by: by,
    };
    rows::set(tx, &one).await?;
    Ok(())
}

/// Writes to an address again; false if nothing had stopped it.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn lift(tx: &mut Tx, address: &str) -> Result<bool, Stop> {
    Ok(rows::remove(tx, &folded(address)).await?)
}

/// Why an address is not written to at this time; none if it may be.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn suppressed(
    reads: &mut impl Reads,
    address: &str,
    now: Timestamp,
) -> Result<Option<Suppression>, Fault> {
    rows::find(reads, &folded(address), now).await
}

/// The newest 500 of them.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn suppressions(reads: &mut impl Reads) -> Result<Vec<Suppression>, Fault> {
    rows::all(reads).await
}

fn folded(address: &str) -> String {
    address.trim().to_lowercase()
}
