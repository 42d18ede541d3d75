//! Receipts: one for each time money was taken, numbered without a gap in each year.

mod issue;
mod receipt;
mod rows;

pub(crate) use issue::issue;
pub use receipt::{Line, Receipt};
pub use rows::{find, of_payment};
