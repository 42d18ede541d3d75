//! The store's own promises, on both databases.

#[cfg(test)]
mod abandoned;
#[cfg(test)]
mod batches;
#[cfg(test)]
mod deeds;
#[cfg(test)]
mod group_commit;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod pipeline;
#[cfg(test)]
mod postgres;
#[cfg(test)]
mod sqlite;
#[cfg(test)]
mod world;
