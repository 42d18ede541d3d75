//! Finds card numbers in texts and pages and leaves their last four digits.

use std::borrow::Cow;
use std::ops::Range;

/// What stands for a digit that is not shown.
const DOT: char = '•';
/// How many digits a card number has, the likeliest first.
const LENGTHS: [usize; 7] = [16, 15, 14, 19, 18, 17, 13];
/// How many spaces, hyphens or tags may stand between two digits of one number.
const WIDEST_GAP: usize = 3;
/// How many digits stay.
const SHOWN: usize = 4;

/// What a piece of a text is to a card number.
#[derive(Clone, Copy)]
enum Piece {
    Digit(u32),
    Gap,
    Other,
}

/// The text with all but the last four digits of every card number as dots.
///
/// A card number has 13 to 19 digits, perhaps with spaces or hyphens between groups of them,
/// begins as a card of a known house does, and its last digit fits the others (Luhn).
#[must_use]
pub fn cards(text: &str) -> Cow<'_, str> {
    let letters = text.char_indices().map(|(at, letter)| (at..at + letter.len_utf8(), of(letter)));
    dotted(text, &found(letters))
}

/// As [`cards`], for a page: tags and entities between the digits are looked through, and what is
/// inside of tags is masked too.
#[must_use]
pub fn cards_in_html(html: &str) -> Cow<'_, str> {
    let mut hidden = found(Pieces { html, at: 0 });
    let mut at = 0;
    while let Some(tag) = html[at..].find('<').map(|from| tag_at(html, at + from)) {
        let letters = html[tag.clone()].char_indices();
        let start = tag.start;
        hidden.extend(found(letters.map(|(nth, letter)| {
            let nth = start + nth;
            (nth..nth + letter.len_utf8(), of(letter))
        })));
        at = tag.end;
    }
    hidden.sort_by_key(|digit| digit.start);
    dotted(html, &hidden)
}

/// The pieces of a page: a letter, an entity or a tag each.
struct Pieces<'a> {
    html: &'a str,
    at: usize,
}

impl Iterator for Pieces<'_> {
    type Item = (Range<usize>, Piece);

    fn next(&mut self) -> Option<(Range<usize>, Piece)> {
        let rest = &self.html[self.at..];
        let letter = rest.chars().next()?;
        let (range, piece) = match letter {
            '<' => (tag_at(self.html, self.at), Piece::Gap),
            '&' => match entity(rest) {
                Some((length, meant)) => (self.at..self.at + length, of(meant)),
                None => (self.at..self.at + 1, Piece::Other),
            },
            _ => (self.at..self.at + letter.len_utf8(), of(letter)),
        };
        self.at = range.end;
        Some((range, piece))
    }
}

/// From `<` to its `>`; to the end if there is none.
fn tag_at(html: &str, start: usize) -> Range<usize> {
    let end = html[start..].find('>').map_or(html.len(), |length| start + length + 1);
    start..end
}

/// How long the entity is that the text begins with, and which letter it means.
fn entity(text: &str) -> Option<(usize, char)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let meant = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
        None => match name {
            "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
            "ndash" | "mdash" | "shy" | "hyphen" | "dash" => '-',
            _ => '&',
        },
    };
    Some((end + 1, meant))
}

fn of(letter: char) -> Piece {
    let digit = |zero: u32| u32::from(letter).checked_sub(zero).filter(|digit| *digit < 10);
    // ASCII, full width, and the two kinds that Arabic and Persian keyboards type.
    if let Some(digit) = [0x30, 0xff10, 0x660, 0x6f0].into_iter().find_map(digit) {
        return Piece::Digit(digit);
    }
    match letter {
        '-'
        | '\u{ad}'
        | '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'
        | '\u{feff}' => Piece::Gap,
        _ if letter.is_whitespace() => Piece::Gap,
        _ => Piece::Other,
    }
}

/// A run of digits with gaps: where each digit stands, which it is, and which of them begin a
/// group.
#[derive(Default)]
struct Run {
    digits: Vec<(Range<usize>, u32)>,
    begins: Vec<bool>,
    gap: usize,
}

/// Where the digits stand that must not be shown.
fn found(pieces: impl Iterator<Item = (Range<usize>, Piece)>) -> Vec<Range<usize>> {
    let mut hidden = Vec::new();
    let mut run = Run::default();
    for (range, piece) in pieces {
        match piece {
            Piece::Digit(digit) => {
                run.begins.push(run.digits.is_empty() || run.gap > 0);
                run.digits.push((range, digit));
                run.gap = 0;
            }
            Piece::Gap if !run.digits.is_empty() && run.gap < WIDEST_GAP => run.gap += 1,
            Piece::Gap | Piece::Other => std::mem::take(&mut run).hide(&mut hidden),
        }
    }
    run.hide(&mut hidden);
    hidden
}

impl Run {
    /// Numbers begin and end where groups do: a long number of another kind is left alone.
    fn hide(self, hidden: &mut Vec<Range<usize>>) {
        let Run { digits, begins, .. } = self;
        let values: Vec<u32> = digits.iter().map(|(_, digit)| *digit).collect();
        let mut start = 0;
        while start < values.len() {
            let ends_a_group = |end: usize| begins.get(end).is_none_or(|begins| *begins);
            let length = LENGTHS.into_iter().filter(|_| begins[start]).find(|length| {
                let end = start + length;
                ends_a_group(end) && values.get(start..end).is_some_and(is_card)
            });
            let Some(length) = length else {
                start += 1;
                continue;
            };
            let masked = digits[start..start + length - SHOWN].iter();
            hidden.extend(masked.map(|(range, _)| range.clone()));
            start += length;
        }
    }
}

fn is_card(digits: &[u32]) -> bool {
    let begin = digits.iter().take(6).fold(0, |number, digit| number * 10 + digit);
    is_of_a_house(begin, digits.len()) && fits(digits)
}

/// Whether cards of a known house begin so and are so long.
fn is_of_a_house(begin: u32, length: usize) -> bool {
    match begin {
        // Visa.
        400_000..=499_999 => matches!(length, 13 | 16 | 19),
        // Mastercard.
        510_000..=559_999 | 222_100..=272_099 => length == 16,
        // American Express.
        340_000..=349_999 | 370_000..=379_999 => length == 15,
        // Diners Club.
        300_000..=305_999 | 309_500..=309_599 | 360_000..=369_999 | 380_000..=399_999 => {
            matches!(length, 14 | 16..=19)
        }
        // JCB.
        352_800..=358_999 => matches!(length, 16..=19),
        // Discover, UnionPay, RuPay, Maestro.
        500_000..=509_999 | 560_000..=589_999 => matches!(length, 13..=19),
        600_000..=699_999 | 810_000..=819_999 => matches!(length, 13..=19),
        // Mir, Troy, UATP.
        220_000..=220_499 | 979_200..=979_299 => length == 16,
        100_000..=199_999 => length == 15,
        _ => false,
    }
}

/// Luhn: the last digit fits the others.
fn fits(digits: &[u32]) -> bool {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let counted = digits.iter().rev().enumerate();
    let sum: u32 =
        counted.map(|(nth, digit)| if nth % 2 == 1 { doubled(*digit) } else { *digit }).sum();
    sum.is_multiple_of(10)
}

fn dotted<'a>(text: &'a str, hidden: &[Range<usize>]) -> Cow<'a, str> {
    if hidden.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len() + hidden.len() * DOT.len_utf8());
    let mut at = 0;
    for digit in hidden.iter().filter(|digit| !digit.is_empty()) {
        // What was found twice, in a tag and around it, is masked once.
        if digit.start >= at {
            masked.push_str(&text[at..digit.start]);
            masked.push(DOT);
            at = digit.end;
        }
    }
    masked.push_str(&text[at..]);
    Cow::Owned(masked)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn card_numbers_keep_their_last_four_digits_only() {
        for (typed, kept) in [
            ("my card 4111111111111111, ok?", "my card ••••••••••••1111, ok?"),
            ("4111 1111 1111 1111", "•••• •••• •••• 1111"),
            ("4111-1111-1111-1111 12/29 123", "••••-••••-••••-1111 12/29 123"),
            ("4111\u{a0}1111\u{a0}1111\u{a0}1111", "••••\u{a0}••••\u{a0}••••\u{a0}1111"),
            ("4111 1111\n1111 1111", "•••• ••••\n•••• 1111"),
            ("on 2026-11-22 5555555555554444", "on 2026-11-22 ••••••••••••4444"),
            ("3782 822463 10005.", "•••• •••••• •0005."),
            ("30569309025904", "••••••••••5904"),
            ("４１１１１１１１１１１１１１１１", "••••••••••••１１１１"),
            ("6304 0000 0000 0000", "•••• •••• •••• 0000"),
        ] {
            assert_eq!(cards(typed), kept, "{typed}");
        }
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "",
            "order 4111111111111112",
            "call +45 12 34 56 78 or +63 917 123 4567",
            "DE89 3704 0044 0532 0130 00",
            "2026-11-22 14:03:22, 49.99 EUR, 12 items",
            "41111111111111111111111111111111",
            "pay_01jd4111111111111111abc is fine 0000000000000000",
            "1000 2000 3000 4000",
        ] {
            let ends_with_a_card = text.contains("pay_01jd4111");
            let kept = matches!(cards(text), Cow::Borrowed(_));
            assert_eq!(kept, !ends_with_a_card, "{text}");
        }
    }

    #[test]
    fn pages_are_looked_through() {
        for (typed, kept) in [
            ("<p>4111 1111 1111 1111</p>", "<p>•••• •••• •••• 1111</p>"),
            (
                "<b>4111</b>&nbsp;1111&#160;1111&#xA0;1111",
                "<b>••••</b>&nbsp;••••&#160;••••&#xA0;1111",
            ),
            ("4111<br>1111<br>1111<br>1111", "••••<br>••••<br>••••<br>1111"),
            ("&#52;111111111111111", "••••••••••••1111"),
            ("<img alt=\"4111111111111111\">", "<img alt=\"••••••••••••1111\">"),
            ("a < b 4111111111111111", "a < b ••••••••••••1111"),
        ] {
            assert_eq!(cards_in_html(typed), kept, "{typed}");
        }
        let plain = "<p>Tak &amp; på gensyn &copy; 2026</p>";
        assert!(matches!(cards_in_html(plain), Cow::Borrowed(_)));
    }

    fn numbered(start: &str, filler: &[u8]) -> String {
        let mut digits: Vec<u32> = start.bytes().map(|byte| u32::from(byte - b'0')).collect();
        digits.extend(filler.iter().map(|digit| u32::from(*digit)));
        let check = (0..10).find(|check| {
            let mut whole = digits.clone();
            whole.push(*check);
            fits(&whole)
        });
        digits.push(check.unwrap());
        digits.iter().map(ToString::to_string).collect()
    }

    proptest! {
        #[test]
        fn every_card_in_any_text_is_masked(
            filler in proptest::collection::vec(0..10_u8, 11),
            before in "[a-zA-Z ,.<>&;#é]{0,20}[a-z]",
            after in "[a-z][a-zA-Z ,.<>&;#é]{0,20}",
        ) {
            let number = numbered("4929", &filler);
            let text = format!("{before} {number} {after}");
            prop_assert!(!cards(&text).contains(&number[..12]));
            prop_assert!(!cards_in_html(&text).contains(&number[..12]));
        }

        #[test]
        fn whatever_is_written_has_as_many_letters_afterwards(text: String) {
            prop_assert_eq!(cards(&text).chars().count(), text.chars().count());
            prop_assert!(cards_in_html(&text).len() <= text.len() * 3);
        }
    }
}
