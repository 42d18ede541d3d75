//! Signing in to the console: with a password and perhaps a one-time code, or with a link.
//!
//! Every try is counted before it is looked at, so that guessing in parallel counts too, and the
//! answer to a wrong password is the same, and takes as long, as to an address nobody has.

mod password;
mod rows;
mod tries;
mod with_link;

pub use password::with_password;
pub(crate) use rows::sweep;
pub(crate) use tries::{count, forgive};
pub use with_link::with_link;

use base::{Kind, Refusal};

/// No, without saying what was wrong.
pub const FAILED: Refusal = Refusal::new(
    Kind::Unauthenticated,
    "sign_in_failed",
    "the address or the password is not right",
);
/// The password is right; a one-time code is needed as well.
pub const CODE_NEEDED: Refusal = Refusal::new(
    Kind::Unauthenticated,
    "code_needed",
    "give the code of your authenticator, or a recovery code, as well",
);
/// Too many tries.
pub const TOO_OFTEN: Refusal =
    Refusal::new(Kind::TooMany, "sign_in_too_often", "too many tries; wait before the next one");
/// The link opens nothing: the same answer whether it was used, has expired or never was.
pub const LINK_NOT_VALID: Refusal = Refusal::new(
    Kind::NotFound,
    "link_not_valid",
    "this link was used, has expired, or never was; ask for a new one",
);
