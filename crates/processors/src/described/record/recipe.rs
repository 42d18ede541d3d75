//! The recipe of a digest, as written down.

use std::collections::BTreeMap;

use processor::sign::Digesting;
use serde::Deserialize;

use super::Escape;

/// How a digest is made and where it travels.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// `md5`, `sha1`, `sha256`, `hmac_md5`, `hmac_sha1` or `hmac_sha256`.
    pub algorithm: Digesting,
    /// Where the secret goes.
    pub key: KeyPlace,
    /// The name of the secret in the account's `secrets`.
    #[serde(default = "key")]
    pub secret: String,
    /// How the secret is written down.
    #[serde(default)]
    pub key_is: KeyIs,
    /// What is covered: `sorted`, `in_order`, or a list of fields.
    pub fields: Covers,
    /// Fields that `sorted` and `in_order` leave out; the digest itself is never covered.
    #[serde(default)]
    pub except: Vec<String>,
    /// Whether names are part of the text.
    #[serde(default)]
    pub pairs: Pairs,
    /// What stands between a name and its value.
    #[serde(default)]
    pub equals: String,
    /// What stands between pairs, and between them and the secret.
    #[serde(default)]
    pub joiner: String,
    /// Whether fields without a value are left out.
    #[serde(default)]
    pub drop_empty: bool,
    /// How values are escaped in the text, if they are.
    #[serde(default)]
    pub escaped: Option<Escape>,
    /// How the digest is written.
    #[serde(default)]
    pub output: Output,
    /// Where the digest travels.
    pub sent: SentIn,
    /// Which fields are covered travels along as a list of numbers.
    #[serde(default)]
    pub key_ids: Option<KeyIds>,
    /// How old a message may be.
    #[serde(default)]
    pub fresh: Option<Fresh>,
}

/// Where the secret goes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyPlace {
    /// Before everything else.
    Prefix,
    /// After everything else.
    Suffix,
    /// Before and after.
    BothEnds,
    /// It is the key of the HMAC.
    Hmac,
    /// As the last pair, of this name.
    Pair(String),
}

/// How a secret is written down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyIs {
    /// As it is.
    #[default]
    Text,
    /// In hex.
    Hex,
    /// In base64.
    Base64,
}

/// What a digest covers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "`sorted`, `in_order` or a list of fields")]
pub enum Covers {
    /// `sorted` (by name) or `in_order` (as they are sent).
    All(AllFields),
    /// These: a field's name, `=text` for a fixed text, `@body`, `@header:name`, or `@part:name`
    /// for a part of the header that the digest travels in.
    List(Vec<String>),
}

/// All fields, in one order or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AllFields {
    /// By name.
    Sorted,
    /// As they are sent.
    InOrder,
}

/// Whether names are part of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pairs {
    /// Only the values.
    #[default]
    Values,
    /// Names and values.
    NamesAndValues,
}

/// How a digest is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Output {
    /// Hex in small letters; read in any.
    #[default]
    Hex,
    /// Hex in capital letters; read in any.
    HexUpper,
    /// Base64 with padding.
    Base64,
}

/// Where a digest travels.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SentIn {
    /// In a field.
    Field(String),
    /// In a header, which holds nothing else.
    Header(String),
    /// In a part of a header, `t=..,v1=..`; any part of that name may match.
    Part {
        /// The header.
        header: String,
        /// The part's name.
        part: String,
    },
}

/// A list of numbers that says which fields are covered, two hex digits each.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyIds {
    /// The field it travels in, right before the digest.
    pub field: String,
    /// The number of each field. What has no number is not covered.
    pub ids: BTreeMap<String, String>,
}

/// How old a message may be.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fresh {
    /// Where its time stands, in seconds since 1970, written as in [`Covers::List`].
    pub from: String,
    /// So many seconds before and after our own time.
    pub seconds: u32,
}

fn key() -> String {
    "key".to_owned()
}
