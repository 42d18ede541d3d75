//! Houses described by a record.

use std::sync::Arc;

use processor::{Http, Processor};
use serde_json::Value;

/// Makes the connector of an account.
///
/// # Errors
/// A sentence that names the key of the configuration that is wrong.
pub fn open(config: Value, http: Http) -> Result<Arc<dyn Processor>, String> {
    let _ = (config, http);
    Err("this connector is not built yet".to_owned())
}

/// Makes the connector of a Webbilling account.
///
/// # Errors
/// As [`open`].
pub fn webbilling(config: Value, http: Http) -> Result<Arc<dyn Processor>, String> {
    open(config, http)
}

/// Makes the connector of a Paymentico account.
///
/// # Errors
/// As [`open`].
pub fn paymentico(config: Value, http: Http) -> Result<Arc<dyn Processor>, String> {
    open(config, http)
}
