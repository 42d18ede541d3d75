//! What is known of a creator changes.

use base::id::CreatorId;
use base::{Env, Refusal, Share, Stop};
use store::Tx;

use super::creator::{named, reference, share};
use super::{Creator, UNKNOWN, events, rows};
use crate::external_ref::TAKEN;
use crate::{Change, ExternalRef, Name};

/// What becomes of each field.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Of the host site's own id.
    pub external_ref: Change<ExternalRef>,
    /// The new name, if it changes.
    pub name: Option<Name>,
    /// The new share, if it changes. It counts for spends from now on.
    pub share: Option<Share>,
}

impl Changes {
    /// Reads what was written.
    ///
    /// # Errors
    /// Refused at the first field that makes no sense.
    pub fn checked(
        external_ref: Change<String>,
        name: Option<String>,
        share_basis_points: Option<i64>,
    ) -> Result<Changes, Refusal> {
        Ok(Changes {
            external_ref: external_ref.try_map(|written| reference(&written))?,
            name: name.as_deref().map(named).transpose()?,
            share: share_basis_points.map(share).transpose()?,
        })
    }

    fn over(self, old: Creator) -> Creator {
        Creator {
            id: old.id,
            external_ref: self.external_ref.map(ExternalRef::into_string).over(old.external_ref),
            name: self.name.map_or(old.name, Name::into_string),
            share: self.share.unwrap_or(old.share),
            version: old.version + 1,
            created_at: old.created_at,
        }
    }
}

/// Changes what is known of a creator.
///
/// # Errors
/// Refused if there is no such creator, or another one has the reference.
pub async fn change(
    tx: &mut Tx,
    env: &Env,
    id: CreatorId,
    changes: Changes,
) -> Result<Creator, Stop> {
    let old = rows::find(tx, id).await?.ok_or(UNKNOWN)?;
    if let Change::Set(reference) = &changes.external_ref {
        let holder = rows::find_by_external_ref(tx, reference.as_str()).await?;
        if holder.is_some_and(|holder| holder.id != id) {
            return Err(TAKEN.at("external_ref").into());
        }
    }
    let creator = changes.over(old);
    rows::update(tx, &creator).await?;
    events::tell(tx, env, "creator.changed", &creator).await?;
    Ok(creator)
}
