//! Every statement about the help centre.

pub(super) mod articles;
pub(super) mod counts;
pub(super) mod reading;
pub(super) mod texts;
