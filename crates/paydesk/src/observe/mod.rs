//! What an operator sees of a running program: logs, metrics, health.

pub mod health;
pub mod logs;
pub mod metrics;
