//! The headers that keep a conversation together: an id that leads back, and what it answers.

use base::id::AddressId;
use base::{Fault, SignedDuration};
use store::Reads;

use super::super::{Carriage, Hand};
use crate::Desk;
use crate::cases::{self, Case, Message, ThreadKind};
use crate::mail_in::{Token, TokenKind, VALID_DAYS, with_plus};
use crate::people::Address;

/// So many mails are named in References.
const MOST_REFERENCES: usize = 20;
/// So many events back a mail is looked for.
const BACK: i64 = 400;
const MOST_MESSAGES: u32 = 100;

/// What is said in a thread before a message, as those outside see it, the oldest first.
pub(super) async fn before(
    reads: &mut impl Reads,
    message: &Message,
) -> Result<Vec<Message>, Fault> {
    let from = message.seq.saturating_sub(BACK).max(0);
    let mut all = cases::messages_of(reads, message.thread, from, MOST_MESSAGES).await?;
    all.retain(|one| one.id != message.id && one.seq < message.seq);
    Ok(all)
}

/// The carriage of a message to an address.
pub(super) fn carriage(
    desk: &Desk,
    (case, message): (&Case, &Message),
    to: &Address,
    before: &[Message],
) -> Carriage {
    let kind = match message.thread_kind {
        ThreadKind::Customer => TokenKind::Customer,
        ThreadKind::Internal => TokenKind::Staff,
        ThreadKind::Creator | ThreadKind::Processor => TokenKind::Side,
    };
    let word = word(desk, kind, message, to);
    let last_in = before.iter().rev().filter(|one| one.address == Some(to.id));
    let mut last_in = last_in.filter(|one| one.direction == cases::Direction::In);
    Carriage {
        message_id: Some(format!("{word}.{}@{}", bare(&message.id), host(desk))),
        reply_to: reply_to(desk, &word),
        in_reply_to: last_in.find_map(|one| one.mail_id.clone()),
        references: references(before, to.id),
        hand: Hand::Person,
        case: Some(case.id),
        message: Some(message.id),
        address: Some(to.id),
        ..Carriage::default()
    }
}

fn word(desk: &Desk, kind: TokenKind, message: &Message, to: &Address) -> String {
    let vault = &desk.identity.vault;
    let until = message.created_at + SignedDuration::from_hours(24 * VALID_DAYS);
    Token::new(vault, kind, message.thread, &to.value, until).written(vault)
}

/// A signed word for an acknowledgment in a case's customer thread.
pub(super) fn automatic(desk: &Desk, message: &Message, to: &Address) -> String {
    word(desk, TokenKind::Automatic, message, to)
}

/// Where a mail with that word is answered. Without mailboxes of our own, where all mail goes.
pub(super) fn reply_to(desk: &Desk, word: &str) -> Option<String> {
    let own = desk.settings.mail_in.first()?;
    with_plus(own, word).or_else(|| Some(own.to_owned()))
}

/// The site's host, for Message-IDs.
pub(super) fn host(desk: &Desk) -> &str {
    desk.billing.site.base_url.host_str().unwrap_or("localhost")
}

/// The letters of an id without its prefix.
pub(super) fn bare(id: &impl ToString) -> String {
    let id = id.to_string();
    id.rsplit('_').next().unwrap_or_default().to_owned()
}

/// The first mail of the thread and the newest ones: what a reader's program sorts by. Only mails
/// that this reader wrote or got: the ids of others say that there are others.
fn references(before: &[Message], reader: AddressId) -> Vec<String> {
    let theirs = before.iter().filter(|one| one.address == Some(reader));
    let mut all: Vec<String> = theirs.filter_map(|one| one.mail_id.clone()).collect();
    if all.len() > MOST_REFERENCES {
        all.drain(1..=all.len() - MOST_REFERENCES);
    }
    all
}
