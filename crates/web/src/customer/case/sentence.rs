//! A sentence with a time in it, which the reader's own device writes anew.

use base::Timestamp;
use jiff::tz::TimeZone;
use words::Words;

/// What stands before a time, the time, and what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dated {
    pub(crate) before: String,
    pub(crate) at: Timestamp,
    pub(crate) shown: String,
    pub(crate) after: String,
}

impl Dated {
    /// The text with this id, whose `$date` is this time.
    pub(crate) fn of(words: Words, id: &str, at: Timestamp) -> Dated {
        // Where the reader sits is not known: it says UTC until the page's script has asked.
        let shown = format!("{} UTC", words.date_time(at, &TimeZone::UTC));
        let text = words.text_with(id, &[("date", (&shown).into())]);
        let (before, after) = text.split_once(&shown).unwrap_or((text.as_str(), ""));
        Dated { before: before.to_owned(), at, after: after.to_owned(), shown }
    }
}

#[cfg(test)]
mod tests {
    use base::Language;

    use super::*;

    #[test]
    fn every_language_keeps_the_time_in_its_sentence() {
        for language in Language::ALL {
            let at = "2026-11-24T12:00:00Z".parse().unwrap();
            let dated = Dated::of(Words::of(language), "cases-next-due", at);
            assert!(dated.shown.ends_with(" UTC") && !dated.before.is_empty(), "{dated:?}");
            assert!(!dated.before.contains("2026") && !dated.after.contains("2026"), "{dated:?}");
        }
    }
}
