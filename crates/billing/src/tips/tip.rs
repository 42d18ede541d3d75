//! A tip, and every way to say no to one.

use base::id::{CreatorId, CustomerId, TipId};
use base::{Kind, Refusal, Timestamp, Tokens};

/// The wallet holds less.
pub const NOT_ENOUGH_TOKENS: Refusal = Refusal::new(
    Kind::Conflict,
    "not_enough_tokens",
    "the wallet holds fewer tokens than that; buy some first",
);
/// Another tip has the id.
pub const ID_REUSED: Refusal =
    Refusal::new(Kind::Rule, "id_reused", "this id names another tip; make a new id for each tip");
/// Another request has the Idempotency-Key.
pub const KEY_REUSED: Refusal = Refusal::new(
    Kind::Rule,
    "idempotency_key_reused",
    "this Idempotency-Key was sent with another request; make a new key for each request",
);
/// There is no such customer.
pub const CUSTOMER_NOT_FOUND: Refusal =
    Refusal::new(Kind::NotFound, "customer_not_found", "there is no customer of that id");
/// There is no such creator.
pub const CREATOR_NOT_FOUND: Refusal =
    Refusal::new(Kind::NotFound, "creator_not_found", "there is no creator of that id");
/// Nothing is no tip.
pub const NOT_A_TIP: Refusal = Refusal::new(
    Kind::Malformed,
    "tokens_not_valid",
    "tokens must be a whole number from 1 up to 1,000,000,000",
);
/// The note is too long.
pub const NOTE_TOO_LONG: Refusal =
    Refusal::new(Kind::Malformed, "note_too_long", "a note has at most 280 characters");

/// The most characters of a note.
pub const LONGEST_NOTE: usize = 280;
pub(super) const MOST_TOKENS: i64 = 1_000_000_000;

/// Tokens given to a creator.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "object", rename = "tip")]
pub struct Tip {
    /// Its id, made by whoever asks.
    pub id: TipId,
    /// Who gives.
    pub customer: CustomerId,
    /// Who gets.
    pub creator: CreatorId,
    /// How many.
    pub tokens: Tokens,
    /// What of them is the creator's.
    pub creator_share: Tokens,
    /// A few words.
    pub note: Option<String>,
    /// When it was left.
    pub created_at: Timestamp,
}
