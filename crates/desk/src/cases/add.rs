//! Something is said in a case: written into its thread, with everything that follows.

use base::id::{AddressId, CaseId, FileId, MessageId};
use base::{Env, Stop, Timestamp};
use serde_json::json;
use store::{Tx, jobs};

use super::deliver::{DELIVER, Delivering};
use super::read::survivor;
use super::refusals::{FILE, NEWER_MESSAGE, UNKNOWN};
use super::state::{self, Effect, Weight};
use super::work::Work;
use super::{
    Added, Author, Case, Delivery, Direction, EventKind, Message, NewMessage, Origin, Thread,
    ThreadKind, To, answer_to, join, open, rows, search, written,
};

/// Says something in a case.
///
/// What came before under the same name of its channel is not written again. A case that was
/// merged is followed to the one it is part of. What a person writes to a closed case begins
/// another, which goes on where the first ended.
///
/// # Errors
/// Refused if there is no such case; if it is closed to us; if somebody else wrote since the
/// writer looked (`newer_message`); if the answer would go to somebody who has no part in the
/// thread; if there is too much of it, or nothing.
pub async fn add(tx: &mut Tx, env: &Env, id: CaseId, new: NewMessage) -> Result<Added, Stop> {
    let new = written::checked(new)?;
    if let Some(added) = earlier(tx, &new).await? {
        return Ok(added);
    }
    let id = survivor(tx, id).await?.ok_or(UNKNOWN)?.id;
    let work = Work::begin(tx, id).await?;
    match state::on_message(work.case.state, new.said())? {
        Effect::FollowUp => open::follow_up(tx, env, work.case, new).await,
        effect => {
            let (work, message) = say(tx, env, work, new, effect).await?;
            let case = work.keep(tx, env).await?;
            search::put_message(tx, &case, &message).await?;
            Ok(Added { case, message, earlier: false })
        }
    }
}

/// What came before under the same name of its channel.
pub(super) async fn earlier(tx: &mut Tx, new: &NewMessage) -> Result<Option<Added>, Stop> {
    let Some(source_id) = &new.source_id else { return Ok(None) };
    let Some(message) = rows::messages::by_source(tx, new.channel, source_id).await? else {
        return Ok(None);
    };
    let case = rows::cases::find(tx, message.case).await?.ok_or(UNKNOWN)?;
    Ok(Some(Added { case, message, earlier: true }))
}

/// Writes a checked message into a case under change, and moves the case.
pub(super) async fn say(
    tx: &mut Tx,
    env: &Env,
    mut work: Work,
    new: NewMessage,
    effect: Effect,
) -> Result<(Work, Message), Stop> {
    let thread = thread_to(tx, env, work.case.id, &new.thread).await?;
    if let Some(seen) = new.seen
        && rows::messages::newest_of_others(tx, thread.id, new.author).await? > seen
    {
        return Err(NEWER_MESSAGE.into());
    }
    let address = match new.direction {
        Direction::Out => answer_to::address(tx, &work.case, &thread, &new).await?,
        Direction::In | Direction::Note | Direction::System => new.address,
    };
    if let (Direction::In, Some(address)) = (new.direction, address) {
        join::writer(tx, env, &work.case, thread.kind, address).await?;
    }
    let weight = new.said().weight;
    let id: MessageId = env.id();
    let kind = match new.direction {
        Direction::Note => EventKind::Note,
        Direction::In | Direction::Out | Direction::System => EventKind::Message,
    };
    let body = json!({
        "message": id,
        "thread": thread.kind,
        "direction": new.direction,
        "channel": new.channel,
        "automatic": weight == Weight::None,
        "was": work.case.state,
    });
    let seq = work.tell(tx, env, kind, new.author, body).await?;
    let files = new.files.clone();
    let place = Place { id, thread, seq, address };
    let message = place.message(env.now(), new);
    rows::messages::insert(tx, &message).await?;
    attach(tx, &message, &files).await?;
    note_times(&mut work.case, &message, weight);
    if let Effect::Go(to) = effect {
        work.go(tx, env, to, message.author).await?;
    }
    if matches!(message.delivery, Delivery::Waiting | Delivery::Queued) {
        let due = message.undo_until.unwrap_or(message.created_at);
        jobs::enqueue(tx, env, DELIVER, &Delivering { message: id }, due).await?;
    }
    Ok((work, message))
}

/// The thread; made if nothing was said in it before.
pub(super) async fn thread_to(
    tx: &mut Tx,
    env: &Env,
    case: CaseId,
    to: &To,
) -> Result<Thread, Stop> {
    let partner = to.partner();
    if let Some(thread) = rows::threads::to(tx, case, to.kind(), partner.as_deref()).await? {
        return Ok(thread);
    }
    let thread = Thread { id: env.id(), case, kind: to.kind(), partner, created_at: env.now() };
    rows::threads::insert(tx, &thread).await?;
    Ok(thread)
}

/// Where a new message stands.
struct Place {
    id: MessageId,
    thread: Thread,
    seq: i64,
    address: Option<AddressId>,
}

impl Place {
    fn message(self, now: Timestamp, new: NewMessage) -> Message {
        let Place { id, thread, seq, address } = self;
        let leaves = new.direction == Direction::Out && new.channel != Origin::Import;
        let undo = new.undo.filter(|undo| leaves && undo.is_positive());
        let undo_until = undo.and_then(|undo| now.checked_add(undo).ok());
        let delivery = match (leaves, undo_until) {
            (false, _) => Delivery::None,
            (true, Some(_)) => Delivery::Waiting,
            (true, None) => Delivery::Queued,
        };
        Message {
            id,
            case: thread.case,
            thread: thread.id,
            thread_kind: thread.kind,
            seq,
            shown_seq: undo_until.is_none().then_some(seq),
            direction: new.direction,
            author: new.author,
            channel: new.channel,
            address,
            fresh: new.fresh.unwrap_or_else(|| new.text.clone()),
            text: new.text,
            html: new.html,
            language: new.language,
            source_id: new.source_id,
            mail_id: new.mail_id,
            automatic: new.automatic,
            bounce: new.bounce,
            verdict: new.verdict,
            delivery,
            undo_until,
            translated: None,
            created_at: now,
            withdrawn_at: None,
            redacted_at: None,
        }
    }
}

async fn attach(tx: &mut Tx, message: &Message, files: &[FileId]) -> Result<(), Stop> {
    if files.is_empty() {
        return Ok(());
    }
    if !rows::files::are_free(tx, files).await? {
        return Err(FILE.into());
    }
    for (nth, file) in (0..).zip(files) {
        rows::files::attach(tx, message.id, nth, *file).await?;
    }
    Ok(())
}

/// When who asked last wrote, and when staff answered.
fn note_times(case: &mut Case, message: &Message, weight: Weight) {
    if message.thread_kind != ThreadKind::Customer || weight == Weight::None {
        return;
    }
    let now = Some(message.created_at);
    match (message.direction, message.author) {
        (Direction::In, _) => case.last_customer_at = now,
        (Direction::Out, Author::Staff(_) | Author::Program(_)) => {
            case.last_staff_at = now;
            case.first_answer_at = case.first_answer_at.or(now);
        }
        (Direction::Out | Direction::Note | Direction::System, _) => {}
    }
}
