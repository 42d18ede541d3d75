//! Every statement about creators.

use base::id::CreatorId;
use base::{Fault, Share};
use store::{Page, Reads, Row, Tx, Walk};

use super::Creator;

/// The creator with this id.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find(reads: &mut impl Reads, id: CreatorId) -> Result<Option<Creator>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM creators WHERE id = $1", (id,)).await?;
    row.as_ref().map(read).transpose()
}

/// The creators with these ids, in no order; those who do not exist are left out.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find_many(reads: &mut impl Reads, ids: &[CreatorId]) -> Result<Vec<Creator>, Fault> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let rows = reads.fetch_all("SELECT * FROM creators WHERE id IN texts($1)", (ids,)).await?;
    rows.iter().map(read).collect()
}

/// The creator whom the host site calls so.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find_by_external_ref(
    reads: &mut impl Reads,
    external_ref: &str,
) -> Result<Option<Creator>, Fault> {
    let sql = "SELECT * FROM creators WHERE external_ref = $1";
    let row = reads.fetch_optional(sql, (external_ref,)).await?;
    row.as_ref().map(read).transpose()
}

/// A page of all creators, the newest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn list(reads: &mut impl Reads, page: Page) -> Result<Vec<Creator>, Fault> {
    let mut rows = match page.walk() {
        Walk::Older(than) => {
            let sql = "SELECT * FROM creators WHERE id < $1 ORDER BY id DESC LIMIT $2";
            reads.fetch_all(sql, (than, page.limit)).await?
        }
        Walk::Newer(than) => {
            let sql = "SELECT * FROM creators WHERE id > $1 ORDER BY id LIMIT $2";
            reads.fetch_all(sql, (than, page.limit)).await?
        }
    };
    page.turn(&mut rows);
    rows.iter().map(read).collect()
}

pub(super) async fn insert(tx: &mut Tx, creator: &Creator) -> Result<(), Fault> {
    let sql = "INSERT INTO creators (id, external_ref, name, share_bp, version, created_at)
               VALUES ($1, $2, $3, $4, $5, $6)";
    let Creator { id, external_ref, name, share, version, created_at } = creator.clone();
    let args = (id, external_ref, name, share.as_basis_points(), version, created_at);
    tx.execute(sql, args).await.map(|_| ())
}

pub(super) async fn update(tx: &mut Tx, creator: &Creator) -> Result<(), Fault> {
    let sql = "UPDATE creators SET external_ref = $2, name = $3, share_bp = $4, version = $5
               WHERE id = $1";
    let Creator { id, external_ref, name, share, version, .. } = creator.clone();
    tx.execute(sql, (id, external_ref, name, share.as_basis_points(), version)).await.map(|_| ())
}

fn read(row: &Row) -> Result<Creator, Fault> {
    let points = u16::try_from(row.int("share_bp")?).ok();
    let share = points.and_then(Share::basis_points);
    Ok(Creator {
        id: row.id("id")?,
        external_ref: row.opt_text("external_ref")?,
        name: row.text("name")?,
        share: share.ok_or_else(|| Fault::new("read column share_bp"))?,
        version: row.int("version")?,
        created_at: row.time("created_at")?,
    })
}
