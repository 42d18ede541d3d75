//! Connectors: one folder for each house, translation only, no database and no decisions.

mod build;
pub mod ccbill;
pub mod centrobill;
pub mod described;
pub mod epoch;
pub mod inovio;
pub mod nmi;
pub mod paypal;
pub mod rocketgate;
pub mod sandbox;
pub mod segpay;
pub mod stripe;
pub mod verotel;
mod wire;
pub mod wts;

pub use build::{build, kinds};
