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
const MOST_BY_TITLE: usize = 200;
/// How many are looked at closely that have the words anywhere, the newest ones.
const MOST_ANYWHERE: usize = 300;
/// How many of the newest that have the words are asked whether they may be found, before the
/// index is asked for those that may.
const MOST_SEEN: usize = 1_000;

pub(super) async fn put(tx: &mut Tx, document: &Document<'_>, tokens: &str) -> Result<(), Fault> {
    let Document { room, id, part, scope, language, .. } = *document;
    // First an update: PostgreSQL takes a number for every insert, also for one that meets a row,
    // and numbers that nothing has are epochs that every search walks through.
    let known = "UPDATE search_documents SET scope = $4, language = $5, tokens = $6 \
         WHERE room = $1 AND id = $2 AND part = $3";
    if tx.execute(known, (room, id, part, scope, language, tokens)).await? > 0 {
        return Ok(());
    }
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

/// FTS5 goes through its lists from the end, and all of this stops when there are enough. A cross
/// join is SQLite's way to say which comes first.
const FTS5: &str = "SELECT 0 AS many, d.number, d.id, d.part, d.language, d.tokens \
     FROM (SELECT rowid AS number FROM search_words WHERE search_words MATCH $1 \
     ORDER BY rowid DESC LIMIT $4) w CROSS JOIN search_documents d ON d.number = w.number \
     WHERE d.room = $2 AND d.scope IN texts($3) LIMIT $5";

/// How many that hold the words were seen if all of them were.
const FTS5_SEEN: &str = "SELECT COUNT(*) AS many FROM (SELECT rowid FROM search_words \
     WHERE search_words MATCH $1 LIMIT $2)";

/// Epoch by epoch, from the newest back, until there are enough: the outer limit ends the loop.
/// What is added to a column (`|| ''`, `+ 0`) changes nothing: it keeps the planner from an index
/// that would be slower here.
const GIN: &str = "WITH seen AS MATERIALIZED (SELECT w.number, w.mine \
     FROM generate_series((SELECT MAX(number) FROM search_documents) >> 13, 0, -1) AS e(epoch) \
     CROSS JOIN LATERAL (SELECT number, scope IN texts($3) AS mine FROM search_documents \
     WHERE array_to_tsvector(string_to_array(room || (number >> 13) || '~' || \
     replace(tokens, ' ', ' ' || room || (number >> 13) || '~'), ' ') || \
     (room || (number >> 13) || '~s_' || scope)) \
     @@ CAST(replace($1, chr(1), CAST($2 AS TEXT) || e.epoch) AS tsquery) AND room || '' = $2 \
     ORDER BY number + 0 DESC LIMIT $4) w LIMIT $4) \
     SELECT c.many, d.number, d.id, d.part, d.language, d.tokens \
     FROM (SELECT COUNT(*) AS many FROM seen) c LEFT JOIN (SELECT number, id, part, language, \
     tokens FROM search_documents WHERE number IN (SELECT number FROM seen WHERE mine \
     ORDER BY number DESC LIMIT $5) AND room || '' = $2 AND scope IN texts($3)) d ON TRUE";

/// What may be meant: the newest with the words anywhere, and the newest with them in their title.
pub(super) async fn candidates(
    reads: &mut impl Reads,
    query: &Query<'_>,
    ask: &Ask,
) -> Result<Vec<Candidate>, Fault> {
    let anywhere = newest(reads, query, ask, Place::Anywhere, MOST_ANYWHERE).await?;
    let mut candidates: BTreeMap<i64, Candidate> = anywhere.into_iter().collect();
    // Words of a title are words anywhere: if those were all, there are no others.
    if candidates.len() >= MOST_ANYWHERE {
        candidates.extend(newest(reads, query, ask, Place::Title, MOST_BY_TITLE).await?);
    }
    Ok(candidates.into_values().rev().collect())
}

/// The newest that hold the words and may be found by who asks.
async fn newest(
    reads: &mut impl Reads,
    query: &Query<'_>,
    ask: &Ask,
    place: Place,
    most: usize,
) -> Result<Vec<(i64, Candidate)>, Fault> {
    let engine = reads.engine();
    let expression = ask.expression(engine, place, &[]);
    let (found, seen) = look(reads, query, expression, MOST_SEEN, most).await?;
    if found.len() >= most || seen < int(MOST_SEEN) {
        return Ok(found);
    }
    // Most that hold the words may not be found by who asks, so the index leaves those out.
    let expression = ask.expression(engine, place, query.scopes);
    Ok(look(reads, query, expression, most, most).await?.0)
}

/// What was found, and how many that hold the words were seen on the way.
async fn look(
    reads: &mut impl Reads,
    query: &Query<'_>,
    expression: String,
    most_seen: usize,
    most: usize,
) -> Result<(Vec<(i64, Candidate)>, i64), Fault> {
    let sql = match reads.engine() {
        Engine::Sqlite => FTS5,
        Engine::Postgres => GIN,
    };
    let scopes: Vec<String> = query.scopes.iter().map(|&scope| scope.to_owned()).collect();
    let (most_seen, limit) = (int(most_seen), int(most));
    let args = (expression.clone(), query.room, scopes, most_seen, limit);
    let rows = reads.fetch_all(sql, args).await?;
    let mut found = Vec::with_capacity(rows.len());
    let mut seen = 0;
    for row in rows {
        seen = row.int("many")?;
        if let Some(number) = row.opt_int("number")? {
            let candidate = Candidate {
                id: row.text("id")?,
                part: row.text("part")?,
                language: row.parsed("language")?,
                tokens: row.text("tokens")?,
            };
            found.push((number, candidate));
        }
    }
    if reads.engine() == Engine::Sqlite && found.len() < most {
        let rows = reads.fetch_all(FTS5_SEEN, (expression, most_seen)).await?;
        seen = rows.first().map_or(Ok(0), |row| row.int("many"))?;
    }
    Ok((found, seen))
}

fn int(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
