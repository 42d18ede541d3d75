//! The shop: packs of tokens, and the way from one of them to a checkout.

pub(crate) mod buy;
pub(crate) mod currency;
pub(crate) mod show;
