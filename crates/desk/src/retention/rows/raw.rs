//! Statements about what came in and went out as it was: raw mails, messengers' calls, sent mails.

use base::id::{CaseId, MailId, RawMailId};
use base::{Fault, Timestamp};
use store::{Reads, Row, Tx};

use crate::retention::whose::Whose;

/// A raw thing that may go: its id, the names of its bytes, and the case it belongs to.
pub(in crate::retention) struct Raw<I> {
    pub(in crate::retention) id: I,
    pub(in crate::retention) blobs: Vec<String>,
    pub(in crate::retention) case: Option<CaseId>,
    pub(in crate::retention) at: i64,
}

fn raw_mail(row: &Row) -> Result<Raw<RawMailId>, Fault> {
    Ok(Raw {
        id: row.id("id")?,
        blobs: row.json("blobs")?,
        case: row.opt_text("case_id")?.and_then(|id| id.parse().ok()),
        at: row.opt_int("settled_at")?.unwrap_or_default(),
    })
}

/// Raw mails behind a place that were settled before then. Those of a case that is open or held
/// stay.
pub(in crate::retention) async fn old_mails(
    reads: &mut impl Reads,
    (after, id): &(i64, String),
    before: Timestamp,
    most: u32,
) -> Result<Vec<Raw<RawMailId>>, Fault> {
    let sql = "SELECT id, blobs, case_id, settled_at FROM raw_mails
               WHERE emptied_at IS NULL AND state NOT IN ('waiting', 'quarantined')
               AND settled_at < $1 AND (settled_at > $2 OR (settled_at = $2 AND id > $3))
               AND NOT EXISTS (SELECT 1 FROM cases WHERE cases.id = raw_mails.case_id
                 AND cases.emptied_at IS NULL AND cases.spam_at IS NULL
                 AND cases.state NOT IN ('solved', 'closed'))
               ORDER BY settled_at, id LIMIT $4";
    reads.fetch_all(sql, (before, *after, id, most)).await?.iter().map(raw_mail).collect()
}

/// The raw mails of a case.
pub(in crate::retention) async fn mails_of_case(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<Raw<RawMailId>>, Fault> {
    let sql = "SELECT id, blobs, case_id, settled_at FROM raw_mails
               WHERE case_id = $1 AND emptied_at IS NULL AND state <> 'waiting'";
    reads.fetch_all(sql, (case.to_string(),)).await?.iter().map(raw_mail).collect()
}

/// Raw mails that somebody wrote.
pub(in crate::retention) async fn mails_from(
    reads: &mut impl Reads,
    whose: &Whose,
    most: u32,
) -> Result<Vec<Raw<RawMailId>>, Fault> {
    let lower: Vec<String> = whose.mails().iter().map(|mail| mail.to_lowercase()).collect();
    let sql = "SELECT id, blobs, case_id, settled_at FROM raw_mails
               WHERE sender IN texts($1) AND emptied_at IS NULL AND state <> 'waiting'
               UNION SELECT id, blobs, case_id, settled_at FROM raw_mails
               WHERE LOWER(envelope_from) IN texts($2) AND envelope_from IS NOT NULL
               AND emptied_at IS NULL AND state <> 'waiting' ORDER BY id LIMIT $3";
    let mut named = whose.mails();
    named.extend(lower.clone());
    reads.fetch_all(sql, (named, lower, most)).await?.iter().map(raw_mail).collect()
}

/// Removes what a raw mail says. One that was held back is put away with it.
pub(in crate::retention) async fn empty_mail(
    tx: &mut Tx,
    id: RawMailId,
    now: Timestamp,
) -> Result<u64, Fault> {
    let sql = "UPDATE raw_mails SET emptied_at = $2, blobs = '[]', envelope_from = NULL,
               envelope_to = '[]', last_error = NULL, sender = NULL, sender_domain = NULL,
               subject = NULL, mail_id = NULL,
               settled_at = COALESCE(settled_at, $2),
               state = CASE WHEN state = 'quarantined' THEN 'discarded' ELSE state END
               WHERE id = $1 AND emptied_at IS NULL AND state <> 'waiting'";
    tx.execute(sql, (id, now)).await
}

fn call(row: &Row) -> Result<Raw<String>, Fault> {
    Ok(Raw {
        id: row.text("id")?,
        blobs: vec![row.text("hash")?],
        case: None,
        at: row.int("received_at")?,
    })
}

/// What messengers brought before then, behind a place.
pub(in crate::retention) async fn old_calls(
    reads: &mut impl Reads,
    (after, id): &(i64, String),
    before: Timestamp,
    most: u32,
) -> Result<Vec<Raw<String>>, Fault> {
    let sql = "SELECT id, hash, received_at FROM social_notices
               WHERE emptied_at IS NULL AND state <> 'waiting' AND received_at < $1
               AND (received_at > $2 OR (received_at = $2 AND id > $3))
               ORDER BY received_at, id LIMIT $4";
    reads.fetch_all(sql, (before, *after, id, most)).await?.iter().map(call).collect()
}

pub(in crate::retention) async fn empty_call(
    tx: &mut Tx,
    id: &str,
    now: Timestamp,
) -> Result<u64, Fault> {
    let sql = "UPDATE social_notices SET emptied_at = $2, reason = NULL
               WHERE id = $1 AND emptied_at IS NULL AND state <> 'waiting'";
    tx.execute(sql, (id, now)).await
}

fn sent(row: &Row) -> Result<Raw<MailId>, Fault> {
    Ok(Raw {
        id: row.id("id")?,
        blobs: Vec::new(),
        case: row.opt_text("case_id")?.and_then(|id| id.parse().ok()),
        at: row.int("created_at")?,
    })
}

/// Mails that were written before then, behind a place, and the case each is about. Those of a
/// case that is open stay.
pub(in crate::retention) async fn old_sent(
    reads: &mut impl Reads,
    (after, id): &(i64, String),
    before: Timestamp,
    most: u32,
) -> Result<Vec<Raw<MailId>>, Fault> {
    let sql = "SELECT mails.id, mails.created_at, cases.id AS case_id FROM mails
               LEFT JOIN case_messages ON case_messages.id = mails.about
               LEFT JOIN cases ON cases.id = COALESCE(case_messages.case_id, mails.about)
               WHERE mails.emptied_at IS NULL AND mails.state <> 'queued'
               AND mails.created_at < $1
               AND (mails.created_at > $2 OR (mails.created_at = $2 AND mails.id > $3))
               AND (cases.id IS NULL OR cases.emptied_at IS NOT NULL
                 OR cases.spam_at IS NOT NULL OR cases.state IN ('solved', 'closed'))
               ORDER BY mails.created_at, mails.id LIMIT $4";
    reads.fetch_all(sql, (before, *after, id, most)).await?.iter().map(sent).collect()
}

/// Mails that went to somebody.
pub(in crate::retention) async fn sent_to(
    reads: &mut impl Reads,
    whose: &Whose,
    most: u32,
) -> Result<Vec<MailId>, Fault> {
    let sql = "SELECT id FROM mails WHERE to_address IN texts($1) AND emptied_at IS NULL
               ORDER BY id LIMIT $2";
    let rows = reads.fetch_all(sql, (whose.mails(), most)).await?;
    rows.iter().map(|row| row.id("id")).collect()
}

/// Mails about a case or a message in it.
pub(in crate::retention) async fn sent_about(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<MailId>, Fault> {
    let sql = "SELECT id FROM mails WHERE emptied_at IS NULL AND about IS NOT NULL
               AND about = $1
               UNION SELECT mails.id FROM case_messages JOIN mails
                 ON mails.about = case_messages.id
               WHERE case_messages.case_id = $2 AND mails.emptied_at IS NULL";
    let rows = reads.fetch_all(sql, (case.to_string(), case)).await?;
    rows.iter().map(|row| row.id("id")).collect()
}

/// Removes what a sent mail says and whom it went to. One that still waits is given up.
pub(in crate::retention) async fn empty_sent(
    tx: &mut Tx,
    ids: &[MailId],
    now: Timestamp,
) -> Result<u64, Fault> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let sql = "UPDATE mails SET emptied_at = $2, to_address = '', subject = '', body_text = '',
               body_html = '', carriage = NULL, last_error = NULL,
               state = CASE WHEN state IN ('queued', 'failed') THEN 'failed' ELSE state END
               WHERE id IN texts($1) AND emptied_at IS NULL";
    tx.execute(sql, (ids, now)).await
}
