//! People the desk knows: one row a human, and one for each way to reach them.
//!
//! Whoever writes is a person at once, unverified: that gives no right to read anything that
//! existed before they wrote, and no right to hear about money.

mod address;
mod customer;
mod erase;
mod meet;
mod person;
mod rows;
#[cfg(test)]
mod tests;
mod verify;

pub use address::{Address, AddressKind, Proof};
pub use customer::{attach_customer, of_creator, of_customer};
pub use erase::erase;
pub use meet::{add_address, block, meet, unblock};
pub use person::{Audience, Hint, Person};
pub use rows::{address, addresses, addresses_of, find, find_many, of_a_customer};
pub use verify::{note_bounce, verify};

use base::{Fault, Kind, Refusal};
use store::Reads;

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
/// The address is somebody else's.
pub const ADDRESS_TAKEN: Refusal = Refusal::new(
    Kind::Conflict,
    "address_taken",
    "the desk knows this address as another person's; it must be proved first",
);
/// The person is another customer.
pub const ANOTHER_CUSTOMER: Refusal = Refusal::new(
    Kind::Conflict,
    "person_is_another_customer",
    "the person is known as another customer already",
);

/// The address of a kind with this value, in whatever form it is written.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find_address(
    reads: &mut impl Reads,
    kind: AddressKind,
    value: &str,
) -> Result<Option<Address>, Fault> {
    match kind.normal(value) {
        Ok(value) => rows::address_of(reads, kind, &value).await,
        Err(_) => Ok(None),
    }
}
