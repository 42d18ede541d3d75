//! The only crate that names a database driver: where everything is kept, on SQLite or PostgreSQL.
//!
//! There is one way to read ([`Store::read`]) and there are two ways to write, no third: a deed in
//! its own transaction ([`write!`]) and a group of spends ([`Pipeline`]).

mod batch;
pub mod blobs;
mod bus;
mod companion;
mod deed;
pub mod jobs;
pub mod limits;
mod migrate;
pub mod outbox;
mod page;
mod patience;
mod pipeline;
mod postgres;
mod reader;
mod reads;
pub mod replays;
mod row;
#[cfg(feature = "scratch")]
pub mod scratch;
pub mod search;
mod sqlite;
mod store;
mod terms;
#[cfg(test)]
mod test_both;
mod text;
mod tx;
mod value;
pub mod vault;

pub use batch::{Batch, Columns, Kind as ColumnKind, Verb};
pub use bus::Bus;
pub use companion::Companion;
pub use deed::{Next, Tries};
pub use page::{Page, Walk};
pub use pipeline::{Group, LARGEST_GROUP, Pipeline};
pub use reader::Reader;
pub use reads::Reads;
pub use row::Row;
pub use sqlite::{Access, FILE};
pub use store::{Engine, Store};
pub use terms::UnknownTerm;
pub use tx::Tx;
pub use value::{Args, Value};
pub use vault::Vault;
