//! The signed word that leads an answer back: it stands in the address we are answered at and in
//! the Message-ID, and nobody without our key can make one.
//!
//! Version, kind, the last day, who it was written for, the thread (which names its case) and a
//! keyed hash of 80 bits: 240 bits, 48 letters. No row is needed to check it.

use base::Timestamp;
use base::id::ThreadId;
use store::Vault;
use uuid::Uuid;

/// The one recipe so far. Another one would get another number.
const VERSION: u128 = 1;
/// Letters of a token.
pub const LETTERS: usize = 48;
/// How many days an answer is led back by its token alone.
pub const VALID_DAYS: i64 = 730;
/// What the keyed hashes are for.
const SEAL: &str = "mail token";
const READER: &str = "mail token reader";
/// Day one.
const BEGIN: i64 = 1_767_225_600;
const DAY: i64 = 86_400;

/// Whom the mail with this token was written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// The person who asked.
    Customer,
    /// A member of staff who is told of something.
    Staff,
    /// Nobody in particular: an acknowledgment, which may be answered all the same.
    Automatic,
    /// A creator or a processor beside the case.
    Side,
}

impl TokenKind {
    const ALL: [TokenKind; 4] =
        [TokenKind::Customer, TokenKind::Staff, TokenKind::Automatic, TokenKind::Side];

    const fn number(self) -> u128 {
        match self {
            TokenKind::Customer => 1,
            TokenKind::Staff => 2,
            TokenKind::Automatic => 3,
            TokenKind::Side => 4,
        }
    }
}

/// What a token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Whom it was written for, by what they are.
    pub kind: TokenKind,
    /// The thread it leads back to.
    pub thread: ThreadId,
    /// The last day it is good for, counted from the first of January 2026.
    day: u128,
    /// Eighteen bits of the reader's address, keyed.
    reader: u128,
}

impl Token {
    /// A token for a reader, good until the end of the day of `until`.
    #[must_use]
    pub fn new(
        vault: &Vault,
        kind: TokenKind,
        thread: ThreadId,
        reader: &str,
        until: Timestamp,
    ) -> Token {
        let day = (until.as_second() - BEGIN).div_euclid(DAY).clamp(0, 0x3fff);
        let reader = tag(vault, reader);
        Token { kind, thread, day: u128::try_from(day).unwrap_or(0), reader }
    }

    /// The word as it is sent.
    #[must_use]
    pub fn written(&self, vault: &Vault) -> String {
        let head = VERSION << 35 | self.kind.number() << 32 | self.day << 18 | self.reader;
        let (high, low) = packed(head, self.thread.as_u128());
        let mut bytes = [0_u8; 30];
        bytes[..4].copy_from_slice(&high.to_be_bytes());
        bytes[4..20].copy_from_slice(&low.to_be_bytes());
        let seal = seal(vault, &bytes[..20]);
        bytes[20..].copy_from_slice(&seal);
        base::id::base32(&bytes)
    }

    /// Reads a word; none if it is not ours, was changed, or its day has passed.
    #[must_use]
    pub fn read(vault: &Vault, word: &str, now: Timestamp) -> Option<Token> {
        let bytes = unwritten(word)?;
        let same = seal(vault, &bytes[..20]).iter().zip(&bytes[20..]).all(|(a, b)| a == b);
        if !same {
            return None;
        }
        let high = u32::from_be_bytes(bytes[..4].try_into().ok()?);
        let low = u128::from_be_bytes(bytes[4..20].try_into().ok()?);
        let (head, thread) = unpacked(high, low);
        if head >> 35 != VERSION {
            return None;
        }
        let kind = TokenKind::ALL.into_iter().find(|kind| kind.number() == (head >> 32 & 7))?;
        let token = Token {
            kind,
            thread: ThreadId::from_uuid(Uuid::from_u128(thread)),
            day: head >> 18 & 0x3fff,
            reader: head & 0x3_ffff,
        };
        let today = (now.as_second() - BEGIN).div_euclid(DAY);
        (i128::try_from(token.day).ok()? >= i128::from(today)).then_some(token)
    }

    /// How many days ago it was written, if it was to be good for [`VALID_DAYS`].
    #[must_use]
    pub fn age_in_days(&self, now: Timestamp) -> i64 {
        let today = (now.as_second() - BEGIN).div_euclid(DAY);
        let last = i64::try_from(self.day).unwrap_or(i64::MAX);
        VALID_DAYS - last.saturating_sub(today)
    }

    /// Whether it was written for the reader at this address.
    #[must_use]
    pub fn names(&self, vault: &Vault, address: &str) -> bool {
        self.reader == tag(vault, address)
    }
}

/// An id's 122 free bits behind 38 bits of our own: together 160.
fn packed(head: u128, id: u128) -> (u32, u128) {
    // An id of version 7 has four bits for its version and two for its variant that are always
    // the same.
    let (time, rest) = (id >> 80, id & ((1 << 62) - 1));
    let middle = id >> 64 & 0xfff;
    let bare = time << 74 | middle << 62 | rest;
    let high = u32::try_from(head >> 6 & 0xffff_ffff).unwrap_or(0);
    (high, (head & 0x3f) << 122 | bare)
}

fn unpacked(high: u32, low: u128) -> (u128, u128) {
    let head = u128::from(high) << 6 | low >> 122;
    let bare = low & ((1 << 122) - 1);
    let (time, middle, rest) = (bare >> 74, bare >> 62 & 0xfff, bare & ((1 << 62) - 1));
    (head, time << 80 | 7 << 76 | middle << 64 | 0b10 << 62 | rest)
}

fn seal(vault: &Vault, bytes: &[u8]) -> [u8; 10] {
    first(&vault.blind(SEAL, &base::id::base32(bytes)))
}

fn tag(vault: &Vault, address: &str) -> u128 {
    let [a, b, c, ..] = first(&vault.blind(READER, &address.trim().to_ascii_lowercase()));
    (u128::from(a) << 16 | u128::from(b) << 8 | u128::from(c)) & 0x3_ffff
}

/// The first ten bytes of a keyed hash, which comes as hex.
fn first(hex: &str) -> [u8; 10] {
    let mut bytes = [0; 10];
    for (nth, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * nth..2 * nth + 2).unwrap_or("0"), 16).unwrap_or(0);
    }
    bytes
}

/// The bytes of a word. Some programs on the way change the case of letters, so it does not count.
fn unwritten(word: &str) -> Option<[u8; 30]> {
    if word.len() != LETTERS {
        return None;
    }
    let mut bytes = [0_u8; 30];
    let (mut held, mut bits, mut at) = (0_u32, 0, 0);
    for letter in word.bytes() {
        let digits = b"0123456789abcdefghjkmnpqrstvwxyz";
        let letter = letter.to_ascii_lowercase();
        let value = digits.iter().position(|digit| *digit == letter)?;
        held = held << 5 | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            *bytes.get_mut(at)? = u8::try_from(held >> bits & 0xff).ok()?;
            at += 1;
            held &= (1 << bits) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use base::{Chance, Env, SignedDuration};

    use super::*;

    fn now() -> Timestamp {
        "2026-11-22T12:00:00Z".parse().unwrap()
    }

    fn written(vault: &Vault, kind: TokenKind) -> (ThreadId, String) {
        let thread = Env::fixed(now(), 5).id();
        let until = now() + SignedDuration::from_hours(24 * 60);
        (thread, Token::new(vault, kind, thread, "Ana@Example.org", until).written(vault))
    }

    #[test]
    fn a_token_comes_back_as_it_was_written_in_48_letters() {
        let vault = Vault::new(&[7; 32]);
        for kind in TokenKind::ALL {
            let (thread, word) = written(&vault, kind);
            assert_eq!(word.len(), LETTERS, "{word}");
            for word in [word.clone(), word.to_ascii_uppercase()] {
                let token = Token::read(&vault, &word, now()).unwrap();
                assert_eq!((token.kind, token.thread), (kind, thread));
                assert!(token.names(&vault, "ana@example.org"));
                assert!(!token.names(&vault, "eve@example.org"));
            }
        }
    }

    #[test]
    fn every_id_survives_the_packing() {
        let (vault, chance) = (Vault::new(&[1; 32]), Chance::seeded(3));
        for nth in 0..200 {
            let time = now() + SignedDuration::from_hours(nth);
            let thread: ThreadId = base::Id::new(time, &chance);
            let token = Token::new(&vault, TokenKind::Side, thread, "a@b.c", time);
            assert_eq!(Token::read(&vault, &token.written(&vault), time), Some(token));
        }
    }

    #[test]
    fn a_change_of_any_letter_or_another_key_opens_nothing() {
        let vault = Vault::new(&[7; 32]);
        let (_, word) = written(&vault, TokenKind::Customer);
        for at in 0..word.len() {
            let mut letters = word.clone().into_bytes();
            letters[at] = if letters[at] == b'0' { b'1' } else { b'0' };
            let changed = String::from_utf8(letters).unwrap();
            assert_eq!(Token::read(&vault, &changed, now()), None, "letter {at}");
        }
        assert_eq!(Token::read(&Vault::new(&[8; 32]), &word, now()), None);
        for other in ["", "abc", &word[1..], &format!("{word}0"), &"ü".repeat(24)] {
            assert_eq!(Token::read(&vault, other, now()), None, "{other}");
        }
    }

    #[test]
    fn a_token_ends_with_its_last_day() {
        let vault = Vault::new(&[7; 32]);
        let (_, word) = written(&vault, TokenKind::Customer);
        let later = |days: i64| now() + SignedDuration::from_hours(24 * days);
        assert!(Token::read(&vault, &word, later(60)).is_some());
        assert!(Token::read(&vault, &word, later(61)).is_none());
        let thread = Env::fixed(now(), 5).id();
        let token = Token::new(&vault, TokenKind::Customer, thread, "a@b.c", later(VALID_DAYS));
        assert_eq!((token.age_in_days(now()), token.age_in_days(later(61))), (0, 61));
    }
}
