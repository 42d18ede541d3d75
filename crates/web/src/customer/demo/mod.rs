//! The sample shop's own page: who do you want to be?

pub(crate) mod be;
pub(crate) mod mail;
pub(crate) mod show;
