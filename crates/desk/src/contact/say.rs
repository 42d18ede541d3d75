//! A customer adds to a case of theirs.

use base::id::{AddressId, CaseId, FileId, PersonId};
use base::{Env, Kind, Language, Refusal, Stop};
use store::Tx;

use super::MOST_FILES;
use super::ask::{LONGEST_TEXT, many_lines};
use crate::cases::{self, Added, Author, Direction, NewMessage, Origin};

/// There is too much in it.
pub const TOO_LONG: Refusal = Refusal::new(
    Kind::TooLarge,
    "text_too_long",
    "a text has 10,000 characters at most; send the rest as a file",
);
/// There are too many files with it.
pub const TOO_MANY_FILES: Refusal =
    Refusal::new(Kind::Malformed, "files_too_many", "five files go with one message");

/// What a customer says.
#[derive(Clone, Debug)]
pub struct Said {
    /// The sheet it was written on: the same sheet counts once.
    pub form: String,
    /// What they wrote.
    pub text: String,
    /// Files that were kept before.
    pub files: Vec<FileId>,
    /// The language of the page.
    pub language: Language,
    /// What is proved about who wrote it: [`super::PROVED`] or [`super::UNPROVED`].
    pub proved: &'static str,
}

/// Adds what a customer says to a case. What a closed case hears becomes a new one; the answer
/// names it.
///
/// # Errors
/// Refused if there is nothing in it or too much.
pub async fn say(
    tx: &mut Tx,
    env: &Env,
    case: CaseId,
    (person, address): (PersonId, Option<AddressId>),
    said: &Said,
) -> Result<Added, Stop> {
    let text = many_lines(&said.text);
    if text.is_empty() && said.files.is_empty() {
        return Err(cases::EMPTY.into());
    }
    if text.chars().count() > LONGEST_TEXT {
        return Err(TOO_LONG.into());
    }
    if said.files.len() > MOST_FILES {
        return Err(TOO_MANY_FILES.into());
    }
    let new = NewMessage {
        files: said.files.clone(),
        verdict: Some(said.proved.to_owned()),
        source_id: Some(said.form.clone()).filter(|form| !form.is_empty()),
        ..written(person, address, said.language, text)
    };
    cases::add(tx, env, case, new).await
}

/// What a person wrote on one of our pages.
pub(super) fn written(
    person: PersonId,
    address: Option<AddressId>,
    language: Language,
    text: String,
) -> NewMessage {
    NewMessage {
        direction: Direction::In,
        address,
        ..NewMessage::answer(Author::Person(person), Origin::Form, language, text)
    }
}
