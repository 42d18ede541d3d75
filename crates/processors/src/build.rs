//! Making a connector from a configured account: the one place that knows every kind there is.

use std::sync::Arc;

use processor::{Http, Processor};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    ccbill, centrobill, described, epoch, inovio, nmi, paypal, rocketgate, sandbox, segpay, stripe,
    verotel, wts,
};

type Open = fn(Value, Http) -> Result<Arc<dyn Processor>, String>;

/// Every kind of account there is.
const KINDS: [(&str, Open); 15] = [
    ("sandbox", sandbox::open),
    ("segpay", segpay::open),
    ("epoch", epoch::open),
    ("centrobill", centrobill::open),
    ("wts", wts::open),
    ("webbilling", described::webbilling),
    ("paymentico", described::paymentico),
    ("described", described::open),
    ("stripe", stripe::open),
    ("paypal", paypal::open),
    ("ccbill", ccbill::open),
    ("verotel", verotel::open),
    ("nmi", nmi::open),
    ("rocketgate", rocketgate::open),
    ("inovio", inovio::open),
];

/// The names of every kind.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(name, _)| *name)
}

/// Makes the connector of one configured account.
///
/// `kind` is the connector's name, `config` the account's own part of the configuration.
///
/// # Errors
/// A sentence that names the key that is missing, unknown or wrong.
pub fn build(kind: &str, config: Value, http: Http) -> Result<Arc<dyn Processor>, String> {
    match KINDS.iter().find(|(name, _)| *name == kind) {
        Some((_, open)) => open(config, http),
        None => {
            let there: Vec<&str> = kinds().collect();
            Err(format!("kind: there is no processor {kind:?}; there are {}", there.join(", ")))
        }
    }
}

/// Reads an account's configuration, saying where it is wrong.
pub(crate) fn read<T: DeserializeOwned>(config: Value) -> Result<T, String> {
    serde_path_to_error::deserialize(config).map_err(|error| {
        let (path, inner) = (error.path().to_string(), error.inner().to_string());
        if path == "." { inner } else { format!("{path}: {inner}") }
    })
}
