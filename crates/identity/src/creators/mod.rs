//! Creators: whoever earns. Their share says what of a spend in tokens is theirs.

mod change;
mod creator;
mod events;
mod register;
mod rows;
#[cfg(test)]
mod tests;

pub use change::{Changes, change};
pub use creator::{Creator, Form, NewCreator};
pub use register::register;
pub use rows::{find, find_by_external_ref, find_many, list};

use base::{Kind, Refusal};

/// There is no such creator.
pub const UNKNOWN: Refusal =
    Refusal::new(Kind::NotFound, "creator_unknown", "there is no creator with this id");
