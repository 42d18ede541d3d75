//! The state machine: what a request does to the books, decided in memory.
//!
//! It does no I/O and does not look at the clock: an engine gives it the accounts and the past it
//! needs, the time and the request, and keeps what it decided. The checks come in TigerBeetle's
//! order, the first that fails is the answer.

mod accounts;
mod apply;
mod balancing;
mod chain;
mod exists;
mod expiry;
mod limits;
mod past;
mod resolve;
mod single;
mod state;
mod transfers;
mod work;

#[cfg(test)]
mod tests;

pub(crate) use accounts::create_accounts;
pub(crate) use apply::{Held, sums};
pub(crate) use expiry::{MOST_AT_ONCE, expire};
pub(crate) use past::{Fate, Past};
pub(crate) use state::{Hold, State, Undo, sums_of};
pub(crate) use transfers::create_transfers;
pub(crate) use work::{Effects, Work, Written};
