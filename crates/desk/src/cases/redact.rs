//! What a message says is removed for good; that there was one stays.

use base::id::MessageId;
use base::{Env, Stop};
use serde_json::json;
use store::Tx;

use super::refusals::MESSAGE_UNKNOWN;
use super::work::Work;
use super::{Author, EventKind, Message, rows, search};

/// Removes the text, the page and the files of a message, also from the search. Who asks must
/// have looked whether the case is held.
///
/// # Errors
/// Refused if there is no such message.
pub async fn redact(tx: &mut Tx, env: &Env, id: MessageId, by: Author) -> Result<Message, Stop> {
    let message = rows::messages::find(tx, id).await?.ok_or(MESSAGE_UNKNOWN)?;
    if message.redacted_at.is_some() {
        return Ok(message);
    }
    rows::messages::empty(tx, id, env.now()).await?;
    rows::files::detach_all(tx, id).await?;
    search::remove_message(tx, &message).await?;
    let mut work = Work::begin_any(tx, message.case).await?;
    work.tell(tx, env, EventKind::Redacted, by, json!({ "message": id })).await?;
    work.keep(tx, env).await?;
    Ok(rows::messages::find(tx, id).await?.ok_or(MESSAGE_UNKNOWN)?)
}
