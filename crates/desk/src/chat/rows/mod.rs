//! Every statement about chat.

mod drafts;
mod feed;
mod offers;
mod sessions;
mod signs;

pub(super) use drafts::*;
pub(super) use feed::*;
pub(super) use offers::*;
pub(super) use sessions::*;
pub(super) use signs::*;
