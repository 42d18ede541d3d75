//! Connectors: one folder for each house, translation only, no database and no decisions.

mod build;
pub mod sandbox;
pub mod segpay;

pub use build::build;
