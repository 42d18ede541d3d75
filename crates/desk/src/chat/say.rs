//! A visitor writes a line. The same line sent again is the same row again.

use base::id::{CaseId, FileId};
use base::{Kind, Refusal, Stop};
use store::Tx;

use super::by_mail;
use super::lines::{self, Line};
use super::session::{NO_SESSION, Session};
use super::signs::{self, Sign, Who};
use super::{offers, rows};
use crate::Desk;
use crate::cases::{self, Added, NewCase, NewMessage, Origin, Priority, Ref, RefKind, Side, Team};
use crate::people::{self, AddressKind, Audience, Hint, Proof};

/// The longest line.
pub const LONGEST: usize = 4_000;
/// So many files go with one line.
pub const MOST_FILES: usize = 5;

/// The line is empty.
const EMPTY: Refusal =
    Refusal::new(Kind::Malformed, "text_missing", "write something, or name a file");
/// The line is too long.
const TOO_LONG: Refusal =
    Refusal::new(Kind::TooLarge, "chat_text_too_long", "a line has 4,000 characters at most");
/// The browser's name for the line is none.
const NO_NAME: Refusal =
    Refusal::new(Kind::Malformed, "id_not_valid", "name the line with a UUID of your own");
/// Too many files.
const TOO_MANY_FILES: Refusal =
    Refusal::new(Kind::TooLarge, "too_many_files", "five files go with one line at most");
/// The file is not theirs, or was sent already.
const NO_FILE: Refusal =
    Refusal::new(Kind::Malformed, "chat_file_not_yours", "name files this session has handed in");
/// Nothing is taken from this visitor.
const BLOCKED: Refusal =
    Refusal::new(Kind::Forbidden, "visitor_blocked", "nothing more is taken in this chat");

/// A line to be.
#[derive(Clone, Debug)]
pub struct Words {
    /// The browser's own name for it.
    pub client_id: String,
    /// What is said.
    pub text: String,
    /// Files that were handed in before.
    pub files: Vec<FileId>,
}

/// What became of a line.
#[derive(Clone, Debug)]
pub struct Said {
    /// The line.
    pub line: Line,
    /// Whether the same had come before.
    pub earlier: bool,
}

/// Writes a line. The first one opens a case.
///
/// # Errors
/// Refused if there is nothing to write or too much, or if nothing is taken from this visitor.
pub async fn say(desk: &Desk, session: &Session, words: Words) -> Result<Said, Stop> {
    let words = checked(words)?;
    let (store, env) = (&desk.billing.store, &desk.billing.env);
    let (now, id) = (env.now(), session.id);
    let (session, message, earlier) = store::write!(store, |tx| {
        // Read again within: another browser or node may have opened the case meanwhile.
        let session = rows::find(tx, id).await?.ok_or(NO_SESSION)?;
        let (session, added) = write(desk, tx, session, &words).await?;
        if !added.earlier {
            for file in &words.files {
                if !rows::name_file(tx, id, *file, added.message.id).await? {
                    return Err(NO_FILE.into());
                }
            }
        }
        rows::heard(tx, id, now).await?;
        rows::hide(tx, added.case.id, Who::Visitor, Sign::Typing, now).await?;
        Ok((session, added.message, added.earlier))
    })?;
    if let Some(case) = session.case {
        signs::show(desk, case, Who::Visitor, Sign::Here).await?;
    }
    if !earlier && session.from_seq == message.seq {
        // The line is written whatever becomes of the offer; the next look deals again.
        if let Err(stop) = offers::deal(desk).await {
            tracing::warn!(%stop, "a new chat could not be offered");
        }
    }
    let mut reader = store.read().await?;
    let line = lines::line(&mut reader, &session, &message).await?;
    Ok(Said { line, earlier })
}

fn checked(words: Words) -> Result<Words, Refusal> {
    let named = words.client_id.len() == 36
        && words.client_id.bytes().all(|it| it.is_ascii_hexdigit() || it == b'-');
    if !named {
        return Err(NO_NAME.at("id"));
    }
    if words.files.len() > MOST_FILES {
        return Err(TOO_MANY_FILES.at("files"));
    }
    let visible = |letter: &char| !letter.is_control() || matches!(letter, '\n' | '\t');
    let text: String = words.text.replace("\r\n", "\n").chars().filter(visible).collect();
    let text = text.trim().to_owned();
    if text.chars().count() > LONGEST {
        return Err(TOO_LONG.at("text"));
    }
    if text.is_empty() && words.files.is_empty() {
        return Err(EMPTY.at("text"));
    }
    let client_id = words.client_id.to_ascii_lowercase();
    Ok(Words { client_id, text, files: words.files })
}

async fn write(
    desk: &Desk,
    tx: &mut Tx,
    session: Session,
    words: &Words,
) -> Result<(Session, Added), Stop> {
    let env = &desk.billing.env;
    let session = met(desk, tx, session).await?;
    let (Some(person), Some(address)) = (session.person, session.address) else {
        return Err(NO_SESSION.into());
    };
    if people::find(tx, person).await?.is_some_and(|person| person.blocked_at.is_some()) {
        return Err(BLOCKED.into());
    }
    let source_id = format!("{}/{}", session.id, words.client_id);
    let message = NewMessage {
        source_id: Some(source_id.clone()),
        files: words.files.clone(),
        verdict: session.subject.is_some().then(|| "aligned".to_owned()),
        ..NewMessage::from_person(person, address, Origin::Chat, session.language, &words.text)
    };
    match session.case {
        Some(case) => {
            let added = cases::add(tx, env, case, message).await?;
            Ok((moved(tx, session, &added).await?, added))
        }
        None => {
            let new = first(&session, tx, message).await?;
            let case = cases::open(tx, env, new).await?;
            let message = cases::message_by_source(tx, Origin::Chat, &source_id).await?;
            let message = message.ok_or_else(|| base::Fault::new("find the first line"))?;
            let added = Added { case, message, earlier: false };
            Ok((begun(desk, tx, session, &added).await?, added))
        }
    }
}

/// Whoever speaks becomes somebody the desk knows.
async fn met(desk: &Desk, tx: &mut Tx, session: Session) -> Result<Session, Stop> {
    if session.person.is_some() {
        return Ok(session);
    }
    let env = &desk.billing.env;
    let value = match &session.subject {
        Some(subject) => format!("{}:{subject}", session.channel),
        None => session.id.to_string(),
    };
    let hint = Hint {
        name: session.name.clone(),
        language: session.language,
        audience: Audience::Customer,
    };
    let (person, address) = if session.subject.is_some() {
        let (person, address) = by_mail::met_by_host(desk, tx, &session, (&value, &hint)).await?;
        people::verify(tx, env, address.id, Proof::HostSite).await?;
        (person, address)
    } else {
        people::meet(tx, env, AddressKind::Chat, &value, &hint).await?
    };
    Ok(Session { person: Some(person.id), address: Some(address.id), ..session })
}

async fn first(session: &Session, tx: &mut Tx, message: NewMessage) -> Result<NewCase, Stop> {
    let requester = session.person.ok_or(NO_SESSION)?;
    let person = people::find(tx, requester).await?;
    let customer = person.and_then(|person| person.customer);
    Ok(NewCase {
        // The core makes a subject of the first words where there is none.
        subject: String::new(),
        audience: Audience::Customer,
        side: Side::Unknown,
        topic: None,
        team: Team::Support,
        priority: Priority::Normal,
        origin: Origin::Chat,
        language: session.language,
        requester,
        tags: Vec::new(),
        refs: customer.map(|id| Ref::subject(RefKind::Customer, id)).into_iter().collect(),
        first: message,
    })
}

async fn begun(desk: &Desk, tx: &mut Tx, session: Session, added: &Added) -> Result<Session, Stop> {
    let session = Session { from_seq: added.message.seq, ..session };
    let session = keep(tx, session, added.case.id).await?;
    // An address that was proved before anything was said belongs to somebody only now.
    if let Some(mail) = session.mail.as_deref().filter(|_| session.mail_proved_at.is_some()) {
        by_mail::belong(desk, tx, &session, mail).await?;
    }
    Ok(session)
}

/// A case that was closed or merged goes on in another: the session follows.
async fn moved(tx: &mut Tx, session: Session, added: &Added) -> Result<Session, Stop> {
    let Some(before) = session.case.filter(|case| *case != added.case.id) else {
        return Ok(session);
    };
    // What was merged came along with its lines; a case that follows another begins anew.
    let merged = cases::find(tx, before).await?.is_some_and(|case| case.merged_into.is_some());
    let session = Session {
        turn: session.turn + 1,
        from_seq: if merged { 1 } else { added.message.seq },
        seen_seq: 0,
        desk_seen_seq: 0,
        mailed_seq: 0,
        ..session
    };
    keep(tx, session, added.case.id).await
}

async fn keep(tx: &mut Tx, session: Session, case: CaseId) -> Result<Session, Stop> {
    let session = Session { case: Some(case), ..session };
    rows::talks(tx, &session).await?;
    Ok(session)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Words {
        let client_id = "00000000-0000-4000-8000-00000000000A".into();
        Words { client_id, text: text.into(), files: Vec::new() }
    }

    #[test]
    fn a_line_is_one_text_of_bounded_length_with_a_name() {
        let line = checked(words(" a\u{0}\u{1b}b\r\nc \n")).unwrap();
        assert_eq!(line.text, "ab\nc");
        assert_eq!(line.client_id, "00000000-0000-4000-8000-00000000000a");
        assert!(checked(words(&"ø".repeat(LONGEST))).is_ok());
        let code = |words| checked(words).unwrap_err().code;
        assert_eq!(code(words(&"ø".repeat(LONGEST + 1))), "chat_text_too_long");
        assert_eq!(code(words(" \n ")), "text_missing");
        assert_eq!(code(Words { client_id: "x".into(), ..words("a") }), "id_not_valid");
    }
}
