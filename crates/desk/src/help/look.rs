//! What readers see: the shelves behind a door, the first articles, and one article whole, in
//! their language or in the next best.

use std::collections::BTreeMap;

use base::id::ArticleId;
use base::{Fault, Language, Timestamp};
use store::Reads;

use super::rows::reading::{self, Live};
use super::rows::{articles, texts};
use super::{Article, Category, Version};
use crate::people::Audience;

/// An article as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which article.
    pub article: ArticleId,
    /// Its name among what ships with Paydesk.
    pub key: Option<String>,
    /// The language it is shown in, which may not be the one that was asked for.
    pub language: Language,
    /// What it is about.
    pub title: String,
    /// The answer in a sentence.
    pub summary: String,
    /// The path behind `/help`: door, category and slug.
    pub path: String,
    /// When it was published.
    pub published_at: Option<Timestamp>,
}

/// A category with the first of its articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// The category.
    pub category: Category,
    /// Its articles, in order.
    pub entries: Vec<Entry>,
}

/// An article, open.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// Its category.
    pub category: Category,
    /// How lists show it; its path is where it belongs.
    pub entry: Entry,
    /// What is read.
    pub version: Version,
    /// Where it is in other languages, for those that there are.
    pub twins: Vec<(Language, String)>,
}

/// The categories behind a door that hold anything, each with its first articles.
///
/// # Errors
/// A fault if the database fails.
pub async fn shelves(
    reads: &mut impl Reads,
    door: Audience,
    language: Language,
    each: usize,
) -> Result<Vec<Shelf>, Fault> {
    let mut shelves = Vec::new();
    for category in articles::categories(reads).await? {
        let rows = reading::of_category(reads, door, &category.key, rows_for(each)).await?;
        let entries = best(rows, door, language, std::slice::from_ref(&category), each);
        if !entries.is_empty() {
            shelves.push(Shelf { category, entries });
        }
    }
    Ok(shelves)
}

/// One category behind a door, by its slug in any language.
///
/// # Errors
/// A fault if the database fails.
pub async fn shelf(
    reads: &mut impl Reads,
    door: Audience,
    language: Language,
    slug: &str,
    limit: usize,
) -> Result<Option<Shelf>, Fault> {
    let categories = articles::categories(reads).await?;
    let own = categories.iter().find(|category| category.slug(language) == slug);
    let found = own.or_else(|| categories.iter().find(|category| category.goes_by(slug)));
    let Some(category) = found.cloned() else { return Ok(None) };
    let rows = reading::of_category(reads, door, &category.key, rows_for(limit)).await?;
    let entries = best(rows, door, language, std::slice::from_ref(&category), limit);
    Ok(Some(Shelf { category, entries }))
}

/// What people are shown first behind a door.
///
/// # Errors
/// A fault if the database fails.
pub async fn top(
    reads: &mut impl Reads,
    door: Audience,
    language: Language,
    limit: usize,
) -> Result<Vec<Entry>, Fault> {
    let categories = articles::categories(reads).await?;
    let rows = reading::top(reads, door, rows_for(limit)).await?;
    Ok(best(rows, door, language, &categories, limit))
}

/// The article that goes by a slug, if any of its texts is live. The door counts if the article
/// stands behind it; otherwise its path leads through one that it does.
///
/// # Errors
/// A fault if the database fails.
pub async fn read(
    reads: &mut impl Reads,
    door: Audience,
    language: Language,
    slug: &str,
) -> Result<Option<Reading>, Fault> {
    let Some(id) = texts::by_slug(reads, language, slug).await? else { return Ok(None) };
    let Some(article) = articles::find(reads, id).await? else { return Ok(None) };
    let categories = articles::categories(reads).await?;
    let rows = reading::of_articles(reads, vec![id.to_string()]).await?;
    let open = if article.doors.has(door) { door } else { article.doors.all()[0] };
    let twins: Vec<(Language, String)> =
        rows.iter().map(|row| (row.language, path(row, open, row.language, &categories))).collect();
    let Some(entry) = best(rows, door, language, &categories, 1).pop() else { return Ok(None) };
    let live = texts::find(reads, id, entry.language).await?.and_then(|text| text.live);
    let version = match live {
        Some(number) => texts::version(reads, id, entry.language, number).await?,
        None => None,
    };
    let category = categories.into_iter().find(|category| category.key == article.category);
    let (Some(version), Some(category)) = (version, category) else { return Ok(None) };
    Ok(Some(Reading { article, category, entry, version, twins }))
}

/// Live articles by their names among what ships with Paydesk.
///
/// # Errors
/// A fault if the database fails.
pub async fn by_keys(
    reads: &mut impl Reads,
    door: Audience,
    language: Language,
    keys: &[String],
) -> Result<BTreeMap<String, Entry>, Fault> {
    if keys.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = articles::by_keys(reads, keys.to_vec()).await?;
    let ids = found.iter().map(|article| article.id).collect::<Vec<_>>();
    let entries = entries(reads, door, language, &ids).await?;
    Ok(entries.into_iter().filter_map(|entry| Some((entry.key.clone()?, entry))).collect())
}

/// These articles as lists show them, in this order, as far as they are live.
pub(super) async fn entries(
    reads: &mut impl Reads,
    door: Audience,
    language: Language,
    ids: &[ArticleId],
) -> Result<Vec<Entry>, Fault> {
    let categories = articles::categories(reads).await?;
    let names = ids.iter().map(ToString::to_string).collect();
    let rows = reading::of_articles(reads, names).await?;
    let mut entries = best(rows, door, language, &categories, ids.len());
    entries.sort_by_key(|entry| ids.iter().position(|id| *id == entry.article));
    Ok(entries)
}

/// Each article may come in every language.
fn rows_for(articles: usize) -> i64 {
    i64::try_from(articles.saturating_mul(Language::ALL.len())).unwrap_or(i64::MAX)
}

/// Of each article the text in the reader's language, or in English, or in any; in order.
fn best(
    rows: Vec<Live>,
    door: Audience,
    language: Language,
    categories: &[Category],
    most: usize,
) -> Vec<Entry> {
    let rank = |of: Language| match of {
        _ if of == language => 0,
        Language::En => 1,
        Language::Fr | Language::De | Language::Da | Language::Fil => 2,
    };
    let mut chosen: Vec<Live> = Vec::new();
    for row in rows {
        match chosen.iter_mut().find(|kept| kept.article == row.article) {
            Some(kept) if rank(row.language) < rank(kept.language) => *kept = row,
            Some(_) => {}
            None => chosen.push(row),
        }
    }
    chosen.truncate(most);
    let entry = |row: Live| Entry {
        path: path(&row, door, language, categories),
        article: row.article,
        key: row.key,
        language: row.language,
        title: row.title,
        summary: row.summary,
        published_at: row.published_at,
    };
    chosen.into_iter().map(entry).collect()
}

/// `/customer/money-back/undo-a-transaction`.
fn path(row: &Live, door: Audience, language: Language, categories: &[Category]) -> String {
    let doors = row.doors.parse::<super::Doors>().ok();
    let first = doors.as_ref().and_then(|doors| doors.all().first()).copied();
    let open = doors.as_ref().is_some_and(|doors| doors.has(door));
    let door = if open { door } else { first.unwrap_or(door) };
    let category = categories.iter().find(|category| category.key == row.category);
    let category = category.map_or(row.category.as_str(), |category| category.slug(language));
    format!("/{door}/{category}/{}", row.slug)
}
