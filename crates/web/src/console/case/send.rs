//! An answer is sent, a note is kept, or a draft is: one form for all threads.
//!
//! What is sent carries the number of the last event that its writer saw. If somebody else wrote
//! meanwhile, nothing is sent: the page comes back with what is new above the kept draft.

use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use base::id::{CaseId, MessageId};
use base::{Language, Refusal, Stop, Timestamp};
use desk::cases::{
    self, Author, Case, CaseState, Change, Direction, NewMessage, Origin, ParticipantRole,
    ThreadKind, To,
};
use desk::files::{self, Upload};
use desk::inbox::{self, Draft, DraftOf};
use desk::people::{self, AddressKind, Audience, Hint};
use desk::permits::Permit;
use desk::social::{self, Answering};
use store::Tx;

use super::compose::read_to;
use super::compose_window::{self, Picked};
use super::inserts;
use super::show::{self, Asked};
use super::story;
use crate::answer::{Answer, html};
use crate::console::shift::Shift;
use crate::guard::Trouble;

/// Files of one answer.
const MOST_FILES: usize = 5;
/// Places of approved texts in one form.
const MOST_PLACES: usize = 200;
/// The longest answer.
const LONGEST: usize = 20_000;

/// The form as it came.
#[derive(Clone, Default)]
pub(crate) struct Written {
    thread: String,
    partner: String,
    /// A mail address of the creator's people, the first time.
    reach: String,
    text: String,
    seen: i64,
    view: String,
    next: String,
    deed: String,
    files: Vec<Sent>,
    /// The approved text that is to leave.
    picked: Picked,
    /// The language of that text.
    language: Option<Language>,
}

/// A file that was sent along.
#[derive(Clone)]
struct Sent {
    name: String,
    declared: String,
    bytes: Vec<u8>,
}

/// `POST /console/cases/{case}/messages`.
pub(crate) async fn send(shift: Shift, Path(id): Path<CaseId>, form: Multipart) -> Answer {
    let written = read(form).await?;
    let kind: ThreadKind = written.thread.parse().map_err(|_| Trouble::NotFound)?;
    let asked = Asked { view: safe(&written.view), to: kind.to_string(), ..Asked::default() };
    if let Some(key) = written.deed.strip_prefix("insert:") {
        let text = inserts::put_in(&shift, id, key, &written.text).await?;
        keep(&shift, id, kind, &Written { text, ..written.clone() }).await?;
        let back = format!("/console/cases/{id}?view={}&to={kind}#compose", asked.view);
        return Ok(Redirect::to(&back).into_response());
    }
    if written.deed == "draft" {
        keep(&shift, id, kind, &written).await?;
        let back = format!("/console/cases/{id}?view={}&to={kind}&done=draft#compose", asked.view);
        return Ok(Redirect::to(&back).into_response());
    }
    shift.must(match kind {
        ThreadKind::Customer => Permit::Reply,
        ThreadKind::Internal => Permit::Note,
        ThreadKind::Creator | ThreadKind::Processor => Permit::WriteToThirds,
    })?;
    let written = match approved(&shift, id, kind, written.clone()).await? {
        Approved::Written(written) => *written,
        Approved::Shown => return again(&shift, id, asked, kind, &written, Back::Preview).await,
        Approved::No(no) => return again(&shift, id, asked, kind, &written, Back::Slip(no)).await,
    };
    if let Some(slip) = slip(kind, &written) {
        return again(&shift, id, asked, kind, &written, Back::Slip(slip)).await;
    }
    match commit(&shift, id, kind, &written).await {
        Ok(sent) => {
            let next: Option<CaseId> = written.next.parse().ok();
            let to = if written.deed == "solve" {
                let place = match next {
                    Some(next) => format!("/console/cases/{next}?view={}", asked.view),
                    None => format!("/console/inbox?view={}", asked.view),
                };
                format!("{place}&sent={}&done=solved", sent.message)
            } else {
                let (case, view) = (sent.case, &asked.view);
                format!("/console/cases/{case}?view={view}&to={kind}&sent={0}#{0}", sent.message)
            };
            Ok(Redirect::to(&to).into_response())
        }
        Err(Stop::Refused(refusal)) if refusal.code == cases::NEWER_MESSAGE.code => {
            again(&shift, id, asked, kind, &written, Back::Newer).await
        }
        Err(Stop::Refused(refusal)) => {
            let slip = format!("Not sent: {}.", refusal.detail);
            again(&shift, id, asked, kind, &written, Back::Slip(slip)).await
        }
        Err(fault) => Err(fault.into()),
    }
}

/// What becomes of an answer where only approved texts may leave.
enum Approved {
    /// This leaves: as it was written, or as it was picked and filled.
    Written(Box<Written>),
    /// Somebody wants to see it first.
    Shown,
    /// Nothing leaves, and why.
    No(String),
}

/// Puts the approved text in the place of the words where only that may leave.
async fn approved(
    shift: &Shift,
    id: CaseId,
    kind: ThreadKind,
    written: Written,
) -> Result<Approved, Trouble> {
    if kind != ThreadKind::Customer {
        return Ok(Approved::Written(Box::new(written)));
    }
    let mut reader = shift.house.billing.store.read().await?;
    let case = cases::seen(&mut reader, &shift.eyes(), id).await?.ok_or(Trouble::NotFound)?;
    let how = social::answering(&mut reader, &shift.house.desk, &case).await?;
    let Some(how) = how.filter(Answering::is_over) else {
        return Ok(Approved::Written(Box::new(written)));
    };
    match written.picked.read(&how) {
        Ok(_) if written.deed == "preview" => Ok(Approved::Shown),
        Ok((language, text)) => {
            let written = Written { text, language: Some(language), ..written };
            Ok(Approved::Written(Box::new(written)))
        }
        Err(no) => Ok(Approved::No(format!("Not sent: {}.", no.detail))),
    }
}

/// What was written.
struct Committed {
    case: CaseId,
    message: MessageId,
}

/// Files, message, state and draft in one transaction.
async fn commit(
    shift: &Shift,
    id: CaseId,
    kind: ThreadKind,
    written: &Written,
) -> Result<Committed, Stop> {
    let (env, eyes, me) = (&shift.house.billing.env, shift.eyes(), shift.staff.id);
    let by = Author::Staff(me);
    let to = read_to(kind, &written.partner).ok_or(cases::UNKNOWN)?;
    let undo = (kind != ThreadKind::Internal).then_some(shift.house.desk.settings.undo);
    // In a chat somebody waits at the other end.
    let undo_for = |channel: Origin| undo.filter(|_| channel != Origin::Chat);
    store::write!(shift.house.billing.store, |tx| {
        let case = cases::seen(tx, &eyes, id).await?.ok_or(cases::UNKNOWN)?;
        let mut kept = Vec::new();
        for file in &written.files {
            let upload = Upload { name: &file.name, declared: &file.declared, bytes: &file.bytes };
            kept.push(files::keep(tx, env, upload).await?.id);
        }
        let address = match outside(shift, tx, &case, &to, &written.reach).await? {
            Some((mail, name, role)) => {
                let hint = Hint { name, language: Language::En, audience: Audience::Studio };
                let (_, address) = people::meet(tx, env, AddressKind::Mail, &mail, &hint).await?;
                cases::join(tx, env, id, address.id, (role, to.partner()), by).await?;
                Some(address.id)
            }
            None => None,
        };
        let language = written.language.unwrap_or(case.language);
        let new = match kind {
            ThreadKind::Internal => NewMessage::note(by, language, written.text.trim()),
            ThreadKind::Customer | ThreadKind::Creator | ThreadKind::Processor => {
                NewMessage::answer(by, channel(case.origin, kind), language, written.text.trim())
            }
        };
        let new = NewMessage {
            thread: to.clone(),
            address,
            files: kept,
            undo: undo_for(new.channel),
            seen: Some(written.seen),
            ..new
        };
        debug_assert!(new.direction != Direction::In, "staff write outwards");
        let added = cases::add(tx, env, id, new).await?;
        if written.deed == "solve" {
            let solved = Change::State(CaseState::Solved);
            cases::change(tx, env, added.case.id, None, by, solved).await?;
        }
        inbox::forget_draft(tx, DraftOf { staff: me, case: id, thread: kind }).await?;
        Ok(Committed { case: added.case.id, message: added.message.id })
    })
}

/// Which way an answer goes: as the customer came, or by mail.
fn channel(origin: Origin, kind: ThreadKind) -> Origin {
    if kind == ThreadKind::Customer { origin.answered_by() } else { Origin::Mail }
}

/// Where people outside read mail, what they are called and what they are: a processor's support
/// by its account, a creator's people as staff say the first time, and as the case knows later.
async fn outside(
    shift: &Shift,
    tx: &mut Tx,
    case: &Case,
    to: &To,
    reach: &str,
) -> Result<Option<(String, Option<String>, ParticipantRole)>, Stop> {
    match to {
        To::Customer | To::Internal => Ok(None),
        To::Processor(key) => {
            let account = shift.house.billing.accounts.get(key).ok_or(cases::UNKNOWN)?;
            let support = account.support();
            let mail = support.mail.ok_or(cases::UNKNOWN)?;
            let name = Some(support.name).filter(|name| !name.is_empty());
            Ok(Some((mail, name, ParticipantRole::Processor)))
        }
        To::Creator(_) if !reach.is_empty() => {
            Ok(Some((reach.to_owned(), None, ParticipantRole::Creator)))
        }
        To::Creator(_) => {
            let all = cases::participants_of(tx, case.id).await?;
            let known = all.iter().any(|who| who.partner.is_some() && who.partner == to.partner());
            if known { Ok(None) } else { Err(UNREACHED.into()) }
        }
    }
}

const UNREACHED: Refusal = Refusal::new(
    base::Kind::Malformed,
    "creator_not_reachable",
    "give a mail address of the creator’s people: none takes part in this case yet",
);

async fn keep(
    shift: &Shift,
    case: CaseId,
    thread: ThreadKind,
    written: &Written,
) -> Result<(), Stop> {
    let (env, eyes) = (&shift.house.billing.env, shift.eyes());
    let draft = Draft {
        of: DraftOf { staff: shift.staff.id, case, thread },
        partner: Some(written.partner.clone()).filter(|partner| !partner.is_empty()),
        text: written.text.clone(),
        seen: written.seen,
        updated_at: Timestamp::UNIX_EPOCH,
    };
    store::write!(shift.house.billing.store, |tx| {
        cases::seen(tx, &eyes, case).await?.ok_or(cases::UNKNOWN)?;
        inbox::keep_draft(tx, env, draft.clone()).await
    })
}

/// Why the page comes back.
enum Back {
    Slip(String),
    Newer,
    /// To look at what would leave.
    Preview,
}

/// The page once more, with everything that was written.
async fn again(
    shift: &Shift,
    id: CaseId,
    asked: Asked,
    kind: ThreadKind,
    written: &Written,
    back: Back,
) -> Answer {
    if !written.text.trim().is_empty() {
        keep(shift, id, kind, written).await?;
    }
    let mut page = show::gather(shift, id, asked).await?;
    if page.composer.is_over() {
        let mut reader = shift.house.billing.store.read().await?;
        let how = social::answering(&mut reader, &shift.house.desk, &page.case).await?;
        let shown = how.map(|how| compose_window::shown(how, &written.picked, shift.now));
        page.composer.over(shown);
    }
    let status = match back {
        Back::Preview => StatusCode::OK,
        Back::Slip(slip) => {
            page.composer.slip = Some(slip);
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Back::Newer => {
            page.composer.newer = story::newer(shift, id, kind, written.seen).await?;
            StatusCode::CONFLICT
        }
    };
    let mut response = html(Language::En, &page)?;
    *response.status_mut() = status;
    Ok(response)
}

fn slip(kind: ThreadKind, written: &Written) -> Option<String> {
    if written.text.trim().is_empty() {
        return Some("Write something first.".to_owned());
    }
    if written.text.chars().count() > LONGEST {
        return Some(format!("Write {LONGEST} characters at most."));
    }
    let lost = read_to(kind, &written.partner).is_none();
    lost.then(|| "Choose to whom this goes.".to_owned())
}

async fn read(mut form: Multipart) -> Result<Written, Trouble> {
    let mut written = Written::default();
    let broken = |_| Trouble::Refused(BROKEN);
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "files" {
            let sent = field.file_name().unwrap_or_default().to_owned();
            let declared = field.content_type().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(broken)?.to_vec();
            if !sent.is_empty() && !bytes.is_empty() && written.files.len() < MOST_FILES {
                written.files.push(Sent { name: sent, declared, bytes });
            }
            continue;
        }
        let text = field.text().await.map_err(broken)?;
        match name.as_str() {
            "thread" => written.thread = text,
            "partner" => written.partner = text,
            "reach" => written.reach = text.trim().to_owned(),
            "text" => written.text = text.replace("\r\n", "\n"),
            "seen" => written.seen = text.parse().unwrap_or(0),
            "view" => written.view = text,
            "next" => written.next = text,
            "do" => written.deed = text,
            "template" => written.picked.key = text,
            place if place.starts_with("place.") && written.picked.places.len() < MOST_PLACES => {
                written.picked.places.push((name, text));
            }
            _ => {}
        }
    }
    Ok(written)
}

const BROKEN: Refusal = Refusal::new(
    base::Kind::Malformed,
    "form_broken",
    "the form did not arrive whole: it may be too large",
);

/// A word of an address, or nothing.
fn safe(word: &str) -> String {
    let safe = word.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
    if safe { word.to_owned() } else { String::new() }
}
