//! A signed-in browser, and how long it stays so.

use base::id::SessionId;
use base::{Actor, SignedDuration, Timestamp};

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Names the session in lists; opens nothing.
    pub id: SessionId,
    /// A customer or a member of staff.
    pub who: Actor,
    /// What let them in.
    pub opened_by: OpenedBy,
    /// What the browser calls itself, cut short.
    pub device: Option<String>,
    /// When they signed in.
    pub created_at: Timestamp,
    /// When they were last seen, to within a few minutes.
    pub seen_at: Timestamp,
    /// When it ends if nobody is seen until then.
    pub idle_until: Timestamp,
    /// When it ends whatever happens.
    pub expires_at: Timestamp,
}

/// What let somebody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenedBy {
    /// A password, and a one-time code if one was set up.
    Password,
    /// A link that opens once.
    Link,
}

impl OpenedBy {
    /// As it is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            OpenedBy::Password => "password",
            OpenedBy::Link => "link",
        }
    }
}

impl std::str::FromStr for OpenedBy {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<OpenedBy, &'static str> {
        match text {
            "password" => Ok(OpenedBy::Password),
            "link" => Ok(OpenedBy::Link),
            _ => Err("neither password nor link"),
        }
    }
}

/// How long a session lasts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    /// Without anybody being seen.
    pub(super) idle: SignedDuration,
    /// At most.
    pub(super) whole: SignedDuration,
}

/// Staff: a working day without a click, a week in all.
pub(super) const OF_STAFF: Term =
    Term { idle: SignedDuration::from_hours(12), whole: SignedDuration::from_hours(7 * 24) };
/// Customers: a month without a visit, a quarter in all.
pub(super) const OF_CUSTOMER: Term =
    Term { idle: SignedDuration::from_hours(30 * 24), whole: SignedDuration::from_hours(90 * 24) };

impl Session {
    /// How long a session of this person lasts.
    pub(super) const fn term(who: &Actor) -> Term {
        match who {
            Actor::Staff(_) => OF_STAFF,
            Actor::System | Actor::Customer(_) | Actor::ApiKey(_) | Actor::Processor => OF_CUSTOMER,
        }
    }
}
