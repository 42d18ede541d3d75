//! What a visitor reads: the lines of their talk, in order, each with its place.

use std::collections::HashMap;

use base::id::{FileId, MessageId, StaffId};
use base::{Fault, Language, Timestamp};
use identity::staff;
use store::Reads;

use super::session::{Place, Session};
use crate::cases::{self, Author, Direction, Message};
use crate::files::{self, File};

/// Who said a line, as the visitor sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// The visitor.
    You,
    /// Somebody else who takes part.
    Other,
    /// The desk: somebody with that name, or the desk as such.
    Desk(Option<String>),
}

/// One line of a talk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stands.
    pub place: Place,
    /// The message it is.
    pub id: MessageId,
    /// The browser's own name for it, if this session wrote it.
    pub client_id: Option<String>,
    /// Who said it.
    pub from: From,
    /// What was said; empty where it was taken away.
    pub text: String,
    /// The language it is in.
    pub language: Language,
    /// Files that go with it.
    pub files: Vec<LineFile>,
    /// When.
    pub at: Timestamp,
    /// Whether its text was taken away.
    pub gone: Option<Timestamp>,
}

/// A file that goes with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFile {
    /// Names it.
    pub id: FileId,
    /// What to call it.
    pub name: String,
    /// What its bytes say it is.
    pub kind: String,
    /// How many bytes.
    pub size: i64,
}

/// So many lines are read at once.
pub const PAGE: u32 = 100;

/// The lines behind a place, and whether there are more.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn lines(
    reads: &mut impl Reads,
    session: &Session,
    place: Place,
) -> Result<(Vec<Line>, bool), Fault> {
    let messages = messages(reads, session, place, PAGE + 1).await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = messages.len() > page;
    let mut lines = Vec::new();
    let mut names = HashMap::new();
    let shown = messages.iter().filter(|message| !is_gone(message));
    let ids: Vec<MessageId> = shown.take(page).map(|message| message.id).collect();
    let mut files = files::of_messages(reads, &ids).await?;
    for message in messages.iter().take(page) {
        let files = files.remove(&message.id).unwrap_or_default();
        lines.push(written(reads, session, (message, files), &mut names).await?);
    }
    Ok((lines, more))
}

/// The messages behind a place that are the visitor's to read.
///
/// Somebody the host vouches for reads what their case shows them; a stranger only what was said
/// from this very browser and to it.
pub(super) async fn messages(
    reads: &mut impl Reads,
    session: &Session,
    place: Place,
    limit: u32,
) -> Result<Vec<Message>, Fault> {
    let (Some(case), Some(address)) = (session.case, session.address) else {
        return Ok(Vec::new());
    };
    cases::shown_to(reads, case, address, session.after(place), limit).await
}

/// One message as a line.
pub(super) async fn line(
    reads: &mut impl Reads,
    session: &Session,
    message: &Message,
) -> Result<Line, Fault> {
    let files =
        if is_gone(message) { Vec::new() } else { files::of_message(reads, message.id).await? };
    written(reads, session, (message, files), &mut HashMap::new()).await
}

/// Whether a message's text was taken away, and its files with it.
fn is_gone(message: &Message) -> bool {
    message.redacted_at.is_some() || message.withdrawn_at.is_some()
}

async fn written(
    reads: &mut impl Reads,
    session: &Session,
    (message, files): (&Message, Vec<File>),
    names: &mut HashMap<StaffId, Option<String>>,
) -> Result<Line, Fault> {
    let own = session.person.map(Author::Person) == Some(message.author)
        || message.address.is_some() && message.address == session.address;
    let from = match (message.direction, message.author) {
        (Direction::In, _) if own => From::You,
        (Direction::In, _) => From::Other,
        (_, Author::Staff(id)) => From::Desk(called(reads, id, names).await?),
        _ => From::Desk(None),
    };
    let own = format!("{}/", session.id);
    let client_id =
        message.source_id.as_deref().and_then(|id| id.strip_prefix(&own)).map(str::to_owned);
    let gone = message.redacted_at.or(message.withdrawn_at);
    Ok(Line {
        place: session.place(message.shown_seq.unwrap_or(message.seq)),
        id: message.id,
        client_id,
        from,
        text: if gone.is_some() { String::new() } else { message.fresh.clone() },
        language: message.language,
        files: files.into_iter().map(line_file).collect(),
        at: message.created_at,
        gone,
    })
}

fn line_file(file: File) -> LineFile {
    LineFile { id: file.id, name: file.safe_name, kind: file.kind, size: file.size }
}

/// What visitors call somebody of the desk: the first of their names.
async fn called(
    reads: &mut impl Reads,
    id: StaffId,
    names: &mut HashMap<StaffId, Option<String>>,
) -> Result<Option<String>, Fault> {
    if let Some(name) = names.get(&id) {
        return Ok(name.clone());
    }
    let name = name_of(reads, id).await?;
    names.insert(id, name.clone());
    Ok(name)
}

/// What visitors call somebody of the desk: the first of their names.
pub(super) async fn name_of(reads: &mut impl Reads, id: StaffId) -> Result<Option<String>, Fault> {
    let staff = staff::find(reads, id).await?;
    Ok(staff.and_then(|staff| staff.name.split(' ').next().map(str::to_owned)))
}
