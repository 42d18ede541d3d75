//! One raw message: as it came, as it was read, and what became of it.

pub(crate) mod replay;
pub(crate) mod show;
