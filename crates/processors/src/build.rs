//! Making a connector from a configured account: the one place that knows every kind there is.

use std::sync::Arc;

use processor::{Http, Processor};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::sandbox::{Sandbox, SandboxConfig};
use crate::segpay::{SegPay, SegPayConfig};

/// Makes the connector of one configured account.
///
/// `kind` is the connector's name, `config` the account's own part of the configuration.
///
/// # Errors
/// A sentence that names the key that is missing, unknown or wrong.
pub fn build(kind: &str, config: Value, http: Http) -> Result<Arc<dyn Processor>, String> {
    match kind {
        "sandbox" => {
            let config: SandboxConfig = read(config)?;
            Ok(Arc::new(Sandbox::new(config, http)?))
        }
        "segpay" => {
            let config: SegPayConfig = read(config)?;
            Ok(Arc::new(SegPay::new(config, http)?))
        }
        _ => Err(format!("kind: there is no processor {kind:?}; there are sandbox and segpay")),
    }
}

/// Reads an account's configuration, saying where it is wrong.
fn read<T: DeserializeOwned>(config: Value) -> Result<T, String> {
    serde_path_to_error::deserialize(config).map_err(|error| {
        let (path, inner) = (error.path().to_string(), error.inner().to_string());
        if path == "." { inner } else { format!("{path}: {inner}") }
    })
}
