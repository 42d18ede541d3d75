//! Whom one can tip.

pub(crate) mod show;
