//! The audit log: who did or read what.

pub(crate) mod show;
