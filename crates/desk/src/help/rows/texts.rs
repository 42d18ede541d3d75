//! Statements about translations, their versions, and slugs.

use base::id::ArticleId;
use base::{Fault, Language};
use store::{Reads, Row, Tx};

use crate::help::{State, Translation, Version};

pub(in crate::help) async fn put(tx: &mut Tx, one: &Translation) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO help_translations
           (article, language, state, head, live, follows, publish_at, starter,
            published_by, published_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (article, language) DO UPDATE
         SET state = excluded.state, head = excluded.head, live = excluded.live,
             follows = excluded.follows, publish_at = excluded.publish_at,
             starter = excluded.starter, published_by = excluded.published_by,
             published_at = excluded.published_at, updated_at = excluded.updated_at",
        (
            one.article,
            one.language,
            one.state,
            one.head,
            one.live,
            one.follows,
            one.publish_at,
            one.starter.clone(),
            one.published_by.clone(),
            one.published_at,
            one.updated_at,
        ),
    )
    .await?;
    Ok(())
}

pub(in crate::help) async fn insert_version(
    tx: &mut Tx,
    article: ArticleId,
    version: &Version,
) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO help_versions
           (article, language, number, slug, title, summary, body, made_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        (
            article,
            version.language,
            version.number,
            &version.slug,
            &version.title,
            &version.summary,
            &version.body,
            &version.made_by,
            version.created_at,
        ),
    )
    .await?;
    Ok(())
}

/// The texts of some articles in all their languages.
pub(in crate::help) async fn of(
    reads: &mut impl Reads,
    articles: &[ArticleId],
) -> Result<Vec<Translation>, Fault> {
    let ids: Vec<String> = articles.iter().map(ToString::to_string).collect();
    let sql = "SELECT * FROM help_translations WHERE article IN texts($1)
               ORDER BY article, language";
    let rows = reads.fetch_all(sql, (ids,)).await?;
    rows.iter().map(read).collect()
}

pub(in crate::help) async fn find(
    reads: &mut impl Reads,
    article: ArticleId,
    language: Language,
) -> Result<Option<Translation>, Fault> {
    let sql = "SELECT * FROM help_translations WHERE article = $1 AND language = $2";
    let row = reads.fetch_optional(sql, (article, language)).await?;
    row.as_ref().map(read).transpose()
}

pub(in crate::help) async fn version(
    reads: &mut impl Reads,
    article: ArticleId,
    language: Language,
    number: i64,
) -> Result<Option<Version>, Fault> {
    let sql = "SELECT * FROM help_versions
               WHERE article = $1 AND language = $2 AND number = $3";
    let row = reads.fetch_optional(sql, (article, language, number)).await?;
    row.as_ref().map(read_version).transpose()
}

/// The versions of a text, the newest first.
pub(in crate::help) async fn versions(
    reads: &mut impl Reads,
    article: ArticleId,
    language: Language,
    limit: u32,
) -> Result<Vec<Version>, Fault> {
    let sql = "SELECT * FROM help_versions WHERE article = $1 AND language = $2
               ORDER BY number DESC LIMIT $3";
    let rows = reads.fetch_all(sql, (article, language, limit)).await?;
    rows.iter().map(read_version).collect()
}

/// Gives an article a slug, unless another one has it; whose it is then.
pub(in crate::help) async fn take_slug(
    tx: &mut Tx,
    language: Language,
    slug: &str,
    article: ArticleId,
) -> Result<ArticleId, Fault> {
    tx.execute(
        "INSERT INTO help_slugs (language, slug, article) VALUES ($1, $2, $3)
         ON CONFLICT (language, slug) DO NOTHING",
        (language, slug, article),
    )
    .await?;
    let sql = "SELECT article FROM help_slugs WHERE language = $1 AND slug = $2";
    tx.fetch_one(sql, (language, slug)).await?.id("article")
}

/// The article that goes by a slug, in this language or else in another.
pub(in crate::help) async fn by_slug(
    reads: &mut impl Reads,
    language: Language,
    slug: &str,
) -> Result<Option<ArticleId>, Fault> {
    let sql = "SELECT article FROM help_slugs WHERE slug = $1
               ORDER BY CASE WHEN language = $2 THEN 0 ELSE 1 END, language LIMIT 1";
    let row = reads.fetch_optional(sql, (slug, language)).await?;
    row.map(|row| row.id("article")).transpose()
}

fn read(row: &Row) -> Result<Translation, Fault> {
    Ok(Translation {
        article: row.id("article")?,
        language: row.parsed("language")?,
        state: row.parsed::<State>("state")?,
        head: row.int("head")?,
        live: row.opt_int("live")?,
        follows: row.opt_int("follows")?,
        publish_at: row.opt_time("publish_at")?,
        starter: row.opt_text("starter")?,
        published_by: row.opt_text("published_by")?,
        published_at: row.opt_time("published_at")?,
        updated_at: row.time("updated_at")?,
    })
}

fn read_version(row: &Row) -> Result<Version, Fault> {
    Ok(Version {
        language: row.parsed("language")?,
        number: row.int("number")?,
        slug: row.text("slug")?,
        title: row.text("title")?,
        summary: row.text("summary")?,
        body: row.text("body")?,
        made_by: row.text("made_by")?,
        created_at: row.time("created_at")?,
    })
}
