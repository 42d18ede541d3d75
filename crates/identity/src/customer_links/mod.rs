//! Links that let a customer's browser in, once: the host site sends its signed-in visitor along
//! with one.

mod make;
mod open;
mod rows;

pub use make::make;
pub use open::open;
pub(crate) use rows::sweep;

use base::{Kind, Refusal};

/// The link opens nothing: the same answer whether it was used, has expired or never was.
pub const NOT_VALID: Refusal = Refusal::new(
    Kind::NotFound,
    "link_not_valid",
    "this link was used, has expired, or never was; ask for a new one",
);
