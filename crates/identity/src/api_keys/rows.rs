//! Every statement about API keys.

use base::id::ApiKeyId;
use base::{Fault, Hashed, Timestamp};
use store::{Page, Reads, Row, Tx, Walk};

use super::{ApiKey, Scopes};

/// The key with this id.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find(reads: &mut impl Reads, id: ApiKeyId) -> Result<Option<ApiKey>, Fault> {
    let row = reads.fetch_optional("SELECT * FROM api_keys WHERE id = $1", (id,)).await?;
    row.as_ref().map(read).transpose()
}

/// A page of all keys, revoked ones too, the newest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn list(reads: &mut impl Reads, page: Page) -> Result<Vec<ApiKey>, Fault> {
    let mut rows = match page.walk() {
        Walk::Older(than) => {
            let sql = "SELECT * FROM api_keys WHERE id < $1 ORDER BY id DESC LIMIT $2";
            reads.fetch_all(sql, (than, page.limit)).await?
        }
        Walk::Newer(than) => {
            let sql = "SELECT * FROM api_keys WHERE id > $1 ORDER BY id LIMIT $2";
            reads.fetch_all(sql, (than, page.limit)).await?
        }
    };
    page.turn(&mut rows);
    rows.iter().map(read).collect()
}

pub(super) async fn find_by_hash(
    reads: &mut impl Reads,
    hash: &Hashed,
) -> Result<Option<ApiKey>, Fault> {
    let sql = "SELECT * FROM api_keys WHERE hash = $1";
    let row = reads.fetch_optional(sql, (hash.as_str(),)).await?;
    row.as_ref().map(read).transpose()
}

pub(super) async fn insert(tx: &mut Tx, key: &ApiKey, hash: &Hashed) -> Result<(), Fault> {
    let sql = "INSERT INTO api_keys (id, hash, name, scopes, created_at)
               VALUES ($1, $2, $3, $4, $5)";
    let args = (key.id, hash.as_str(), &key.name, key.scopes.to_string(), key.created_at);
    tx.execute(sql, args).await.map(|_| ())
}

pub(super) async fn revoke(tx: &mut Tx, id: ApiKeyId, now: Timestamp) -> Result<(), Fault> {
    let sql = "UPDATE api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
    tx.execute(sql, (id, now)).await.map(|_| ())
}

pub(super) async fn used(tx: &mut Tx, id: ApiKeyId, now: Timestamp) -> Result<(), Fault> {
    let sql = "UPDATE api_keys SET last_used_at = $2 WHERE id = $1";
    tx.execute(sql, (id, now)).await.map(|_| ())
}

fn read(row: &Row) -> Result<ApiKey, Fault> {
    Ok(ApiKey {
        id: row.id("id")?,
        name: row.text("name")?,
        scopes: row.parsed::<Scopes>("scopes")?,
        created_at: row.time("created_at")?,
        revoked_at: row.opt_time("revoked_at")?,
        last_used_at: row.opt_time("last_used_at")?,
    })
}
