//! Webhooks: what happens here is told to the host site, signed, until it answers.
//!
//! An event makes one delivery for each endpoint that wants it, in the transaction that marks the
//! event heard; a delivery is done when the endpoint has answered with a success, and not before.

mod address;
mod deliver;
mod endpoint;
mod kinds;
mod listener;
mod replay;
mod rows;
mod schedule;
mod send;
mod sign;

pub use address::{Loopback, checked as checked_address};
pub use deliver::Deliver;
pub use endpoint::{Delivery, DeliveryState, DisabledReason, Endpoint, EndpointState};
#[cfg(test)]
pub use kinds::ALL;
pub use kinds::{Kinds, prefix};
pub use listener::WebhookListener;
pub use replay::replay;
pub use rows::{Filter, count, delete, deliveries, find, forget_before, insert, list, update};
pub use send::{Outcome, Sender};
pub use sign::SigningKey;

/// The job that sends one delivery.
const JOB: &str = "webhooks.deliver";
