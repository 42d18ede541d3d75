//! Every SQL statement about what is amiss.

use base::id::{NoticeId, PaymentId};
use base::{Fault, Timestamp};
use store::{Reads, Row};

use super::{Amiss, Concern};

/// What the sentence with a payment says; and that it is disputed, where the sentence has come to
/// say something else meanwhile.
fn attended_to(row: &Row) -> Result<Vec<Amiss>, Fault> {
    let (says, disputed) = (row.text("needs_attention")?, row.int("disputed")?);
    let concern = Concern::of(&says);
    let mut found = Vec::new();
    let mut push = |concern, says| -> Result<(), Fault> {
        found.push(Amiss {
            subject: row.text("id")?,
            concern: Some(concern),
            payment: row.opt_id("id")?,
            customer: row.opt_id("customer")?,
            account: None,
            since: row.time("updated_at")?,
            says,
        });
        Ok(())
    };
    if disputed > 0 && concern != Concern::Dispute {
        push(Concern::Dispute, "the bank took money back".to_owned())?;
    }
    if !Concern::is_a_dispute_that_was_won(&says, disputed) {
        push(concern, says)?;
    }
    Ok(found)
}

/// Payments that somebody must look at, the newest first: one line for each reason.
///
/// # Errors
/// A fault if the database fails.
pub async fn attention(reads: &mut impl Reads, most: u32) -> Result<Vec<Amiss>, Fault> {
    let sql = "SELECT id, customer, needs_attention, disputed, updated_at FROM payments \
               WHERE needs_attention IS NOT NULL ORDER BY id DESC LIMIT $1";
    let mut found = Vec::new();
    for row in reads.fetch_all(sql, (most,)).await? {
        found.extend(attended_to(&row)?);
    }
    Ok(found)
}

/// Why somebody must look at this payment, if anybody must.
///
/// # Errors
/// A fault if the database fails.
pub async fn attended(reads: &mut impl Reads, id: PaymentId) -> Result<Vec<Amiss>, Fault> {
    let sql = "SELECT id, customer, needs_attention, disputed, updated_at FROM payments \
               WHERE id = $1 AND needs_attention IS NOT NULL";
    let row = reads.fetch_optional(sql, (id,)).await?;
    row.as_ref().map_or_else(|| Ok(Vec::new()), attended_to)
}

fn unknown(row: &Row) -> Result<Amiss, Fault> {
    let account = row.text("account")?;
    Ok(Amiss {
        subject: row.text("payment")?,
        concern: None,
        payment: row.opt_id("payment")?,
        customer: row.opt_id("customer")?,
        since: row.time("since")?,
        says: format!("nobody knows whether {account} took the money"),
        account: Some(account),
    })
}

/// Payments whose outcome nobody has known since before then, the newest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn unknown_since(
    reads: &mut impl Reads,
    before: Timestamp,
    most: u32,
) -> Result<Vec<Amiss>, Fault> {
    let sql = "SELECT attempts.payment AS payment, payments.customer AS customer, \
               attempts.account AS account, attempts.updated_at AS since \
               FROM attempts JOIN payments ON payments.id = attempts.payment \
               WHERE attempts.state = 'unknown' AND attempts.updated_at < $1 \
               ORDER BY attempts.payment DESC LIMIT $2";
    reads.fetch_all(sql, (before, most)).await?.iter().map(unknown).collect()
}

/// Whether nobody has known the outcome of this payment since before then.
///
/// # Errors
/// A fault if the database fails.
pub async fn unknown_payment(
    reads: &mut impl Reads,
    id: PaymentId,
    before: Timestamp,
) -> Result<Option<Amiss>, Fault> {
    let sql = "SELECT attempts.payment AS payment, payments.customer AS customer, \
               attempts.account AS account, attempts.updated_at AS since \
               FROM attempts JOIN payments ON payments.id = attempts.payment \
               WHERE attempts.payment = $1 AND attempts.state = 'unknown' \
               AND attempts.updated_at < $2";
    reads.fetch_optional(sql, (id, before)).await?.as_ref().map(unknown).transpose()
}

fn unmatched(row: &Row) -> Result<Amiss, Fault> {
    let reason = row.opt_text("reason")?.unwrap_or_else(|| "it fits nothing".to_owned());
    let account = row.text("account")?;
    Ok(Amiss {
        subject: row.text("id")?,
        concern: None,
        payment: row.opt_id("payment")?,
        customer: None,
        since: row.time("received_at")?,
        says: format!("a message of {account} fits no payment: {reason}"),
        account: Some(account),
    })
}

/// Notices that have fitted nothing since before then, the newest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn unmatched_since(
    reads: &mut impl Reads,
    before: Timestamp,
    most: u32,
) -> Result<Vec<Amiss>, Fault> {
    let sql = "SELECT id, account, received_at, reason, payment FROM notices \
               WHERE filed = 'unmatched' AND received_at < $1 ORDER BY id DESC LIMIT $2";
    reads.fetch_all(sql, (before, most)).await?.iter().map(unmatched).collect()
}

/// Whether this notice has fitted nothing since before then.
///
/// # Errors
/// A fault if the database fails.
pub async fn unmatched_notice(
    reads: &mut impl Reads,
    id: NoticeId,
    before: Timestamp,
) -> Result<Option<Amiss>, Fault> {
    let sql = "SELECT id, account, received_at, reason, payment FROM notices \
               WHERE id = $1 AND filed = 'unmatched' AND received_at < $2";
    reads.fetch_optional(sql, (id, before)).await?.as_ref().map(unmatched).transpose()
}
