//! One human the desk knows.

use base::id::{CreatorId, CustomerId, PersonId};
use base::{Language, Timestamp};

use super::Proof;
use store::terms;

terms! {
    /// Whose door somebody came through.
    Audience {
        /// They buy.
        Customer = "customer",
        /// They earn.
        Creator = "creator",
        /// They run a house of creators.
        Studio = "studio",
    }
}

/// One human the desk knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Our id.
    pub id: PersonId,
    /// What they call themselves.
    pub name: Option<String>,
    /// The language they are answered in.
    pub language: Language,
    /// Whose door they came through.
    pub audience: Audience,
    /// Which customer they are. For money facts it counts only if the address that is used is
    /// verified.
    pub customer: Option<CustomerId>,
    /// How we know which customer they are.
    pub customer_by: Option<Proof>,
    /// Which creator they are.
    pub creator: Option<CreatorId>,
    /// Since when what they write is not taken.
    pub blocked_at: Option<Timestamp>,
    /// Since when nothing about them is kept.
    pub erased_at: Option<Timestamp>,
    /// Since when we know them.
    pub created_at: Timestamp,
}

/// What is known of somebody whom the desk may not have met.
#[derive(Clone, Debug)]
pub struct Hint {
    /// What they call themselves.
    pub name: Option<String>,
    /// The language they seem to write.
    pub language: Language,
    /// Whose door they came through.
    pub audience: Audience,
}
