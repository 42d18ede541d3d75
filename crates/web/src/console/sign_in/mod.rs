//! The console's door: password and code, a link that works once, and the way out.

pub(crate) mod go_out;
pub(crate) mod link;
pub(crate) mod show;
