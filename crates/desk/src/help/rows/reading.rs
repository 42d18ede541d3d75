//! Statements that readers cause: only what is live.

use base::id::ArticleId;
use base::{Fault, Language, Timestamp};
use store::{Reads, Row};

use crate::people::Audience;

/// A live text as lists show it.
#[derive(Clone, Debug)]
pub(in crate::help) struct Live {
    pub(in crate::help) article: ArticleId,
    pub(in crate::help) key: Option<String>,
    pub(in crate::help) category: String,
    pub(in crate::help) doors: String,
    pub(in crate::help) language: Language,
    pub(in crate::help) slug: String,
    pub(in crate::help) title: String,
    pub(in crate::help) summary: String,
    pub(in crate::help) published_at: Option<Timestamp>,
}

/// The live texts of one category behind a door, in all languages.
pub(in crate::help) async fn of_category(
    reads: &mut impl Reads,
    door: Audience,
    category: &str,
    limit: i64,
) -> Result<Vec<Live>, Fault> {
    let sql = "SELECT a.id, a.key, a.category, a.doors, t.language, t.published_at,
                      v.slug, v.title, v.summary
               FROM help_articles a
               JOIN help_doors d ON d.article = a.id AND d.door = $1
               JOIN help_translations t ON t.article = a.id AND t.live IS NOT NULL
               JOIN help_versions v ON v.article = t.article AND v.language = t.language
                AND v.number = t.live
               WHERE a.category = $2
               ORDER BY a.position, a.id, t.language LIMIT $3";
    read_all(&reads.fetch_all(sql, (door, category, limit)).await?)
}

/// The live texts that people are shown first behind a door, in all languages.
pub(in crate::help) async fn top(
    reads: &mut impl Reads,
    door: Audience,
    limit: i64,
) -> Result<Vec<Live>, Fault> {
    let sql = "SELECT a.id, a.key, a.category, a.doors, t.language, t.published_at,
                      v.slug, v.title, v.summary
               FROM help_articles a
               JOIN help_doors d ON d.article = a.id AND d.door = $1
               JOIN help_translations t ON t.article = a.id AND t.live IS NOT NULL
               JOIN help_versions v ON v.article = t.article AND v.language = t.language
                AND v.number = t.live
               WHERE a.top > 0
               ORDER BY a.top, a.id, t.language LIMIT $2";
    read_all(&reads.fetch_all(sql, (door, limit)).await?)
}

/// The live texts of some articles, in all languages.
pub(in crate::help) async fn of_articles(
    reads: &mut impl Reads,
    articles: Vec<String>,
) -> Result<Vec<Live>, Fault> {
    let sql = "SELECT a.id, a.key, a.category, a.doors, t.language, t.published_at,
                      v.slug, v.title, v.summary
               FROM help_articles a
               JOIN help_translations t ON t.article = a.id AND t.live IS NOT NULL
               JOIN help_versions v ON v.article = t.article AND v.language = t.language
                AND v.number = t.live
               WHERE a.id IN texts($1)
               ORDER BY a.id, t.language";
    read_all(&reads.fetch_all(sql, (articles,)).await?)
}

fn read_all(rows: &[Row]) -> Result<Vec<Live>, Fault> {
    rows.iter()
        .map(|row| {
            Ok(Live {
                article: row.id("id")?,
                key: row.opt_text("key")?,
                category: row.text("category")?,
                doors: row.text("doors")?,
                language: row.parsed("language")?,
                slug: row.text("slug")?,
                title: row.text("title")?,
                summary: row.text("summary")?,
                published_at: row.opt_time("published_at")?,
            })
        })
        .collect()
}
