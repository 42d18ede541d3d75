//! Our own mail that comes back to us: by a copy to ourselves, or by a loop.

use crate::letters::header::Headers;
use crate::letters::letter::Reading;
use crate::letters::sender::is_our_id;

/// Why a mail claims to be one that we sent. An answer to one of ours is not: it has an id of its
/// own.
pub(crate) fn read(headers: &Headers, id: &str, reading: &Reading) -> Option<String> {
    is_our_id(id, reading).then(|| {
        let looped = headers.raw("x-paydesk-loop").is_some();
        let and = if looped { ", and it carries our loop mark" } else { "" };
        format!("its Message-ID {id} is one of ours{and}")
    })
}
