//! Every SQL statement about notices and the facts they told.

use base::id::{AttemptId, NoticeId, PaymentId};
use base::{Fault, Timestamp};
use processor::Notice;
use store::{Page, Reads, Row, Tx, blobs};

use super::apply::Outcome;
use super::notice::{Filed, NoticeRow};
use crate::rows::list_of;

fn notice(row: &Row) -> Result<NoticeRow, Fault> {
    Ok(NoticeRow {
        id: row.id("id")?,
        account: row.text("account")?,
        received_at: row.time("received_at")?,
        method: row.text("method")?,
        sender: row.text("sender")?,
        headers: row.json("headers")?,
        query: row.text("query")?,
        body_hash: row.text("body_hash")?,
        filed: row.parsed("filed")?,
        reason: row.opt_text("reason")?,
        kind: row.opt_text("kind")?,
        words: row.text("words")?,
        payment: row.opt_id("payment")?,
        attempt: row.opt_id("attempt")?,
        reads: row.json("reads")?,
    })
}

/// What a notice tells, as a word.
pub(super) fn kind_word(notice: &Notice) -> String {
    let word = serde_json::to_value(notice.kind).ok();
    word.and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

pub(super) async fn insert(tx: &mut Tx, row: &NoticeRow) -> Result<(), Fault> {
    let sql = "INSERT INTO notices (id, account, received_at, method, sender, headers, query, \
               body_hash, filed, reason, kind, words, reads) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    let args = (
        row.id,
        &row.account,
        row.received_at,
        &row.method,
        &row.sender,
        crate::rows::json(&row.headers)?,
        &row.query,
        &row.body_hash,
        row.filed,
        row.reason.clone(),
        row.kind.clone(),
        &row.words,
        crate::rows::json(&row.reads)?,
    );
    tx.execute(sql, args).await?;
    Ok(())
}

/// Files a notice. What it is about is not forgotten once it was known.
pub(super) async fn file(tx: &mut Tx, id: NoticeId, outcome: &Outcome) -> Result<(), Fault> {
    let sql = "UPDATE notices SET filed = $1, reason = $2, payment = COALESCE($3, payment), \
               attempt = COALESCE($4, attempt) WHERE id = $5";
    let args = (outcome.filed, outcome.reason.clone(), outcome.payment, outcome.attempt, id);
    tx.execute(sql, args).await?;
    Ok(())
}

/// How many messages of an account were refused at the door since then.
pub(super) async fn refused_since(
    reads: &mut impl Reads,
    account: &str,
    since: Timestamp,
) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS many FROM notices \
               WHERE account = $1 AND filed = $2 AND received_at > $3";
    reads.fetch_one(sql, (account, Filed::Rejected, since)).await?.int("many")
}

/// The notice that told a fact first, and how it was filed.
pub(super) async fn fact(
    reads: &mut impl Reads,
    account: &str,
    dedupe: &str,
) -> Result<Option<(NoticeId, Outcome)>, Fault> {
    let sql = "SELECT * FROM notice_facts WHERE account = $1 AND dedupe = $2";
    let Some(row) = reads.fetch_optional(sql, (account, dedupe)).await? else { return Ok(None) };
    let outcome = Outcome {
        filed: row.parsed("filed")?,
        reason: row.opt_text("reason")?,
        payment: row.opt_id("payment")?,
        attempt: row.opt_id("attempt")?,
    };
    Ok(Some((row.id("notice")?, outcome)))
}

pub(super) async fn insert_fact(
    tx: &mut Tx,
    row: &NoticeRow,
    dedupe: &str,
    outcome: &Outcome,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO notice_facts (account, dedupe, notice, filed, reason, payment, \
               attempt, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let args = (
        &row.account,
        dedupe,
        row.id,
        outcome.filed,
        outcome.reason.clone(),
        outcome.payment,
        outcome.attempt,
        now,
    );
    tx.execute(sql, args).await?;
    Ok(())
}

/// The notices about an attempt that fit nothing yet.
pub(super) async fn unmatched_of(
    reads: &mut impl Reads,
    attempt: AttemptId,
) -> Result<Vec<NoticeRow>, Fault> {
    let sql = "SELECT notices.* FROM notices JOIN attempts ON attempts.payment = notices.payment \
               WHERE attempts.id = $1 AND notices.filed = $2 ORDER BY notices.id LIMIT 100";
    reads.fetch_all(sql, (attempt, Filed::Unmatched)).await?.iter().map(notice).collect()
}

/// The notice of that id.
///
/// # Errors
/// A fault if the database fails.
pub async fn find(reads: &mut impl Reads, id: NoticeId) -> Result<Option<NoticeRow>, Fault> {
    let sql = "SELECT * FROM notices WHERE id = $1";
    reads.fetch_optional(sql, (id,)).await?.as_ref().map(notice).transpose()
}

/// The notices about a payment, first to last.
///
/// # Errors
/// A fault if the database fails.
pub async fn of_payment(
    reads: &mut impl Reads,
    payment: PaymentId,
) -> Result<Vec<NoticeRow>, Fault> {
    let sql = "SELECT * FROM notices WHERE payment = $1 ORDER BY id LIMIT 500";
    reads.fetch_all(sql, (payment,)).await?.iter().map(notice).collect()
}

/// The body of a notice, byte by byte.
///
/// # Errors
/// A fault if the database fails.
pub async fn raw_body(reads: &mut impl Reads, row: &NoticeRow) -> Result<Vec<u8>, Fault> {
    let bytes = blobs::get(reads, &row.body_hash).await?;
    bytes.ok_or_else(|| Fault::new(format!("find the body of the notice {}", row.id)))
}

/// Which notices a list shows. What is empty is not looked at.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// That came in for this processor account.
    pub account: Option<String>,
    /// That were filed so.
    pub filed: Option<Filed>,
}

/// Notices, newest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn list(
    reads: &mut impl Reads,
    filter: &Filter,
    page: Page,
) -> Result<Vec<NoticeRow>, Fault> {
    let (texts, filter) = match (filter.account.clone(), filter.filed) {
        (None, None) => (list_of!("notices" where "1 = 1"), vec![]),
        (Some(account), None) => (list_of!("notices" where "account = $3"), vec![account.into()]),
        (None, Some(filed)) => (list_of!("notices" where "filed = $3"), vec![filed.into()]),
        (Some(account), Some(filed)) => (
            list_of!("notices" where "account = $3 AND filed = $4"),
            vec![account.into(), filed.into()],
        ),
    };
    crate::rows::page(reads, texts, &page, filter).await?.iter().map(notice).collect()
}

/// How many notices were filed how.
///
/// # Errors
/// A fault if the database fails.
pub async fn counts(reads: &mut impl Reads) -> Result<Vec<(Filed, i64)>, Fault> {
    let sql = "SELECT filed, COUNT(*) AS many FROM notices GROUP BY filed ORDER BY filed";
    let rows = reads.fetch_all(sql, ()).await?;
    rows.iter().map(|row| Ok((row.parsed("filed")?, row.int("many")?))).collect()
}
