//! Customers: whoever buys. The host site names them by its own id, or they are guests.
//!
//! A customer needs no mail address and no name; what is known is kept in types that cannot be
//! wrong.

mod change;
mod customer;
mod events;
mod register;
mod rows;
#[cfg(test)]
mod tests;

pub use change::{Changes, change};
pub use customer::{Customer, Form, NewCustomer};
pub use register::register;
pub use rows::{find, find_by_external_ref, list};

use base::{Kind, Refusal};

/// Another customer has the reference already.
pub const EXTERNAL_REF_TAKEN: Refusal = Refusal::new(
    Kind::Conflict,
    "external_ref_taken",
    "another customer has this external_ref; find them by it instead",
);
/// There is no such customer.
pub const UNKNOWN: Refusal =
    Refusal::new(Kind::NotFound, "customer_unknown", "there is no customer with this id");
