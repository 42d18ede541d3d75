//! Writing to the desk: a form for everybody, articles that may answer at once, and the same by
//! mail.

pub(crate) mod files;
pub(crate) mod form;
pub(crate) mod mail;
pub(crate) mod send;
pub(super) mod sending;
pub(crate) mod sheet;
pub(crate) mod suggest;
mod told;
