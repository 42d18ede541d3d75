//! A new message as it is kept: within its limits, and without card numbers.

use base::Refusal;

use super::refusals::{EMPTY, TOO_LONG};
use super::state::{Said, Weight};
use super::{AuthorKind, NewMessage};
use crate::mask;

/// The longest text, in bytes.
const LONGEST_TEXT: usize = 1024 * 1024;
/// The longest page, in bytes.
const LONGEST_HTML: usize = 4 * 1024 * 1024;
/// How many files a message may have.
const MOST_FILES: usize = 20;
/// The longest id or word that comes from outside.
const LONGEST_WORD: usize = 998;
/// The longest subject, in letters.
const LONGEST_SUBJECT: usize = 250;

/// The message with its limits checked and card numbers masked.
///
/// # Errors
/// Refused if there is too much of it, or nothing.
pub(super) fn checked(new: NewMessage) -> Result<NewMessage, Refusal> {
    let fresh = new.fresh.as_deref().unwrap_or_default();
    let html = new.html.as_deref().unwrap_or_default();
    let words = [&new.source_id, &new.mail_id, &new.automatic, &new.bounce, &new.verdict];
    let long_word = words.iter().any(|it| it.as_ref().is_some_and(|it| it.len() > LONGEST_WORD));
    if new.text.len() > LONGEST_TEXT
        || fresh.len() > LONGEST_TEXT
        || html.len() > LONGEST_HTML
        || new.files.len() > MOST_FILES
        || long_word
    {
        return Err(TOO_LONG);
    }
    let nothing = new.text.trim().is_empty() && html.is_empty() && new.files.is_empty();
    // A bounce may have no text, and is filed all the same.
    if nothing && new.automatic.is_none() && new.bounce.is_none() {
        return Err(EMPTY);
    }
    Ok(NewMessage {
        text: masked(&new.text),
        fresh: new.fresh.as_deref().map(masked),
        html: new.html.as_deref().map(|html| mask::cards_in_html(html).into_owned()),
        ..new
    })
}

/// PostgreSQL keeps no zero characters, and nobody misses them.
fn masked(text: &str) -> String {
    let text = mask::cards(text);
    if text.contains('\0') { text.replace('\0', "") } else { text.into_owned() }
}

/// A subject as it is kept: one line, not too long; the beginning of the text if there is none.
pub(super) fn subject(written: &str, text: &str) -> String {
    let line = |text: &str, most: usize| -> String {
        let spaced = text.chars().map(|it| if it.is_control() { ' ' } else { it });
        let line: String = spaced.collect();
        let words: Vec<&str> = line.split_whitespace().take(most).collect();
        let line: String = words.join(" ").chars().take(LONGEST_SUBJECT).collect();
        mask::cards(&line).into_owned()
    };
    let subject = line(written, usize::MAX);
    if subject.is_empty() { line(text, 10) } else { subject }
}

impl NewMessage {
    /// What the table of states needs to know of it.
    pub(super) fn said(&self) -> Said {
        let by = self.author.kind();
        let machine = match by {
            AuthorKind::Rule | AuthorKind::Billing | AuthorKind::System => true,
            AuthorKind::Person | AuthorKind::Staff | AuthorKind::Program => false,
        };
        let inert = machine || self.automatic.is_some() || self.bounce.is_some();
        let weight = if inert { Weight::None } else { Weight::Full };
        Said { by, thread: self.thread.kind(), direction: self.direction, weight }
    }
}
