//! What an account of a described house is configured with, and the record that ships with it.

use std::collections::BTreeMap;

use processor::Locks;
use serde::Deserialize;
use serde_json::Value;

use super::record::Record;

/// The settings of an account, as written down.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The record: a table, or the text of a TOML or JSON file (`file:/etc/paydesk/house.toml`).
    /// Where a record ships with Paydesk, what stands here is laid over it.
    #[serde(default)]
    pub record: Option<Value>,
    /// Whether the house's test addresses are used.
    #[serde(default)]
    pub test: bool,
    /// What the house calls the account: `{account.name}` in the record.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// Keys and passwords: `{secret.name}` in the record, and the keys of digests.
    #[serde(default)]
    pub secrets: BTreeMap<String, String>,
    /// What opens for the house's notices, besides their digest.
    #[serde(default)]
    pub locks: Locks,
    /// Whether a notice is booked only after a look-up says the same. There is no default: decide.
    pub look_up: bool,
}

/// What an account keeps for its record.
#[derive(Clone)]
pub(super) struct Purse {
    /// `{account.name}`.
    pub values: BTreeMap<String, String>,
    /// `{secret.name}` and the keys of digests.
    secrets: BTreeMap<String, String>,
    /// Whether test addresses are used.
    pub test: bool,
}

impl Purse {
    /// What an account's settings hold.
    pub fn of(settings: &Settings) -> Purse {
        Purse {
            values: settings.values.clone(),
            secrets: settings.secrets.clone(),
            test: settings.test,
        }
    }

    /// A secret, if there is one of that name.
    pub fn secret(&self, name: &str) -> Option<&str> {
        self.secrets.get(name).map(String::as_str).filter(|secret| !secret.is_empty())
    }

    /// All of them, for templates.
    pub const fn secrets(&self) -> &BTreeMap<String, String> {
        &self.secrets
    }
}

/// The record of an account: what ships, with what the operator wrote laid over it.
///
/// # Errors
/// A sentence that names the key.
pub(super) fn record(shipped: Option<&str>, own: Option<&Value>) -> Result<Record, String> {
    let own = own.map(table).transpose()?;
    let whole = match (shipped, own) {
        (None, None) => return Err("record is missing".to_owned()),
        (None, Some(own)) => own,
        (Some(shipped), None) => text(shipped)?,
        (Some(shipped), Some(own)) => {
            let mut whole = text(shipped)?;
            lay_over(&mut whole, own);
            whole
        }
    };
    crate::build::read(whole).map_err(|why| format!("record.{why}"))
}

fn table(own: &Value) -> Result<Value, String> {
    match own {
        Value::String(own) => text(own),
        Value::Object(_) => Ok(own.clone()),
        _ => Err("record must be a table, or the text of a TOML or JSON file".to_owned()),
    }
}

fn text(text: &str) -> Result<Value, String> {
    if text.trim_start().starts_with('{') {
        serde_json::from_str(text).map_err(|error| format!("record is no JSON: {error}"))
    } else {
        toml::from_str(text).map_err(|error| format!("record is no TOML: {}", error.message()))
    }
}

/// Lays one table over another: tables go into each other, lists of named tables (parameters) are
/// joined by name and condition, everything else is replaced.
pub(super) fn lay_over(whole: &mut Value, own: Value) {
    match (whole, own) {
        (Value::Object(whole), Value::Object(own)) => {
            for (key, value) in own {
                match whole.get_mut(&key) {
                    Some(there) => lay_over(there, value),
                    None => {
                        whole.insert(key, value);
                    }
                }
            }
        }
        (Value::Array(whole), Value::Array(own))
            if !own.is_empty() && own.iter().chain(whole.iter()).all(is_named) =>
        {
            for value in own {
                let same = |there: &&mut Value| {
                    there["name"] == value["name"] && there.get("when") == value.get("when")
                };
                match whole.iter_mut().find(same) {
                    Some(there) => *there = value,
                    None => whole.push(value),
                }
            }
        }
        (whole, own) => *whole = own,
    }
}

fn is_named(value: &Value) -> bool {
    value.get("name").is_some_and(Value::is_string)
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Settings")
            .field("test", &self.test)
            .field("locks", &self.locks)
            .field("look_up", &self.look_up)
            .finish_non_exhaustive()
    }
}
