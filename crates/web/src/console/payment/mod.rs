//! One payment, all of it: how it went, what was asked and told, and what the books say.

pub(crate) mod deeds;
pub(crate) mod refund;
pub(crate) mod show;
mod transfers;
pub(crate) mod vouch;
