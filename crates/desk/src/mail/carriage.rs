//! What an answer in a case carries beyond a receipt's mail: the headers of its thread, the address
//! it is answered at, its files, and whom it is told to when it has left.

use base::id::{AddressId, CaseId, FileId, MessageId};
use serde::{Deserialize, Serialize};

/// What a mail of the desk carries. A mail without is a notice that nobody answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Carriage {
    /// What calls it to mind in the header Message-ID, instead of the mail's own id.
    pub message_id: Option<String>,
    /// Where answers go.
    pub reply_to: Option<String>,
    /// The mail it answers, without brackets.
    pub in_reply_to: Option<String>,
    /// The mails of its thread, oldest first, without brackets.
    pub references: Vec<String>,
    /// Whether a person wrote it, or the desk by itself.
    pub hand: Hand,
    /// Where its reader says that they want no more of its kind.
    pub unsubscribe: Option<String>,
    /// What goes with it.
    pub files: Vec<FileId>,
    /// The case it belongs to.
    pub case: Option<CaseId>,
    /// The message it is, whose delivery is told.
    pub message: Option<MessageId>,
    /// The address it goes to.
    pub address: Option<AddressId>,
}

/// Who wrote a mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hand {
    /// A person: its answer is awaited.
    #[default]
    Person,
    /// The desk, in answer to a mail: nobody's program shall answer it, and it comes back to
    /// nobody.
    Program,
    /// The desk, of itself: nobody's program shall answer it, and what comes back is heard.
    Unasked,
}

impl Carriage {
    /// The signed word in it; empty if there is none.
    #[must_use]
    pub fn word(&self) -> &str {
        let id = self.message_id.as_deref().unwrap_or_default();
        id.split(['.', '@']).next().unwrap_or_default()
    }
}
