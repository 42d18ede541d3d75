//! Sessions: signed-in browsers of customers and staff, as rows, so that they can be listed and
//! ended on every node.

mod arrive;
mod begin;
mod end;
mod rows;
mod session;
#[cfg(test)]
mod tests;

pub use arrive::arrive;
pub(crate) use begin::begin_for_staff;
pub use begin::{begin_for_customer, rotate};
pub use end::{end, end_all};
pub(crate) use rows::sweep;
pub use rows::{find, list_of};
pub use session::{OpenedBy, Session};
