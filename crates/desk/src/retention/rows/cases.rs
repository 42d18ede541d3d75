//! Statements about cases whose time is over.

use base::id::{CaseId, PaymentId, PersonId};
use base::{Fault, Timestamp};
use store::{Reads, Row, Tx};

use crate::retention::delay::DelayedCase;
use crate::retention::settings::Sort;

/// A case that may be due.
pub(in crate::retention) struct Due {
    pub(in crate::retention) id: CaseId,
    pub(in crate::retention) requester: PersonId,
    /// When it was closed, or said to be spam.
    pub(in crate::retention) since: Timestamp,
    pub(in crate::retention) sort: Sort,
}

/// Where a walk over cases stands: behind this time and id.
pub(in crate::retention) type Place = (i64, String);

fn due(row: &Row) -> Result<Due, Fault> {
    Ok(Due {
        id: row.id("id")?,
        requester: row.id("requester")?,
        since: row.time("since")?,
        sort: Sort {
            topic: row.opt_text("topic")?,
            origin: row.parsed("origin")?,
            audience: row.parsed("audience")?,
        },
    })
}

/// Closed cases behind a place that were closed before then, the first first.
pub(in crate::retention) async fn closed(
    reads: &mut impl Reads,
    (after, id): &Place,
    before: Timestamp,
    most: u32,
) -> Result<Vec<Due>, Fault> {
    let sql = "SELECT id, requester, topic, origin, audience, closed_at AS since FROM cases
               WHERE state = 'closed' AND emptied_at IS NULL AND closed_at < $1
               AND (closed_at > $2 OR (closed_at = $2 AND id > $3))
               ORDER BY closed_at, id LIMIT $4";
    reads.fetch_all(sql, (before, *after, id, most)).await?.iter().map(due).collect()
}

/// Cases that were said to be spam before then.
pub(in crate::retention) async fn spam(
    reads: &mut impl Reads,
    (_, id): &Place,
    before: Timestamp,
    most: u32,
) -> Result<Vec<Due>, Fault> {
    let sql = "SELECT id, requester, topic, origin, audience, spam_at AS since FROM cases
               WHERE spam_at IS NOT NULL AND spam_at < $1 AND emptied_at IS NULL
               AND merged_into IS NULL AND id > $2 ORDER BY id LIMIT $3";
    reads.fetch_all(sql, (before, id, most)).await?.iter().map(due).collect()
}

/// Whether a case is still due within this deed: nobody opened it or said that it is wanted.
pub(in crate::retention) async fn is_done(
    reads: &mut impl Reads,
    id: CaseId,
) -> Result<bool, Fault> {
    let sql = "SELECT 1 AS one FROM cases WHERE id = $1 AND emptied_at IS NULL
               AND (state = 'closed' OR spam_at IS NOT NULL)";
    Ok(reads.fetch_optional(sql, (id,)).await?.is_some())
}

/// Whether a case, one that is part of it, or the one it is part of, is held.
pub(in crate::retention) async fn is_held(
    reads: &mut impl Reads,
    id: CaseId,
) -> Result<bool, Fault> {
    let sql = "SELECT 1 AS one FROM cases WHERE legal_hold IS NOT NULL AND (id = $1
               OR merged_into = $1
               OR id IN (SELECT merged_into FROM cases WHERE id = $1)) LIMIT 1";
    Ok(reads.fetch_optional(sql, (id,)).await?.is_some())
}

/// The payments a case is about.
pub(in crate::retention) async fn payments_of(
    reads: &mut impl Reads,
    id: CaseId,
) -> Result<Vec<PaymentId>, Fault> {
    let sql = "SELECT ref FROM case_refs WHERE case_id = $1 AND kind = 'payment'";
    let rows = reads.fetch_all(sql, (id,)).await?;
    let read: Result<Vec<String>, Fault> = rows.iter().map(|row| row.text("ref")).collect();
    Ok(read?.iter().filter_map(|id| id.parse().ok()).collect())
}

/// The cases that are part of this one and still have words of their own.
pub(in crate::retention) async fn parts_of(
    reads: &mut impl Reads,
    id: CaseId,
) -> Result<Vec<CaseId>, Fault> {
    let sql = "SELECT id FROM cases WHERE merged_into = $1 AND emptied_at IS NULL ORDER BY id";
    reads.fetch_all(sql, (id,)).await?.iter().map(|row| row.id("id")).collect()
}

/// Removes what other rooms keep of a case beside what was said in it.
pub(in crate::retention) async fn clear(tx: &mut Tx, id: CaseId) -> Result<(), Fault> {
    let sql = "DELETE FROM chat_files WHERE session IN
               (SELECT id FROM chat_sessions WHERE case_id = $1)";
    tx.execute(sql, (id,)).await?;
    for sql in [
        "DELETE FROM chat_sessions WHERE case_id = $1",
        "DELETE FROM chat_signs WHERE case_id = $1",
        "DELETE FROM inbox_drafts WHERE case_id = $1",
        "DELETE FROM inbox_presence WHERE case_id = $1",
        "DELETE FROM mail_foreign WHERE case_id = $1",
        "DELETE FROM case_keys WHERE case_id = $1",
        "DELETE FROM contact_forms WHERE case_id = $1",
        "DELETE FROM retention_delays WHERE case_id = $1",
        "UPDATE contact_ratings SET said = NULL WHERE case_id = $1",
    ] {
        tx.execute(sql, (id,)).await?;
    }
    // What was still to be fetched for them is fetched no more.
    let sql = "UPDATE social_media SET name = NULL, source = '', reason = NULL,
               state = CASE WHEN state = 'waiting' THEN 'failed' ELSE state END
               WHERE message IN (SELECT id FROM case_messages WHERE case_id = $1)";
    tx.execute(sql, (id,)).await?;
    let sql = "UPDATE social_sends SET recipient = '', provider_id = NULL, last_error = NULL
               WHERE message IN (SELECT id FROM case_messages WHERE case_id = $1)";
    tx.execute(sql, (id,)).await.map(|_| ())
}

/// Notes that a case waits, and why; what is noted so already keeps its time.
pub(in crate::retention) async fn delay(tx: &mut Tx, new: &DelayedCase) -> Result<(), Fault> {
    let sql = "INSERT INTO retention_delays (case_id, why, since) VALUES ($1, $2, $3)
               ON CONFLICT (case_id) DO UPDATE SET why = excluded.why, since = excluded.since
               WHERE retention_delays.why <> excluded.why";
    tx.execute(sql, (new.case, new.why, new.since)).await.map(|_| ())
}

/// Cases whose time is over and whose words stay all the same, those that wait longest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn delayed(reads: &mut impl Reads, most: u32) -> Result<Vec<DelayedCase>, Fault> {
    let sql = "SELECT * FROM retention_delays ORDER BY since, case_id LIMIT $1";
    let read = |row: &Row| {
        let (case, why, since) = (row.id("case_id")?, row.parsed("why")?, row.time("since")?);
        Ok(DelayedCase { case, why, since })
    };
    reads.fetch_all(sql, (most,)).await?.iter().map(read).collect()
}

/// Forgets delays of cases that are not done any more, and forms sent before then.
pub(in crate::retention) async fn forget(tx: &mut Tx, before: Timestamp) -> Result<(), Fault> {
    let sql = "DELETE FROM retention_delays WHERE case_id IN (SELECT id FROM cases
               WHERE cases.id = retention_delays.case_id AND (emptied_at IS NOT NULL
                 OR (state <> 'closed' AND spam_at IS NULL)))";
    tx.execute(sql, ()).await?;
    tx.execute("DELETE FROM contact_forms WHERE created_at < $1", (before,)).await.map(|_| ())
}
