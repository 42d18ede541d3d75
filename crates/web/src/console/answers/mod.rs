//! Answers that staff have ready: the list, and the editor with a look at how each one reads.

pub(crate) mod deeds;
pub(crate) mod edit;
pub(crate) mod list;
