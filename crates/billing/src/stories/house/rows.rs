//! The people of a story, written where identity would write them.

use base::Fault;
use base::id::{CreatorId, CustomerId};
use store::Tx;

pub(super) async fn customer(tx: &mut Tx, id: CustomerId) -> Result<(), Fault> {
    let sql = "INSERT INTO customers (id, language, created_at) VALUES ($1, 'da', 0)";
    tx.execute(sql, (id,)).await.map(|_| ())
}

pub(super) async fn customer_from(tx: &mut Tx, id: CustomerId, country: &str) -> Result<(), Fault> {
    let sql = "INSERT INTO customers (id, language, country, created_at) VALUES ($1, 'en', $2, 0)";
    tx.execute(sql, (id, country)).await.map(|_| ())
}

/// A creator who gets 60 %.
pub(super) async fn creator(tx: &mut Tx, id: CreatorId) -> Result<(), Fault> {
    let sql = "INSERT INTO creators (id, name, share_bp, created_at) VALUES ($1, 'A', 6000, 0)";
    tx.execute(sql, (id,)).await.map(|_| ())
}
