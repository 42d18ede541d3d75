//! Every SQL statement about reversals.

use base::id::{PaymentId, RefundId};
use base::{Fault, Money, Timestamp};
use store::{Batch, ColumnKind as Kind, Reads, Row, Tx, Verb};

use super::reversal::{Reversal, TakenBackBy};

fn reversal(row: &Row) -> Result<Reversal, Fault> {
    let amount = row.money("amount", "currency")?;
    Ok(Reversal {
        id: row.id("id")?,
        payment: row.id("payment")?,
        attempt: row.id("attempt")?,
        operation: row.opt_id("operation")?,
        by: row.parsed("taken_back_by")?,
        amount,
        lost: Money::new(row.int("lost")?, amount.currency),
        tokens: row.int("tokens")?,
        transaction: row.opt_text("transaction_id")?,
    })
}

static NEW: Batch = Batch {
    table: "reversals",
    columns: &[
        ("id", Kind::Text),
        ("payment", Kind::Text),
        ("attempt", Kind::Text),
        ("operation", Kind::Text),
        ("taken_back_by", Kind::Text),
        ("amount", Kind::Int),
        ("currency", Kind::Text),
        ("lost", Kind::Int),
        ("tokens", Kind::Int),
        ("transaction_id", Kind::Text),
        ("created_at", Kind::Int),
    ],
    verb: Verb::Insert,
};

pub(crate) async fn insert(tx: &mut Tx, now: Timestamp, all: &[Reversal]) -> Result<(), Fault> {
    let mut rows = NEW.rows();
    for one in all {
        rows.push((
            one.id,
            one.payment,
            one.attempt,
            one.operation,
            one.by,
            one.amount.minor,
            one.amount.currency,
            one.lost.minor,
            one.tokens,
            one.transaction.clone(),
            now,
        ));
    }
    if !rows.is_empty() {
        tx.insert(&NEW, rows).await?;
    }
    Ok(())
}

/// Marks a dispute as won.
pub(crate) async fn undo(tx: &mut Tx, now: Timestamp, id: RefundId) -> Result<(), Fault> {
    let sql = "UPDATE reversals SET undone_at = $1 WHERE id = $2 AND undone_at IS NULL";
    tx.execute(sql, (now, id)).await?;
    Ok(())
}

/// The disputes of attempts that were not won, oldest first.
pub(crate) async fn standing_disputes(
    reads: &mut impl Reads,
    attempts: Vec<String>,
) -> Result<Vec<Reversal>, Fault> {
    let sql = "SELECT * FROM reversals WHERE attempt IN texts($1) AND taken_back_by = $2 \
               AND undone_at IS NULL ORDER BY id";
    let rows = reads.fetch_all(sql, (attempts, TakenBackBy::Chargeback)).await?;
    rows.iter().map(reversal).collect()
}

/// All reversals of a payment, first to last.
///
/// # Errors
/// A fault if the database fails.
pub async fn of_payment(reads: &mut impl Reads, id: PaymentId) -> Result<Vec<Reversal>, Fault> {
    let sql = "SELECT * FROM reversals WHERE payment = $1 ORDER BY id";
    reads.fetch_all(sql, (id,)).await?.iter().map(reversal).collect()
}
