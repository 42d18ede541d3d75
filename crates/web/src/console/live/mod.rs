//! What changes at the desk, told to open pages of the console as it happens.

mod told;
pub(crate) mod watch;
