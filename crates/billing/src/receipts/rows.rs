//! Every SQL statement about receipts.

use base::Fault;
use base::id::{PaymentId, ReceiptId};
use store::{Reads, Tx};

use super::receipt::Receipt;

/// The next number of a year. The row is locked until the transaction ends, so there is no gap.
pub(super) async fn next_number(tx: &mut Tx, year: i16) -> Result<i64, Fault> {
    let sql = "INSERT INTO receipt_numbers (year, last) VALUES ($1, 1) \
               ON CONFLICT (year) DO UPDATE SET last = receipt_numbers.last + 1 RETURNING last";
    tx.fetch_one(sql, (i32::from(year),)).await?.int("last")
}

pub(super) async fn insert(tx: &mut Tx, receipt: &Receipt) -> Result<(), Fault> {
    let sql = "INSERT INTO receipts (id, number, payment, attempt, body, issued_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let body = crate::rows::json(receipt)?;
    let args =
        (receipt.id, &receipt.number, receipt.payment, receipt.attempt, body, receipt.issued_at);
    tx.execute(sql, args).await?;
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
