//! How long words are kept, and who is forgotten. The books stay as they are: what goes is what was
//! said, who said it, and how they could be reached.
//!
//! A case under legal hold, a case that is open and a case whose payment is disputed are never
//! touched; what therefore waits says why.

mod ask;
mod delay;
mod empty;
mod erase;
mod erasure;
mod keep;
mod orphans;
mod people;
mod plan;
mod raw;
mod rows;
mod settings;
#[cfg(test)]
mod tests;
mod whose;
mod work;

pub use ask::{ask, withdraw};
pub use delay::{Delay, DelayedCase};
pub use erasure::{Erasure, ErasureState, Gone};
pub use plan::{Plan, plan};
pub use rows::cases::delayed;
pub use rows::erasures::{find, latest_of, list};
pub use settings::{RetentionRule, RetentionSettings};
pub use work::{ERASE, Erase, KEEP, KEEP_EVERY, Keep};

use base::{Kind, Refusal};

/// The words of the audit log: somebody was asked to be forgotten, is forgotten, or is not after
/// all.
pub const ERASURE_ASKED: &str = "person.erasure_asked";
/// Everything of them is gone.
pub const ERASED: &str = "person.erased";
/// The wish was taken back before that.
pub const ERASURE_WITHDRAWN: &str = "person.erasure_withdrawn";

/// Nobody can be forgotten without a word on why.
pub const REASON: Refusal = Refusal::new(
    Kind::Malformed,
    "erasure_reason",
    "say in 1 to 300 letters where the wish is written down, without words of the person's own",
);
/// The person is the house itself.
pub const THE_HOUSE: Refusal = Refusal::new(
    Kind::Rule,
    "person_is_the_house",
    "this is the house's own name for what the money side tells: nobody is behind it",
);
/// They are forgotten, or are being forgotten.
pub const ASKED_BEFORE: Refusal = Refusal::new(
    Kind::Conflict,
    "erasure_known",
    "this person is forgotten, or a request to forget them is under way",
);
/// There is no such request under way.
pub const UNKNOWN: Refusal =
    Refusal::new(Kind::NotFound, "erasure_unknown", "there is no such request to forget somebody");
