//! The form is sent: a case, a link into it, and a mail with the link that tells nothing else.

use base::id::{AddressId, CaseId, CustomerId, FileId, PersonId};
use base::{Env, Language, Secret, Stop, Timestamp};
use identity::Email;
use store::{Reads, Tx};

use super::ask::Ask;
use super::labels::{Labels, Part};
use super::limits::{From, Passed};
use super::say::written;
use super::{TOO_OFTEN, letters, limits, links, rows};
use crate::Desk;
use crate::cases::{
    self, Author, Case, Change, NewCase, NewMessage, Origin, Priority, Ref, RefKind, Team,
};
use crate::people::{self, AddressKind, Hint, Person};

/// Who sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Writer {
    /// A customer who is signed in.
    Customer(CustomerId),
    /// Somebody who says that this is their mail address.
    Stranger(Email),
}

/// Whether the field that people do not see was filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trap {
    /// It is empty, as it should be.
    Empty,
    /// Somebody filled it in who does not see pages: most likely a program.
    Sprung,
}

/// What became of it.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The case.
    pub case: Case,
    /// The link to it, for the page.
    pub link: Secret,
    /// When an answer is due.
    pub due: Option<Timestamp>,
}

/// Counts a visit to the form's door, so that nobody buries the desk in forms or files.
///
/// # Errors
/// Refused with [`TOO_OFTEN`] if much was sent from there lately.
pub async fn admit(desk: &Desk, from: &From) -> Result<(), Stop> {
    let (store, env) = (&desk.billing.store, &desk.billing.env);
    let vault = &desk.identity.vault;
    let passed = store::write!(store, |tx| limits::count_sender(tx, env, vault, from).await)?;
    if passed == Passed::Yes { Ok(()) } else { Err(TOO_OFTEN.into()) }
}

/// Counts what is about to be added to a case, before its files are kept.
///
/// # Errors
/// Refused with [`TOO_OFTEN`] if much was added to it, or from there, lately.
pub async fn admit_more(desk: &Desk, from: &From, case: CaseId) -> Result<(), Stop> {
    let (store, env) = (&desk.billing.store, &desk.billing.env);
    let vault = &desk.identity.vault;
    let passed =
        store::write!(store, |tx| limits::count_added(tx, env, vault, (from, case)).await)?;
    if passed == Passed::Yes { Ok(()) } else { Err(TOO_OFTEN.into()) }
}

/// Makes a case of a form, once for each sheet.
///
/// A sheet that comes again leads to the case it has made. What springs the trap, or is written by
/// somebody who is blocked, becomes a case too, out of sight, and no mail goes out for it.
///
/// # Errors
/// Refused with [`TOO_OFTEN`] if much was sent in the name of that mail address lately.
pub async fn submit(
    desk: &Desk,
    form: &str,
    ask: &Ask,
    (writer, trap): (&Writer, Trap),
    language: Language,
    files: &[FileId],
) -> Result<Sent, Stop> {
    let (store, env) = (&desk.billing.store, &desk.billing.env);
    if let Some(sent) = again(desk, form).await? {
        return Ok(sent);
    }
    if let Writer::Stranger(mail) = writer {
        let (mail, vault) = (mail.as_str(), &desk.identity.vault);
        let passed = store::write!(store, |tx| limits::count_mail(tx, env, vault, mail).await)?;
        if passed == Passed::No {
            return Err(TOO_OFTEN.into());
        }
    }
    store::write!(store, |tx| {
        if let Some(case) = rows::case_of_form(tx, form).await? {
            let case = cases::find(tx, case).await?.ok_or(cases::UNKNOWN)?;
            return shown(tx, env, case).await;
        }
        let (person, address) = meet(tx, env, writer, ask, language).await?;
        let case = open(tx, env, (ask, writer), (&person, address), language, files).await?;
        rows::insert_form(tx, form, case.id, env.now()).await?;
        let case = if trap == Trap::Sprung || person.blocked_at.is_some() {
            cases::change(tx, env, case.id, None, Author::System, Change::Spam).await?
        } else {
            letters::send(tx, desk, &case, &person, address).await?;
            case
        };
        shown(tx, env, case).await
    })
}

/// What the same sheet has led to before.
async fn again(desk: &Desk, form: &str) -> Result<Option<Sent>, Stop> {
    let (store, env) = (&desk.billing.store, &desk.billing.env);
    let mut reader = store.read().await?;
    let Some(case) = rows::case_of_form(&mut reader, form).await? else { return Ok(None) };
    let case = cases::find(&mut reader, case).await?.ok_or(cases::UNKNOWN)?;
    drop(reader);
    store::write!(store, |tx| shown(tx, env, case.clone()).await).map(Some)
}

/// The case with a link for the page.
async fn shown(tx: &mut Tx, env: &Env, case: Case) -> Result<Sent, Stop> {
    let link = links::make(tx, env, case.id, case.requester, links::USUAL).await?;
    Ok(Sent { link, due: case.due_at, case })
}

/// Who writes, and the address it counts as written from.
async fn meet(
    tx: &mut Tx,
    env: &Env,
    writer: &Writer,
    ask: &Ask,
    language: Language,
) -> Result<(Person, Option<AddressId>), Stop> {
    match writer {
        Writer::Customer(customer) => {
            let person = people::of_customer(tx, env, *customer).await?;
            let address = mail_of(tx, person.id).await?;
            Ok((person, address))
        }
        Writer::Stranger(mail) => {
            let hint = Hint { name: None, language, audience: ask.audience };
            let met = people::meet(tx, env, AddressKind::Mail, mail.as_str(), &hint).await?;
            Ok((met.0, Some(met.1.id)))
        }
    }
}

/// Where a person reads mail that we know to be theirs.
async fn mail_of(reads: &mut impl Reads, person: PersonId) -> Result<Option<AddressId>, Stop> {
    let all = people::addresses_of(reads, person).await?;
    let theirs = |address: &&people::Address| {
        address.kind == AddressKind::Mail && address.verified_at.is_some()
    };
    Ok(all.iter().find(theirs).map(|address| address.id))
}

/// What is proved about who wrote, in the words of mail: anybody can type an address.
fn proved(writer: &Writer) -> &'static str {
    match writer {
        Writer::Customer(_) => super::PROVED,
        Writer::Stranger(_) => super::UNPROVED,
    }
}

async fn open(
    tx: &mut Tx,
    env: &Env,
    (ask, writer): (&Ask, &Writer),
    (person, address): (&Person, Option<AddressId>),
    language: Language,
    files: &[FileId],
) -> Result<Case, Stop> {
    let first = NewMessage {
        files: files.to_vec(),
        verdict: Some(proved(writer).to_owned()),
        ..written(person.id, address, language, text(ask, language))
    };
    let new = NewCase {
        subject: ask.subject.clone(),
        audience: ask.audience,
        side: ask.side,
        topic: ask.topic.clone(),
        team: Team::Support,
        priority: Priority::Normal,
        origin: Origin::Form,
        language,
        requester: person.id,
        tags: Vec::new(),
        refs: refs(tx, ask, writer).await?,
        first,
    };
    cases::open(tx, env, new).await
}

/// What was written, with what else the form asked for in labelled lines below it, as in a mail.
fn text(ask: &Ask, language: Language) -> String {
    let labels = Labels::of(language);
    let lines = [(Part::Username, &ask.user), (Part::Order, &ask.order)];
    let lines: Vec<String> = lines
        .into_iter()
        .filter_map(|(part, value)| Some(format!("{}: {}", labels.written(part), value.as_ref()?)))
        .collect();
    if lines.is_empty() {
        return ask.description.clone();
    }
    format!("{}\n\n{}", ask.description, lines.join("\n"))
}

/// The payment it is about, if it is one of their own.
async fn refs(reads: &mut impl Reads, ask: &Ask, writer: &Writer) -> Result<Vec<Ref>, Stop> {
    let (Some(payment), Writer::Customer(customer)) = (ask.payment, writer) else {
        return Ok(Vec::new());
    };
    let own = rows::is_payment_of(reads, payment, *customer).await?;
    Ok(if own { vec![Ref::subject(RefKind::Payment, payment)] } else { Vec::new() })
}
