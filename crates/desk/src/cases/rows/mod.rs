//! Every statement about cases, a file for each kind of row.

pub(super) mod cases;
pub(super) mod events;
pub(super) mod files;
pub(super) mod lists;
pub(super) mod messages;
pub(super) mod people;
pub(super) mod refs;
pub(super) mod threads;
