//! The doors mail comes in by. Each of them keeps the raw bytes and says so only afterwards.

pub mod imap;
pub mod lmtp;
