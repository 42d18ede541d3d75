//! "What is this charge?": a form for facts, one neutral card, and the doors behind it. What was
//! bought is never shown here but to its signed-in owner.

pub(crate) mod door;
mod even;
pub(crate) mod form;
pub(crate) mod look;

use billing::lookup::Lookup;

use crate::guard::session::Visit;

/// What a look-up needs.
fn lookup(visit: &Visit) -> Lookup {
    let house = &visit.house;
    Lookup { billing: house.billing.clone(), vault: house.identity.vault.clone() }
}
