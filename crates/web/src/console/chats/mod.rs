//! Chats that wait, chats of one's own, and all that are open.

mod lane;
pub(crate) mod offer;
pub(crate) mod show;
pub(crate) mod take;
