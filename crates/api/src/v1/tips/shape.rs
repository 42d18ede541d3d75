//! A tip as the API shows it.

use base::id::{CreatorId, CustomerId, TipId};
use base::{Timestamp, Tokens};
use billing::tips::{Left, Tip};
use serde::Serialize;
use utoipa::ToSchema;

use crate::shape;

/// Tokens given to a creator.
#[derive(Serialize, ToSchema)]
#[schema(as = Tip)]
pub struct Shown<'a> {
    #[schema(value_type = String, example = "tip_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    id: TipId,
    /// Always `tip`.
    #[schema(example = "tip")]
    object: &'static str,
    /// Whether real money moves.
    livemode: bool,
    /// Who gave.
    #[schema(value_type = String, example = "cus_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    customer: CustomerId,
    /// Who got.
    #[schema(value_type = String, example = "cre_01k2h7v3b5d8m9xq4r6s2t1w0y")]
    creator: CreatorId,
    /// How many tokens left the wallet.
    #[schema(value_type = shape::Tokens)]
    tokens: Tokens,
    /// What of them is the creator's.
    #[schema(value_type = shape::Tokens)]
    creator_share: Tokens,
    /// What the customer wrote with it.
    note: Option<&'a str>,
    /// What the wallet holds after it. Given in the answer that leaves the tip.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<shape::Tokens>)]
    balance: Option<Tokens>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl Shown<'_> {
    /// As shown by a house in this mode.
    pub fn of(tip: &Tip, livemode: bool) -> Shown<'_> {
        Shown {
            id: tip.id,
            object: "tip",
            livemode,
            customer: tip.customer,
            creator: tip.creator,
            tokens: tip.tokens,
            creator_share: tip.creator_share,
            note: tip.note.as_deref(),
            balance: None,
            created_at: tip.created_at,
        }
    }

    /// As shown right after it was left.
    pub fn left(left: &Left, livemode: bool) -> Shown<'_> {
        Shown { balance: Some(left.balance), ..Shown::of(&left.tip, livemode) }
    }
}
