//! A deed: messages are stored and heard, and with them those that waited for them, all in one
//! transaction.

use base::{Stop, Timestamp};
use store::{Tx, blobs, jobs};

use super::apply::{APPLY, Payload, next};
use super::notice::{Filed, NoticeRow};
use super::outcome::Outcome;
use super::sitting::{After, Lock, Sitting};
use super::{proof, rows};
use crate::Billing;

/// A message to be heard.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) row: NoticeRow,
    /// What its locks said; none means that all are open.
    pub(super) locks: Vec<Lock>,
    /// Its bytes, if they are not stored yet.
    pub(super) body: Option<Vec<u8>>,
}

/// How messages were filed, and what is left to do.
pub(super) struct Heard {
    pub(super) filed: Vec<Filed>,
    pub(super) after: After,
}

/// Hears messages in their order.
pub(super) async fn hear(
    tx: &mut Tx,
    billing: &Billing,
    messages: &[Message],
) -> Result<Heard, Stop> {
    let mut sitting =
        Sitting::open(tx, billing, messages.iter().map(|message| &message.row)).await?;
    let waiting = waiting(tx, billing, &mut sitting, messages).await?;
    let mut outcomes = Vec::with_capacity(messages.len());
    for message in messages {
        outcomes.push(sitting.hear(tx, &message.row, &message.locks).await?);
    }
    // What waited for one of these need not wait for its own time.
    let mut late: Vec<Option<Outcome>> = vec![None; waiting.len()];
    let mut again = true;
    while again {
        again = false;
        for (message, outcome) in messages.iter().zip(&mut outcomes) {
            if outcome.filed == Filed::Unmatched {
                *outcome = sitting.hear(tx, &message.row, &message.locks).await?;
                again |= outcome.filed == Filed::Applied;
            }
        }
        for (row, outcome) in waiting.iter().zip(&mut late) {
            if outcome.as_ref().is_none_or(|outcome| outcome.filed == Filed::Unmatched) {
                let heard = sitting.hear(tx, row, &[]).await?;
                again |= heard.filed == Filed::Applied;
                *outcome = Some(heard);
            }
        }
    }
    // First the messages, then the facts, which name them.
    write(tx, billing, messages, &outcomes).await?;
    let after = sitting.close(tx).await?;
    for (row, outcome) in waiting.iter().zip(late) {
        if let Some(outcome) = outcome.filter(|outcome| outcome.filed != Filed::Unmatched) {
            rows::file(tx, row.id, &outcome).await?;
        }
    }
    Ok(Heard { filed: outcomes.iter().map(|outcome| outcome.filed).collect(), after })
}

/// Messages about the same payments that fit nothing yet and need nobody to be asked.
async fn waiting(
    tx: &mut Tx,
    billing: &Billing,
    sitting: &mut Sitting<'_>,
    messages: &[Message],
) -> Result<Vec<NoticeRow>, Stop> {
    let payments = sitting.payments();
    if payments.is_empty() {
        return Ok(Vec::new());
    }
    let mut waiting = rows::unmatched_of(tx, payments).await?;
    waiting.retain(|row| {
        messages.iter().all(|message| message.row.id != row.id)
            && !proof::asks(billing, &row.account, &row.reads)
    });
    if !waiting.is_empty() {
        sitting.admit(tx, waiting.iter()).await?;
    }
    Ok(waiting)
}

async fn write(
    tx: &mut Tx,
    billing: &Billing,
    messages: &[Message],
    outcomes: &[Outcome],
) -> Result<(), Stop> {
    let now = billing.env.now();
    let bodies: Vec<&[u8]> =
        messages.iter().filter_map(|message| message.body.as_deref()).collect();
    let mut hashes = blobs::put_many(tx, now, &bodies).await?.into_iter();
    let mut new = Vec::with_capacity(bodies.len());
    for (message, outcome) in messages.iter().zip(outcomes) {
        if message.body.is_none() {
            rows::file(tx, message.row.id, outcome).await?;
            continue;
        }
        new.push(NoticeRow {
            body_hash: hashes.next().unwrap_or_default(),
            filed: outcome.filed,
            reason: outcome.reason.clone(),
            payment: outcome.payment,
            attempt: outcome.attempt,
            ..message.row.clone()
        });
    }
    rows::insert(tx, &new).await?;
    plan(tx, billing, &new, now).await
}

/// Plans the next try of messages that fit nothing yet.
async fn plan(
    tx: &mut Tx,
    billing: &Billing,
    new: &[NoticeRow],
    now: Timestamp,
) -> Result<(), Stop> {
    let unmatched = new.iter().filter(|row| row.filed == Filed::Unmatched);
    let payloads: Vec<Payload> = unmatched.map(|row| Payload { notice: row.id }).collect();
    if let Some(due) = next(now, now).filter(|_| !payloads.is_empty()) {
        jobs::enqueue_many(tx, &billing.env, APPLY, &payloads, due).await?;
    }
    Ok(())
}

impl After {
    /// Does what was left to do, now that everything is durable.
    pub(super) fn finish(self, billing: &Billing) {
        self.settled.iter().for_each(crate::payments::Settled::count);
        for attempt in self.approved {
            let billing = billing.clone();
            // The job of the attempt does the same, should this process end here.
            tokio::spawn(async move {
                if let Err(stop) = crate::payments::complete(&billing, attempt).await {
                    tracing::warn!(%attempt, %stop, "the last call waits for its job");
                }
            });
        }
    }
}
