//! Every statement about chat.

mod feed;
mod sessions;
mod signs;

pub(super) use feed::*;
pub(super) use sessions::*;
pub(super) use signs::*;
