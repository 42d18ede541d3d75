//! Every statement about events.

use std::borrow::Cow;

use base::id::EventId;
use base::{Fault, Timestamp};

use super::event::{Event, Filter, LARGEST_BODY, Unheard};
use crate::batch::{Batch, Kind, Verb};
use crate::patience::MOST_TRIES;
use crate::reads::Reads;
use crate::row::Row;
use crate::tx::Tx;
use crate::value::Value;

static EVENTS: Batch = Batch {
    table: "events",
    columns: &[
        ("id", Kind::Text),
        ("kind", Kind::Text),
        ("subject", Kind::Text),
        ("sequence", Kind::Int),
        ("body", Kind::Text),
        ("created_at", Kind::Int),
        ("due_at", Kind::Int),
        ("attempts", Kind::Int),
    ],
    verb: Verb::Insert,
};

pub(super) async fn insert(tx: &mut Tx, events: &[Event]) -> Result<(), Fault> {
    let mut rows = EVENTS.rows();
    for event in events {
        let body = event.body.to_string();
        if body.len() > LARGEST_BODY {
            return Err(Fault::new(format!("tell {}: its body is too large", event.kind)));
        }
        rows.push((
            event.id,
            &*event.kind,
            &event.subject,
            event.sequence,
            body,
            event.created_at,
            event.created_at,
            0_i64,
        ));
    }
    tx.insert(&EVENTS, rows).await.map(|_| ())
}

fn read(row: &Row) -> Result<Event, Fault> {
    Ok(Event {
        id: row.id("id")?,
        kind: Cow::Owned(row.text("kind")?),
        subject: row.text("subject")?,
        sequence: row.int("sequence")?,
        body: row.json("body")?,
        created_at: row.time("created_at")?,
    })
}

pub(super) async fn find(reads: &mut impl Reads, id: EventId) -> Result<Option<Event>, Fault> {
    let row = reads
        .fetch_optional(
            "SELECT id, kind, subject, sequence, body, created_at FROM events WHERE id = $1",
            (id,),
        )
        .await?;
    row.as_ref().map(read).transpose()
}

const OLDER: &str = "SELECT id, kind, subject, sequence, body, created_at FROM events \
     WHERE id < $1 AND substr(kind, 1, CAST($2 AS INTEGER)) = $3 ORDER BY id DESC LIMIT $4";
const NEWER: &str = "SELECT id, kind, subject, sequence, body, created_at FROM events \
     WHERE id > $1 AND substr(kind, 1, CAST($2 AS INTEGER)) = $3 ORDER BY id LIMIT $4";
const OLDER_OF: &str = "SELECT id, kind, subject, sequence, body, created_at FROM events \
     WHERE subject = $5 AND id < $1 AND substr(kind, 1, CAST($2 AS INTEGER)) = $3 \
     ORDER BY id DESC LIMIT $4";
const NEWER_OF: &str = "SELECT id, kind, subject, sequence, body, created_at FROM events \
     WHERE subject = $5 AND id > $1 AND substr(kind, 1, CAST($2 AS INTEGER)) = $3 \
     ORDER BY id LIMIT $4";

/// Behind every id.
const END: &str = "zzzz";

pub(super) async fn list(reads: &mut impl Reads, filter: &Filter) -> Result<Vec<Event>, Fault> {
    let newer = filter.before.is_some();
    let beside = match (filter.before, filter.after) {
        (Some(id), _) | (None, Some(id)) => id.to_string(),
        (None, None) => END.to_owned(),
    };
    let prefix = filter.kind_prefix.as_deref().unwrap_or("");
    let letters = i64::try_from(prefix.chars().count()).unwrap_or(i64::MAX);
    let mut args: Vec<Value> =
        vec![beside.into(), letters.into(), prefix.into(), filter.limit.into()];
    let sql = match (&filter.subject, newer) {
        (None, false) => OLDER,
        (None, true) => NEWER,
        (Some(_), false) => OLDER_OF,
        (Some(_), true) => NEWER_OF,
    };
    args.extend(filter.subject.iter().map(Value::from));
    let rows = reads.fetch_all(sql, args).await?;
    let mut events = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    if newer {
        events.reverse();
    }
    Ok(events)
}

/// The ids of events that somebody has yet to hear, the first due first.
///
/// There is no cursor, so it does not matter in which order transactions commit.
pub(super) async fn due(
    reads: &mut impl Reads,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<String>, Fault> {
    let rows = reads
        .fetch_all(
            "SELECT id FROM events WHERE heard_at IS NULL AND rested_at IS NULL AND due_at <= $1 \
             ORDER BY due_at, id LIMIT $2",
            (now, limit),
        )
        .await?;
    rows.iter().map(|row| row.text("id")).collect()
}

/// Those of the ids that nobody has heard meanwhile, in order of time.
pub(super) async fn unheard(tx: &mut Tx, ids: Vec<String>) -> Result<Vec<Event>, Fault> {
    let rows = tx
        .fetch_all(
            "SELECT id, kind, subject, sequence, body, created_at FROM events \
             WHERE id IN texts($1) AND heard_at IS NULL AND rested_at IS NULL ORDER BY id",
            (ids,),
        )
        .await?;
    rows.iter().map(read).collect()
}

pub(super) async fn mark_heard(
    tx: &mut Tx,
    ids: Vec<String>,
    now: Timestamp,
) -> Result<u64, Fault> {
    tx.execute(
        "UPDATE events SET heard_at = $1, last_error = NULL \
         WHERE id IN texts($2) AND heard_at IS NULL",
        (now, ids),
    )
    .await
}

/// Keeps a failure; after too many of them the event rests.
pub(super) async fn fail(
    tx: &mut Tx,
    id: EventId,
    why: &str,
    now: Timestamp,
    due: Timestamp,
) -> Result<u64, Fault> {
    tx.execute(
        "UPDATE events SET attempts = attempts + 1, last_error = $1, due_at = $2, \
         rested_at = CASE WHEN attempts + 1 >= $3 THEN $4 ELSE rested_at END \
         WHERE id = $5 AND heard_at IS NULL AND rested_at IS NULL",
        (why, due, MOST_TRIES, now, id),
    )
    .await
}

pub(super) async fn attempts(reads: &mut impl Reads, id: EventId) -> Result<i64, Fault> {
    reads.fetch_one("SELECT attempts FROM events WHERE id = $1", (id,)).await?.int("attempts")
}

pub(super) async fn unheard_count(reads: &mut impl Reads) -> Result<i64, Fault> {
    let row = reads
        .fetch_one(
            "SELECT COUNT(*) AS unheard FROM events WHERE heard_at IS NULL AND rested_at IS NULL",
            (),
        )
        .await?;
    row.int("unheard")
}

pub(super) async fn resting(
    reads: &mut impl Reads,
    limit: u32,
    after: Option<EventId>,
) -> Result<Vec<Unheard>, Fault> {
    let rows = reads
        .fetch_all(
            "SELECT id, kind, subject, sequence, body, created_at, attempts, last_error \
             FROM events WHERE heard_at IS NULL AND rested_at IS NOT NULL AND id > $1 \
             ORDER BY id LIMIT $2",
            (after.map(|id| id.to_string()).unwrap_or_default(), limit),
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Unheard {
                event: read(row)?,
                attempts: u32::try_from(row.int("attempts")?).unwrap_or(0),
                last_error: row.opt_text("last_error")?,
            })
        })
        .collect()
}

pub(super) async fn again(tx: &mut Tx, id: EventId, now: Timestamp) -> Result<u64, Fault> {
    tx.execute(
        "UPDATE events SET rested_at = NULL, attempts = 0, due_at = $1 \
         WHERE id = $2 AND heard_at IS NULL AND rested_at IS NOT NULL",
        (now, id),
    )
    .await
}

/// The ids and bodies of every event about a subject.
pub(super) async fn bodies_of(
    reads: &mut impl Reads,
    subject: &str,
) -> Result<Vec<(String, serde_json::Value)>, Fault> {
    let sql = "SELECT id, body FROM events WHERE subject = $1 ORDER BY id";
    let rows = reads.fetch_all(sql, (subject,)).await?;
    rows.iter().map(|row| Ok((row.text("id")?, row.json("body")?))).collect()
}

pub(super) async fn rewrite(tx: &mut Tx, id: &str, body: &serde_json::Value) -> Result<(), Fault> {
    let sql = "UPDATE events SET body = $2 WHERE id = $1";
    tx.execute(sql, (id, body.to_string())).await.map(|_| ())
}
