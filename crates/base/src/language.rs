//! The five languages of everything a customer looks at.

use std::str::FromStr;

/// A language Paydesk speaks.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English, the source language.
    #[default]
    En,
    /// French.
    Fr,
    /// German.
    De,
    /// Danish.
    Da,
    /// Filipino; `tl` (Tagalog) is read as the same.
    Fil,
}

impl Language {
    /// All of them, in the order they are offered.
    pub const ALL: [Language; 5] =
        [Language::En, Language::Fr, Language::De, Language::Da, Language::Fil];

    /// The BCP 47 tag, as in paths and in `lang` attributes.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Fr => "fr",
            Language::De => "de",
            Language::Da => "da",
            Language::Fil => "fil",
        }
    }

    /// What its speakers call it.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Language::En => "English",
            Language::Fr => "Français",
            Language::De => "Deutsch",
            Language::Da => "Dansk",
            Language::Fil => "Filipino",
        }
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.tag())
    }
}

/// The tag names no language that Paydesk speaks.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of en, fr, de, da, fil")]
pub struct UnknownLanguage;

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// Reads a tag; regions and scripts fall to the base (`de-AT` is `de`), letter case is free.
    fn from_str(tag: &str) -> Result<Language, UnknownLanguage> {
        let base = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        match base.as_str() {
            "en" => Ok(Language::En),
            "fr" => Ok(Language::Fr),
            "de" => Ok(Language::De),
            "da" => Ok(Language::Da),
            "fil" | "tl" => Ok(Language::Fil),
            _ => Err(UnknownLanguage),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_fall_to_the_base_and_tagalog_is_filipino() {
        assert_eq!("de-AT".parse(), Ok(Language::De));
        assert_eq!("FR_ca".parse(), Ok(Language::Fr));
        assert_eq!("tl".parse(), Ok(Language::Fil));
        assert_eq!("nb".parse::<Language>(), Err(UnknownLanguage));
    }
}
