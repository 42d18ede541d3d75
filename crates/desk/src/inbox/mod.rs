//! The inbox: which cases somebody wants to see, what they have begun to write, who else is there,
//! and how they like to work.
//!
//! Nothing here widens what a member of staff may see: every list goes through their
//! [`crate::cases::Eyes`].

mod drafts;
mod faces;
mod habits;
mod presence;
mod receipt;
mod rows;
mod search;
mod system;
#[cfg(test)]
mod tests;
mod view;
mod wanted;

pub use drafts::{Draft, DraftOf, keep as keep_draft, take_over as take_over_draft};
pub use faces::Faces;
pub use habits::{Habits, set as set_habits};
pub use presence::{Doing, Here, arrive, leave};
pub use receipt::{Again as ReceiptAgain, send_again as send_receipt_again};
pub use rows::{drafts_of, find_draft, find_view, forget_draft, habits_of, here, views_of};
pub use search::{Found, MOST_FOUND, jump, search};
pub use system::{SYSTEM, SystemView};
pub use view::{NewView, View, forget, save};
pub use wanted::{Wanted, Whom};

use base::{Kind, Refusal};

/// There is no such view, or it is somebody else's.
pub const VIEW_UNKNOWN: Refusal =
    Refusal::new(Kind::NotFound, "view_unknown", "there is no view of yours with this id");
/// A view's name is missing or too long.
pub const VIEW_NAME: Refusal = Refusal::new(
    Kind::Malformed,
    "view_name_not_valid",
    "give the view a name of 1 to 60 characters",
);
/// What a view wants makes no sense.
pub const NOT_WANTED: Refusal = Refusal::new(
    Kind::Malformed,
    "view_not_valid",
    "a view names states, people, tags and other things that exist",
);
/// Nobody needs so many views.
pub const TOO_MANY_VIEWS: Refusal = Refusal::new(
    Kind::Rule,
    "too_many_views",
    "forget a view first: fifty are kept for each of us",
);
/// No receipt was mailed for the payment.
pub const NO_RECEIPT: Refusal = Refusal::new(
    Kind::NotFound,
    "receipt_not_mailed",
    "no receipt was mailed for this payment: it was not taken, or the customer gave no address",
);
/// The receipt was sent again today.
pub const RECEIPT_SENT: Refusal = Refusal::new(
    Kind::Conflict,
    "receipt_sent_today",
    "this receipt was sent again today: once a day is enough",
);
/// A draft is too long.
pub const DRAFT_TOO_LONG: Refusal =
    Refusal::new(Kind::TooLarge, "draft_too_long", "a draft has 20,000 characters at most");
