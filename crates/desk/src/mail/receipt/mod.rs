//! The mail that brings a receipt: what was paid, what the statement will say, whom to ask.

pub(super) mod letter;
mod listener;
#[cfg(test)]
mod tests;

pub use listener::ReceiptListener;
