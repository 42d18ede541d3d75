//! The money side: what is sold, what is collected for it, and what customers do with it.
//!
//! Billing knows neither the desk nor any particular processor: the binary plugs connectors into
//! the port, and others hear the facts that are told in the outbox.

mod accounts;
pub mod amiss;
mod billing;
pub mod catalog;
pub mod checkouts;
mod events;
pub mod lookup;
pub mod notices;
pub mod payments;
mod proofs;
pub mod receipts;
pub mod reversals;
pub mod routing;
mod rows;
pub mod settlement;
mod site;
#[cfg(test)]
mod stories;
pub mod tips;
pub mod tokens;

use std::sync::Arc;

use store::jobs::Work;

pub use crate::accounts::{Account, AccountStatus, Accounts, NO_ACCOUNT};
pub use crate::billing::Billing;
pub use crate::proofs::{BooksProof, prove};
pub use crate::site::Site;
/// The books that [`Billing::new`] takes.
pub use ledger::Ledger;
pub use store::UnknownTerm;

/// Everything that goes on in the background.
#[must_use]
pub fn works(billing: &Billing) -> Vec<Arc<dyn Work>> {
    vec![
        Arc::new(payments::Resolve(billing.clone())),
        Arc::new(payments::Expire(billing.clone())),
        Arc::new(payments::Twice(billing.clone())),
        Arc::new(notices::Apply(billing.clone())),
        Arc::new(notices::Pull(billing.clone())),
    ]
}
