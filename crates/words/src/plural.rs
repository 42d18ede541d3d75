//! Which form a language uses for a count: one, many, or other.

use base::Language;
use icu_plurals::{PluralCategory, PluralRules};

use crate::per_language::{PerLanguage, locale_of};

static RULES: PerLanguage<Option<PluralRules>> = PerLanguage::new();

/// The name of the form that goes with `count` things.
///
/// Taken from the locale data of ICU, which knows the French form for whole millions and the
/// Filipino one that looks at the last digit; the rules that come with Fluent's own libraries are
/// older.
pub(crate) fn category(language: Language, count: i64) -> &'static str {
    let rules =
        RULES.get(language, || PluralRules::try_new_cardinal(locale_of(language).into()).ok());
    let category = rules.as_ref().map_or(PluralCategory::Other, |rules| rules.category_for(count));
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts_in(language: Language, wanted: &str) -> Vec<i64> {
        let counts = (0..=20).chain([21, 100, 101, 1_000, 999_999, 1_000_000, 2_000_000]);
        counts.filter(|count| category(language, *count) == wanted).collect()
    }

    #[test]
    fn english_german_and_danish_have_one_thing_or_several() {
        for language in [Language::En, Language::De, Language::Da] {
            assert_eq!(counts_in(language, "one"), [1], "{language}");
            assert_eq!(counts_in(language, "many"), [0_i64; 0], "{language}");
        }
    }

    #[test]
    fn french_counts_nothing_as_one_and_has_a_form_for_whole_millions() {
        assert_eq!(counts_in(Language::Fr, "one"), [0, 1]);
        assert_eq!(counts_in(Language::Fr, "many"), [1_000_000, 2_000_000]);
    }

    #[test]
    fn filipino_looks_at_the_last_digit() {
        assert_eq!(counts_in(Language::Fil, "other"), [4, 6, 9, 14, 16, 19, 999_999]);
        assert_eq!(counts_in(Language::Fil, "many"), [0_i64; 0]);
    }
}
