//! The list of payments.

pub(crate) mod show;
