//! The door for mail servers: LMTP (RFC 2033), an answer for each recipient, and none of them
//! before the mail is durable.

mod command;
mod listen;
mod session;
mod talk;
#[cfg(test)]
mod tests;

pub use listen::Listening;
pub use talk::talk;

/// What this door calls itself.
pub const DOOR: &str = "lmtp";
