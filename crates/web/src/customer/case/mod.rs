//! One case, as its customer sees it: how it stands, what was said, and what they may do. Whoever
//! has the link needs no account; looking changes nothing.

pub(crate) mod deeds;
pub(crate) mod file;
mod lines;
pub(crate) mod opinion;
mod seat;
pub(crate) mod sentence;
pub(crate) mod show;
