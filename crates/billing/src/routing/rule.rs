//! Rules as data: a condition, weighted targets, and a chain to fall back on.

use serde::{Deserialize, Serialize};

use super::facts::Purpose;

/// A set of rules, looked at from first to last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteSet {
    /// Why it is as it is.
    #[serde(default)]
    pub note: String,
    /// The rules.
    pub rules: Vec<Rule>,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What staff call it.
    pub name: String,
    /// The condition, in CEL over the facts of the payment.
    #[serde(default = "always")]
    pub when: String,
    /// What it is for; nothing listed means everything.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub purposes: Vec<Purpose>,
    /// One of these is picked, by weight.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// Where to go on, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// An account and its share of what a rule decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Its key.
    pub account: String,
    /// Its weight beside the other targets.
    #[serde(default = "one")]
    pub weight: u32,
}

/// The condition that always holds.
pub(super) const ALWAYS: &str = "true";
/// The longest text that is read.
const LONGEST: usize = 64 * 1024;

fn always() -> String {
    ALWAYS.to_owned()
}

const fn one() -> u32 {
    1
}

impl Rule {
    /// Every account it names, targets first.
    pub fn accounts(&self) -> impl Iterator<Item = &str> {
        let targets = self.targets.iter().map(|target| target.account.as_str());
        targets.chain(self.chain.iter().map(String::as_str))
    }
}

impl RouteSet {
    /// Reads a set as people write it.
    ///
    /// # Errors
    /// A sentence that says where it cannot be read.
    pub fn from_toml(text: &str) -> Result<RouteSet, String> {
        if text.len() > LONGEST {
            return Err(format!("the text is longer than {LONGEST} bytes"));
        }
        toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start.min(text.len()));
            let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
            format!("line {line}: {}", error.message())
        })
    }

    /// The set as people write it.
    ///
    /// # Errors
    /// A fault if it cannot be written, which does not happen.
    pub fn to_toml(&self) -> Result<String, base::Fault> {
        toml::to_string_pretty(self).map_err(|error| base::Fault::of("write rules as TOML", error))
    }
}
