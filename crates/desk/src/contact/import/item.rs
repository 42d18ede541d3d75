//! A message of another desk, before it is ours.

use base::{Language, Timestamp};

use crate::cases::{CaseState, Side};
use crate::people::Audience;

/// A message of another desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What the other desk calls its case.
    pub case: String,
    /// What it calls the message: one of a kind within the case.
    pub message: String,
    /// When it was written.
    pub at: Timestamp,
    /// Who wrote it.
    pub speaker: Speaker,
    /// The customer's mail address.
    pub mail: String,
    /// What the customer is called.
    pub name: Option<String>,
    /// What the case is about.
    pub subject: String,
    /// The whole text.
    pub text: String,
    /// What is new in it, if that is known.
    pub fresh: Option<String>,
    /// As a page that can do no harm.
    pub html: Option<String>,
    /// The language it is in.
    pub language: Language,
    /// Whose door it came through.
    pub audience: Audience,
    /// On whose side the problem was.
    pub side: Side,
    /// Which kind of problem it was.
    pub topic: Option<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Where the case stands in the end.
    pub state: Option<CaseState>,
    /// The header Message-ID without its brackets.
    pub mail_id: Option<String>,
    /// Files that came with it.
    pub files: Vec<Attachment>,
}

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// Who asked.
    Customer,
    /// Whoever answered.
    Desk,
}

/// A file that came with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// What it is called.
    pub name: String,
    /// What its sender says it is.
    pub declared: String,
    /// What it is.
    pub bytes: Vec<u8>,
    /// What a mail's page calls it.
    pub inline: Option<String>,
}

/// A piece of the file that cannot be brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The line of a table, or the number of a mail.
    pub place: u64,
    /// Why, for the operator.
    pub why: String,
}
