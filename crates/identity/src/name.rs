//! What a person or a key is called.

use base::{Kind, Refusal};

use crate::text;

/// Not a name.
const REFUSED: Refusal = Refusal::new(
    Kind::Malformed,
    "name_not_valid",
    "a name is one line of 1 to 100 characters without control characters",
);

/// A name: one line, at most [`Name::MOST`] characters, nothing invisible in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// How many characters a name may have.
    pub const MOST: usize = 100;

    /// Reads a name; blanks around it fall off.
    ///
    /// # Errors
    /// Refused if it is empty, too long, or has something invisible in it.
    pub fn checked(written: &str) -> Result<Name, Refusal> {
        text::line(written, Name::MOST).map(Name).ok_or(REFUSED)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as it is stored.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}
