//! Coming in and going out: the link from the host site, and signing out.

pub(crate) mod come_in;
pub(crate) mod go_out;
