//! How many words a subject has, and whether that is what a reader at the desk takes in at once.

use unicode_segmentation::UnicodeSegmentation as _;

/// Fewer words say too little.
pub const FEWEST: usize = 5;
/// More words are a description.
pub const MOST: usize = 7;
/// No subject is longer, in characters.
pub const LONGEST: usize = 150;

/// How a subject's number of words stands to what is wished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Fewer than wished.
    Short,
    /// As wished.
    Right,
    /// More than wished.
    Long,
}

/// How many words a text has, by the word boundaries of Unicode (UAX #29).
///
/// The script of the page counts the same way with `Intl.Segmenter`.
#[must_use]
pub fn words(text: &str) -> usize {
    text.unicode_words().count()
}

/// How a subject stands to the five to seven words that are wished.
#[must_use]
pub fn length(text: &str) -> Length {
    match words(text) {
        ..FEWEST => Length::Short,
        FEWEST..=MOST => Length::Right,
        _ => Length::Long,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_people_count_them() {
        let table = [
            ("", 0),
            ("  …!? —", 0),
            ("Refund", 1),
            ("I don't know this charge", 5),
            ("Charged 12.50 twice on 3 May", 6),
            ("Zahlungsbestätigung fehlt noch immer, bitte prüfen", 6),
            ("Je n’ai pas reçu mes jetons", 6),
            ("Hindi ko po natanggap ang mga token", 7),
            ("Jeg fik ikke mine 100 tokens i går", 8),
        ];
        for (text, count) in table {
            assert_eq!(words(text), count, "{text}");
        }
    }

    #[test]
    fn five_to_seven_words_are_right() {
        let of = |count: usize| length(&vec!["word"; count].join(" "));
        assert_eq!((of(0), of(4)), (Length::Short, Length::Short));
        assert_eq!((of(5), of(7)), (Length::Right, Length::Right));
        assert_eq!((of(8), of(100)), (Length::Long, Length::Long));
    }
}
