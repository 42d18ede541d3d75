//! Routing: which processor account a payment goes to, and why.
//!
//! A choice is a pure decision over facts, accounts and a versioned set of rules. Everything it
//! was made of is stored with the attempt, so that it can be explained and made again.

mod breaker;
mod candidate;
mod check;
mod choose;
mod compile;
mod decide;
mod facts;
mod fees;
mod health;
mod live;
mod region;
mod rows;
mod rule;
mod save;
mod shipped;
mod standing;
mod switch;
mod terms;
#[cfg(test)]
mod tests;
mod trace;

pub use breaker::{Ended, Stands};
pub use candidate::{Candidate, Exclusion, History, Limit, Why};
pub use check::check;
pub(crate) use choose::{Wish, choose};
pub use choose::{Would, expected, on_the_shelf, try_out};
pub use compile::{Compiled, NAMES};
pub use decide::{bucket_of, decide};
pub use facts::{Ask, Bound, Facts, Method, Purpose};
pub use fees::Fees;
pub use health::{Breakers, Health, Pulse};
pub use live::{Routes, live, version};
pub use region::{Countries, EU};
pub(crate) use rows::insert_trace;
pub use rows::{Change, Kept, changes, kept, trace_of, traces_of};
pub use rule::{RouteSet, Rule, Target};
pub use save::{ROUTES_NOT_VALID, VERSION_NOT_FOUND, go_to, save};
pub use shipped::shipped;
pub use standing::{LastDay, last_day, last_notice, lately};
pub use switch::{ACCOUNT_UNKNOWN, SWITCH_NEEDS_A_REASON, Switch, effective, switch, switches};
pub use terms::{AccountLimit, Terms};
pub use trace::{Looked, Trace, Verdict};
