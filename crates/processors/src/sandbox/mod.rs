//! The sandbox: a processor of our own that takes no money, with a house at one end and a
//! connector at the other, talking over real HTTP both ways.
//!
//! Programs and people try everything against it that a real house may do to them: refusals,
//! silence before and after the charge, late, doubled and missing postbacks, disputes.

mod config;
mod connector;
pub mod house;
mod postback;
pub mod wire;

#[cfg(test)]
mod tests;

pub use config::SandboxConfig;
pub use connector::Sandbox;
pub use house::{House, HouseConfig, Settings, routes};

/// Makes the connector of an account.
///
/// # Errors
/// A sentence that names the key of the configuration that is wrong.
pub fn open(
    config: serde_json::Value,
    http: processor::Http,
) -> Result<std::sync::Arc<dyn processor::Processor>, String> {
    Ok(std::sync::Arc::new(Sandbox::new(crate::build::read::<SandboxConfig>(config)?, http)?))
}
