//! A customer says that the address to which a link was sent is theirs.

use base::{Env, Stop};
use store::Tx;

use super::links::Opened;
use crate::people::{self, Proof};

/// Takes what is done with a mailed link as proof that the address is theirs. A link that was
/// shown on a page proves nothing.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn confirm(tx: &mut Tx, env: &Env, link: &Opened) -> Result<(), Stop> {
    if let Some(address) = link.mailed_to {
        let all = people::addresses_of(tx, link.person).await?;
        let known = all.iter().find(|known| known.id == address);
        if known.is_some_and(|known| known.verified_at.is_none()) {
            people::verify(tx, env, address, Proof::Link).await?;
        }
    }
    Ok(())
}
