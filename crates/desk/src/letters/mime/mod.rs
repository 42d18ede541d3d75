//! The parts of a mail: found in one walk over its lines, decoded one by one, and told apart into
//! what is the text and what is a file.

mod body;
mod start;
mod tnef;
pub(super) mod transfer;
mod uuencode;
mod walk;

pub(super) use body::{Body, choose};
pub(super) use start::without_prefix;
pub(super) use tnef::unpack as unpack_tnef;
pub(super) use walk::{Part, block, walk};
