//! Statements about what has changed, for whoever looks on, and about how long people wait.

use base::{Fault, Timestamp};
use store::{Reads, Row};

use crate::cases::Case;
use crate::chat::live::Changed;

/// Every case something happened to since then, the longest ago first.
pub(in crate::chat) async fn changed_since(
    reads: &mut impl Reads,
    since: Timestamp,
    most: i64,
) -> Result<Vec<Changed>, Fault> {
    let sql = "SELECT id, version, seq, team, origin, updated_at FROM cases
               WHERE updated_at >= $1 ORDER BY updated_at LIMIT $2";
    let read = |row: &Row| -> Result<Changed, Fault> {
        Ok(Changed {
            case: row.id("id")?,
            version: row.int("version")?,
            seq: row.int("seq")?,
            team: row.parsed("team")?,
            origin: row.parsed("origin")?,
            at: row.time("updated_at")?,
        })
    };
    reads.fetch_all(sql, (since, most)).await?.iter().map(read).collect()
}

/// How many chats stand before this one that nobody has taken yet: more urgent, or as urgent and
/// earlier.
pub(in crate::chat) async fn before(reads: &mut impl Reads, case: &Case) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS many FROM cases
               WHERE origin = 'chat' AND state IN ('new', 'open') AND first_answer_at IS NULL
                 AND assignee IS NULL AND spam_at IS NULL AND merged_into IS NULL AND id <> $1
                 AND (CASE priority WHEN 'urgent' THEN 3 WHEN 'high' THEN 2 WHEN 'normal' THEN 1
                      ELSE 0 END > $2
                   OR (priority = $3 AND created_at < $4)
                   OR (priority = $3 AND created_at = $4 AND id < $1))";
    let args = (case.id, rank(case), case.priority, case.created_at);
    reads.fetch_one(sql, args).await?.int("many")
}

fn rank(case: &Case) -> i64 {
    use crate::cases::Priority;
    match case.priority {
        Priority::Urgent => 3,
        Priority::High => 2,
        Priority::Normal => 1,
        Priority::Low => 0,
    }
}

/// How many microseconds each chat waited that was first answered since then, the shortest first.
pub(in crate::chat) async fn waits_since(
    reads: &mut impl Reads,
    since: Timestamp,
) -> Result<Vec<i64>, Fault> {
    let sql = "SELECT first_answer_at - created_at AS wait FROM cases
               WHERE origin = 'chat' AND first_answer_at >= $1 ORDER BY wait LIMIT 1000";
    reads.fetch_all(sql, (since,)).await?.iter().map(|row| row.int("wait")).collect()
}
