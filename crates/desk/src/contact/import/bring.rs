//! A message of another desk becomes ours, at the time it was written.

use base::id::{CaseId, FileId};
use base::{Clock, Env, Fault, Stop};
use store::{Reads, Tx};

use super::super::rows;
use super::{Item, Speaker};
use crate::Desk;
use crate::cases::{
    self, Author, CaseState, Change, Direction, NewCase, NewMessage, Origin, Priority, Team,
};
use crate::files::{self, Upload};
use crate::people::{self, AddressKind, Hint};

/// The longest name of a message that is kept as it is.
const LONGEST_ID: usize = 200;

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brought {
    /// It began a case.
    Opened(CaseId),
    /// It was added to one.
    Added(CaseId),
    /// It was there before.
    Before(CaseId),
}

/// Brings a message in, once. `source` names the other desk; in one import no two may share a name.
///
/// # Errors
/// Refused as a case or a message is.
pub async fn bring(desk: &Desk, source: &str, item: &Item) -> Result<Brought, Stop> {
    let env = &then(&desk.billing.env, item);
    store::write!(desk.billing.store, |tx| {
        if let Some(before) = known(tx, source, item).await? {
            return Ok(Brought::Before(before));
        }
        let hint =
            Hint { name: item.name.clone(), language: item.language, audience: item.audience };
        let (person, address) = people::meet(tx, env, AddressKind::Mail, &item.mail, &hint).await?;
        let files = keep(tx, env, item).await?;
        let (author, address) = match item.speaker {
            Speaker::Customer => (Author::Person(person.id), Some(address.id)),
            Speaker::Desk => (Author::System, None),
        };
        let message = NewMessage {
            direction: match item.speaker {
                Speaker::Customer => Direction::In,
                Speaker::Desk => Direction::Out,
            },
            address,
            fresh: item.fresh.clone(),
            html: item.html.clone(),
            source_id: Some(name(source, item)),
            mail_id: item.mail_id.clone(),
            files,
            ..NewMessage::answer(author, Origin::Import, item.language, item.text.clone())
        };
        if let Some(case) = rows::imported(tx, source, &item.case).await? {
            let added = cases::add(tx, env, case, message).await?;
            return Ok(Brought::Added(added.case.id));
        }
        let case = cases::open(tx, env, new_case(item, person.id, message)).await?;
        rows::insert_import(tx, source, &item.case, case.id, desk.billing.env.now()).await?;
        Ok(Brought::Opened(case.id))
    })
}

/// Puts the case of an item where it stands in the end, after all its messages are in.
///
/// # Errors
/// Refused if it cannot stand there.
pub async fn finish(desk: &Desk, source: &str, item: &Item) -> Result<(), Stop> {
    let env = &then(&desk.billing.env, item);
    store::write!(desk.billing.store, |tx| {
        let (Some(case), Some(to)) = (rows::imported(tx, source, &item.case).await?, item.state)
        else {
            return Ok(());
        };
        let found = cases::find(tx, case).await?.ok_or(cases::UNKNOWN)?;
        let steps: &[CaseState] = match (found.state.is_open(), to) {
            (true, CaseState::Closed) => &[CaseState::Solved, CaseState::Closed],
            (true, CaseState::Solved) => &[CaseState::Solved],
            (false, CaseState::Closed) if found.state == CaseState::Solved => &[CaseState::Closed],
            (true, CaseState::WaitingCustomer) => &[CaseState::WaitingCustomer],
            (true | false, _) => &[],
        };
        for step in steps {
            let change = Change::State(*step);
            cases::change(tx, env, case, None, Author::Rule, change).await?;
        }
        Ok(())
    })
}

/// Whether a message was brought in before.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn is_known(reads: &mut impl Reads, source: &str, item: &Item) -> Result<bool, Fault> {
    Ok(known(reads, source, item).await?.is_some())
}

async fn known(reads: &mut impl Reads, source: &str, item: &Item) -> Result<Option<CaseId>, Fault> {
    let found = cases::message_by_source(reads, Origin::Import, &name(source, item)).await?;
    Ok(found.map(|message| message.case))
}

/// What a message is called by us: the other desk, its case and its message.
fn name(source: &str, item: &Item) -> String {
    let whole = format!("{source}/{}/{}", item.case, item.message);
    if whole.len() <= LONGEST_ID {
        return whole;
    }
    base::Secret::from_text(whole).hashed().as_str().to_owned()
}

/// The surroundings at the time a message was written.
fn then(env: &Env, item: &Item) -> Env {
    Env { clock: Clock::fixed(item.at), chance: env.chance.clone() }
}

async fn keep(tx: &mut Tx, env: &Env, item: &Item) -> Result<Vec<FileId>, Stop> {
    let mut kept = Vec::new();
    for file in &item.files {
        let upload = Upload { name: &file.name, declared: &file.declared, bytes: &file.bytes };
        let inline = file.inline.as_deref();
        kept.push(files::keep_as_sent(tx, env, upload, inline).await?.id);
    }
    Ok(kept)
}

fn new_case(item: &Item, requester: base::id::PersonId, first: NewMessage) -> NewCase {
    NewCase {
        subject: item.subject.clone(),
        audience: item.audience,
        side: item.side,
        topic: item.topic.clone(),
        team: Team::Support,
        priority: Priority::Normal,
        origin: Origin::Import,
        language: item.language,
        requester,
        tags: item.tags.clone(),
        refs: Vec::new(),
        first,
    }
}
