//! What a mail says: a subject, and the same words as text and as a page.

/// A subject is cut behind so many characters.
const LONGEST_SUBJECT: usize = 200;

/// What a mail says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// For programs that show text only, and for people who like it.
    pub text: String,
    /// The same as a page without anything to fetch.
    pub html: String,
}

impl Letter {
    /// A letter. Line ends and other control characters fall out of the subject, so that nothing
    /// in it can begin another header.
    #[must_use]
    pub fn new(subject: &str, text: String, html: String) -> Letter {
        let line = subject.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
        let subject = line.take(LONGEST_SUBJECT).collect::<String>().trim().to_owned();
        Letter { subject, text, html }
    }
}
