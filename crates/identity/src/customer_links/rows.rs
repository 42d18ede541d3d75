//! Every statement about customers' links.

use base::id::CustomerId;
use base::{Fault, Hashed, Timestamp};
use store::{Reads as _, Tx};

pub(super) async fn insert(
    tx: &mut Tx,
    hash: &Hashed,
    customer: CustomerId,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO customer_links (hash, customer, created_at, expires_at)
               VALUES ($1, $2, $3, $4)";
    tx.execute(sql, (hash.as_str(), customer, now, until)).await.map(|_| ())
}

pub(super) async fn find_open(
    tx: &mut Tx,
    hash: &Hashed,
    now: Timestamp,
) -> Result<Option<CustomerId>, Fault> {
    let sql = "SELECT customer FROM customer_links
               WHERE hash = $1 AND used_at IS NULL AND expires_at > $2";
    let row = tx.fetch_optional(sql, (hash.as_str(), now)).await?;
    row.map(|row| row.id("customer")).transpose()
}

pub(super) async fn use_up(tx: &mut Tx, hash: &Hashed, now: Timestamp) -> Result<(), Fault> {
    let sql = "UPDATE customer_links SET used_at = $2 WHERE hash = $1";
    tx.execute(sql, (hash.as_str(), now)).await.map(|_| ())
}

/// Forgets links that expired before `until`.
pub(crate) async fn sweep(tx: &mut Tx, until: Timestamp) -> Result<(), Fault> {
    tx.execute("DELETE FROM customer_links WHERE expires_at < $1", (until,)).await.map(|_| ())
}
