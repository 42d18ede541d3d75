//! Every SQL statement about lots, and the names of tips for a wallet's history.

use std::collections::{BTreeMap, HashMap};

use base::id::{AttemptId, CreatorId, CustomerId, TipId};
use base::{Fault, Money, Timestamp, Tokens};
use store::{Batch, ColumnKind as Kind, Reads, Row, Tx, Verb};

use super::lot::Lot;

fn lot(row: &Row) -> Result<Lot, Fault> {
    Ok(Lot {
        id: row.id("id")?,
        customer: row.id("customer")?,
        payment: row.id("payment")?,
        attempt: row.id("attempt")?,
        tokens: crate::rows::tokens(row, "tokens")?,
        removed: crate::rows::tokens(row, "removed")?,
        price: row.money("amount", "currency")?,
        bought_at: row.time("bought_at")?,
    })
}

static LOTS: Batch = Batch {
    table: "lots",
    columns: &[
        ("id", Kind::Text),
        ("customer", Kind::Text),
        ("payment", Kind::Text),
        ("attempt", Kind::Text),
        ("tokens", Kind::Int),
        ("removed", Kind::Int),
        ("amount", Kind::Int),
        ("currency", Kind::Text),
        ("bought_at", Kind::Int),
    ],
    verb: Verb::Insert,
};

pub(crate) async fn insert_lots(tx: &mut Tx, lots: &[Lot]) -> Result<(), Fault> {
    let mut rows = LOTS.rows();
    for lot in lots {
        rows.push((
            lot.id,
            lot.customer,
            lot.payment,
            lot.attempt,
            lot.tokens,
            lot.removed,
            lot.price.minor,
            lot.price.currency,
            lot.bought_at,
        ));
    }
    if !rows.is_empty() {
        tx.insert(&LOTS, rows).await?;
    }
    Ok(())
}

/// What tokens were sold for on one day, in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Takings {
    /// Days since 1970, in UTC.
    pub day: i64,
    /// What was taken, before anything went back.
    pub sum: Money,
}

/// What tokens were sold for since a time, day by day and currency by currency.
///
/// # Errors
/// A fault if the database fails.
pub async fn takings(reads: &mut impl Reads, from: Timestamp) -> Result<Vec<Takings>, Fault> {
    let sql = "SELECT currency, bought_at / 86400000000 AS day, \
               CAST(SUM(amount) AS BIGINT) AS taken FROM lots WHERE bought_at >= $1 \
               GROUP BY currency, bought_at / 86400000000 ORDER BY day, currency";
    let rows = reads.fetch_all(sql, (from,)).await?;
    rows.iter()
        .map(|row| Ok(Takings { day: row.int("day")?, sum: row.money("taken", "currency")? }))
        .collect()
}

static REMOVED: Batch = Batch {
    table: "lots",
    columns: &[("attempt", Kind::Text), ("removed", Kind::Int)],
    verb: Verb::Update,
};

/// Takes tokens out of the lots of attempts.
pub(crate) async fn take_from_lots(
    tx: &mut Tx,
    mut more: BTreeMap<AttemptId, Tokens>,
) -> Result<(), Fault> {
    if more.is_empty() {
        return Ok(());
    }
    let sql = "SELECT attempt, removed FROM lots WHERE attempt IN texts($1)";
    let attempts: Vec<String> = more.keys().map(ToString::to_string).collect();
    let mut rows = REMOVED.rows();
    for row in tx.fetch_all(sql, (attempts,)).await? {
        let attempt: AttemptId = row.id("attempt")?;
        let more = more.remove(&attempt).map_or(0, Tokens::count);
        rows.push((attempt, row.int("removed")? + more));
    }
    tx.insert(&REMOVED, rows).await?;
    Ok(())
}

/// Puts tokens back into the lot of an attempt.
pub(crate) async fn put_back_into_lot(
    tx: &mut Tx,
    attempt: AttemptId,
    tokens: Tokens,
) -> Result<(), Fault> {
    let sql = "UPDATE lots SET removed = removed - $1 WHERE attempt = $2";
    tx.execute(sql, (tokens, attempt)).await?;
    Ok(())
}

/// The lots of a customer, oldest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn lots_of(reads: &mut impl Reads, customer: CustomerId) -> Result<Vec<Lot>, Fault> {
    let sql = "SELECT * FROM lots WHERE customer = $1 ORDER BY bought_at, id";
    reads.fetch_all(sql, (customer,)).await?.iter().map(lot).collect()
}

/// Who got each of the tips.
pub(super) async fn creators_of(
    reads: &mut impl Reads,
    tips: Vec<String>,
) -> Result<HashMap<TipId, CreatorId>, Fault> {
    let sql = "SELECT id, creator FROM tips WHERE id IN texts($1)";
    let rows = reads.fetch_all(sql, (tips,)).await?;
    rows.iter().map(|row| Ok((row.id("id")?, row.id("creator")?))).collect()
}
