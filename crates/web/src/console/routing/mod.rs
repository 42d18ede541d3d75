//! Routing: the rules that decide, their versions, and a payment that nobody makes.

pub(crate) mod deeds;
mod dry_run;
pub(crate) mod show;
