//! Finding articles: by words, by a whole text (beside the ticket form), and by another article.

use base::id::ArticleId;
use base::{Fault, Language};
use store::Reads;
use store::search::{self, Hit, Query};

use super::publish::ROOM;
use super::{Doors, Entry, look};
use crate::people::Audience;

/// A sentence and an article share this many words at least, or they only look alike.
const ALIKE: usize = 2;

/// What a reader looks for.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// Behind which door; behind all if none is given.
    pub door: Option<Audience>,
    /// The reader's language.
    pub language: Language,
    /// What they typed.
    pub text: &'a str,
    /// How many at most.
    pub limit: usize,
}

/// Articles that hold every word, the best first; failing that, those that hold most of them.
///
/// # Errors
/// A fault if the database fails.
pub async fn find(reads: &mut impl Reads, wanted: &Search<'_>) -> Result<Vec<Entry>, Fault> {
    let doors = wanted.door.map_or(Audience::ALL.to_vec(), |door| vec![door]);
    let scopes = Doors::words_with(&doors);
    let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
    let Search { language, text, limit, .. } = *wanted;
    let query = Query { room: ROOM, scopes: &scopes, language, text, limit, after: None };
    let mut hits = search::find(reads, &query).await?;
    if hits.is_empty() {
        hits = alike(search::find_like(reads, &query).await?);
    }
    shown(reads, doors[0], language, &hits).await
}

/// Articles that may answer a text that somebody is writing.
///
/// # Errors
/// A fault if the database fails.
pub async fn suggest(
    reads: &mut impl Reads,
    audience: Audience,
    language: Language,
    text: &str,
    limit: usize,
) -> Result<Vec<Entry>, Fault> {
    let scopes = Doors::words_with(&[audience]);
    let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
    let query = Query { room: ROOM, scopes: &scopes, language, text, limit, after: None };
    let hits = alike(search::find_like(reads, &query).await?);
    shown(reads, audience, language, &hits).await
}

/// Articles that are about something near.
///
/// # Errors
/// A fault if the database fails.
pub async fn related(
    reads: &mut impl Reads,
    door: Audience,
    language: Language,
    entry: &Entry,
    limit: usize,
) -> Result<Vec<Entry>, Fault> {
    let text = format!("{} {}", entry.title, entry.summary);
    let mut near = suggest(reads, door, language, &text, limit + 1).await?;
    near.retain(|other| other.article != entry.article);
    near.truncate(limit);
    Ok(near)
}

fn alike(hits: Vec<Hit>) -> Vec<Hit> {
    hits.into_iter().filter(|hit| hit.words >= ALIKE).collect()
}

async fn shown(
    reads: &mut impl Reads,
    door: Audience,
    language: Language,
    hits: &[Hit],
) -> Result<Vec<Entry>, Fault> {
    let ids: Vec<ArticleId> = hits.iter().filter_map(|hit| hit.id.parse().ok()).collect();
    look::entries(reads, door, language, &ids).await
}
