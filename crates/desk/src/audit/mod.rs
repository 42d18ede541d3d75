//! The audit log: who did or read what, in a chain of keyed hashes that shows every change.
//!
//! A note is written within the deed it tells of, and reads nothing, so that no two deeds disturb
//! each other by being noted. A job takes the new notes every minute, in the order of their ids,
//! and gives each its place and its seal: a hash, under a key that is not in the database, over
//! the seal before it and everything the note says. [`verify`] goes the whole chain again. What
//! stands here is changed by nobody, and a note that is older than a minute cannot be changed,
//! moved or removed without [`verify`] saying which.

mod chain;
mod note;
mod rows;
mod seal;
#[cfg(test)]
mod tests;
mod verify;

pub use note::{Filter, Line, Note, PAYMENT_READ, READ_ONCE_IN, WALLET_CREDITED};
pub use note::{note, note_once, payment_read};
pub use rows::list;
pub use seal::{EVERY, KIND, Seal};
pub use verify::{AuditProof, verify};
