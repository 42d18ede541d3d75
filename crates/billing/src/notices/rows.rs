//! Every SQL statement about notices and the facts they told.

use base::id::{NoticeId, PaymentId};
use base::{Fault, Timestamp};
use processor::Notice;
use store::{Batch, ColumnKind as Kind, Page, Reads, Row, Tx, Value, Verb, blobs};

use super::notice::{Filed, NoticeRow};
use super::outcome::Outcome;
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

static NOTICES: Batch = Batch {
    table: "notices",
    columns: &[
        ("id", Kind::Text),
        ("account", Kind::Text),
        ("received_at", Kind::Int),
        ("method", Kind::Text),
        ("sender", Kind::Text),
        ("headers", Kind::Text),
        ("query", Kind::Text),
        ("body_hash", Kind::Text),
        ("filed", Kind::Text),
        ("reason", Kind::Text),
        ("kind", Kind::Text),
        ("words", Kind::Text),
        ("payment", Kind::Text),
        ("attempt", Kind::Text),
        ("reads", Kind::Text),
    ],
    verb: Verb::Insert,
};

pub(super) async fn insert(tx: &mut Tx, new: &[NoticeRow]) -> Result<(), Fault> {
    let mut rows = NOTICES.rows();
    for row in new {
        let values: Vec<Value> = vec![
            row.id.into(),
            row.account.clone().into(),
            row.received_at.into(),
            row.method.clone().into(),
            row.sender.clone().into(),
            crate::rows::json(&row.headers)?.into(),
            row.query.clone().into(),
            row.body_hash.clone().into(),
            row.filed.into(),
            row.reason.clone().into(),
            row.kind.clone().into(),
            row.words.clone().into(),
            row.payment.into(),
            row.attempt.into(),
            crate::rows::json(&row.reads)?.into(),
        ];
        rows.push(values);
    }
    if !rows.is_empty() {
        tx.insert(&NOTICES, rows).await?;
    }
    Ok(())
}

/// Remembers that the house said yes when asked whether a message is its own.
pub(super) async fn mark_proven(tx: &mut Tx, id: NoticeId, now: Timestamp) -> Result<(), Fault> {
    tx.execute("UPDATE notices SET proven_at = $1 WHERE id = $2", (now, id)).await?;
    Ok(())
}

/// Whether the house has said that a message is its own.
pub(super) async fn is_proven(reads: &mut impl Reads, id: NoticeId) -> Result<bool, Fault> {
    let sql = "SELECT id FROM notices WHERE id = $1 AND proven_at IS NOT NULL";
    Ok(reads.fetch_optional(sql, (id,)).await?.is_some())
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

/// The notices that told facts first, by their keys, and how they were filed.
pub(super) async fn facts(
    reads: &mut impl Reads,
    account: &str,
    keys: Vec<String>,
) -> Result<Vec<(String, (NoticeId, Outcome))>, Fault> {
    let sql = "SELECT * FROM notice_facts WHERE account = $1 AND dedupe IN texts($2)";
    let rows = reads.fetch_all(sql, (account, keys)).await?;
    rows.iter()
        .map(|row| {
            let outcome = Outcome {
                filed: row.parsed("filed")?,
                reason: row.opt_text("reason")?,
                payment: row.opt_id("payment")?,
                attempt: row.opt_id("attempt")?,
            };
            Ok((row.text("dedupe")?, (row.id("notice")?, outcome)))
        })
        .collect()
}

static FACTS: Batch = Batch {
    table: "notice_facts",
    columns: &[
        ("account", Kind::Text),
        ("dedupe", Kind::Text),
        ("notice", Kind::Text),
        ("filed", Kind::Text),
        ("reason", Kind::Text),
        ("payment", Kind::Text),
        ("attempt", Kind::Text),
        ("created_at", Kind::Int),
    ],
    verb: Verb::Insert,
};

pub(super) async fn insert_facts(
    tx: &mut Tx,
    facts: &[((String, String), NoticeId, Outcome)],
    now: Timestamp,
) -> Result<(), Fault> {
    let mut rows = FACTS.rows();
    for ((account, key), notice, outcome) in facts {
        rows.push((
            account,
            key,
            *notice,
            outcome.filed,
            outcome.reason.clone(),
            outcome.payment,
            outcome.attempt,
            now,
        ));
    }
    if !rows.is_empty() {
        tx.insert(&FACTS, rows).await?;
    }
    Ok(())
}

/// The notices about payments that fit nothing yet.
pub(super) async fn unmatched_of(
    reads: &mut impl Reads,
    payments: Vec<String>,
) -> Result<Vec<NoticeRow>, Fault> {
    let sql = "SELECT * FROM notices WHERE payment IN texts($1) AND filed = $2 \
               ORDER BY id LIMIT 1000";
    reads.fetch_all(sql, (payments, Filed::Unmatched)).await?.iter().map(notice).collect()
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
