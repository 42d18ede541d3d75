//! A deed: somebody on the staff lets a notice be heard again, after what it lacked was mended.

use base::id::NoticeId;
use base::{Actor, Kind, Refusal, Stop};

use super::apply::hear_row;
use super::notice::NoticeRow;
use super::rows;
use crate::Billing;

/// There is no such notice.
pub const NOTICE_NOT_FOUND: Refusal =
    Refusal::new(Kind::NotFound, "notice_not_found", "there is no notice of that id");
/// It was refused at the door.
pub const NOTICE_NOT_READ: Refusal = Refusal::new(
    Kind::Conflict,
    "notice_not_read",
    "this message was refused before it was read; the processor must send it again",
);

/// Hears a notice again. What it told before changes nothing a second time.
///
/// # Errors
/// [`NOTICE_NOT_FOUND`], [`NOTICE_NOT_READ`], or a fault if the database fails.
pub async fn replay(billing: &Billing, id: NoticeId, actor: Actor) -> Result<NoticeRow, Stop> {
    let row = rows::find(&mut billing.store.read().await?, id).await?.ok_or(NOTICE_NOT_FOUND)?;
    if row.reads.is_empty() {
        return Err(NOTICE_NOT_READ.into());
    }
    tracing::info!(notice = %id, %actor, "a notice is heard again");
    hear_row(billing, row).await?;
    Ok(rows::find(&mut billing.store.read().await?, id).await?.ok_or(NOTICE_NOT_FOUND)?)
}
