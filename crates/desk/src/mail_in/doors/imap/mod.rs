//! The door for mailboxes elsewhere: IMAP folders, read by UID under a lease, so that one node
//! reads each, and every mail is kept in one deed with the cursor.

mod connect;
mod idle;
mod poll;
mod read;
#[cfg(test)]
mod server;
#[cfg(test)]
mod tests;
mod watch;

pub use connect::check;
pub use poll::{Polled, poll};
pub use watch::{WAKE, watch};
