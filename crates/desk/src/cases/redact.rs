//! What was said is removed for good: one message, or all that was ever said in a case. That there
//! was something stays, with its numbers, times and what it had to do with money.

use base::id::{CaseId, FileId, MessageId};
use base::{Env, Kind, Refusal, Stop};
use serde_json::json;
use store::Tx;

use super::refusals::{MESSAGE_UNKNOWN, UNKNOWN};
use super::work::Work;
use super::{Author, EventKind, Message, rows, search};

/// What stands for the subject of a case that was emptied.
pub const EMPTIED: &str = "—";

/// The case may not be erased.
pub const HELD: Refusal = Refusal::new(
    Kind::Rule,
    "case_held",
    "the case is kept for legal reasons: nothing of it is removed until it is released",
);

/// Removes the text, the page and the files of a message, also from the search.
///
/// # Errors
/// Refused if there is no such message, or if its case is held.
pub async fn redact(tx: &mut Tx, env: &Env, id: MessageId, by: Author) -> Result<Message, Stop> {
    let message = rows::messages::find(tx, id).await?.ok_or(MESSAGE_UNKNOWN)?;
    if message.redacted_at.is_some() {
        return Ok(message);
    }
    let mut work = Work::begin_any(tx, message.case).await?;
    if work.case.legal_hold.is_some() {
        return Err(HELD.into());
    }
    rows::messages::empty(tx, id, env.now()).await?;
    rows::files::detach_all(tx, id).await?;
    search::remove_message(tx, &message).await?;
    work.tell(tx, env, EventKind::Redacted, by, json!({ "message": id })).await?;
    work.keep(tx, env).await?;
    Ok(rows::messages::find(tx, id).await?.ok_or(MESSAGE_UNKNOWN)?)
}

/// Removes everything that was said in a case, and its subject. The files that belonged to it are
/// given back: who asks removes them. A case is emptied once; again changes nothing.
///
/// # Errors
/// Refused if there is no such case, or if it is held.
pub async fn empty(
    tx: &mut Tx,
    env: &Env,
    id: CaseId,
    (by, why): (Author, &'static str),
) -> Result<Vec<FileId>, Stop> {
    let mut work = Work::begin_any(tx, id).await?;
    if work.case.legal_hold.is_some() {
        return Err(HELD.into());
    }
    if rows::cases::mark_emptied(tx, id, env.now()).await? == 0 {
        rows::cases::find(tx, id).await?.ok_or(UNKNOWN)?;
        return Ok(Vec::new());
    }
    let messages = rows::messages::empty_all(tx, id, env.now()).await?;
    let files = rows::files::detach_case(tx, id).await?;
    rows::events::hush(tx, id).await?;
    search::remove_case(tx, id).await?;
    EMPTIED.clone_into(&mut work.case.subject);
    let body = json!({ "why": why, "messages": messages, "files": files.len() });
    work.tell(tx, env, EventKind::Redacted, by, body).await?;
    work.keep(tx, env).await?;
    Ok(files)
}
