//! Every statement about what goes and what stays, a file for each kind of thing. They reach into
//! the tables of all rooms of the desk: whatever a person left anywhere must be found here.

pub(super) mod blobs;
pub(super) mod cases;
pub(super) mod erasures;
pub(super) mod people;
pub(super) mod raw;
