//! Every SQL statement about settlement files and their lines.

use std::collections::HashSet;

use base::{Fault, Money, Timestamp};
use store::{Reads, Row, Tx};

use super::line::{Line, Standing};

fn line(row: &Row) -> Result<Line, Fault> {
    let gross = row.money("gross", "currency")?;
    Ok(Line {
        file: row.text("file")?,
        nth: row.int("nth")?,
        account: row.text("account")?,
        kind: row.text("kind")?,
        transaction: row.opt_text("transaction_id")?,
        reference: row.opt_text("reference")?,
        gross,
        fee: Money::new(row.int("fee")?, gross.currency),
        occurred_at: row.opt_time("occurred_at")?,
        standing: row.parsed("standing")?,
        reason: row.opt_text("reason")?,
        attempt: row.opt_id("attempt")?,
    })
}

/// Writes a file down unless it is there.
pub(super) async fn insert_file(
    tx: &mut Tx,
    id: &str,
    account: &str,
    hash: &str,
    name: &str,
    lines: i64,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO settlement_files (id, account, hash, name, lines, imported_at) \
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    tx.execute(sql, (id, account, hash, name, lines, now)).await?;
    Ok(())
}

/// The places of the lines that are written down.
pub(super) async fn places(reads: &mut impl Reads, file: &str) -> Result<HashSet<i64>, Fault> {
    let sql = "SELECT nth FROM settlement_lines WHERE file = $1";
    reads.fetch_all(sql, (file,)).await?.iter().map(|row| row.int("nth")).collect()
}

pub(super) async fn insert_line(tx: &mut Tx, line: &Line) -> Result<(), Fault> {
    let sql = "INSERT INTO settlement_lines (file, nth, account, kind, transaction_id, reference, \
               gross, fee, currency, occurred_at, standing, reason, attempt) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
               ON CONFLICT DO NOTHING";
    let args = (
        &line.file,
        line.nth,
        &line.account,
        &line.kind,
        line.transaction.clone(),
        line.reference.clone(),
        line.gross.minor,
        line.fee.minor,
        line.gross.currency,
        line.occurred_at,
        line.standing,
        line.reason.clone(),
        line.attempt,
    );
    tx.execute(sql, args).await?;
    Ok(())
}

/// The lines of a file, in order.
///
/// # Errors
/// A fault if the database fails.
pub async fn lines(reads: &mut impl Reads, file: &str) -> Result<Vec<Line>, Fault> {
    let sql = "SELECT * FROM settlement_lines WHERE file = $1 ORDER BY nth";
    reads.fetch_all(sql, (file,)).await?.iter().map(line).collect()
}

/// Lines that fit nothing or say something else than the books.
///
/// # Errors
/// A fault if the database fails.
pub async fn open_lines(reads: &mut impl Reads, most: u32) -> Result<Vec<Line>, Fault> {
    let sql = "SELECT * FROM settlement_lines WHERE standing = $1 OR standing = $2 \
               ORDER BY standing, file, nth LIMIT $3";
    let args = (Standing::Unmatched, Standing::Differs, most);
    reads.fetch_all(sql, args).await?.iter().map(line).collect()
}
