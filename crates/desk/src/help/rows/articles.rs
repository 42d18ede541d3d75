//! Statements about categories, articles and their doors.

use std::collections::BTreeMap;

use base::id::ArticleId;
use base::{Fault, Language};
use store::{Page, Reads, Row, Tx, Walk};

use crate::help::{Article, Category, CategoryWords, Doors, NextStep};

pub(in crate::help) async fn put_category(tx: &mut Tx, category: &Category) -> Result<(), Fault> {
    let words: BTreeMap<&str, &CategoryWords> =
        category.words.iter().map(|(language, words)| (language.tag(), words)).collect();
    let words = serde_json::to_string(&words)
        .map_err(|error| Fault::of("write the names of a category", error))?;
    tx.execute(
        "INSERT INTO help_categories (key, position, words) VALUES ($1, $2, $3)
         ON CONFLICT (key) DO UPDATE
         SET position = excluded.position, words = excluded.words",
        (&category.key, category.position, words),
    )
    .await?;
    Ok(())
}

/// All of them, in their order; there are few.
pub(in crate::help) async fn categories(reads: &mut impl Reads) -> Result<Vec<Category>, Fault> {
    let sql = "SELECT * FROM help_categories ORDER BY position, key LIMIT 200";
    let rows = reads.fetch_all(sql, ()).await?;
    rows.iter()
        .map(|row| {
            let words: BTreeMap<String, CategoryWords> = row.json("words")?;
            let words = words.into_iter().filter_map(|(tag, words)| {
                tag.parse::<Language>().ok().map(|language| (language, words))
            });
            Ok(Category {
                key: row.text("key")?,
                position: row.int("position")?,
                words: words.collect(),
            })
        })
        .collect()
}

pub(in crate::help) async fn insert(tx: &mut Tx, article: &Article) -> Result<(), Fault> {
    tx.execute(
        "INSERT INTO help_articles
           (id, key, category, doors, next, top, position, made_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        (
            article.id,
            article.key.clone(),
            &article.category,
            article.doors.word(),
            article.next.map(NextStep::as_str),
            article.top,
            article.position,
            &article.made_by,
            article.created_at,
        ),
    )
    .await?;
    put_doors(tx, article).await
}

pub(in crate::help) async fn update(tx: &mut Tx, article: &Article) -> Result<(), Fault> {
    tx.execute(
        "UPDATE help_articles SET category = $2, doors = $3, next = $4, top = $5, position = $6
         WHERE id = $1",
        (
            article.id,
            &article.category,
            article.doors.word(),
            article.next.map(NextStep::as_str),
            article.top,
            article.position,
        ),
    )
    .await?;
    tx.execute("DELETE FROM help_doors WHERE article = $1", (article.id,)).await?;
    put_doors(tx, article).await
}

async fn put_doors(tx: &mut Tx, article: &Article) -> Result<(), Fault> {
    for door in article.doors.all() {
        tx.execute("INSERT INTO help_doors (door, article) VALUES ($1, $2)", (*door, article.id))
            .await?;
    }
    Ok(())
}

pub(in crate::help) async fn find(
    reads: &mut impl Reads,
    id: ArticleId,
) -> Result<Option<Article>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM help_articles WHERE id = $1", (id,)).await?;
    row.as_ref().map(read).transpose()
}

/// Those with these names, of what ships with Paydesk.
pub(in crate::help) async fn by_keys(
    reads: &mut impl Reads,
    keys: Vec<String>,
) -> Result<Vec<Article>, Fault> {
    let sql = "SELECT * FROM help_articles WHERE key IN texts($1)";
    let rows = reads.fetch_all(sql, (keys,)).await?;
    rows.iter().map(read).collect()
}

/// A page of the editor's list, the newest first: those that have a text in that state.
pub(in crate::help) async fn list(
    reads: &mut impl Reads,
    state: &str,
    category: &str,
    page: &Page,
) -> Result<Vec<Article>, Fault> {
    const OLDER: &str = "SELECT * FROM help_articles a WHERE a.id < $1
         AND ($2 = '' OR EXISTS (SELECT 1 FROM help_translations t
                                 WHERE t.article = a.id AND t.state = $2))
         AND ($3 = '' OR a.category = $3) ORDER BY a.id DESC LIMIT $4";
    const NEWER: &str = "SELECT * FROM help_articles a WHERE a.id > $1
         AND ($2 = '' OR EXISTS (SELECT 1 FROM help_translations t
                                 WHERE t.article = a.id AND t.state = $2))
         AND ($3 = '' OR a.category = $3) ORDER BY a.id LIMIT $4";
    let (sql, than) = match page.walk() {
        Walk::Older(than) => (OLDER, than),
        Walk::Newer(than) => (NEWER, than),
    };
    let mut rows = reads.fetch_all(sql, (than, state, category, page.limit)).await?;
    page.turn(&mut rows);
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Article, Fault> {
    let next = row.opt_text("next")?;
    Ok(Article {
        id: row.id("id")?,
        key: row.opt_text("key")?,
        category: row.text("category")?,
        doors: row.parsed::<Doors>("doors")?,
        next: next.as_deref().and_then(|next| next.parse::<NextStep>().ok()),
        top: row.int("top")?,
        position: row.int("position")?,
        made_by: row.text("made_by")?,
        created_at: row.time("created_at")?,
    })
}
