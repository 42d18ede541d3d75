//! Mail that went out, or waits to.

pub(crate) mod line;
pub(crate) mod list;
pub(crate) mod show;
