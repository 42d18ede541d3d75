//! Every statement about social channels.

use base::id::{AddressId, CaseId, CustomerId, MessageId, PersonId};
use base::{Fault, Hashed, Timestamp};
use store::{Reads, Tx};

use crate::cases::Origin;

/// A call that waits to be read.
pub(super) struct Waiting {
    pub(super) channel: String,
    pub(super) hash: String,
}

/// A message that is about to be sent.
pub(super) struct Begun {
    pub(super) channel: String,
    pub(super) recipient: String,
    pub(super) attempts: i64,
    /// A call had begun before and nobody knows its end.
    pub(super) was_calling: bool,
}

/// Keeps a call; false if the same was kept before.
pub(super) async fn keep(
    tx: &mut Tx,
    id: &str,
    channel: &str,
    hash: &str,
    now: Timestamp,
) -> Result<bool, Fault> {
    let sql = "INSERT INTO social_notices (id, channel, hash, state, received_at)
               VALUES ($1, $2, $3, 'waiting', $4) ON CONFLICT (channel, hash) DO NOTHING";
    Ok(tx.execute(sql, (id, channel, hash, now)).await? == 1)
}

pub(super) async fn waiting(reads: &mut impl Reads, id: &str) -> Result<Option<Waiting>, Fault> {
    let sql = "SELECT channel, hash FROM social_notices WHERE id = $1 AND state = 'waiting'";
    let row = reads.fetch_optional(sql, (id,)).await?;
    row.map(|row| Ok(Waiting { channel: row.text("channel")?, hash: row.text("hash")? }))
        .transpose()
}

pub(super) async fn read(tx: &mut Tx, id: &str, left: Option<&str>) -> Result<(), Fault> {
    let sql = "UPDATE social_notices SET state = 'read', reason = $2 WHERE id = $1";
    tx.execute(sql, (id, left)).await.map(|_| ())
}

pub(super) async fn unreadable(tx: &mut Tx, id: &str, why: &str) -> Result<(), Fault> {
    let sql = "UPDATE social_notices SET state = 'unreadable', reason = $2 WHERE id = $1";
    tx.execute(sql, (id, why)).await.map(|_| ())
}

/// The case that somebody has open on a channel.
pub(super) async fn open_case(
    reads: &mut impl Reads,
    person: PersonId,
    origin: Origin,
) -> Result<Option<CaseId>, Fault> {
    let sql = "SELECT id FROM cases WHERE requester = $1 AND origin = $2 AND state <> 'closed'
               AND merged_into IS NULL AND spam_at IS NULL ORDER BY id DESC LIMIT 1";
    let row = reads.fetch_optional(sql, (person, origin)).await?;
    row.map(|row| row.id("id")).transpose()
}

pub(super) async fn heard_from(
    tx: &mut Tx,
    address: AddressId,
    channel: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO social_heard (address, channel, last_at) VALUES ($1, $2, $3)
               ON CONFLICT (address) DO UPDATE SET channel = excluded.channel,
               last_at = excluded.last_at";
    tx.execute(sql, (address, channel, now)).await.map(|_| ())
}

/// Over which channel an address was last heard, and when.
pub(super) async fn last_heard(
    reads: &mut impl Reads,
    address: AddressId,
) -> Result<Option<(String, Timestamp)>, Fault> {
    let sql = "SELECT channel, last_at FROM social_heard WHERE address = $1";
    let row = reads.fetch_optional(sql, (address,)).await?;
    row.map(|row| Ok((row.text("channel")?, row.time("last_at")?))).transpose()
}

pub(super) async fn insert_send(
    tx: &mut Tx,
    message: MessageId,
    channel: &str,
    recipient: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO social_sends (message, channel, recipient, state, attempts, created_at,
               updated_at) VALUES ($1, $2, $3, 'queued', 0, $4, $4)
               ON CONFLICT (message) DO NOTHING";
    tx.execute(sql, (message, channel, recipient, now)).await.map(|_| ())
}

/// Notes that a call begins; none if the message has its end.
pub(super) async fn begin_send(
    tx: &mut Tx,
    message: MessageId,
    now: Timestamp,
) -> Result<Option<Begun>, Fault> {
    let sql = "SELECT channel, recipient, attempts, state FROM social_sends
               WHERE message = $1 AND state IN ('queued', 'calling')";
    let Some(row) = tx.fetch_optional(sql, (message,)).await? else { return Ok(None) };
    let sql = "UPDATE social_sends SET state = 'calling', attempts = attempts + 1,
               updated_at = $2 WHERE message = $1";
    tx.execute(sql, (message, now)).await?;
    Ok(Some(Begun {
        channel: row.text("channel")?,
        recipient: row.text("recipient")?,
        attempts: row.int("attempts")? + 1,
        was_calling: row.text("state")? == "calling",
    }))
}

pub(super) async fn end_send(
    tx: &mut Tx,
    message: MessageId,
    state: &'static str,
    provider_id: Option<&str>,
    error: Option<&str>,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "UPDATE social_sends SET state = $2, provider_id = $3, last_error = $4,
               updated_at = $5 WHERE message = $1";
    tx.execute(sql, (message, state, provider_id, error, now)).await.map(|_| ())
}

/// The message that a channel calls by this name.
pub(super) async fn sent_as(
    reads: &mut impl Reads,
    channel: &str,
    provider_id: &str,
) -> Result<Option<MessageId>, Fault> {
    let sql = "SELECT message FROM social_sends WHERE channel = $1 AND provider_id = $2";
    let row = reads.fetch_optional(sql, (channel, provider_id)).await?;
    row.map(|row| row.id("message")).transpose()
}

pub(super) async fn insert_code(
    tx: &mut Tx,
    hash: &Hashed,
    customer: CustomerId,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO social_codes (hash, customer, created_at, expires_at)
               VALUES ($1, $2, $3, $4)";
    tx.execute(sql, (hash.as_str(), customer, now, until)).await.map(|_| ())
}

/// Forgets all but the newest codes of a customer.
pub(super) async fn forget_codes(
    tx: &mut Tx,
    customer: CustomerId,
    keep: i64,
) -> Result<(), Fault> {
    let sql = "DELETE FROM social_codes WHERE customer = $1 AND hash NOT IN
               (SELECT hash FROM social_codes WHERE customer = $1
                ORDER BY created_at DESC, hash LIMIT $2)";
    tx.execute(sql, (customer, keep)).await.map(|_| ())
}

/// Uses a code up; whose it was, if it was good.
pub(super) async fn use_code(
    tx: &mut Tx,
    hash: &Hashed,
    now: Timestamp,
) -> Result<Option<CustomerId>, Fault> {
    let sql = "SELECT customer FROM social_codes
               WHERE hash = $1 AND used_at IS NULL AND expires_at > $2";
    let Some(row) = tx.fetch_optional(sql, (hash.as_str(), now)).await? else { return Ok(None) };
    let sql = "UPDATE social_codes SET used_at = $2 WHERE hash = $1";
    tx.execute(sql, (hash.as_str(), now)).await?;
    Ok(Some(row.id("customer")?))
}
