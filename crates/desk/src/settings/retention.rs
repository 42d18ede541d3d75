//! What the operator may set about how long words are kept.

pub use crate::retention::{RetentionRule, RetentionSettings};
