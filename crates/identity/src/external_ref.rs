//! The host site's own id of a person.

use base::{Kind, Refusal};

use crate::text;

/// Not a reference.
const REFUSED: Refusal = Refusal::new(
    Kind::Malformed,
    "external_ref_not_valid",
    "external_ref is 1 to 100 letters, digits or signs of ASCII without blanks",
);

/// Somebody else has the reference already.
pub const TAKEN: Refusal = Refusal::new(
    Kind::Conflict,
    "external_ref_taken",
    "somebody else has this external_ref; find them by it instead",
);

/// The host site's own id of a customer or creator. Letter case matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalRef(String);

impl ExternalRef {
    /// Reads a reference.
    ///
    /// # Errors
    /// Refused if it is empty, too long, or holds anything but visible ASCII.
    pub fn checked(written: &str) -> Result<ExternalRef, Refusal> {
        if text::letters(written, 1..=100, |byte| byte.is_ascii_graphic()) {
            Ok(ExternalRef(written.to_owned()))
        } else {
            Err(REFUSED)
        }
    }

    /// The reference.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The reference as it is stored.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_visible_ascii() {
        assert_eq!(ExternalRef::checked("User-42").unwrap().as_str(), "User-42");
        for written in ["", "a b", "ä", "a\n", &"x".repeat(101)] {
            assert!(ExternalRef::checked(written).is_err(), "{written:?}");
        }
    }
}
