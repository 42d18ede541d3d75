//! The receipt of a payment.

pub(crate) mod show;
