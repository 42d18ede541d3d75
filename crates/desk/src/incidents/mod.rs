//! Incidents: times in which a processor account does not answer as it should. Each has a case,
//! pages show that payments have trouble, and it ends by itself when the account does well again.

mod banners;
mod incident;
mod judge;
mod observe;
mod rows;
#[cfg(test)]
mod tests;

pub use banners::{Banners, open};
pub use incident::{Incident, OpenIncident};
pub use observe::{EVERY, KIND, Observe};
pub use rows::{find, list};
