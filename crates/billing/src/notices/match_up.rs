//! Which attempt a notice is about: by our reference, else by an id of the processor.

use base::Fault;
use base::id::AttemptId;
use processor::Notice;
use store::Reads;

use super::notice::Filed;
use crate::payments::{self, Attempt};

/// The attempt a notice is about, or how it is filed if there is none.
pub(super) async fn attempt(
    reads: &mut impl Reads,
    account: &str,
    notice: &Notice,
) -> Result<Result<Attempt, (Filed, String)>, Fault> {
    if let Some(reference) = &notice.reference {
        let id = reference.trim().to_ascii_lowercase().parse::<AttemptId>();
        let attempt = match id {
            Ok(id) => payments::find_attempt(reads, id).await?,
            Err(_) => None,
        };
        return Ok(match attempt {
            Some(attempt) if attempt.account == account => Ok(attempt),
            Some(attempt) => {
                let why = format!("{} was made on another processor account", attempt.id);
                Err((Filed::Rejected, why))
            }
            None => Err((Filed::Unmatched, "no attempt has this reference".to_owned())),
        });
    }
    let known_as = [&notice.transaction, &notice.parent, &notice.subscription];
    for transaction in known_as.into_iter().flatten() {
        let attempt = payments::find_attempt_known_as(reads, account, transaction).await?;
        if let Some(attempt) = attempt {
            return Ok(Ok(attempt));
        }
    }
    Ok(Err((Filed::Unmatched, "no attempt is known by any of its ids".to_owned())))
}
