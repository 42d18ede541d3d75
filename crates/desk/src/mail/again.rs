//! Staff have a mail that failed sent again.

use base::id::MailId;
use base::{Env, Stop};
use store::{Tx, jobs};

use super::send::{KIND, Sending};
use super::{NOT_FAILED, State, UNKNOWN, rows};

/// Queues a mail that failed once more, with all its tries.
///
/// # Errors
/// Refused if there is no such mail or it has not failed.
pub async fn send_again(tx: &mut Tx, env: &Env, id: MailId) -> Result<(), Stop> {
    let mail = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    // One that was emptied has nobody to go to.
    if mail.state != State::Failed || mail.to.is_empty() {
        return Err(NOT_FAILED.into());
    }
    rows::requeue(tx, id).await?;
    jobs::enqueue(tx, env, KIND, &Sending { mail: id }, env.now()).await?;
    Ok(())
}
