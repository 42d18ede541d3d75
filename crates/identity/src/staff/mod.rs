//! Staff: whoever works in the console, with a role, a password and, if they like, one-time codes.

mod add;
mod change;
mod codes;
mod link;
mod member;
mod password;
mod rows;
#[cfg(test)]
mod tests;
mod two_steps;

pub use add::add;
pub use change::{Changes, change, disable, enable};
pub(crate) use codes::{Given, spend};
pub use link::make_link;
pub use member::{Form, NewStaff, Role, Staff};
pub use password::set_password;
pub(crate) use rows::{Credentials, credentials, open_link, sweep_links};
pub use rows::{find, find_by_email, list};
pub use two_steps::{Enrollment, confirm_totp, enroll_totp, forget_totp, remove_totp};

use base::{Kind, Refusal};

/// Another member of staff has the address.
pub const EMAIL_TAKEN: Refusal = Refusal::new(
    Kind::Conflict,
    "email_taken",
    "another member of staff signs in with this address",
);
/// There is no such member of staff.
pub const UNKNOWN: Refusal =
    Refusal::new(Kind::NotFound, "staff_unknown", "there is no member of staff with this id");
/// Nobody would be left to manage people.
pub const LAST_ADMIN: Refusal = Refusal::new(
    Kind::Conflict,
    "last_admin",
    "somebody must remain who can manage people: make another admin first",
);
/// The password given as the present one is not.
pub const PASSWORD_WRONG: Refusal =
    Refusal::new(Kind::Forbidden, "password_wrong", "the present password is not right");
/// The one-time code is not right, or was used before.
pub const CODE_WRONG: Refusal = Refusal::new(
    Kind::Forbidden,
    "code_wrong",
    "the code is not right, is too old, or was used before; wait for the next one",
);
/// Nothing waits to be confirmed.
pub const NOTHING_TO_CONFIRM: Refusal = Refusal::new(
    Kind::Conflict,
    "nothing_to_confirm",
    "begin with showing the secret to an authenticator",
);
