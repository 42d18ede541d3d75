//! What staff do with mail that is held back: let it in, join it to a case, put it away, or hear no
//! more of its sender.

use base::id::{CaseId, RawMailId, StaffId};
use base::{Actor, Env, SignedDuration, Stop};
use store::{Tx, jobs};

use super::filing::{Ask, Filed, file_as};
use super::keep::{FILE, Filing};
use super::raw::{RawMail, State};
use super::rows::raw::{self as rows, Settled};
use super::senders::{self, Rule};
use super::{NOT_HELD, UNKNOWN};
use crate::Desk;
use crate::audit::{self, Note};

/// How long filing a mail that was released takes at most.
const SPARE: SignedDuration = SignedDuration::from_mins(2);

/// Lets a mail in: it is filed as if nothing had held it back.
///
/// # Errors
/// Refused if there is no such mail or it is not held back; a fault if it cannot be read.
pub async fn release(desk: &Desk, id: RawMailId, by: StaffId) -> Result<Filed, Stop> {
    again(desk, id, Ask::Released(by.to_string()), (by, "mail.released")).await
}

/// Lets a mail in, and from now on whatever its sender writes.
///
/// # Errors
/// As [`release`].
pub async fn release_and_allow(desk: &Desk, id: RawMailId, by: StaffId) -> Result<Filed, Stop> {
    let env = &desk.billing.env;
    store::write!(desk.billing.store, |tx| {
        let raw = held(tx, id).await?;
        if let Some(sender) = &raw.sender {
            senders::set(tx, env, sender, Rule::Allow, &by.to_string()).await?;
        }
        Ok(())
    })?;
    release(desk, id, by).await
}

/// Joins a mail to a case.
///
/// # Errors
/// As [`release`], and if there is no such case.
pub async fn into_case(
    desk: &Desk,
    id: RawMailId,
    case: CaseId,
    by: StaffId,
) -> Result<Filed, Stop> {
    again(desk, id, Ask::Into(case, by.to_string()), (by, "mail.joined")).await
}

/// Puts a mail away. Its raw bytes stay.
///
/// # Errors
/// Refused if there is no such mail or it is not held back.
pub async fn discard(tx: &mut Tx, env: &Env, id: RawMailId, by: StaffId) -> Result<(), Stop> {
    held(tx, id).await?;
    let settled = Settled { by: Some(by.to_string()), ..Settled::bare(State::Discarded) };
    rows::settle(tx, id, &settled, env.now()).await?;
    noted(tx, env, by, "mail.discarded", id).await
}

/// Puts a mail away, and holds back whatever its sender writes.
///
/// # Errors
/// As [`discard`].
pub async fn block(tx: &mut Tx, env: &Env, id: RawMailId, by: StaffId) -> Result<(), Stop> {
    let raw = held(tx, id).await?;
    if let Some(sender) = &raw.sender {
        senders::set(tx, env, sender, Rule::Block, &by.to_string()).await?;
    }
    discard(tx, env, id, by).await
}

async fn again(
    desk: &Desk,
    id: RawMailId,
    ask: Ask,
    (by, what): (StaffId, &'static str),
) -> Result<Filed, Stop> {
    let env = &desk.billing.env;
    store::write!(desk.billing.store, |tx| {
        held(tx, id).await?;
        rows::wait_again(tx, id).await?;
        // Should this program end before the mail is filed, the job looks at it anew.
        let due = env.now() + SPARE;
        jobs::enqueue(tx, env, FILE, &Filing { raw: id }, due).await?;
        noted(tx, env, by, what, id).await
    })?;
    Box::pin(file_as(desk, id, ask)).await
}

async fn held(tx: &mut Tx, id: RawMailId) -> Result<RawMail, Stop> {
    let raw = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    if raw.state == State::Quarantined { Ok(raw) } else { Err(NOT_HELD.into()) }
}

async fn noted(
    tx: &mut Tx,
    env: &Env,
    by: StaffId,
    what: &'static str,
    id: RawMailId,
) -> Result<(), Stop> {
    let about = id.to_string();
    let note = Note { by: Actor::Staff(by), what, about: &about, why: None };
    audit::note(tx, env, &note).await?;
    Ok(())
}
