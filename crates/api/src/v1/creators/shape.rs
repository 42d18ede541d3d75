//! A creator as the API shows them.

use base::id::CreatorId;
use base::{Share, Timestamp};
use identity::Creator;
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody who earns.
#[derive(Serialize, ToSchema)]
#[schema(as = Creator)]
pub struct Shown {
    #[schema(value_type = String, example = "cre_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: CreatorId,
    /// Always `creator`.
    #[schema(example = "creator")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// Your own id of the same person.
    #[schema(example = "performer-7")]
    external_ref: Option<String>,
    /// The name customers know.
    #[schema(example = "Ben")]
    name: String,
    /// What of a spend is theirs, in hundredths of a per cent: 6000 is 60 %.
    #[schema(value_type = u16, minimum = 0, maximum = 10000, example = 6000)]
    share_basis_points: Share,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl Shown {
    /// As shown by a house in this mode.
    pub fn of(creator: Creator, livemode: bool) -> Shown {
        let Creator { id, external_ref, name, share, created_at, .. } = creator;
        let (object, share_basis_points) = ("creator", share);
        Shown { id, object, livemode, external_ref, name, share_basis_points, created_at }
    }
}
