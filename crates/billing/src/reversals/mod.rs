//! Reversals: money that went back, by a refund, a void or the cardholder's bank.

mod reversal;
mod rows;

pub use reversal::{Reversal, TakenBackBy};
pub use rows::of_payment;
pub(crate) use rows::{insert, standing_disputes, undo};
