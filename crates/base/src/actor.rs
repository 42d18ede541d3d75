//! Who does a deed, for permissions and for the audit trail.

use crate::id::{ApiKeyId, CustomerId, StaffId};

/// Whoever acts. Every row that says "who" stores [`Actor::to_string`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Paydesk itself: a schedule, a job, a reconciler.
    System,
    /// A customer on their own pages.
    Customer(CustomerId),
    /// A member of staff in the console.
    Staff(StaffId),
    /// A program of the host site, by its API key.
    ApiKey(ApiKeyId),
    /// A processor, by a notice it sent.
    Processor,
}

impl std::fmt::Display for Actor {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Actor::System => out.write_str("system"),
            Actor::Customer(id) => id.fmt(out),
            Actor::Staff(id) => id.fmt(out),
            Actor::ApiKey(id) => id.fmt(out),
            Actor::Processor => out.write_str("processor"),
        }
    }
}
