//! What a channel says, whatever its own words: a message, or how far one of ours has come.

use base::{Language, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::cases::Delivery;

/// Things that are taken from one message.
pub(super) const MOST_MEDIA: usize = 10;
/// The longest text that is taken from one message.
pub const LONGEST: usize = 16_000;

/// One thing a channel says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Somebody wrote.
    Said(Said),
    /// One of our messages has come so far.
    Went {
        /// What the channel calls it.
        provider_id: String,
        /// How far.
        delivery: Delivery,
        /// Why it failed, in the channel's words.
        why: Option<String>,
    },
    /// Something that is not for a desk: a group, a reaction, a channel post.
    Left(&'static str),
}

/// What somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What the channel calls the message: the same is taken once.
    pub id: String,
    /// Who.
    pub from: String,
    /// What they call themselves.
    pub name: Option<String>,
    /// The language of their program, if the channel tells.
    pub language: Option<Language>,
    /// The words; for a picture what stands below it.
    pub text: String,
    /// When, as the channel says.
    pub at: Option<Timestamp>,
    /// Pictures, voices and files that came with it.
    pub media: Vec<Came>,
}

/// A picture, a voice or a file that came with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Came {
    /// What the channel calls such a thing: `image`, `voice`, `document`.
    pub what: String,
    /// What its sender calls it.
    pub name: Option<String>,
    /// What its sender says it is.
    pub declared: Option<String>,
    /// Where its bytes are.
    pub source: Source,
}

/// Where the bytes of something are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// At the channel, under this id.
    Id(String),
    /// At this address.
    Address(String),
    /// Here: base 64.
    Enclosed(String),
}

/// A message cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

/// A text within its limits; what is not words becomes a mark that staff see.
pub(super) fn words(text: Option<&str>, what: &str) -> String {
    let text: String = text.unwrap_or_default().trim().chars().take(LONGEST).collect();
    match (what, text.is_empty()) {
        ("text", _) => text,
        (what, true) => format!("[{what}]"),
        (what, false) => format!("[{what}] {text}"),
    }
}

/// A language by the word of a program, `de` or `fil-PH`.
pub(super) fn language(word: Option<&str>) -> Option<Language> {
    let word = word?.split(['-', '_']).next()?;
    word.parse().ok()
}

/// Something that a channel keeps under an id, by the object that tells of it.
pub(super) fn kept_by_channel(what: &str, told: &Value, id: &str, name: &str) -> Option<Came> {
    let text = |field: &str| told.get(field).and_then(Value::as_str);
    let id = text(id).filter(|id| (1..=500).contains(&id.len()))?;
    let short = |text: &str| text.chars().take(200).collect::<String>();
    Some(Came {
        what: what.to_owned(),
        name: text(name).map(short),
        declared: text("mime_type").map(short),
        source: Source::Id(id.to_owned()),
    })
}
