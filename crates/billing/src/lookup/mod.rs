//! "What is this charge?": any two facts find a charge on any processor account, and one finds
//! nothing. Facts are kept as keyed hashes beside the charge.
//!
//! Every look-up asks the database the same questions, whatever was typed and however it ends;
//! whoever shows the answer holds it back until an even time.

mod amount;
mod ask;
mod endings;
mod fact;
mod fill;
mod found;
mod houses;
mod index;
mod limit;
mod look;
mod rows;
mod spelling;
#[cfg(test)]
mod tests;

use store::Vault;

use crate::Billing;

pub use ask::{Asked, Form};
pub use endings::{Door, Ending, enter};
pub use fact::Kind;
pub use fill::{EVERY, FILL, Fill};
pub use found::{Found, MOST_SHOWN, Token};
pub use houses::{House, houses};
pub use index::Index;
pub use limit::{Asker, TOO_OFTEN};
pub use look::look;

/// What a look-up needs.
#[derive(Clone)]
pub struct Lookup {
    /// The money side.
    pub billing: Billing,
    /// Hashes the facts and seals what was found.
    pub vault: Vault,
}
