//! Jobs that failed too often and wait for a person.

pub(crate) mod deeds;
pub(crate) mod show;
