//! Billing facts become cases by rule, and the cases close by themselves when the money does.
//!
//! Billing does not know that a desk exists. Here what is ([`billing::amiss`]) is compared with
//! what has been found already: at once when a fact about it is told, and every minute all over,
//! so that nothing that was missed stays missed. For each rule and thing there is one open
//! finding, and one case.

mod asker;
mod listener;
mod look;
mod reconcile;
mod rows;
mod rule;
mod settle;
#[cfg(test)]
mod tests;

pub use crate::incidents::open as incidents_open;
pub(crate) use asker::house;
pub use listener::Watcher;
pub use reconcile::{EVERY, KIND, Reconcile};
pub use rows::{Finding, findings_of};
pub use rule::{Asker, Looks, RULES, Rule};
pub(crate) use settle::settle;
