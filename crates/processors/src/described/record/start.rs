//! How a payment begins, and the parameters of any call.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Escape, Forms, Method, Recipe};

/// How a payment begins.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// A link, or a form that the browser posts.
    pub method: Method,
    /// The address of the page.
    pub address: String,
    /// The address of the house's test page.
    #[serde(default)]
    pub test_address: Option<String>,
    /// How amounts and codes are written here, if not as everywhere.
    #[serde(default)]
    pub forms: Option<Forms>,
    /// How a link is escaped.
    #[serde(default)]
    pub escape: Escape,
    /// What is sent, in this order.
    pub parameters: Vec<Parameter>,
    /// How the request is signed.
    #[serde(default)]
    pub digest: Option<Recipe>,
}

/// One thing that is sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name at the house; in JSON a dotted path.
    pub name: String,
    /// Its value: text in which `{name}` stands for one of our own names.
    pub value: String,
    /// Sent only then.
    #[serde(default)]
    pub when: Option<When>,
    /// Whether nothing is sent at all without it.
    #[serde(default)]
    pub required: bool,
    /// The most characters it may have, before it is encoded.
    #[serde(default)]
    pub max: Option<usize>,
    /// What becomes of a longer one.
    #[serde(default)]
    pub longer: Longer,
    /// Our words and the house's for them; a word that is not listed is no value.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
    /// What is done to it, step by step.
    #[serde(default)]
    pub encode: Vec<Encode>,
    /// The name of the secret that `xor` takes.
    #[serde(default)]
    pub salt: Option<String>,
    /// How JSON carries it.
    #[serde(default, rename = "as")]
    pub written: WrittenAs,
    /// How a link escapes it, if not as the others.
    #[serde(default)]
    pub escape: Option<Escape>,
    /// Sent even if it is empty.
    #[serde(default)]
    pub keep_empty: bool,
}

/// When a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// The payment does not renew.
    Once,
    /// The payment renews.
    Renewing,
    /// The money is taken at once.
    AtOnce,
    /// The money is held.
    Held,
}

/// What becomes of a value that is too long.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Longer {
    /// Nothing is sent.
    #[default]
    Refuse,
    /// Its end is cut off.
    Cut,
}

/// One step of encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encode {
    /// XOR with the salt over and over.
    Xor,
    /// Base64 with padding.
    Base64,
    /// Escaped as a form, before anything else escapes it.
    Form,
    /// Escaped as RFC 3986 has it, before anything else escapes it.
    Percent,
    /// In capital letters.
    Upper,
    /// In small letters.
    Lower,
}

/// How JSON carries a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WrittenAs {
    /// In quotes.
    #[default]
    Text,
    /// As a number, digit by digit.
    Number,
    /// `true` for anything, `false` for nothing.
    Boolean,
}
