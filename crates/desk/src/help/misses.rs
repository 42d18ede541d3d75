//! What people looked for and did not find: counted for editors, without what may be their own.

use base::{Env, Fault, Language, Timestamp};
use store::{Reads, Tx};

use super::rows::counts;
use crate::people::Audience;

/// So many different ones are kept.
const MOST: i64 = 2_000;
/// How much of one is kept, in characters.
const LONGEST: usize = 80;
/// A number of so many digits may be a card's, a telephone's or a payment's.
const LONG_NUMBER: usize = 5;

/// Something that was looked for and not found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// The language it was looked for in.
    pub language: Language,
    /// The words.
    pub words: String,
    /// Behind which door, the last time.
    pub door: Option<Audience>,
    /// How often.
    pub times: i64,
    /// When last.
    pub last_at: Timestamp,
}

/// Counts a search that found nothing.
///
/// # Errors
/// A fault if the database fails.
pub async fn note_miss(
    tx: &mut Tx,
    env: &Env,
    language: Language,
    door: Option<Audience>,
    text: &str,
) -> Result<(), Fault> {
    let Some(words) = worth_keeping(text) else { return Ok(()) };
    counts::miss(tx, language, door, &words, env.now()).await?;
    counts::trim_misses(tx, MOST).await
}

/// What was looked for and not found, the most frequent first.
///
/// # Errors
/// A fault if the database fails.
pub async fn misses(reads: &mut impl Reads, limit: u32) -> Result<Vec<Miss>, Fault> {
    counts::misses(reads, limit).await
}

/// Takes one off the list: there is an article now, or there need not be one.
///
/// # Errors
/// A fault if the database fails.
pub async fn forget_miss(tx: &mut Tx, language: Language, words: &str) -> Result<(), Fault> {
    counts::forget_miss(tx, language, words).await
}

/// The words in small letters, without addresses and long numbers.
fn worth_keeping(text: &str) -> Option<String> {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).count();
    let own = |word: &&str| word.contains('@') || digits(word) >= LONG_NUMBER;
    let kept: Vec<String> =
        text.split_whitespace().filter(|word| !own(word)).take(12).map(str::to_lowercase).collect();
    // A number may be typed in groups.
    if kept.iter().map(|word| digits(word)).sum::<usize>() >= 2 * LONG_NUMBER {
        return None;
    }
    let words: String = kept.join(" ").chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    (words.chars().filter(|c| c.is_alphabetic()).count() >= 3).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers_are_not_kept() {
        for (typed, kept) in [
            ("  Gift   CARDS ", Some("gift cards")),
            ("refund ana@example.org 2 weeks", Some("refund 2 weeks")),
            ("where is 4242424242424242", Some("where is")),
            ("card 4242 4242 4242 4242", None),
            ("+45 12 34 56 78", None),
            ("??", None),
        ] {
            assert_eq!(worth_keeping(typed).as_deref(), kept, "{typed}");
        }
        assert!(worth_keeping(&"wordy ".repeat(100)).unwrap().len() <= LONGEST);
    }
}
