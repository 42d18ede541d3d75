//! Every statement about sessions.

use base::id::SessionId;
use base::{Actor, Fault, Hashed, Secret, Timestamp};
use store::{Reads, Row, Tx};

use super::Session;

/// The session this secret opens now, if it does.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find(
    reads: &mut impl Reads,
    now: Timestamp,
    secret: &Secret,
) -> Result<Option<Session>, Fault> {
    let sql = "SELECT * FROM sessions
               WHERE hash = $1 AND ended_at IS NULL AND idle_until > $2 AND expires_at > $2";
    let row = reads.fetch_optional(sql, (secret.hashed().as_str(), now)).await?;
    row.as_ref().map(read).transpose()
}

/// The sessions of a person that are open now, the newest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn list_of(
    reads: &mut impl Reads,
    now: Timestamp,
    who: Actor,
) -> Result<Vec<Session>, Fault> {
    let sql = "SELECT * FROM sessions
               WHERE who = $1 AND ended_at IS NULL AND idle_until > $2 AND expires_at > $2
               ORDER BY id DESC LIMIT 100";
    let rows = reads.fetch_all(sql, (who.to_string(), now)).await?;
    rows.iter().map(read).collect()
}

pub(super) async fn insert(tx: &mut Tx, session: &Session, hash: &Hashed) -> Result<(), Fault> {
    let sql = "INSERT INTO sessions (id, hash, who, opened_by, device, created_at, seen_at,
               idle_until, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let args = (
        session.id,
        hash.as_str(),
        session.who.to_string(),
        session.opened_by.as_str(),
        session.device.clone(),
        session.created_at,
        session.seen_at,
        session.idle_until,
        session.expires_at,
    );
    tx.execute(sql, args).await.map(|_| ())
}

pub(super) async fn rehash(tx: &mut Tx, id: SessionId, hash: &Hashed) -> Result<(), Fault> {
    let sql = "UPDATE sessions SET hash = $2 WHERE id = $1";
    tx.execute(sql, (id, hash.as_str())).await.map(|_| ())
}

pub(super) async fn note(tx: &mut Tx, session: &Session) -> Result<(), Fault> {
    let sql = "UPDATE sessions SET seen_at = $2, idle_until = $3, device = $4
               WHERE id = $1 AND seen_at <= $2";
    let args = (session.id, session.seen_at, session.idle_until, session.device.clone());
    tx.execute(sql, args).await.map(|_| ())
}

pub(super) async fn end(
    tx: &mut Tx,
    now: Timestamp,
    who: Actor,
    id: SessionId,
) -> Result<(), Fault> {
    let sql = "UPDATE sessions SET ended_at = $3 WHERE id = $1 AND who = $2 AND ended_at IS NULL";
    tx.execute(sql, (id, who.to_string(), now)).await.map(|_| ())
}

pub(super) async fn end_all(
    tx: &mut Tx,
    now: Timestamp,
    who: Actor,
    but: Option<SessionId>,
) -> Result<(), Fault> {
    let sql = "UPDATE sessions SET ended_at = $2
               WHERE who = $1 AND ended_at IS NULL AND id <> $3";
    let but = but.map(|id| id.to_string()).unwrap_or_default();
    tx.execute(sql, (who.to_string(), now, but)).await.map(|_| ())
}

pub(super) async fn end_oldest(
    tx: &mut Tx,
    now: Timestamp,
    who: Actor,
    most: u32,
) -> Result<(), Fault> {
    let sql = "UPDATE sessions SET ended_at = $2 WHERE who = $1 AND ended_at IS NULL
               AND id NOT IN (SELECT id FROM sessions WHERE who = $1 AND ended_at IS NULL
                              ORDER BY id DESC LIMIT $3)";
    tx.execute(sql, (who.to_string(), now, most)).await.map(|_| ())
}

/// Forgets sessions that ended before `until`.
pub(crate) async fn sweep(tx: &mut Tx, until: Timestamp) -> Result<(), Fault> {
    let sql = "DELETE FROM sessions WHERE expires_at < $1 OR idle_until < $1 OR ended_at < $1";
    tx.execute(sql, (until,)).await.map(|_| ())
}

fn read(row: &Row) -> Result<Session, Fault> {
    let customer = row.opt_id("who").map(|id| id.map(Actor::Customer));
    let who = customer.or_else(|_| row.opt_id("who").map(|id| id.map(Actor::Staff)))?;
    Ok(Session {
        id: row.id("id")?,
        who: who.ok_or_else(|| Fault::new("read column who"))?,
        opened_by: row.parsed("opened_by")?,
        device: row.opt_text("device")?,
        created_at: row.time("created_at")?,
        seen_at: row.time("seen_at")?,
        idle_until: row.time("idle_until")?,
        expires_at: row.time("expires_at")?,
    })
}
