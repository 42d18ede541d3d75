//! Every SQL statement about receipts.

use base::Fault;
use base::id::{PaymentId, ReceiptId};
use store::{Batch, ColumnKind as Kind, Reads, Tx, Verb};

use super::receipt::Receipt;

/// Takes the next numbers of a year and gives the last of them. The row is locked until the
/// transaction ends, so there is no gap.
pub(super) async fn take_numbers(tx: &mut Tx, year: i16, many: i64) -> Result<i64, Fault> {
    let sql = "INSERT INTO receipt_numbers (year, last) VALUES ($1, $2) \
               ON CONFLICT (year) DO UPDATE SET last = receipt_numbers.last + excluded.last \
               RETURNING last";
    tx.fetch_one(sql, (i32::from(year), many)).await?.int("last")
}

static NEW: Batch = Batch {
    table: "receipts",
    columns: &[
        ("id", Kind::Text),
        ("number", Kind::Text),
        ("payment", Kind::Text),
        ("attempt", Kind::Text),
        ("body", Kind::Text),
        ("issued_at", Kind::Int),
    ],
    verb: Verb::Insert,
};

pub(super) async fn insert(tx: &mut Tx, receipts: &[Receipt]) -> Result<(), Fault> {
    let mut rows = NEW.rows();
    for one in receipts {
        let body = crate::rows::json(one)?;
        rows.push((one.id, &one.number, one.payment, one.attempt, body, one.issued_at));
    }
    tx.insert(&NEW, rows).await?;
    Ok(())
}

/// The receipt of that id.
///
/// # Errors
/// A fault if the database fails.
pub async fn find(reads: &mut impl Reads, id: ReceiptId) -> Result<Option<Receipt>, Fault> {
    let sql = "SELECT body FROM receipts WHERE id = $1";
    reads.fetch_optional(sql, (id,)).await?.map(|row| row.json("body")).transpose()
}

/// The receipt of a payment: the first, if it was collected twice.
///
/// # Errors
/// A fault if the database fails.
pub async fn of_payment(reads: &mut impl Reads, id: PaymentId) -> Result<Option<Receipt>, Fault> {
    let sql = "SELECT body FROM receipts WHERE payment = $1 ORDER BY id";
    reads.fetch_optional(sql, (id,)).await?.map(|row| row.json("body")).transpose()
}
