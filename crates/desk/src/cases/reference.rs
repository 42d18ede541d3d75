//! What people call a case: short enough for the telephone, with a character that finds mistakes.

use base::Chance;

/// What every reference begins with.
const PREFIX: &str = "PD";
/// Letters and digits of the check: ISO 7064 MOD 37,36 counts in 36 of them.
const LETTERS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Crockford's 32: without I, L, O and U, which are taken for others.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many characters carry the number.
const LENGTH: usize = 8;
/// More than this is no reference, however it is spaced.
const LONGEST: usize = 40;

/// The name of a case, as `PD-7K3M-92QX-T`. It is a name and no key: it opens nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference(String);

/// The text is no reference, or somebody mistyped it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a reference such as PD-7K3M-92QX-T")]
pub struct NotAReference;

impl Reference {
    /// A reference made of 40 random bits.
    ///
    /// Drawn again where the check is a letter that is taken for a digit, and where two neighbours
    /// could change places unnoticed, which MOD 37,36 lets pass once in a while.
    #[must_use]
    pub fn draw(chance: &Chance) -> Reference {
        loop {
            let bytes = chance.bytes::<5>();
            let bits = bytes.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            let letter = |nth: usize| DIGITS[(bits >> (5 * nth) & 31) as usize];
            let mut letters: Vec<u8> = (0..LENGTH).rev().map(letter).collect();
            letters.push(check_of(&letters));
            if is_sound(&letters) {
                return Reference::spelled(&letters);
            }
        }
    }

    /// Reads what somebody typed or read aloud: letter case, hyphens and spaces are free, `O` is
    /// `0`, `I` and `L` are `1`.
    ///
    /// # Errors
    /// If it is no reference, or one with a mistake in it.
    pub fn read(written: &str) -> Result<Reference, NotAReference> {
        if written.len() > LONGEST {
            return Err(NotAReference);
        }
        let filler = |letter: &char| {
            matches!(letter, ' ' | '-' | '\u{a0}' | '\u{2010}'..='\u{2014}' | '\u{2212}')
        };
        let letters: String = written.chars().filter(|letter| !filler(letter)).collect();
        let letters = letters.to_ascii_uppercase();
        let rest = letters.strip_prefix(PREFIX).ok_or(NotAReference)?;
        let letters: Vec<u8> = rest.bytes().map(meant).collect();
        if letters.len() == LENGTH + 1 && fits(&letters) {
            Ok(Reference::spelled(&letters))
        } else {
            Err(NotAReference)
        }
    }

    /// As it is stored and shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn spelled(letters: &[u8]) -> Reference {
        let text: String = letters.iter().map(|letter| char::from(*letter)).collect();
        let (left, rest) = text.split_at(LENGTH / 2);
        let (right, check) = rest.split_at(LENGTH / 2);
        Reference(format!("{PREFIX}-{left}-{right}-{check}"))
    }
}

/// What was meant by a letter that is taken for another.
const fn meant(letter: u8) -> u8 {
    match letter {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    }
}

/// Whether the last letter is the check of the others.
fn fits(letters: &[u8]) -> bool {
    let Some((check, body)) = letters.split_last() else { return false };
    body.iter().all(|letter| DIGITS.contains(letter)) && *check == check_of(body)
}

/// Whether it survives being read aloud, and no neighbours can change places unnoticed.
fn is_sound(letters: &[u8]) -> bool {
    let swapped = |nth: usize| {
        let mut other = letters.to_vec();
        other.swap(nth, nth + 1);
        other
    };
    let read_right = letters.iter().all(|letter| *letter == meant(*letter));
    read_right && (0..LENGTH).map(swapped).all(|other| other.as_slice() == letters || !fits(&other))
}

/// The check character of ISO 7064 MOD 37,36.
fn check_of(body: &[u8]) -> u8 {
    let place = |letter: u8| LETTERS.iter().position(|it| *it == letter).unwrap_or(0);
    let product = body.iter().fold(36, |product, letter| {
        let sum = (product + place(*letter)) % 36;
        let sum = if sum == 0 { 36 } else { sum };
        sum * 2 % 37
    });
    LETTERS[(37 - product) % 36]
}

impl std::fmt::Display for Reference {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::str::FromStr for Reference {
    type Err = NotAReference;

    fn from_str(text: &str) -> Result<Reference, NotAReference> {
        Reference::read(text)
    }
}

impl From<&Reference> for store::Value {
    fn from(reference: &Reference) -> store::Value {
        store::Value::Text(Some(reference.0.clone()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_check_is_that_of_the_standard() {
        // The standard's own example of MOD 37,36.
        assert_eq!(check_of(b"A12425GABC1234002"), b'M');
    }

    #[test]
    fn people_may_write_it_as_they_like() {
        let reference = Reference::draw(&Chance::seeded(3));
        let text = reference.to_string();
        assert_eq!(text.len(), 14, "{text}");
        let spaced = text.replace('-', " ");
        let bare = text.replace('-', "").to_lowercase();
        let misread = text.replace('0', "O").replace('1', "l");
        for written in [&text, &spaced, &bare, &misread, &format!("  {text} ")] {
            assert_eq!(Reference::read(written), Ok(reference.clone()), "{written}");
        }
        for wrong in ["", "PD", "PD-", "PD-7K3M-92QX", &format!("{text}0"), &text[3..]] {
            assert_eq!(Reference::read(wrong), Err(NotAReference), "{wrong}");
        }
        assert_eq!(Reference::read(&"PD-".repeat(1_000_000)), Err(NotAReference));
    }

    proptest! {
        #[test]
        fn every_wrong_character_is_noticed(seed: u64, nth in 0..9_usize, other in 0..36_usize) {
            let letters = Reference::draw(&Chance::seeded(seed)).0.replace('-', "");
            let mut wrong = letters.clone().into_bytes();
            prop_assume!(meant(wrong[2 + nth]) != meant(LETTERS[other]));
            wrong[2 + nth] = LETTERS[other];
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert!(Reference::read(&wrong).is_err(), "{letters} {wrong}");
        }

        #[test]
        fn every_swap_of_neighbours_is_noticed(seed: u64, nth in 0..8_usize) {
            let letters = Reference::draw(&Chance::seeded(seed)).0.replace('-', "");
            let mut wrong = letters.clone().into_bytes();
            wrong.swap(2 + nth, 3 + nth);
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assume!(wrong != letters);
            prop_assert!(Reference::read(&wrong).is_err(), "{letters} {wrong}");
        }

        #[test]
        fn whatever_is_typed_is_read_or_not(written: String) {
            if let Ok(reference) = Reference::read(&written) {
                prop_assert_eq!(Reference::read(reference.as_str()), Ok(reference.clone()));
            }
        }
    }
}
