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
pub use rows::{find, find_by_email, find_by_external_ref, list};

use base::{Kind, Refusal};

/// There is no such customer.
pub const UNKNOWN: Refusal =
    Refusal::new(Kind::NotFound, "customer_unknown", "there is no customer with this id");
