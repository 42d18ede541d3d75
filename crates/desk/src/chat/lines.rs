//! What a visitor reads: the lines of their talk, in order, each with its place.

use std::collections::HashMap;

use base::id::{FileId, MessageId, StaffId};
use base::{Fault, Language, Timestamp};
use identity::staff;
use store::Reads;

use super::session::{Place, Session};
use crate::cases::{self, Author, Direction, Message};

/// Who said a line, as the visitor sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// The visitor.
    You,
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
    for message in messages.iter().take(page) {
        lines.push(written(reads, session, message, &mut names).await?);
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
    written(reads, session, message, &mut HashMap::new()).await
}

async fn written(
    reads: &mut impl Reads,
    session: &Session,
    message: &Message,
    names: &mut HashMap<StaffId, Option<String>>,
) -> Result<Line, Fault> {
    let from = match (message.direction, message.author) {
        (Direction::In, _) => From::You,
        (_, Author::Staff(id)) => From::Desk(called(reads, id, names).await?),
        _ => From::Desk(None),
    };
    let own = format!("{}/", session.id);
    let client_id =
        message.source_id.as_deref().and_then(|id| id.strip_prefix(&own)).map(str::to_owned);
    let gone = message.redacted_at.or(message.withdrawn_at);
    let files = if gone.is_some() { Vec::new() } else { files(reads, message).await? };
    Ok(Line {
        place: session.place(message.shown_seq.unwrap_or(message.seq)),
        id: message.id,
        client_id,
        from,
        text: if gone.is_some() { String::new() } else { message.fresh.clone() },
        language: message.language,
        files,
        at: message.created_at,
        gone,
    })
}

async fn files(reads: &mut impl Reads, message: &Message) -> Result<Vec<LineFile>, Fault> {
    let files = cases::files_of(reads, message.id).await?;
    let line_file = |file: crate::files::File| LineFile {
        id: file.id,
        name: file.safe_name,
        kind: file.kind,
        size: file.size,
    };
    Ok(files.into_iter().map(line_file).collect())
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
