//! Statements about what happened to cases.

use base::Fault;
use base::id::CaseId;
use store::{Reads, Row, Tx};

use crate::cases::{CaseEvent, EventKind};

pub(in crate::cases) async fn insert(tx: &mut Tx, event: &CaseEvent) -> Result<(), Fault> {
    let sql = "INSERT INTO case_events (case_id, seq, kind, author, body, at)
               VALUES ($1, $2, $3, $4, $5, $6)";
    let CaseEvent { case, seq, kind, author, body, at } = event;
    tx.execute(sql, (*case, *seq, *kind, *author, body.to_string(), *at)).await.map(|_| ())
}

pub(in crate::cases) async fn after(
    reads: &mut impl Reads,
    case: CaseId,
    seq: i64,
    limit: u32,
) -> Result<Vec<CaseEvent>, Fault> {
    let sql = "SELECT * FROM case_events WHERE case_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    reads.fetch_all(sql, (case, seq, limit)).await?.iter().map(read).collect()
}

pub(in crate::cases) async fn find(
    reads: &mut impl Reads,
    case: CaseId,
    seq: i64,
) -> Result<Option<CaseEvent>, Fault> {
    let sql = "SELECT * FROM case_events WHERE case_id = $1 AND seq = $2";
    reads.fetch_optional(sql, (case, seq)).await?.as_ref().map(read).transpose()
}

/// The last event of a kind.
pub(in crate::cases) async fn last(
    reads: &mut impl Reads,
    case: CaseId,
    kind: EventKind,
) -> Result<Option<CaseEvent>, Fault> {
    let sql = "SELECT * FROM case_events WHERE case_id = $1 AND kind = $2
               ORDER BY seq DESC LIMIT 1";
    reads.fetch_optional(sql, (case, kind)).await?.as_ref().map(read).transpose()
}

/// Removes the words of servers and messengers from what was told of deliveries: they may name
/// whom something went to. Our own codes stay.
pub(in crate::cases) async fn hush(tx: &mut Tx, case: CaseId) -> Result<(), Fault> {
    let sql = "SELECT seq, body FROM case_events WHERE case_id = $1 AND kind = 'delivery'";
    for row in tx.fetch_all(sql, (case,)).await? {
        let mut body: serde_json::Value = row.json("body")?;
        let says = body["why"]
            .as_str()
            .is_some_and(|why| why.chars().any(|it| !(it.is_ascii_lowercase() || it == '_')));
        if says {
            body["why"] = serde_json::Value::Null;
            let sql = "UPDATE case_events SET body = $3 WHERE case_id = $1 AND seq = $2";
            tx.execute(sql, (case, row.int("seq")?, body.to_string())).await?;
        }
    }
    Ok(())
}

fn read(row: &Row) -> Result<CaseEvent, Fault> {
    Ok(CaseEvent {
        case: row.id("case_id")?,
        seq: row.int("seq")?,
        kind: row.parsed("kind")?,
        author: row.parsed("author")?,
        body: row.json("body")?,
        at: row.time("at")?,
    })
}
