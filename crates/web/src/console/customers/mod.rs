//! Customers, found by what somebody has at hand.

pub(crate) mod search;
pub(crate) mod show;
