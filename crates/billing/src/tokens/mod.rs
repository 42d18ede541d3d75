//! Tokens a customer holds: the wallet, where they came from, and where they went.

mod credit;
mod history;
mod lot;
mod rows;
mod wallet;

pub use credit::{
    CREDIT_KEY_REUSED, Credit, Credited, Given, NOT_A_CREDIT, NOT_A_KEY, NOT_A_REASON, credit,
};
pub use history::{Entry, EntryKind, history};
pub use lot::Lot;
pub use rows::{Takings, given_by_since, given_to, given_under, lots_of, takings};
pub(crate) use rows::{insert_lots, put_back_into_lot, take_from_lots};
pub use wallet::{Wallet, wallet, wallet_id};
