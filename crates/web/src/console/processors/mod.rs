//! The processor accounts: how each stands, how it does, and the switch.

mod chart;
pub(crate) mod deeds;
pub(crate) mod show;
