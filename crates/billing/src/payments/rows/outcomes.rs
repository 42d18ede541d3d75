//! Every SQL statement about what an attempt is known by, what may be asked again, and who vouched.

use std::collections::HashMap;

use base::id::{AttemptId, CustomerId};
use base::{Fault, Timestamp};
use processor::Card;
use store::{Batch, ColumnKind as Kind, Reads, Tx, Verb};

use crate::payments::attempt::{Attempt, AttemptState};
use crate::payments::hand::{Outcome, Vote};
use crate::rows::opt_json;

static IDS: Batch = Batch {
    table: "attempt_ids",
    columns: &[("account", Kind::Text), ("id", Kind::Text), ("attempt", Kind::Text)],
    verb: Verb::InsertUnlessThere,
};

/// Remembers by which ids houses know attempts: account, id, attempt. The first to be known by an
/// id keeps it.
pub(in crate::payments) async fn learn_ids(
    tx: &mut Tx,
    ids: Vec<(String, String, AttemptId)>,
) -> Result<(), Fault> {
    let mut rows = IDS.rows();
    for id in ids {
        rows.push(id);
    }
    if !rows.is_empty() {
        tx.insert(&IDS, rows).await?;
    }
    Ok(())
}

/// Which attempts a house knows by these ids.
///
/// # Errors
/// A fault if the database fails.
pub async fn known_as(
    reads: &mut impl Reads,
    account: &str,
    ids: Vec<String>,
) -> Result<HashMap<String, AttemptId>, Fault> {
    let sql = "SELECT id, attempt FROM attempt_ids WHERE account = $1 AND id IN texts($2)";
    let rows = reads.fetch_all(sql, (account, ids)).await?;
    rows.iter().map(|row| Ok((row.text("id")?, row.id("attempt")?))).collect()
}

/// Remembers that a processor keeps something of a customer that may be charged again.
pub(in crate::payments) async fn keep_instrument(
    tx: &mut Tx,
    attempt: &Attempt,
    customer: CustomerId,
    stored: &str,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO instruments (account, id, customer, card, created_at) \
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    let card = super::opt(attempt.card.as_ref())?;
    tx.execute(sql, (&attempt.account, stored, customer, card, now)).await?;
    Ok(())
}

/// The account that keeps this of this customer, and what is known of the card.
pub(in crate::payments) async fn instrument(
    reads: &mut impl Reads,
    customer: CustomerId,
    stored: &str,
) -> Result<Option<(String, Option<Card>)>, Fault> {
    let sql = "SELECT account, card FROM instruments WHERE customer = $1 AND id = $2 \
               ORDER BY created_at DESC LIMIT 1";
    let Some(row) = reads.fetch_optional(sql, (customer, stored)).await? else { return Ok(None) };
    Ok(Some((row.text("account")?, opt_json(&row, "card")?)))
}

/// Keeps what was asked, so that the same can be asked again while nobody knows the answer.
pub(in crate::payments) async fn keep_asked(
    tx: &mut Tx,
    id: AttemptId,
    asked: &str,
) -> Result<(), Fault> {
    tx.execute("UPDATE attempts SET asked = $1 WHERE id = $2", (asked, id)).await?;
    Ok(())
}

/// What was asked, while nobody knows the answer.
pub(in crate::payments) async fn asked(
    reads: &mut impl Reads,
    id: AttemptId,
) -> Result<Option<String>, Fault> {
    let sql = "SELECT asked FROM attempts WHERE id = $1";
    let row = reads.fetch_optional(sql, (id,)).await?;
    row.map_or(Ok(None), |row| row.opt_text("asked"))
}

/// Remembers that the money of an attempt is to be held and not taken.
pub(in crate::payments) async fn capture_later(tx: &mut Tx, id: AttemptId) -> Result<(), Fault> {
    tx.execute("UPDATE attempts SET capture_later = 1 WHERE id = $1", (id,)).await?;
    Ok(())
}

/// Whether the money of an attempt is to be held and not taken.
pub(in crate::payments) async fn is_captured_later(
    reads: &mut impl Reads,
    id: AttemptId,
) -> Result<bool, Fault> {
    let sql = "SELECT capture_later FROM attempts WHERE id = $1";
    let row = reads.fetch_optional(sql, (id,)).await?;
    row.map_or(Ok(false), |row| row.flag("capture_later"))
}

/// Remembers that the customer has approved.
pub(in crate::payments) async fn mark_approved(
    tx: &mut Tx,
    id: AttemptId,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "UPDATE attempts SET approved_at = $1 WHERE id = $2 AND approved_at IS NULL";
    tx.execute(sql, (now, id)).await?;
    Ok(())
}

/// Marks that the last call leaves now. False if the customer has not approved, if the attempt
/// has its end, or if it left before (later than `again_before`, where it may leave again).
pub(in crate::payments) async fn may_complete(
    tx: &mut Tx,
    id: AttemptId,
    now: Timestamp,
    again_before: Timestamp,
) -> Result<bool, Fault> {
    let sql = "UPDATE attempts SET completing_at = $1 WHERE id = $2 AND approved_at IS NOT NULL \
               AND state IN texts($3) AND (completing_at IS NULL OR completing_at <= $4)";
    let open = [AttemptState::ActionRequired, AttemptState::Pending, AttemptState::Unknown];
    let open: Vec<String> = open.iter().map(ToString::to_string).collect();
    Ok(tx.execute(sql, (now, id, open, again_before)).await? == 1)
}

/// The last call was proven not to have been executed: it may leave again.
pub(in crate::payments) async fn not_completed(tx: &mut Tx, id: AttemptId) -> Result<(), Fault> {
    tx.execute("UPDATE attempts SET completing_at = NULL WHERE id = $1", (id,)).await?;
    Ok(())
}

/// Writes down that somebody vouches for an outcome; what they said before is replaced.
pub(in crate::payments) async fn vote(
    tx: &mut Tx,
    id: AttemptId,
    vote: &Vote,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO hand_proofs (attempt, actor, outcome, evidence, created_at) \
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT (attempt, actor) DO UPDATE SET \
               outcome = excluded.outcome, evidence = excluded.evidence, \
               created_at = excluded.created_at";
    tx.execute(sql, (id, &vote.actor, vote.outcome, &vote.evidence, now)).await?;
    Ok(())
}

/// Who has vouched for the outcome of an attempt, first to last.
pub(in crate::payments) async fn votes(
    reads: &mut impl Reads,
    id: AttemptId,
) -> Result<Vec<Vote>, Fault> {
    let sql = "SELECT actor, outcome, evidence FROM hand_proofs WHERE attempt = $1 \
               ORDER BY created_at, actor";
    let rows = reads.fetch_all(sql, (id,)).await?;
    rows.iter()
        .map(|row| {
            Ok(Vote {
                actor: row.text("actor")?,
                outcome: row.parsed::<Outcome>("outcome")?,
                evidence: row.text("evidence")?,
            })
        })
        .collect()
}
