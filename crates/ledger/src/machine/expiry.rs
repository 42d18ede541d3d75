//! Holds whose time is up release themselves.

use super::past::Fate;
use super::work::Work;
use crate::Transfer;
use crate::flags::TransferFlags;

/// So many holds are released at once; the rest waits for the next request.
pub(crate) const MOST_AT_ONCE: usize = 8_189;

/// Releases what is due, in order of time-out and then of creation; how many.
///
/// An expiry is written like a void, but without an id, so that a replay does the same.
pub(crate) fn expire(work: &mut Work<'_>) -> usize {
    let now = work.now();
    let mut released = 0;
    while released < MOST_AT_ONCE
        && let Some(hold) = work.state.due(now)
    {
        let timestamp = work.stamp();
        let expiry = Transfer {
            id: 0,
            pending_id: hold.transfer.id,
            timeout: 0,
            flags: TransferFlags::VOID_PENDING,
            timestamp,
            ..hold.transfer
        };
        work.resolve(expiry, hold, Fate::Expired);
        released += 1;
    }
    released
}
