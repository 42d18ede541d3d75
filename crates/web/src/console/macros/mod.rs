//! Macros: the list, and the editor in which their steps are put together without scripts.

pub(crate) mod deeds;
pub(crate) mod edit;
pub(crate) mod list;
mod sheet;
