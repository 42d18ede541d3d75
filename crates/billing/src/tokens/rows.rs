//! Every SQL statement about lots and credits, and the names of tips for a wallet's history.

use std::collections::{BTreeMap, HashMap};

use base::id::{AttemptId, CreatorId, CustomerId, TipId};
use base::{Actor, Fault, Money, Timestamp, Tokens};
use store::{Batch, ColumnKind as Kind, Reads, Row, Tx, Verb};

use super::credit::Given;
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

fn given(row: &Row) -> Result<Given, Fault> {
    Ok(Given {
        id: row.id("id")?,
        customer: row.id("customer")?,
        tokens: crate::rows::tokens(row, "tokens")?,
        reason: row.text("reason")?,
        by: row.text("given_by")?,
        key: row.text("key")?,
        given_at: row.time("created_at")?,
    })
}

pub(super) async fn insert_given(tx: &mut Tx, given: &Given) -> Result<(), Fault> {
    let sql = "INSERT INTO goodwill_credits (id, customer, tokens, reason, given_by, key, \
               created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let Given { id, customer, tokens, reason, by, key, given_at } = given;
    tx.execute(sql, (*id, *customer, *tokens, reason, by, key, *given_at)).await?;
    Ok(())
}

/// What was given under a key.
///
/// # Errors
/// A fault if the database fails.
pub async fn given_under(reads: &mut impl Reads, key: &str) -> Result<Option<Given>, Fault> {
    let sql = "SELECT * FROM goodwill_credits WHERE key = $1";
    reads.fetch_optional(sql, (key,)).await?.as_ref().map(given).transpose()
}

/// Whether there is such a customer.
pub(super) async fn is_customer(
    reads: &mut impl Reads,
    customer: CustomerId,
) -> Result<bool, Fault> {
    let sql = "SELECT id FROM customers WHERE id = $1";
    Ok(reads.fetch_optional(sql, (customer,)).await?.is_some())
}

/// What a customer was given out of goodwill, oldest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn given_to(reads: &mut impl Reads, customer: CustomerId) -> Result<Vec<Given>, Fault> {
    let sql = "SELECT * FROM goodwill_credits WHERE customer = $1 ORDER BY id";
    reads.fetch_all(sql, (customer,)).await?.iter().map(given).collect()
}

/// How many tokens somebody has given out of goodwill since a time.
///
/// # Errors
/// A fault if the database fails.
pub async fn given_by_since(
    reads: &mut impl Reads,
    by: Actor,
    since: Timestamp,
) -> Result<Tokens, Fault> {
    let sql = "SELECT CAST(COALESCE(SUM(tokens), 0) AS BIGINT) AS many FROM goodwill_credits \
               WHERE given_by = $1 AND created_at > $2";
    let row = reads.fetch_one(sql, (by.to_string(), since)).await?;
    crate::rows::tokens(&row, "many")
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
