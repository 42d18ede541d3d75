//! What mail that goes out asks of mail that comes in: to remember its ids, and what is muted.

use base::id::CaseId;
use base::{Env, Fault, Timestamp};
use store::{Reads, Tx};

use super::rows::ids::{self, Place};
use super::rows::mutes;
use crate::cases::Message;

/// Remembers that a mail with this Message-ID stands for a message, so that answers find it.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn remember(
    tx: &mut Tx,
    env: &Env,
    mail_id: &str,
    message: &Message,
) -> Result<(), Fault> {
    let place = Place { case: message.case, thread: message.thread, message: message.id };
    ids::remember(tx, mail_id, place, env.now()).await
}

/// Whether nothing is to be sent automatically to a case or an address for now.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn is_muted(
    reads: &mut impl Reads,
    case: CaseId,
    address: &str,
    now: Timestamp,
) -> Result<bool, Fault> {
    let case = mutes::is_muted(reads, &case.to_string(), now).await?;
    Ok(case || mutes::is_muted(reads, &address.to_lowercase(), now).await?)
}
