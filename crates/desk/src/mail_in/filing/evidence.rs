//! Where a mail belongs, by what it carries: our signed word, the ids it answers, a reference in
//! its subject. The same subject alone leads nowhere, and neither does anything in the text.

use base::{Fault, Timestamp};
use store::{Reads, Vault};

use crate::cases::{self, Case, Reference, Thread};
use crate::letters::Letter;
use crate::mail_in::raw::RawMail;
use crate::mail_in::rows::ids;
use crate::mail_in::settings::{MailIn, plus_of};
use crate::mail_in::token::Token;

/// So many ids of a mail are looked up.
const MOST_REFERENCES: usize = 100;

/// Where a mail belongs, and how we know.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) case: Case,
    pub(super) thread: Thread,
    pub(super) by: Evidence,
}

/// How we know where a mail belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    /// It carries our signed word.
    Token(Token),
    /// It answers a mail that we know.
    Answer,
    /// Its subject names the case.
    Reference,
    /// Its subject has the number by which an allowed sender calls the case.
    Foreign,
}

/// Words that may be tokens, the most trusted first: the plus part of an address of ours, what it
/// answers, what it refers to from the newest to the oldest, our mark in its text.
pub(super) fn words(mail_in: &MailIn, raw: &RawMail, letter: &Letter) -> Vec<String> {
    let boxes = letter.to.iter().chain(&letter.cc).map(|one| one.address.as_str());
    let readers = raw.envelope_to.iter().chain(&letter.delivered_to).map(String::as_str);
    let plus = readers.chain(boxes).filter(|address| mail_in.own(address).is_some());
    let plus = plus.filter_map(plus_of).map(str::to_owned);
    let ids = answered(letter);
    let left = ids.iter().filter_map(|id| id.split(['.', '@']).next().map(str::to_owned));
    plus.chain(left).chain(letter.markers.iter().cloned()).collect()
}

/// The ids it answers and refers to, the nearest first.
pub(super) fn answered(letter: &Letter) -> Vec<String> {
    let newest_first = letter.references.iter().rev();
    let mut all: Vec<String> = letter.in_reply_to.iter().chain(newest_first).cloned().collect();
    all.dedup();
    all.truncate(MOST_REFERENCES);
    all
}

/// The references of cases that stand in square brackets in a subject.
pub(super) fn named(subject: &str) -> Vec<Reference> {
    let inside = subject.split('[').skip(1).filter_map(|rest| rest.split(']').next());
    inside.filter_map(|name| Reference::read(name.trim().trim_start_matches('#')).ok()).collect()
}

/// Finds where a mail belongs.
///
/// # Errors
/// A fault if the database does not answer.
pub(super) async fn find(
    reads: &mut impl Reads,
    vault: &Vault,
    mail_in: &MailIn,
    (raw, letter): (&RawMail, &Letter),
    now: Timestamp,
) -> Result<Option<Place>, Fault> {
    for word in words(mail_in, raw, letter) {
        let Some(token) = Token::read(vault, &word, now) else { continue };
        let Some(thread) = cases::thread(reads, token.thread).await? else { continue };
        if let Some(case) = cases::find(reads, thread.case).await? {
            return Ok(Some(Place { case, thread, by: Evidence::Token(token) }));
        }
    }
    if let Some(known) = ids::first_of(reads, &answered(letter)).await? {
        let thread = cases::thread(reads, known.thread).await?;
        if let (Some(thread), Some(case)) = (thread, cases::find(reads, known.case).await?) {
            return Ok(Some(Place { case, thread, by: Evidence::Answer }));
        }
    }
    for reference in named(&letter.subject) {
        let Some(case) = cases::find_by_reference(reads, &reference).await? else { continue };
        let threads = cases::threads_of(reads, case.id).await?;
        let customer = threads.into_iter().find(|one| one.kind == cases::ThreadKind::Customer);
        if let Some(thread) = customer {
            return Ok(Some(Place { case, thread, by: Evidence::Reference }));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use base::Chance;

    use super::*;

    #[test]
    fn a_reference_counts_in_square_brackets_and_without_a_mistake_only() {
        let reference = Reference::draw(&Chance::seeded(4));
        let text = reference.as_str();
        for subject in [
            format!("Re: my order [{text}]"),
            format!("[#{}] AW: x", text.to_lowercase()),
            format!("[other] [{}]", text.replace('-', "")),
        ] {
            assert_eq!(named(&subject), std::slice::from_ref(&reference), "{subject}");
        }
        for subject in [text.to_owned(), format!("[{}X]", text), "[]".to_owned(), "[[".to_owned()] {
            assert!(named(&subject).is_empty(), "{subject}");
        }
    }
}
