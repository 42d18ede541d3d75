//! Stories about money: people and deeds, on both databases, each ending with the books proved.

mod crowd;
pub(crate) mod house;
mod lists;
mod notices;
mod outcomes;
mod purchase;
mod returns;
mod routing;
mod shuffle;
mod tips;
