//! What is known of a creator.

use base::id::CreatorId;
use base::{Kind, Refusal, Share, Timestamp};
use serde_json::json;

use crate::{ExternalRef, Name};

/// More than the whole.
const SHARE: Refusal = Refusal::new(
    Kind::Malformed,
    "share_not_valid",
    "a share is given in hundredths of a per cent, from 0 to 10000",
);

/// Somebody who earns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Creator {
    /// Our id.
    pub id: CreatorId,
    /// The host site's own id of the same person, if it gave one.
    pub external_ref: Option<String>,
    /// The name customers know.
    pub name: String,
    /// What of a spend is theirs.
    pub share: Share,
    /// How often it was written: 1 when new.
    pub version: i64,
    /// Since when we know them.
    pub created_at: Timestamp,
}

impl Creator {
    /// The creator as events and the API show them.
    #[must_use]
    pub fn snapshot(&self) -> serde_json::Value {
        json!({
            "id": self.id,
            "external_ref": self.external_ref,
            "name": self.name,
            "share_basis_points": self.share,
            "created_at": self.created_at,
        })
    }
}

/// What somebody wrote about a creator, unread.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// The host site's own id.
    pub external_ref: Option<String>,
    /// The name customers know.
    pub name: String,
    /// Hundredths of a per cent.
    pub share_basis_points: i64,
}

/// A creator to be, with every field read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCreator {
    /// The host site's own id.
    pub external_ref: Option<ExternalRef>,
    /// The name customers know.
    pub name: Name,
    /// What of a spend is theirs.
    pub share: Share,
}

impl NewCreator {
    /// Reads what was written.
    ///
    /// # Errors
    /// Refused at the first field that makes no sense.
    pub fn checked(form: &Form) -> Result<NewCreator, Refusal> {
        Ok(NewCreator {
            external_ref: form.external_ref.as_deref().map(reference).transpose()?,
            name: named(&form.name)?,
            share: share(form.share_basis_points)?,
        })
    }
}

pub(super) fn reference(written: &str) -> Result<ExternalRef, Refusal> {
    ExternalRef::checked(written).map_err(|refusal| refusal.at("external_ref"))
}

pub(super) fn named(written: &str) -> Result<Name, Refusal> {
    Name::checked(written).map_err(|refusal| refusal.at("name"))
}

pub(super) fn share(basis_points: i64) -> Result<Share, Refusal> {
    let points = u16::try_from(basis_points).ok();
    points.and_then(Share::basis_points).ok_or(SHARE.at("share_basis_points"))
}
