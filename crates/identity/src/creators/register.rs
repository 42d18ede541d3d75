//! Somebody becomes a creator.

use base::{Env, Stop};
use store::Tx;

use super::{Creator, NewCreator, events, rows};
use crate::external_ref::TAKEN;

/// Registers a creator. One reference of the host site names one creator at most.
///
/// # Errors
/// Refused if another creator has the reference.
pub async fn register(tx: &mut Tx, env: &Env, new: NewCreator) -> Result<Creator, Stop> {
    if let Some(reference) = &new.external_ref
        && rows::find_by_external_ref(tx, reference.as_str()).await?.is_some()
    {
        return Err(TAKEN.at("external_ref").into());
    }
    let creator = Creator {
        id: env.id(),
        external_ref: new.external_ref.map(crate::ExternalRef::into_string),
        name: new.name.into_string(),
        share: new.share,
        version: 1,
        created_at: env.now(),
    };
    rows::insert(tx, &creator).await?;
    events::tell(tx, env, "creator.created", &creator).await?;
    Ok(creator)
}
