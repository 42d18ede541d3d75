//! Tokens a customer holds: the wallet, where they came from, and where they went.

mod history;
mod lot;
mod rows;
mod wallet;

pub use history::{Entry, EntryKind, history};
pub use lot::Lot;
pub use rows::{Takings, lots_of, takings};
pub(crate) use rows::{insert_lots, put_back_into_lot, take_from_lots};
pub use wallet::{Wallet, wallet, wallet_id};
