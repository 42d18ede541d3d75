//! A deed: a pack gets other prices, or is taken off the shelf.

use base::id::TokenPackId;
use base::{Env, Money, Stop};
use store::Tx;

use super::pack::{PACK_NOT_FOUND, TokenPack, checked_prices};
use super::rows;

/// What is to be changed. What was bought before keeps its price.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// The new prices.
    pub prices: Option<Vec<Money>>,
    /// Whether it can be bought.
    pub active: Option<bool>,
}

/// Changes a pack.
///
/// # Errors
/// [`PACK_NOT_FOUND`], `prices_not_valid`, or a fault if the database fails.
pub async fn change(
    tx: &mut Tx,
    env: &Env,
    id: TokenPackId,
    changes: Changes,
) -> Result<TokenPack, Stop> {
    let _ = env;
    let mut pack = rows::find(tx, id).await?.ok_or(PACK_NOT_FOUND)?;
    if let Some(prices) = changes.prices {
        pack.prices = checked_prices(prices)?;
    }
    if let Some(active) = changes.active {
        pack.active = active;
    }
    rows::update(tx, &pack).await?;
    Ok(pack)
}
