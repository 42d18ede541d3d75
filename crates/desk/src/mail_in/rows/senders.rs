//! Every statement about senders whom staff allowed or blocked.

use base::{Fault, Timestamp};
use store::{Reads, Row, Tx};

use crate::mail_in::senders::{Rule, SenderRule};

/// The rule for an address: its own, else its domain's.
pub(in crate::mail_in) async fn of(
    reads: &mut impl Reads,
    address: &str,
    domain: &str,
) -> Result<Option<Rule>, Fault> {
    let sql = "SELECT rule FROM mail_senders WHERE value IN ($1, $2)
               ORDER BY CASE WHEN value = $1 THEN 0 ELSE 1 END LIMIT 1";
    let row = reads.fetch_optional(sql, (address, format!("@{domain}"))).await?;
    row.map(|row| row.parsed("rule")).transpose()
}

pub(in crate::mail_in) async fn set(
    tx: &mut Tx,
    value: &str,
    rule: Rule,
    by: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO mail_senders (value, rule, created_at, created_by)
               VALUES ($1, $2, $3, $4)
               ON CONFLICT (value) DO UPDATE SET rule = $2, created_at = $3, created_by = $4";
    tx.execute(sql, (value, rule.as_str(), now, by)).await.map(|_| ())
}

pub(in crate::mail_in) async fn remove(tx: &mut Tx, value: &str) -> Result<(), Fault> {
    tx.execute("DELETE FROM mail_senders WHERE value = $1", (value,)).await.map(|_| ())
}

/// All rules, in the order of the alphabet, the first 500.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn all(reads: &mut impl Reads) -> Result<Vec<SenderRule>, Fault> {
    let rows = reads.fetch_all("SELECT * FROM mail_senders ORDER BY value LIMIT 500", ()).await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<SenderRule, Fault> {
    Ok(SenderRule {
        value: row.text("value")?,
        rule: row.parsed("rule")?,
        created_at: row.time("created_at")?,
    })
}
