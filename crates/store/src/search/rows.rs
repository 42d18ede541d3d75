//! Every statement about what can be found.

use std::collections::{BTreeMap, BTreeSet};

use base::Fault;

use super::ask::{Ask, Place};
use super::rank::Candidate;
use super::{Document, Query, forms};
use crate::batch::{Batch, Kind, Verb};
use crate::reads::Reads;
use crate::store::Engine;
use crate::tx::Tx;

/// How many are looked at closely that have the words in their title, the newest ones.
const MOST_BY_TITLE: i64 = 200;
/// How many are looked at closely that have the words anywhere, the newest ones.
const MOST_ANYWHERE: i64 = 300;

pub(super) async fn put(tx: &mut Tx, document: &Document<'_>, tokens: &str) -> Result<(), Fault> {
    let Document { room, id, part, scope, language, .. } = *document;
    tx.execute(
        "INSERT INTO search_documents (room, id, part, scope, language, tokens) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (room, id, part) DO UPDATE \
         SET scope = excluded.scope, language = excluded.language, tokens = excluded.tokens",
        (room, id, part, scope, language, tokens),
    )
    .await?;
    Ok(())
}

static NEW: Batch = Batch {
    table: "search_documents",
    columns: &[
        ("room", Kind::Text),
        ("id", Kind::Text),
        ("part", Kind::Text),
        ("scope", Kind::Text),
        ("language", Kind::Text),
        ("tokens", Kind::Text),
    ],
    verb: Verb::Insert,
};

pub(super) async fn put_many(tx: &mut Tx, documents: &[Document<'_>]) -> Result<(), Fault> {
    let mut by_key: BTreeMap<(&str, &str, &str), &Document<'_>> = BTreeMap::new();
    for document in documents {
        by_key.insert((document.room, document.id, document.part), document);
    }
    let known = known(tx, documents).await?;
    let mut rows = NEW.rows();
    for ((room, id, part), document) in by_key {
        let tokens = forms::of_document(document);
        if known.contains(&(room.to_owned(), id.to_owned(), part.to_owned())) {
            put(tx, document, &tokens).await?;
        } else {
            rows.push((room, id, part, document.scope, document.language, tokens));
        }
    }
    if !rows.is_empty() {
        tx.insert(&NEW, rows).await?;
    }
    Ok(())
}

async fn known(
    tx: &mut Tx,
    documents: &[Document<'_>],
) -> Result<BTreeSet<(String, String, String)>, Fault> {
    let list = |names: BTreeSet<&str>| names.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let rooms = list(documents.iter().map(|document| document.room).collect());
    let ids = list(documents.iter().map(|document| document.id).collect());
    // Both, so that the key of the table finds them.
    let sql = "SELECT room, id, part FROM search_documents \
               WHERE room IN texts($1) AND id IN texts($2)";
    let rows = tx.fetch_all(sql, (rooms, ids)).await?;
    rows.iter().map(|row| Ok((row.text("room")?, row.text("id")?, row.text("part")?))).collect()
}

pub(super) async fn remove(
    tx: &mut Tx,
    room: &str,
    id: &str,
    part: Option<&str>,
) -> Result<(), Fault> {
    tx.execute(
        "DELETE FROM search_documents WHERE room = $1 AND id = $2 \
         AND part = COALESCE($3, part)",
        (room, id, part),
    )
    .await?;
    Ok(())
}

/// A cross join is SQLite's way to say which comes first: the words, and each document once.
const FTS5: &str = "SELECT d.number, d.id, d.part, d.language, d.tokens \
     FROM search_words w CROSS JOIN search_documents d ON d.number = w.rowid \
     WHERE search_words MATCH $1 AND d.room = $2 AND d.scope IN texts($3) \
     ORDER BY w.rowid DESC LIMIT $4";

const GIN: &str = "SELECT number, id, part, language, tokens FROM search_documents \
     WHERE array_to_tsvector(string_to_array(tokens, ' ')) @@ CAST($1 AS tsquery) \
     AND room = $2 AND scope IN texts($3) ORDER BY number DESC LIMIT $4";

/// What may be meant: the newest with the words in their title, and the newest with them anywhere.
pub(super) async fn candidates(
    reads: &mut impl Reads,
    query: &Query<'_>,
    ask: &Ask,
) -> Result<Vec<Candidate>, Fault> {
    let mut seen = BTreeSet::new();
    let mut candidates = Vec::new();
    for (place, most) in [(Place::Title, MOST_BY_TITLE), (Place::Anywhere, MOST_ANYWHERE)] {
        let (sql, expression) = match reads.engine() {
            Engine::Sqlite => (FTS5, ask.for_sqlite(place)),
            Engine::Postgres => (GIN, ask.for_postgres(place)),
        };
        let scopes: Vec<String> = query.scopes.iter().map(|&scope| scope.to_owned()).collect();
        let rows = reads.fetch_all(sql, (expression, query.room, scopes, most)).await?;
        for row in rows {
            if seen.insert(row.int("number")?) {
                candidates.push(Candidate {
                    id: row.text("id")?,
                    part: row.text("part")?,
                    language: row.parsed("language")?,
                    tokens: row.text("tokens")?,
                });
            }
        }
    }
    Ok(candidates)
}
