//! What every text from outside is held against before it is kept.

use std::ops::RangeInclusive;

/// Whether the text is of ASCII letters that `allowed` takes, and as long as it may be.
pub(crate) fn letters(text: &str, long: RangeInclusive<usize>, allowed: fn(u8) -> bool) -> bool {
    long.contains(&text.len()) && text.bytes().all(allowed)
}

/// One line of a person's own words without blanks around it, if it is as long as it may be.
///
/// Control characters are refused, and so are the invisible signs that turn text round or hide in
/// it: a name is shown beside money and must be what it looks like.
pub(crate) fn line(written: &str, most: usize) -> Option<String> {
    let line = written.trim();
    let fits = !line.is_empty() && line.len() <= most * 4 && line.chars().count() <= most;
    (fits && !line.chars().any(is_hidden)).then(|| line.to_owned())
}

/// Line and paragraph ends, marks of direction, fillers without a width, and tags, from … to.
///
/// The joiner U+200D stays: families of emoji and some scripts need it.
const HIDDEN: [(char, char); 7] = [
    ('\u{200b}', '\u{200c}'),
    ('\u{200e}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{fff9}', '\u{fffb}'),
    ('\u{e0000}', '\u{e007f}'),
];

fn is_hidden(letter: char) -> bool {
    letter.is_control() || HIDDEN.iter().any(|(first, last)| (*first..=*last).contains(&letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_what_it_looks_like() {
        assert_eq!(line("  Ana María ", 20).as_deref(), Some("Ana María"));
        assert_eq!(line("👩‍👧", 5).as_deref(), Some("👩‍👧"));
        assert_eq!(line("ææææ", 4).as_deref(), Some("ææææ"));
        for hidden in [
            "",
            "   ",
            "a\nb",
            "a\0",
            "a\u{202e}b",
            "a\u{2066}b",
            "a\u{feff}b",
            "abcde\u{85}f",
            "æææææ\u{200b}",
        ] {
            assert_eq!(line(hidden, 20), None, "{hidden:?}");
        }
        assert_eq!(line("æææææ", 4), None);
    }
}
