//! What a channel says, whatever its own words: a message, or how far one of ours has come.

use base::{Language, Timestamp};

use crate::cases::Delivery;

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
