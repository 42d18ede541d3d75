//! The bar that takes back what was just sent: a form, so that it works without scripts.

use base::Timestamp;
use base::id::{CaseId, MessageId};
use desk::cases::{self, Delivery, Eyes};
use store::Reads;

use crate::guard::Trouble;

/// An answer that can still be taken back.
pub(crate) struct Undo {
    pub(crate) case: CaseId,
    pub(crate) message: MessageId,
    pub(crate) until: Timestamp,
    /// What people call the case.
    pub(crate) reference: String,
}

impl Undo {
    /// The answer that this address names, while its time lasts.
    pub(crate) async fn find(
        reads: &mut impl Reads,
        eyes: &Eyes,
        message: Option<&str>,
        now: Timestamp,
    ) -> Result<Option<Undo>, Trouble> {
        let Some(id) = message.and_then(|id| id.parse::<MessageId>().ok()) else { return Ok(None) };
        let Some(message) = cases::message(reads, id).await? else { return Ok(None) };
        let waits = message.delivery == Delivery::Waiting;
        let Some(until) = message.undo_until.filter(|until| waits && *until > now) else {
            return Ok(None);
        };
        let case = cases::seen(reads, eyes, message.case).await?;
        Ok(case.map(|case| Undo {
            case: case.id,
            message: id,
            until,
            reference: case.reference.to_string(),
        }))
    }
}
