//! Every statement about answers.

use std::collections::BTreeMap;

use base::id::AnswerId;
use base::{Fault, Language};
use store::{Reads, Row, Tx};

use super::Answer;

/// The answer with this id.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find(reads: &mut impl Reads, id: AnswerId) -> Result<Option<Answer>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM answers WHERE id = $1", (id,)).await?;
    with_texts(reads, row.as_slice()).await.map(|all| all.into_iter().next())
}

/// The answer with this key.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find_by_key(reads: &mut impl Reads, key: &str) -> Result<Option<Answer>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM answers WHERE key = $1", (key,)).await?;
    with_texts(reads, row.as_slice()).await.map(|all| all.into_iter().next())
}

/// Every answer, by key. There are some dozens of them.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn all(reads: &mut impl Reads) -> Result<Vec<Answer>, Fault> {
    let rows = reads.fetch_all("SELECT * FROM answers ORDER BY key LIMIT 1000", ()).await?;
    with_texts(reads, &rows).await
}

pub(super) async fn insert(tx: &mut Tx, answer: &Answer) -> Result<(), Fault> {
    let sql = "INSERT INTO answers (id, key, title, version, by_staff, retired_at, updated_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let Answer { id, key, title, version, by, retired_at, updated_at, .. } = answer;
    tx.execute(sql, (*id, key, title, *version, *by, *retired_at, *updated_at)).await?;
    insert_texts(tx, answer).await
}

pub(super) async fn update(tx: &mut Tx, answer: &Answer) -> Result<(), Fault> {
    let sql = "UPDATE answers SET key = $2, title = $3, version = $4, by_staff = $5,
               updated_at = $6 WHERE id = $1";
    let Answer { id, key, title, version, by, updated_at, .. } = answer;
    tx.execute(sql, (*id, key, title, *version, *by, *updated_at)).await?;
    insert_texts(tx, answer).await
}

pub(super) async fn retire(tx: &mut Tx, answer: &Answer) -> Result<(), Fault> {
    let sql = "UPDATE answers SET retired_at = $2, by_staff = $3 WHERE id = $1";
    tx.execute(sql, (answer.id, answer.retired_at, answer.by)).await.map(|_| ())
}

async fn insert_texts(tx: &mut Tx, answer: &Answer) -> Result<(), Fault> {
    let sql = "INSERT INTO answer_texts (answer, version, language, body) VALUES ($1, $2, $3, $4)";
    for (language, body) in &answer.texts {
        tx.execute(sql, (answer.id, answer.version, *language, body)).await?;
    }
    Ok(())
}

async fn with_texts(reads: &mut impl Reads, rows: &[Row]) -> Result<Vec<Answer>, Fault> {
    let ids: Vec<String> = rows.iter().map(|row| row.text("id")).collect::<Result<_, _>>()?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT answer_texts.answer, answer_texts.language, answer_texts.body
               FROM answer_texts JOIN answers ON answers.id = answer_texts.answer
               AND answers.version = answer_texts.version
               WHERE answer_texts.answer IN texts($1)";
    let mut texts: BTreeMap<String, BTreeMap<Language, String>> = BTreeMap::new();
    for row in reads.fetch_all(sql, (ids,)).await? {
        let of = texts.entry(row.text("answer")?).or_default();
        of.insert(row.parsed("language")?, row.text("body")?);
    }
    let read = |row: &Row| {
        Ok(Answer {
            id: row.id("id")?,
            key: row.text("key")?,
            title: row.text("title")?,
            texts: texts.remove(&row.text("id")?).unwrap_or_default(),
            version: row.int("version")?,
            by: row.opt_id("by_staff")?,
            retired_at: row.opt_time("retired_at")?,
            updated_at: row.time("updated_at")?,
        })
    };
    rows.iter().map(read).collect()
}
