//! Every SQL statement about the audit log.

use base::Fault;
use base::id::AuditNoteId;
use store::{Batch, ColumnKind as Kind, Page, Reads, Row, Tx, Value, Verb, Walk};

use super::chain::Head;
use super::note::{Filter, Line};

fn line(row: &Row) -> Result<Line, Fault> {
    Ok(Line {
        id: row.id("id")?,
        at: row.time("at")?,
        actor: row.text("actor")?,
        what: row.text("what")?,
        about: row.text("about")?,
        why: row.opt_text("why")?,
        nth: row.opt_int("nth")?,
    })
}

/// Writes a note, unless one was written for the same time.
pub(super) async fn insert(tx: &mut Tx, line: &Line, once: Option<String>) -> Result<(), Fault> {
    let sql = "INSERT INTO audit_notes (id, at, actor, what, about, why, once) \
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let Line { id, at, actor, what, about, why, .. } = line;
    tx.execute(sql, (*id, *at, actor, what, about, why.clone(), once)).await?;
    Ok(())
}

/// A page of the log, the newest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn list(reads: &mut impl Reads, filter: &Filter, page: Page) -> Result<Vec<Line>, Fault> {
    const OLDER: &str = "SELECT * FROM audit_notes WHERE id < $1 AND ($3 = '' OR actor = $3) \
                         AND ($4 = '' OR what = $4 OR SUBSTR(what, 1, LENGTH($4)) = $4) \
                         AND ($5 = '' OR about = $5) ORDER BY id DESC LIMIT $2";
    const NEWER: &str = "SELECT * FROM audit_notes WHERE id > $1 AND ($3 = '' OR actor = $3) \
                         AND ($4 = '' OR what = $4 OR SUBSTR(what, 1, LENGTH($4)) = $4) \
                         AND ($5 = '' OR about = $5) ORDER BY id LIMIT $2";
    let (sql, id) = match page.walk() {
        Walk::Older(id) => (OLDER, id),
        Walk::Newer(id) => (NEWER, id),
    };
    let args: Vec<Value> = vec![
        id.into(),
        page.limit.into(),
        (&filter.actor).into(),
        (&filter.what).into(),
        (&filter.about).into(),
    ];
    let mut rows = reads.fetch_all(sql, args).await?;
    page.turn(&mut rows);
    rows.iter().map(line).collect()
}

/// The earliest notes without a seal.
pub(super) async fn unsealed(reads: &mut impl Reads, most: u32) -> Result<Vec<String>, Fault> {
    let sql = "SELECT id FROM audit_notes WHERE nth IS NULL ORDER BY id LIMIT $1";
    reads.fetch_all(sql, (most,)).await?.iter().map(|row| row.text("id")).collect()
}

/// How many notes have no seal.
pub(super) async fn count_unsealed(reads: &mut impl Reads) -> Result<i64, Fault> {
    let sql = "SELECT COUNT(*) AS many FROM audit_notes WHERE nth IS NULL";
    reads.fetch_one(sql, ()).await?.int("many")
}

/// Those of these notes that have no seal yet, the earliest first.
pub(super) async fn without_a_seal(tx: &mut Tx, ids: Vec<String>) -> Result<Vec<Line>, Fault> {
    let sql = "SELECT * FROM audit_notes WHERE id IN texts($1) AND nth IS NULL ORDER BY id";
    tx.fetch_all(sql, (ids,)).await?.iter().map(line).collect()
}

static SEALS: Batch = Batch {
    table: "audit_notes",
    columns: &[("id", Kind::Text), ("nth", Kind::Int), ("seal", Kind::Text)],
    verb: Verb::Update,
};

pub(super) async fn give_seals(
    tx: &mut Tx,
    seals: Vec<(AuditNoteId, i64, String)>,
) -> Result<(), Fault> {
    let mut rows = SEALS.rows();
    for seal in seals {
        rows.push(seal);
    }
    tx.insert(&SEALS, rows).await?;
    Ok(())
}

/// The end of the chain.
pub(super) async fn head(reads: &mut impl Reads) -> Result<Option<Head>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM audit_head WHERE one = 1", ()).await?;
    let head = |row: Row| {
        Ok(Head { nth: row.int("nth")?, seal: row.text("seal")?, proof: row.text("proof")? })
    };
    row.map(head).transpose()
}

pub(super) async fn set_head(tx: &mut Tx, head: &Head) -> Result<(), Fault> {
    let sql = "INSERT INTO audit_head (one, nth, seal, proof) VALUES (1, $1, $2, $3) \
               ON CONFLICT (one) DO UPDATE SET nth = $1, seal = $2, proof = $3";
    tx.execute(sql, (head.nth, &head.seal, &head.proof)).await?;
    Ok(())
}

/// Notes of the chain behind a place, in order, with their seals.
pub(super) async fn sealed_after(
    reads: &mut impl Reads,
    nth: i64,
    most: u32,
) -> Result<Vec<(Line, String)>, Fault> {
    let sql = "SELECT * FROM audit_notes WHERE nth IS NOT NULL AND nth > $1 ORDER BY nth LIMIT $2";
    let rows = reads.fetch_all(sql, (nth, most)).await?;
    rows.iter().map(|row| Ok((line(row)?, row.text("seal")?))).collect()
}
