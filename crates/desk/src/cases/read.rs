//! Looking at cases. Every question that leads to somebody's words says which threads it means.

use base::Fault;
use base::id::{AddressId, CaseId, MessageId, PersonId, ThreadId};
use store::Reads;

use super::{
    Case, CaseEvent, CaseLink, Eyes, Message, Origin, Participant, Ref, RefKind, Reference, Thread,
    ThreadKind, rows,
};
use crate::files::{self, File};
use crate::people;

/// How many merges are followed.
const FARTHEST: usize = 10;

/// The case with this id.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find(reads: &mut impl Reads, id: CaseId) -> Result<Option<Case>, Fault> {
    rows::cases::find(reads, id).await
}

/// The cases with these ids, the newest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find_many(reads: &mut impl Reads, ids: &[CaseId]) -> Result<Vec<Case>, Fault> {
    rows::cases::find_many(reads, ids.iter().map(ToString::to_string).collect()).await
}

/// The case with this id, if these eyes may see it.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn seen(reads: &mut impl Reads, eyes: &Eyes, id: CaseId) -> Result<Option<Case>, Fault> {
    rows::cases::seen(reads, rows::cases::teams(eyes.teams()), id).await
}

/// The case with this reference.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn find_by_reference(
    reads: &mut impl Reads,
    reference: &Reference,
) -> Result<Option<Case>, Fault> {
    rows::cases::find_by_reference(reads, reference).await
}

/// The case, or the one it is part of now.
///
/// # Errors
/// A fault if the database does not answer, or if merges go round.
pub async fn survivor(reads: &mut impl Reads, id: CaseId) -> Result<Option<Case>, Fault> {
    let mut id = id;
    for _ in 0..FARTHEST {
        let Some(case) = rows::cases::find(reads, id).await? else { return Ok(None) };
        match case.merged_into {
            Some(into) => id = into,
            None => return Ok(Some(case)),
        }
    }
    Err(Fault::new("follow merged cases: there are too many in a row"))
}

/// Messages of these kinds of threads with a higher number, the first first, as staff see them.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn messages(
    reads: &mut impl Reads,
    case: CaseId,
    threads: &[ThreadKind],
    after_seq: i64,
    limit: u32,
) -> Result<Vec<Message>, Fault> {
    let kinds = threads.iter().map(ToString::to_string).collect();
    rows::messages::after(reads, case, kinds, after_seq, limit).await
}

/// What somebody last wrote by hand in the customer's thread of a case.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn last_words_of(
    reads: &mut impl Reads,
    case: CaseId,
    person: PersonId,
) -> Result<Option<Message>, Fault> {
    rows::messages::last_of(reads, case, person).await
}

/// Messages of one thread as its readers outside see them: without what can still be taken back,
/// what was, and notes. Numbered by [`Message::shown_seq`].
///
/// # Errors
/// A fault if the database does not answer.
pub async fn messages_of(
    reads: &mut impl Reads,
    thread: ThreadId,
    after_shown_seq: i64,
    limit: u32,
) -> Result<Vec<Message>, Fault> {
    rows::messages::shown_in(reads, thread, after_shown_seq, limit).await
}

/// The customer's thread as who asked sees it: without what can still be taken back, what was,
/// and notes. Numbered by [`Message::shown_seq`]. Ask [`shown_to`] unless it is proved who looks.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn shown(
    reads: &mut impl Reads,
    case: CaseId,
    after_shown_seq: i64,
    limit: u32,
) -> Result<Vec<Message>, Fault> {
    rows::messages::shown(reads, case, after_shown_seq, limit).await
}

/// The customer's thread as somebody at this address may see it: all of it if the address is
/// proved to be theirs and they may read it; else only what came from it or went to it.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn shown_to(
    reads: &mut impl Reads,
    case: CaseId,
    address: AddressId,
    after_shown_seq: i64,
    limit: u32,
) -> Result<Vec<Message>, Fault> {
    let proved = people::address(reads, address).await?.is_some_and(|it| it.verified_at.is_some());
    let who = rows::people::find(reads, case, address).await?;
    let reader = who.is_some_and(|who| who.reads_customer());
    if proved && reader {
        rows::messages::shown(reads, case, after_shown_seq, limit).await
    } else {
        rows::messages::shown_to(reads, case, address, after_shown_seq, limit).await
    }
}

/// The message with this id.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn message(reads: &mut impl Reads, id: MessageId) -> Result<Option<Message>, Fault> {
    rows::messages::find(reads, id).await
}

/// The message that its channel calls so.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn message_by_source(
    reads: &mut impl Reads,
    channel: Origin,
    source_id: &str,
) -> Result<Option<Message>, Fault> {
    rows::messages::by_source(reads, channel, source_id).await
}

/// The message with this header Message-ID, without its brackets.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn message_by_mail_id(
    reads: &mut impl Reads,
    mail_id: &str,
) -> Result<Option<Message>, Fault> {
    rows::messages::by_mail_id(reads, mail_id).await
}

/// The files of a message, in order.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn files_of(reads: &mut impl Reads, message: MessageId) -> Result<Vec<File>, Fault> {
    files::of_message(reads, message).await
}

/// What happened to a case after a number, the first first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn events(
    reads: &mut impl Reads,
    case: CaseId,
    after_seq: i64,
    limit: u32,
) -> Result<Vec<CaseEvent>, Fault> {
    rows::events::after(reads, case, after_seq, limit).await
}

/// The thread with this id.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn thread(reads: &mut impl Reads, id: ThreadId) -> Result<Option<Thread>, Fault> {
    rows::threads::find(reads, id).await
}

/// The threads of a case, the oldest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn threads_of(reads: &mut impl Reads, case: CaseId) -> Result<Vec<Thread>, Fault> {
    rows::threads::of(reads, case).await
}

/// Who takes part in a case, who came first before the others.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn participants_of(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<Participant>, Fault> {
    rows::people::of(reads, case).await
}

/// What of the money side a case is about.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn refs_of(reads: &mut impl Reads, case: CaseId) -> Result<Vec<Ref>, Fault> {
    rows::refs::of(reads, case).await
}

/// The cases about something of the money side, the newest first.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn of_ref(reads: &mut impl Reads, kind: RefKind, id: &str) -> Result<Vec<Case>, Fault> {
    rows::cases::of_ref(reads, kind.as_str(), id).await
}

/// What other cases a case has to do with.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn links_of(reads: &mut impl Reads, case: CaseId) -> Result<Vec<CaseLink>, Fault> {
    rows::refs::links(reads, case).await
}
