//! The list of raw messages from processors.

pub(crate) mod show;
