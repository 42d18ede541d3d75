//! Stories about money: people and deeds, on both databases, each ending with the books proved.

mod amiss;
mod charges;
mod credits;
mod crowd;
mod hands;
mod holds;
pub(crate) mod house;
mod lists;
mod notices;
mod outcomes;
mod purchase;
mod reports;
mod returns;
mod routing;
mod shuffle;
mod tips;
