//! A file that came with a message and was fetched after it.

use base::Stop;
use base::id::{FileId, MessageId};
use store::Tx;

use super::refusals::{FILE, MESSAGE_UNKNOWN};
use super::rows;
use super::work::TOPIC;

/// Puts a file to a message that is there already, behind those it has.
///
/// # Errors
/// Refused if there is no such message, if its text was removed, or if the file is of another.
pub async fn attach(tx: &mut Tx, id: MessageId, file: FileId) -> Result<(), Stop> {
    let message = rows::messages::find(tx, id).await?.ok_or(MESSAGE_UNKNOWN)?;
    if message.redacted_at.is_some() {
        return Err(MESSAGE_UNKNOWN.into());
    }
    if !rows::files::are_free(tx, &[file]).await? {
        return Err(FILE.into());
    }
    let nth = rows::files::next_nth(tx, id).await?;
    rows::files::attach(tx, id, nth, file).await?;
    tx.signal(TOPIC);
    Ok(())
}
