//! NMI.

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
