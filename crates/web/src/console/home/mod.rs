//! The console's first page: what wants somebody's eyes.

mod chart;
pub(crate) mod show;

pub(crate) use chart::bars;
