//! Goodwill: staff give the customer of a case tokens, each within what their role may give.

mod give;
mod refusals;
#[cfg(test)]
mod tests;
mod whose;

pub(crate) use give::check;
pub use give::{Give, Room, give, room};
pub use refusals::{ABOVE_DAY, ABOVE_DEED, CASE_NOT_SEEN, NOT_ALLOWED, NOT_THE_CUSTOMER};
pub use whose::customer_of;
