//! A case is opened: by whoever writes first, or where a closed one goes on.

use base::{Env, Stop};
use serde_json::json;
use store::{Reads, Tx};

use super::add::{earlier, say};
use super::change::tagged;
use super::link::write_link;
use super::read::refs_of;
use super::redact::EMPTIED;
use super::work::Work;
use super::{
    Added, Author, Case, CaseState, EventKind, LinkKind, NewCase, NewMessage, Priority, RefRole,
    Reference, To, refer, rows, search, state, written,
};
use crate::people;

/// Opens a case. If its first message came before, the case that one is in.
///
/// # Errors
/// Refused if there is no such person, if a tag is none, or as [`super::add`] refuses the message.
pub async fn open(tx: &mut Tx, env: &Env, new: NewCase) -> Result<Case, Stop> {
    let first = written::checked(new.first.clone())?;
    if let Some(added) = earlier(tx, &first).await? {
        return Ok(added.case);
    }
    let (work, message) = begin(tx, env, NewCase { first, ..new }).await?;
    let case = work.keep(tx, env).await?;
    search::put_case(tx, &case).await?;
    search::put_message(tx, &case, &message).await?;
    Ok(case)
}

/// Opens the case that goes on where a closed one ended, with what came too late for that.
///
/// Somebody else than who had asked gets a case of their own, which tells nothing of the other.
pub(super) async fn follow_up(
    tx: &mut Tx,
    env: &Env,
    closed: Case,
    first: NewMessage,
) -> Result<Added, Stop> {
    let author = first.author;
    let writer = match author {
        Author::Person(id) => Some(id),
        Author::Staff(_) | Author::Program(_) | Author::Rule | Author::Billing | Author::System => {
            None
        }
    };
    let to_us = first.thread == To::Customer;
    let stranger = writer.filter(|writer| to_us && *writer != closed.requester);
    let refs = match stranger {
        Some(_) => Vec::new(),
        None => refs_of(tx, closed.id).await?,
    };
    let new = NewCase {
        subject: match stranger {
            None if closed.subject != EMPTIED => closed.subject.clone(),
            // Somebody else's, or gone: the first words name it.
            None | Some(_) => String::new(),
        },
        audience: closed.audience,
        side: closed.side,
        topic: closed.topic.clone(),
        team: closed.team,
        priority: Priority::Normal,
        origin: first.channel,
        language: first.language,
        requester: stranger.unwrap_or(closed.requester),
        tags: Vec::new(),
        refs: refs.into_iter().filter(|it| it.role == RefRole::Subject).collect(),
        first,
    };
    let (mut work, message) = begin(tx, env, new).await?;
    write_link(tx, env, &mut work, closed.id, LinkKind::FollowUp, author).await?;
    if closed.spam_at.is_some() {
        work.case.spam_at = Some(env.now());
        work.tell(tx, env, EventKind::Spam, Author::System, json!({})).await?;
    }
    let case = work.keep(tx, env).await?;
    search::put_case(tx, &case).await?;
    search::put_message(tx, &case, &message).await?;
    Ok(Added { case, message, earlier: false })
}

async fn begin(tx: &mut Tx, env: &Env, new: NewCase) -> Result<(Work, super::Message), Stop> {
    people::find(tx, new.requester).await?.ok_or(people::UNKNOWN)?;
    let (refs, first) = (new.refs.clone(), new.first.clone());
    let case = new_case(tx, env, new).await?;
    let (origin, tags) = (case.origin, case.tags.clone());
    let mut work = Work::create(tx, case).await?;
    rows::cases::tag(tx, work.case.id, &tags).await?;
    let body = json!({ "origin": origin });
    work.tell(tx, env, EventKind::Opened, first.author, body).await?;
    for to in &refs {
        refer::write_ref(tx, env, &mut work, to, first.author).await?;
    }
    let effect = state::on_message(work.case.state, first.said())?;
    say(tx, env, work, first, effect).await
}

/// A case as it is before anything happened to it.
pub(super) async fn new_case(tx: &mut Tx, env: &Env, new: NewCase) -> Result<Case, Stop> {
    let now = env.now();
    let mut tags: Vec<String> = Vec::new();
    for tag in &new.tags {
        tags = tagged(tags, tag)?;
    }
    Ok(Case {
        id: env.id(),
        reference: unused_reference(tx, env).await?,
        subject: written::subject(&new.subject, &new.first.text),
        state: CaseState::New,
        waiting_for: None,
        priority: new.priority,
        audience: new.audience,
        side: new.side,
        topic: new.topic,
        team: new.team,
        assignee: None,
        requester: new.requester,
        origin: new.origin,
        language: new.language,
        tags,
        spam_at: None,
        merged_into: None,
        legal_hold: None,
        snoozed_until: None,
        due_at: None,
        due_kind: None,
        level: 0,
        first_answer_at: None,
        solved_at: None,
        closed_at: None,
        reopened: 0,
        last_customer_at: None,
        last_staff_at: None,
        seq: 0,
        version: 0,
        created_at: now,
        updated_at: now,
    })
}

/// With 40 bits, hardly ever drawn twice.
async fn unused_reference(reads: &mut impl Reads, env: &Env) -> Result<Reference, Stop> {
    loop {
        let reference = Reference::draw(&env.chance);
        if rows::cases::find_by_reference(reads, &reference).await?.is_none() {
            return Ok(reference);
        }
    }
}
