//! The handle a page or a mail holds: one language, ready to speak.

use std::borrow::Cow;

use base::{Language, Money, Timestamp};
use jiff::tz::TimeZone;

use crate::{Value, catalogue, date, missing, money, number};

/// The texts of one language. Small and free to copy; the texts themselves are read once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    language: Language,
}

impl Words {
    /// The texts of this language.
    #[must_use]
    pub const fn of(language: Language) -> Words {
        Words { language }
    }

    /// Which language this is.
    #[must_use]
    pub const fn language(self) -> Language {
        self.language
    }

    /// The tag for paths and for `lang` attributes.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        self.language.tag()
    }

    /// A text that needs nothing put in.
    ///
    /// Write the id in full as a literal: `cargo xtask words` looks for it. A text missing in this
    /// language is said in English, and one missing there as well is its own id; both are counted.
    #[must_use]
    pub fn text(self, id: &str) -> Cow<'static, str> {
        match self.find(id) {
            Some((language, message)) => message.write(language, id, &[]),
            None => Cow::Owned(id.to_owned()),
        }
    }

    /// A text with its places filled.
    #[must_use]
    pub fn text_with(self, id: &str, values: &[(&str, Value<'_>)]) -> String {
        match self.find(id) {
            Some((language, message)) => message.write(language, id, values).into_owned(),
            None => id.to_owned(),
        }
    }

    /// Why a payment was declined, in words for customers.
    ///
    /// The causes are stable words of the processors' port; one that has no text of its own is
    /// said in general words. What a thief should not learn is said in general words too.
    #[must_use]
    pub fn decline(self, cause: &str) -> Cow<'static, str> {
        self.one_of("declines-", cause).unwrap_or_else(|| self.text("declines-unknown"))
    }

    /// What to do about a decline, by the stable word of the advice.
    #[must_use]
    pub fn advice(self, advice: &str) -> Cow<'static, str> {
        let found = self.one_of("declines-advice-", advice);
        found.unwrap_or_else(|| self.text("declines-advice-other-card"))
    }

    /// A text of a family whose ids end in stable words of the code.
    fn one_of(self, family: &str, word: &str) -> Option<Cow<'static, str>> {
        let id = format!("{family}{}", word.replace('_', "-"));
        catalogue::of(self.language).find(&id).is_some().then(|| self.text(&id))
    }

    /// A whole number as this language writes it.
    #[must_use]
    pub fn number(self, count: i64) -> String {
        number::number(self.language, count)
    }

    /// A sum as this language writes it.
    #[must_use]
    pub fn money(self, sum: Money) -> String {
        money::money(self.language, sum)
    }

    /// A day as this language writes it.
    #[must_use]
    pub fn date(self, at: Timestamp, zone: &TimeZone) -> String {
        date::date(self.language, at, zone)
    }

    /// A day and a time as this language writes them.
    #[must_use]
    pub fn date_time(self, at: Timestamp, zone: &TimeZone) -> String {
        date::date_time(self.language, at, zone)
    }

    fn find(self, id: &str) -> Option<(Language, &'static crate::message::Message)> {
        if let Some(message) = catalogue::of(self.language).find(id) {
            return Some((self.language, message));
        }
        missing::note(self.language, id);
        catalogue::of(Language::En).find(id).map(|message| (Language::En, message))
    }
}

#[cfg(test)]
mod tests {
    use base::{Currency, Tokens};

    use super::*;

    #[test]
    fn a_text_is_said_in_the_language_asked_for() {
        assert_eq!(Words::of(Language::En).text("checkout-try-again"), "Try again");
        assert_eq!(Words::of(Language::Da).text("checkout-try-again"), "Prøv igen");
    }

    #[test]
    fn a_text_nobody_wrote_is_its_own_id_and_is_counted() {
        let before = missing::missing();
        assert_eq!(Words::of(Language::Fr).text("no-such-text"), "no-such-text");
        assert_eq!(Words::of(Language::Fr).text_with("no-such-text", &[]), "no-such-text");
        assert!(missing::missing() >= before + 2);
    }

    #[test]
    fn tokens_take_the_plural_form_and_the_marks_of_the_language() {
        let say = |language, count: i64| {
            let tokens = Tokens::new(count).unwrap();
            Words::of(language).text_with("shop-pack-tokens", &[("count", tokens.into())])
        };
        let table = [
            (Language::En, 1, "1 token"),
            (Language::En, 2_500, "2,500 tokens"),
            (Language::Fr, 0, "0 jeton"),
            (Language::Fr, 2_500, "2\u{202f}500 jetons"),
            (Language::Fr, 1_000_000, "1\u{202f}000\u{202f}000 de jetons"),
            (Language::De, 1, "1 Token"),
            (Language::De, 2_500, "2.500 Tokens"),
            (Language::Da, 1, "1 token"),
            (Language::Da, 2_500, "2.500 tokens"),
            (Language::Fil, 1, "1 token"),
            (Language::Fil, 100, "100 token"),
            (Language::Fil, 104, "104 na token"),
        ];
        for (language, count, text) in table {
            assert_eq!(say(language, count), text, "{language} {count}");
        }
    }

    #[test]
    fn a_decline_is_explained_and_a_new_cause_is_explained_in_general() {
        for language in Language::ALL {
            let words = Words::of(language);
            let general = words.text("declines-unknown");
            assert_ne!(words.decline("expired_card"), general, "{language}");
            assert_eq!(words.decline("moon_phase"), general, "{language}");
            let neutral = words.decline("declined");
            assert_eq!(words.decline("stolen_card"), neutral, "{language}");
            let advice = words.advice("ask_bank");
            assert_ne!(advice, words.advice("moon_phase"), "{language}");
        }
    }

    #[test]
    fn nothing_invisible_is_put_around_what_is_filled_in() {
        let sum = Money::new(1_250, Currency::USD);
        for language in Language::ALL {
            let line = Words::of(language).text_with(
                "checkout-statement",
                &[("descriptor", "PAYDESK*TOKENS".into()), ("amount", sum.into())],
            );
            assert!(line.contains("PAYDESK*TOKENS"), "{line}");
            assert!(!line.contains(['\u{2068}', '\u{2069}']), "{line}");
        }
    }
}
