//! An answer that staff have ready: one text for each language, with places to fill in.

use std::collections::BTreeMap;

use base::id::{AnswerId, StaffId};
use base::{Kind, Language, Refusal, Timestamp};

use super::fill::Place;

/// The longest text.
pub const LONGEST: usize = 8_000;

/// What it is called is too long, empty, or has other letters than a key may have.
pub const BAD_KEY: Refusal = Refusal::new(
    Kind::Malformed,
    "answer_key_invalid",
    "a key has 2 to 40 small letters, digits and hyphens, such as asked-for-proof",
);
/// The title is empty or too long.
pub const BAD_TITLE: Refusal =
    Refusal::new(Kind::Malformed, "answer_title_invalid", "a title has 1 to 120 letters");
/// A text is empty or too long, or there is none.
pub const BAD_TEXT: Refusal = Refusal::new(
    Kind::Malformed,
    "answer_text_invalid",
    "an answer needs a text in English at least, and none over 8,000 letters",
);
/// A place in a text is not one that can be filled in.
pub const BAD_PLACE: Refusal = Refusal::new(
    Kind::Malformed,
    "answer_place_unknown",
    "a word in curly brackets is not one that can be filled in; see the list beside the text",
);
/// Another answer has the key.
pub const KEY_TAKEN: Refusal =
    Refusal::new(Kind::Conflict, "answer_key_taken", "another answer has this key");
/// Somebody else has changed it meanwhile.
pub const CHANGED: Refusal = Refusal::new(
    Kind::Conflict,
    "answer_changed",
    "somebody else changed this answer meanwhile: look at theirs first",
);
/// There is no such answer.
pub const UNKNOWN: Refusal =
    Refusal::new(Kind::NotFound, "answer_unknown", "there is no answer with this id");

/// An answer that staff have ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Our id.
    pub id: AnswerId,
    /// What is typed to insert it.
    pub key: String,
    /// What it is for, in a line.
    pub title: String,
    /// The text in each language it was written in.
    pub texts: BTreeMap<Language, String>,
    /// How often it was written: 1 when new.
    pub version: i64,
    /// Who wrote this version; none for those that ship.
    pub by: Option<StaffId>,
    /// Since when it is not offered any more.
    pub retired_at: Option<Timestamp>,
    /// When it was last written.
    pub updated_at: Timestamp,
}

/// An answer as somebody wrote it, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) texts: BTreeMap<Language, String>,
}

impl Written {
    /// Checks what somebody wrote. Languages without a text are left out.
    ///
    /// # Errors
    /// Refuses what cannot be used, with the field's name.
    pub fn checked(
        key: &str,
        title: &str,
        texts: BTreeMap<Language, String>,
    ) -> Result<Written, Refusal> {
        let key = key.trim().trim_start_matches(';');
        let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
        let sound = (2..=40).contains(&key.len())
            && key.starts_with(fits)
            && key.chars().all(|letter| fits(letter) || letter == '-');
        if !sound {
            return Err(BAD_KEY.at("key"));
        }
        let title = title.trim();
        if !(1..=120).contains(&title.chars().count()) || title.chars().any(char::is_control) {
            return Err(BAD_TITLE.at("title"));
        }
        let written = |(language, text): (Language, String)| {
            let text = text.replace("\r\n", "\n").trim().to_owned();
            (!text.is_empty()).then_some((language, text))
        };
        let texts: BTreeMap<_, _> = texts.into_iter().filter_map(written).collect();
        let too_long = |text: &String| text.chars().count() > LONGEST;
        if !texts.contains_key(&Language::En) || texts.values().any(too_long) {
            return Err(BAD_TEXT.at("texts"));
        }
        if texts.values().any(|text| Place::unknown_in(text).is_some()) {
            return Err(BAD_PLACE.at("texts"));
        }
        Ok(Written { key: key.to_owned(), title: title.to_owned(), texts })
    }
}

impl Answer {
    /// The text in that language, or in English where it was not written in it, and which it is.
    #[must_use]
    pub fn text(&self, language: Language) -> (Language, &str) {
        let own = self.texts.get(&language).map(|text| (language, text.as_str()));
        let english = || self.texts.get(&Language::En).map(|text| (Language::En, text.as_str()));
        own.or_else(english).unwrap_or((Language::En, ""))
    }
}
