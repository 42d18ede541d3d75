//! A deed: a pack is put up for sale.

use base::{Env, Stop};
use store::Tx;

use super::pack::{CODE_TAKEN, NewPack, TokenPack};
use super::rows;

/// Puts a pack up for sale.
///
/// # Errors
/// [`CODE_TAKEN`] if another pack has its code; a fault if the database fails.
pub async fn add(tx: &mut Tx, env: &Env, new: NewPack) -> Result<TokenPack, Stop> {
    if rows::find_by_code(tx, &new.code).await?.is_some() {
        return Err(CODE_TAKEN.at("code").into());
    }
    let NewPack { code, tokens, prices } = new;
    let pack =
        TokenPack { id: env.id(), code, tokens, prices, active: true, created_at: env.now() };
    rows::insert(tx, &pack).await?;
    Ok(pack)
}
