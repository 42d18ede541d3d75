//! The wallet: what is in it and what became of the rest.

pub(crate) mod show;
