//! A key is made, or revoked.

use base::id::ApiKeyId;
use base::{Env, Secret, Stop};
use store::Tx;

use super::ring::PREFIX;
use super::{ApiKey, NO_SUCH_KEY, Scopes, rows};
use crate::Name;

/// Makes a key. The secret is shown now and never again.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn make(
    tx: &mut Tx,
    env: &Env,
    name: Name,
    scopes: Scopes,
) -> Result<(ApiKey, Secret), Stop> {
    let secret = Secret::new(&env.chance);
    let secret = Secret::from_text(format!("{PREFIX}{}", secret.reveal()));
    let key = ApiKey {
        id: env.id(),
        name: name.into_string(),
        scopes,
        created_at: env.now(),
        revoked_at: None,
        last_used_at: None,
    };
    rows::insert(tx, &key, &secret.hashed()).await?;
    Ok((key, secret))
}

/// Revokes a key: within seconds it opens nothing on any node. Revoking twice changes nothing.
///
/// # Errors
/// Refused if there is no such key.
pub async fn revoke(tx: &mut Tx, env: &Env, id: ApiKeyId) -> Result<ApiKey, Stop> {
    rows::revoke(tx, id, env.now()).await?;
    Ok(rows::find(tx, id).await?.ok_or(NO_SUCH_KEY)?)
}
