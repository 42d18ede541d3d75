//! Finding things by their words, in five languages and the same on both databases.
//!
//! Rust makes the search forms of every word (stemmed, accents folded, lower case); the database
//! only keeps and finds them. What a person typed never becomes part of a search expression: only
//! its forms do, and they are letters and digits.

mod ask;
mod fold;
mod forms;
mod rank;
mod rows;
mod stop;
#[cfg(test)]
mod tests;

use base::{Fault, Language};

use crate::reads::Reads;
use crate::tx::Tx;

use ask::{Ask, Need};

/// How much of a document's text is read, in bytes. What follows is not found.
pub const LONGEST_TEXT: usize = 256 * 1024;
/// How much of what somebody asks is read, in characters.
pub const LONGEST_QUERY: usize = 400;

/// Something that can be found.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// Whose it is: `case`, `help`. Nothing is found across rooms.
    pub room: &'static str,
    /// What is found.
    pub id: &'a str,
    /// Which part of it these words are: a message, a language; or empty.
    pub part: &'a str,
    /// The language it is written in.
    pub language: Language,
    /// What counts more.
    pub title: &'a str,
    /// All the rest.
    pub text: &'a str,
    /// Who may find it; the word is the room's own.
    pub scope: &'a str,
}

/// What somebody looks for.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// Whose things are looked for.
    pub room: &'static str,
    /// The scopes that are searched; none means that nothing is found.
    pub scopes: &'a [&'a str],
    /// The language of who asks. Words in another language are found too, and rank lower.
    pub language: Language,
    /// What was typed.
    pub text: &'a str,
    /// How many hits at most.
    pub limit: usize,
    /// The score and the id of the last hit of the page before.
    pub after: Option<(i64, &'a str)>,
}

/// Something that was found, with the best of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What was found.
    pub id: String,
    /// Which part of it fits best.
    pub part: String,
    /// How well; comparable within one answer only.
    pub score: i64,
    /// How many of the words that were looked for it holds.
    pub words: usize,
}

/// A text in small letters without accents, as words are compared: `Rückerstattung` is
/// `ruckerstattung`, `beløb` is `beloeb`, and what stands between words is a
/// blank.
#[must_use]
pub fn bare(text: &str) -> String {
    fold::bare(text)
}

/// Makes a document findable, or anew if it was.
///
/// # Errors
/// A fault if the database fails.
pub async fn put(tx: &mut Tx, document: &Document<'_>) -> Result<(), Fault> {
    let tokens = forms::of_document(document);
    rows::put(tx, document, &tokens).await
}

/// As [`put`], for many at once. Of two with the same room, id and part, the last counts.
///
/// # Errors
/// A fault if the database fails.
pub async fn put_many(tx: &mut Tx, documents: &[Document<'_>]) -> Result<(), Fault> {
    rows::put_many(tx, documents).await
}

/// Lets something be found no more: one part of it, or all of it.
///
/// # Errors
/// A fault if the database fails.
pub async fn remove(tx: &mut Tx, room: &str, id: &str, part: Option<&str>) -> Result<(), Fault> {
    rows::remove(tx, room, id, part).await
}

/// What holds every word that was typed (in any of its forms), the best first. The last word may
/// be unfinished, and little words like "the" need not be there.
///
/// # Errors
/// A fault if the database fails.
pub async fn find(reads: &mut impl Reads, query: &Query<'_>) -> Result<Vec<Hit>, Fault> {
    found(reads, query, Need::EveryWord).await
}

/// What holds some of the words of a sentence: the more of them and the rarer, the better.
///
/// # Errors
/// A fault if the database fails.
pub async fn find_like(reads: &mut impl Reads, query: &Query<'_>) -> Result<Vec<Hit>, Fault> {
    found(reads, query, Need::AnyWord).await
}

async fn found(reads: &mut impl Reads, query: &Query<'_>, need: Need) -> Result<Vec<Hit>, Fault> {
    let ask = Ask::read(query, need);
    if ask.words.is_empty() || query.scopes.is_empty() || query.limit == 0 {
        return Ok(Vec::new());
    }
    let candidates = rows::candidates(reads, query, &ask).await?;
    Ok(rank::best(&ask, candidates, query.limit, query.after))
}
