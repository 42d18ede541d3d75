//! One thing per language, made when it is first needed and kept for good.

use std::sync::OnceLock;

use base::Language;
use icu_locale::{Locale, locale};

/// A slot for each language.
pub(crate) struct PerLanguage<T>([OnceLock<T>; Language::ALL.len()]);

impl<T> PerLanguage<T> {
    /// Empty slots.
    pub(crate) const fn new() -> PerLanguage<T> {
        PerLanguage([const { OnceLock::new() }; Language::ALL.len()])
    }

    /// The thing of this language, made now if nobody asked before.
    pub(crate) fn get(&self, language: Language, make: impl FnOnce() -> T) -> &T {
        self.0[slot(language)].get_or_init(make)
    }
}

const fn slot(language: Language) -> usize {
    match language {
        Language::En => 0,
        Language::Fr => 1,
        Language::De => 2,
        Language::Da => 3,
        Language::Fil => 4,
    }
}

/// The same language as the locale library calls it.
pub(crate) const fn locale_of(language: Language) -> Locale {
    match language {
        Language::En => locale!("en"),
        Language::Fr => locale!("fr"),
        Language::De => locale!("de"),
        Language::Da => locale!("da"),
        Language::Fil => locale!("fil"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_a_slot_and_a_locale_of_its_own() {
        for (nth, language) in Language::ALL.into_iter().enumerate() {
            assert_eq!(slot(language), nth);
            assert_eq!(locale_of(language).to_string(), language.tag());
        }
    }
}
