//! A mail becomes a message: of the case it belongs to, or of a new one.

use base::id::{AddressId, FileId, MessageId, PersonId, StaffId};
use base::{Env, Fault, Language, Stop};
use store::Tx;

use super::evidence::Place;
use super::join::Admitted;
use super::passed_on::{self, PassedOn};
use super::settle::{Ask, Sender};
use crate::Desk;
use crate::cases::{
    self, Author, Case, Direction, LinkKind, NewCase, NewMessage, Origin, ParticipantRole,
    Priority, Side, Team, Thread, ThreadKind, To,
};
use crate::files::{self, Upload};
use crate::letters::{Attached, AutomaticKind, Field, Letter, Standing};
use crate::mail_in::raw::RawMail;
use crate::mail_in::rows::ids::{self, Place as Known};
use crate::people::{self, Address, AddressKind, Audience, Hint, Person};

/// People in copy who become participants.
const MOST_PEOPLE: usize = 20;
/// Files of one message.
const MOST_FILES: usize = 20;
/// The longest text of a message; what is longer goes with it as a file, whole.
const LONGEST_TEXT: usize = 512 * 1024;

/// Where a mail was written.
pub(super) struct Written {
    pub(super) case: Case,
    pub(super) message: MessageId,
    pub(super) address: Address,
    /// Whether the case is new.
    pub(super) opened: bool,
}

/// Writes a mail into its case.
pub(super) async fn write(
    tx: &mut Tx,
    desk: &Desk,
    (raw, letter, sender): (&RawMail, &Letter, &Sender),
    (ask, found, admitted): (&Ask, Option<Place>, Admitted),
) -> Result<Written, Stop> {
    let env = &desk.billing.env;
    let joins = matches!(ask, Ask::Into(..)) || admitted != Admitted::Stranger;
    let passed =
        if joins { None } else { passed_on::read(tx, desk, (raw, letter, sender)).await? };
    let sender = passed.as_ref().map_or(sender, |passed| &passed.sender);
    let spoken = spoken(letter, found.as_ref());
    let hint = Hint {
        name: sender.name.clone(),
        language: spoken.unwrap_or_default(),
        audience: Audience::Customer,
    };
    let (person, address) =
        people::meet(tx, env, AddressKind::Mail, &sender.address, &hint).await?;
    let kept = keep_files(tx, env, letter).await?;
    let language = spoken.unwrap_or(person.language);
    let mut new = message(raw, letter, (person.id, address.id), language);
    new.files = kept.files;
    if let Some(passed) = &passed {
        passed.put_into(&mut new);
    }
    let target = match (ask, &found, admitted) {
        (Ask::Into(case, _), _, _) => Some((*case, To::Customer)),
        (_, Some(place), Admitted::Writer) => Some((place.case.id, to(&place.thread)?)),
        (_, Some(place), Admitted::Staff(staff)) => {
            by_staff(&mut new, staff, &place.thread);
            Some((place.case.id, to(&place.thread)?))
        }
        (_, Some(_) | None, _) => None,
    };
    let written = match target {
        Some((case, to)) => {
            let added = cases::add(tx, env, case, NewMessage { thread: to, ..new }).await?;
            let opened = added.case.id != case && added.case.created_at == env.now();
            Written { case: added.case, message: added.message.id, address, opened }
        }
        None => {
            let subject = passed.as_ref().map_or(letter.subject.as_str(), PassedOn::subject);
            let said = (letter, subject, new);
            open(tx, env, said, (&person, address), found.as_ref()).await?
        }
    };
    note_left(tx, env, &written, &kept.left).await?;
    remember_id(tx, env, letter, &written).await?;
    match &passed {
        Some(passed) => passed.note(tx, env, &written).await?,
        None => everybody(tx, desk, (letter, sender), &written).await?,
    }
    Ok(written)
}

/// The id of what was written is known from now on.
async fn remember_id(
    tx: &mut Tx,
    env: &Env,
    letter: &Letter,
    written: &Written,
) -> Result<(), Stop> {
    if let Some(message) = cases::message(tx, written.message).await? {
        let known = Known { case: message.case, thread: message.thread, message: message.id };
        ids::remember(tx, &letter.message_id, known, env.now()).await?;
    }
    Ok(())
}

/// Whoever was written to beside us takes part.
async fn everybody(
    tx: &mut Tx,
    desk: &Desk,
    (letter, sender): (&Letter, &Sender),
    written: &Written,
) -> Result<(), Stop> {
    let env = &desk.billing.env;
    // Nobody vouches for who sent it: nobody comes in on their word either.
    let vouched = matches!(letter.verdict.standing, Standing::Aligned | Standing::Forwarded);
    if !vouched {
        return Ok(());
    }
    let everybody = letter.to.iter().chain(&letter.cc).filter(|one| one.is_valid());
    let mail_in = &desk.settings.mail_in;
    let own = |address: &str| address == sender.address || mail_in.own(address).is_some();
    let mut keys: Vec<(String, String)> = Vec::new();
    for one in everybody {
        let key = one.key();
        if !own(&key) && !keys.iter().any(|(known, _)| *known == key) {
            keys.push((key, one.name.clone()));
        }
    }
    copied(tx, env, written, keys).await
}

/// Lets those in copy take part. They may read nothing until staff say so.
async fn copied(
    tx: &mut Tx,
    env: &Env,
    written: &Written,
    keys: Vec<(String, String)>,
) -> Result<(), Stop> {
    for (key, name) in keys.into_iter().take(MOST_PEOPLE) {
        let hint = Hint {
            name: Some(name).filter(|name| !name.is_empty()),
            language: written.case.language,
            audience: Audience::Customer,
        };
        let met = people::meet(tx, env, AddressKind::Mail, &key, &hint).await;
        // What is no address of ours to write to is left out, not a reason to lose the mail.
        let Ok((_, address)) = met else { continue };
        let by = Author::Person(written.address.person);
        let (case, role) = (written.case.id, ParticipantRole::Cc);
        match cases::join(tx, env, case, address.id, (role, None), by).await {
            Ok(_) => {}
            Err(Stop::Refused(_)) => break,
            Err(Stop::Fault(fault)) => return Err(fault.into()),
        }
    }
    Ok(())
}

async fn open(
    tx: &mut Tx,
    env: &Env,
    (letter, subject, first): (&Letter, &str, NewMessage),
    (person, address): (&Person, Address),
    found: Option<&Place>,
) -> Result<Written, Stop> {
    let source = first.source_id.clone();
    let new = NewCase {
        subject: field(letter, Field::Subject).unwrap_or(subject).to_owned(),
        audience: person.audience,
        side: side(letter),
        topic: None,
        team: Team::Support,
        priority: Priority::Normal,
        origin: Origin::Mail,
        language: first.language,
        requester: person.id,
        tags: Vec::new(),
        refs: Vec::new(),
        first,
    };
    let mut case = cases::open(tx, env, new).await?;
    if let Some(place) = found {
        let (from, by) = (place.case.id, Author::System);
        cases::link(tx, env, from, case.id, LinkKind::Related, by).await?;
        case = cases::find(tx, case.id).await?.unwrap_or(case);
    }
    let source = source.unwrap_or_default();
    let message = cases::message_by_source(tx, Origin::Mail, &source).await?;
    let message = message.ok_or(cases::MESSAGE_UNKNOWN)?;
    Ok(Written { case, message: message.id, address, opened: true })
}

fn message(
    raw: &RawMail,
    letter: &Letter,
    (person, address): (PersonId, AddressId),
    language: Language,
) -> NewMessage {
    let subject = letter.subject.trim();
    let text = match (letter.text.trim().is_empty() && letter.html.is_none(), subject.is_empty()) {
        // A mail may say all it has to say in its subject, or nothing at all.
        (true, false) => subject.to_owned(),
        (true, true) => "–".to_owned(),
        (false, _) => cut(&letter.text),
    };
    // What came through a list was written by a person all the same.
    let automatic = letter.automatic.as_ref().filter(|one| one.kind != AutomaticKind::List);
    NewMessage {
        fresh: Some(cut(&letter.fresh)).filter(|fresh| !fresh.trim().is_empty()),
        html: letter.html.clone(),
        source_id: Some(source_id(raw)),
        mail_id: Some(letter.message_id.chars().take(900).collect()),
        automatic: automatic.map(|one| one.kind.as_str().to_owned()),
        verdict: Some(letter.verdict.standing.as_str().to_owned()),
        ..NewMessage::from_person(person, address, Origin::Mail, language, text)
    }
}

/// What a mail is called among all mails: by its bytes, so that it becomes one message only.
pub(super) fn source_id(raw: &RawMail) -> String {
    format!("raw:{}", raw.hash)
}

/// Staff answer by mail: what they wrote anew goes out, or stays inside where the thread does.
fn by_staff(new: &mut NewMessage, staff: StaffId, thread: &Thread) {
    new.author = Author::Staff(staff);
    new.direction = match thread.kind {
        ThreadKind::Internal => Direction::Note,
        ThreadKind::Customer | ThreadKind::Creator | ThreadKind::Processor => Direction::Out,
    };
    new.address = None;
    // What they quote was written for them, not for the reader of their answer.
    if let Some(fresh) = new.fresh.take() {
        new.text = fresh;
    }
    new.html = None;
}

fn to(thread: &Thread) -> Result<To, Fault> {
    let partner = thread.partner.clone().unwrap_or_default();
    Ok(match thread.kind {
        ThreadKind::Customer => To::Customer,
        ThreadKind::Internal => To::Internal,
        ThreadKind::Creator => {
            let creator = partner.parse();
            To::Creator(creator.map_err(|error| Fault::of("read the creator of a thread", error))?)
        }
        ThreadKind::Processor => To::Processor(partner),
    })
}

/// The language a mail is in; where nobody can say, that of its case.
fn spoken(letter: &Letter, found: Option<&Place>) -> Option<Language> {
    letter.language.or_else(|| found.map(|place| place.case.language))
}

fn field(letter: &Letter, field: Field) -> Option<&str> {
    let form = letter.form.as_ref()?;
    form.fields.iter().find(|(one, _)| *one == field).map(|(_, value)| value.trim())
}

/// Whose side the mailed form names: its own words are those of the form in five languages.
fn side(letter: &Letter) -> Side {
    let told = field(letter, Field::Side).unwrap_or_default().to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| told.contains(word));
    if told.is_empty() {
        Side::Unknown
    } else if has(&["creator", "créat", "ersteller", "skaber", "tagalikha"]) {
        Side::Creator
    } else if has(&["my ", "mine", "mon ", "ma ", "mein", "min ", "akin", "aking"]) {
        Side::Mine
    } else {
        Side::Unknown
    }
}

fn cut(text: &str) -> String {
    let mut end = text.len().min(LONGEST_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}

/// Keeps the files of a mail; those beyond the limits stay in the raw mail only.
async fn keep_files(tx: &mut Tx, env: &Env, letter: &Letter) -> Result<Kept, Stop> {
    let mut kept = Kept::default();
    if letter.text.len() > LONGEST_TEXT {
        let text = crate::mask::cards(&letter.text);
        let whole = Upload { name: "mail.txt", declared: "text/plain", bytes: text.as_bytes() };
        kept.files.push(files::keep_as_sent(tx, env, whole, None).await?.id);
    }
    for file in &letter.files {
        let Attached { safe_name, declared, bytes, inline, .. } = file;
        if kept.files.len() >= MOST_FILES || bytes.is_empty() {
            kept.left.push(safe_name.clone());
            continue;
        }
        let upload = Upload { name: safe_name, declared, bytes };
        match files::keep_as_sent(tx, env, upload, inline.as_deref()).await {
            Ok(file) => kept.files.push(file.id),
            Err(Stop::Refused(_)) => kept.left.push(safe_name.clone()),
            Err(Stop::Fault(fault)) => return Err(fault.into()),
        }
    }
    Ok(kept)
}

/// Files that were kept, and the names of those that were not.
#[derive(Default)]
struct Kept {
    files: Vec<FileId>,
    left: Vec<String>,
}

/// Tells staff which files of a mail are in the raw mail only.
async fn note_left(tx: &mut Tx, env: &Env, written: &Written, left: &[String]) -> Result<(), Stop> {
    if left.is_empty() {
        return Ok(());
    }
    let names: String = left.join(", ").chars().take(2_000).collect();
    let text = format!("Not all files of this mail are here; the raw mail has them: {names}");
    let note = NewMessage::note(Author::System, written.case.language, text);
    cases::add(tx, env, written.case.id, note).await?;
    Ok(())
}
