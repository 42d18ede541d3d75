//! The ledger: accounts, transfers between them, and the proof that the books are right.
//!
//! It follows TigerBeetle's data model and rules. A pure state machine (`machine/`) decides in
//! memory what a request does; two engines, one for each database, only keep what it decided. It
//! is the only writer of balances, and nobody reads a balance to decide whether a spend is
//! allowed: one tries the transfer.

mod account;
pub mod books;
mod derive;
mod engines;
mod filter;
mod flags;
mod kill;
mod ledger;
mod machine;
pub mod moves;
mod proof;
mod status;
mod transfer;

pub use account::{Account, Balance, NewAccount};
pub use derive::transfer_id;
pub use engines::sqlite::Pace;
pub use filter::{AccountFilter, MOST, Order, Side};
pub use flags::{AccountFlags, TransferFlags};
pub use ledger::{Ledger, prove_store};
pub use proof::{BookSum, LedgerSum, Promise, Proof, Violation};
pub use status::{CreateAccountStatus, CreateTransferStatus, UnknownStatus};
pub use transfer::{AMOUNT_MAX, NewTransfer, Transfer};
