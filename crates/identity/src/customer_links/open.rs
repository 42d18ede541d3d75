//! A browser comes with a link.

use base::{Env, Secret, Stop};
use store::Tx;

use super::{NOT_VALID, rows};
use crate::sessions::{self, Session};

/// Opens a link: it is used up, and the browser gets a session.
///
/// # Errors
/// Refused with [`NOT_VALID`] if the link opens nothing.
pub async fn open(tx: &mut Tx, env: &Env, link: &Secret) -> Result<(Session, Secret), Stop> {
    let hash = link.hashed();
    let customer = rows::find_open(tx, &hash, env.now()).await?.ok_or(NOT_VALID)?;
    rows::use_up(tx, &hash, env.now()).await?;
    Ok(sessions::begin_for_customer(tx, env, customer).await?)
}
