//! Every statement about what came with messages of channels.

use base::id::{FileId, MessageId};
use base::{Fault, Timestamp};
use store::{Reads, Row, Tx};

use super::{Media, MediaState};

/// Something that is to be fetched.
pub(super) struct Wanted {
    pub(super) message: MessageId,
    pub(super) channel: String,
    pub(super) what: String,
    pub(super) name: Option<String>,
    pub(super) declared: Option<String>,
    /// As JSON.
    pub(super) source: String,
    /// With this one.
    pub(super) attempts: i64,
}

/// Something new.
pub(super) struct New<'a> {
    pub(super) id: &'a str,
    pub(super) message: MessageId,
    pub(super) channel: &'a str,
    pub(super) what: &'a str,
    pub(super) name: Option<&'a str>,
    pub(super) declared: Option<&'a str>,
    pub(super) source: &'a str,
}

pub(super) async fn insert(tx: &mut Tx, new: &New<'_>, now: Timestamp) -> Result<(), Fault> {
    let sql = "INSERT INTO social_media (id, message, channel, what, name, declared, source, state,
               attempts, created_at, updated_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, $8, $8)";
    let New { id, message, channel, what, name, declared, source } = *new;
    let args = (id, message, channel, what, name, declared, source, now);
    tx.execute(sql, args).await.map(|_| ())
}

/// Notes that a try begins; none if it has its end.
pub(super) async fn begin(tx: &mut Tx, id: &str, now: Timestamp) -> Result<Option<Wanted>, Fault> {
    let sql = "UPDATE social_media SET attempts = attempts + 1, updated_at = $2
               WHERE id = $1 AND state = 'waiting' RETURNING *";
    let row = tx.fetch_optional(sql, (id, now)).await?;
    row.map(|row| {
        Ok(Wanted {
            message: row.id("message")?,
            channel: row.text("channel")?,
            what: row.text("what")?,
            name: row.opt_text("name")?,
            declared: row.opt_text("declared")?,
            source: row.text("source")?,
            attempts: row.int("attempts")?,
        })
    })
    .transpose()
}

pub(super) async fn put_off(
    tx: &mut Tx,
    id: &str,
    reason: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "UPDATE social_media SET reason = $2, updated_at = $3 WHERE id = $1";
    tx.execute(sql, (id, reason, now)).await.map(|_| ())
}

/// It is a file now: where it came from is forgotten.
pub(super) async fn kept(tx: &mut Tx, id: &str, file: FileId, now: Timestamp) -> Result<(), Fault> {
    let sql = "UPDATE social_media SET state = 'kept', file = $2, source = '', reason = NULL,
               updated_at = $3 WHERE id = $1";
    tx.execute(sql, (id, file, now)).await.map(|_| ())
}

pub(super) async fn failed(
    tx: &mut Tx,
    id: &str,
    reason: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "UPDATE social_media SET state = 'failed', reason = $2, updated_at = $3
               WHERE id = $1";
    tx.execute(sql, (id, reason, now)).await.map(|_| ())
}

/// False if it did not fail.
pub(super) async fn begin_again(
    tx: &mut Tx,
    message: MessageId,
    id: &str,
    now: Timestamp,
) -> Result<bool, Fault> {
    let sql = "UPDATE social_media SET state = 'waiting', attempts = 0, updated_at = $3
               WHERE id = $1 AND message = $2 AND state = 'failed'";
    Ok(tx.execute(sql, (id, message, now)).await? == 1)
}

pub(super) async fn open_of(
    reads: &mut impl Reads,
    messages: &[MessageId],
) -> Result<Vec<Media>, Fault> {
    let ids: Vec<String> = messages.iter().map(ToString::to_string).collect();
    let sql = "SELECT * FROM social_media WHERE message IN texts($1) AND state <> 'kept'
               ORDER BY id";
    reads.fetch_all(sql, (ids,)).await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Media, Fault> {
    Ok(Media {
        id: row.text("id")?,
        message: row.id("message")?,
        what: row.text("what")?,
        name: row.opt_text("name")?,
        state: row.parsed::<MediaState>("state")?,
        reason: row.opt_text("reason")?,
    })
}
