//! A category: a name and a slug in each language.

use std::collections::BTreeMap;

use base::{Kind, Language, Refusal};

use super::slug_of;

const NOT_VALID: Refusal = Refusal::new(
    Kind::Rule,
    "help_category_not_valid",
    "a category has a key of small letters and dashes, and a name of 1 to 80 letters in English",
);

/// A part of the help centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its name among all: small letters and dashes.
    pub key: String,
    /// Its place.
    pub position: i64,
    /// What it is called, by language; English is always there.
    pub words: BTreeMap<Language, CategoryWords>,
}

/// What a category is called.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CategoryWords {
    /// For people.
    pub name: String,
    /// In addresses.
    pub slug: String,
}

impl Category {
    /// A category with these names; slugs are made from them.
    ///
    /// # Errors
    /// Refused if the key or a name cannot be one, or English is missing.
    pub fn checked(
        key: &str,
        position: i64,
        names: &BTreeMap<Language, String>,
    ) -> Result<Category, Refusal> {
        let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let mut words = BTreeMap::new();
        for (language, name) in names {
            let name = name.trim();
            if name.is_empty() {
                continue;
            }
            let slug = slug_of(name);
            if name.chars().count() > 80 || slug.is_empty() {
                return Err(NOT_VALID.at("name"));
            }
            words.insert(*language, CategoryWords { name: name.to_owned(), slug });
        }
        let fits = (1..=40).contains(&key.len()) && key.bytes().all(letter);
        if !fits || !words.contains_key(&Language::En) {
            return Err(NOT_VALID);
        }
        Ok(Category { key: key.to_owned(), position, words })
    }

    /// What it is called in a language, or else in English.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        self.said(language).map_or(&self.key, |words| &words.name)
    }

    /// How it stands in addresses of a language.
    #[must_use]
    pub fn slug(&self, language: Language) -> &str {
        self.said(language).map_or(&self.key, |words| &words.slug)
    }

    /// Whether it goes by this slug in any language.
    #[must_use]
    pub fn goes_by(&self, slug: &str) -> bool {
        self.key == slug || self.words.values().any(|words| words.slug == slug)
    }

    fn said(&self, language: Language) -> Option<&CategoryWords> {
        self.words.get(&language).or_else(|| self.words.get(&Language::En))
    }
}
