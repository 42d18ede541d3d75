//! Who may do what at the desk and in the console: one table of roles and permits.
//!
//! There is no "may not": whoever has none of the roles that may, may not. Where a permit decides
//! what somebody sees, it is part of the query, never a filter over its answer.

mod permit;

pub use permit::{Permit, Who, may, who, who_may};
