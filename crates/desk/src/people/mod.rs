//! People the desk knows: one row a human, and one for each way to reach them.
//!
//! Whoever writes is a person at once, unverified: that gives no right to read anything that
//! existed before they wrote, and no right to hear about money.

mod address;
mod person;

pub use address::{Address, AddressKind, Proof};
pub use person::{Audience, Hint, Person};

use base::{Kind, Refusal};

/// There is no such person.
pub const UNKNOWN: Refusal =
    Refusal::new(Kind::NotFound, "person_unknown", "there is no person with this id");
/// There is no such address.
pub const ADDRESS_UNKNOWN: Refusal =
    Refusal::new(Kind::NotFound, "address_unknown", "there is no address with this id");
/// The address cannot be one of its kind.
pub const ADDRESS_NOT_VALID: Refusal = Refusal::new(
    Kind::Malformed,
    "address_not_valid",
    "an address is one line of 320 characters at most, in the form of its kind",
);
