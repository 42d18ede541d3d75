//! Background work without a leader: a job is a row, written in the transaction that causes it.
//!
//! Any node may work any job. A job may run twice (its worker's lease ended while it went on), so
//! every kind of work must end in the same state however often it runs.

mod job;
pub mod lease;
mod queue;
mod rows;
mod schedule;
#[cfg(test)]
mod tests;
mod worker;

pub use job::{Job, LARGEST_PAYLOAD, Next, State, Work};
pub(crate) use queue::forget_the_dead;
pub use queue::{again, drop_job, enqueue, enqueue_many, find, open_count, resting};
pub use worker::Workers;
