//! Who did something to a case.

use base::id::{ApiKeyId, PersonId, StaffId};
use serde::de::Error as _;

use store::UnknownTerm;

/// Who did something to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Author {
    /// Somebody who asks or is asked.
    Person(PersonId),
    /// Staff.
    Staff(StaffId),
    /// A program of the host site, by its API key.
    Program(ApiKeyId),
    /// A rule of the operator's.
    Rule,
    /// The money side.
    Billing,
    /// The desk itself: a schedule, a job.
    System,
}

/// What kind of author somebody is; the table of moves asks for nothing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuthorKind {
    /// Somebody who asks or is asked.
    Person,
    /// Staff.
    Staff,
    /// A program of the host site.
    Program,
    /// A rule of the operator's.
    Rule,
    /// The money side.
    Billing,
    /// The desk itself.
    System,
}

impl AuthorKind {
    /// Every kind.
    pub const ALL: [AuthorKind; 6] = [
        AuthorKind::Person,
        AuthorKind::Staff,
        AuthorKind::Program,
        AuthorKind::Rule,
        AuthorKind::Billing,
        AuthorKind::System,
    ];
}

impl Author {
    /// What kind of author it is.
    #[must_use]
    pub const fn kind(self) -> AuthorKind {
        match self {
            Author::Person(_) => AuthorKind::Person,
            Author::Staff(_) => AuthorKind::Staff,
            Author::Program(_) => AuthorKind::Program,
            Author::Rule => AuthorKind::Rule,
            Author::Billing => AuthorKind::Billing,
            Author::System => AuthorKind::System,
        }
    }
}

impl std::fmt::Display for Author {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Author::Person(id) => id.fmt(out),
            Author::Staff(id) => id.fmt(out),
            Author::Program(id) => id.fmt(out),
            Author::Rule => out.write_str("rule"),
            Author::Billing => out.write_str("billing"),
            Author::System => out.write_str("system"),
        }
    }
}

impl std::str::FromStr for Author {
    type Err = UnknownTerm;

    fn from_str(text: &str) -> Result<Author, UnknownTerm> {
        match text {
            "rule" => return Ok(Author::Rule),
            "billing" => return Ok(Author::Billing),
            "system" => return Ok(Author::System),
            _ => {}
        }
        let person = text.parse().map(Author::Person).ok();
        let staff = || text.parse().map(Author::Staff).ok();
        let program = || text.parse().map(Author::Program).ok();
        person.or_else(staff).or_else(program).ok_or(UnknownTerm)
    }
}

impl serde::Serialize for Author {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Author {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Author, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(D::Error::custom)
    }
}

impl From<Author> for store::Value {
    fn from(author: Author) -> store::Value {
        store::Value::Text(Some(author.to_string()))
    }
}
