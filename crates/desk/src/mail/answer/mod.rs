//! Mail that belongs to a case: staff's answers, which lead the customer's answer back, and the
//! acknowledgment that a case was opened.

mod acknowledge;
mod carrier;
mod history;
mod letter;
mod retry;
mod survey;
#[cfg(test)]
mod tests;
mod thread;

pub use acknowledge::{acknowledge, too_large};
pub use carrier::MailCarrier;
pub(super) use retry::{enclosed, told};
pub use survey::survey_carriage;
