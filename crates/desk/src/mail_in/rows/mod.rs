//! Every statement about mail that comes in.

pub(super) mod acks;
pub(super) mod cursors;
pub(super) mod foreign;
pub(super) mod ids;
pub(super) mod limits;
pub(super) mod mail_addresses;
pub(super) mod mutes;
pub(super) mod raw;
pub(super) mod senders;
pub(super) mod suppressions;
