//! Every SQL statement of the catalog.

use base::Fault;
use base::id::TokenPackId;
use store::{Page, Reads, Row, Tx};

use super::pack::{Showing, TokenPack};
use crate::rows::list_of;

fn pack(row: &Row) -> Result<TokenPack, Fault> {
    Ok(TokenPack {
        id: row.id("id")?,
        code: row.text("code")?,
        tokens: crate::rows::tokens(row, "tokens")?,
        prices: row.json("prices")?,
        active: row.flag("active")?,
        created_at: row.time("created_at")?,
    })
}

pub(super) async fn insert(tx: &mut Tx, pack: &TokenPack) -> Result<(), Fault> {
    let prices = crate::rows::json(&pack.prices)?;
    let sql = "INSERT INTO token_packs (id, code, tokens, prices, active, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6)";
    let args = (pack.id, &pack.code, pack.tokens, prices, pack.active, pack.created_at);
    tx.execute(sql, args).await?;
    Ok(())
}

pub(super) async fn update(tx: &mut Tx, pack: &TokenPack) -> Result<(), Fault> {
    let prices = crate::rows::json(&pack.prices)?;
    let sql = "UPDATE token_packs SET prices = $1, active = $2 WHERE id = $3";
    tx.execute(sql, (prices, pack.active, pack.id)).await?;
    Ok(())
}

/// The pack of that id.
///
/// # Errors
/// A fault if the database fails.
pub async fn find(reads: &mut impl Reads, id: TokenPackId) -> Result<Option<TokenPack>, Fault> {
    let sql = "SELECT * FROM token_packs WHERE id = $1";
    reads.fetch_optional(sql, (id,)).await?.as_ref().map(pack).transpose()
}

/// The packs of those ids.
///
/// # Errors
/// A fault if the database fails.
pub async fn find_many(
    reads: &mut impl Reads,
    ids: &[TokenPackId],
) -> Result<Vec<TokenPack>, Fault> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let sql = "SELECT * FROM token_packs WHERE id IN texts($1)";
    reads.fetch_all(sql, (ids,)).await?.iter().map(pack).collect()
}

/// The pack with that code.
///
/// # Errors
/// A fault if the database fails.
pub async fn find_by_code(reads: &mut impl Reads, code: &str) -> Result<Option<TokenPack>, Fault> {
    let sql = "SELECT * FROM token_packs WHERE code = $1";
    reads.fetch_optional(sql, (code,)).await?.as_ref().map(pack).transpose()
}

/// Packs, newest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn list(
    reads: &mut impl Reads,
    page: Page,
    showing: Showing,
) -> Result<Vec<TokenPack>, Fault> {
    let texts = match showing {
        Showing::Active => list_of!("token_packs" where "active = 1"),
        Showing::All => list_of!("token_packs" where "active >= 0"),
    };
    crate::rows::page(reads, texts, &page, vec![]).await?.iter().map(pack).collect()
}
