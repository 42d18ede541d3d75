//! Forgetting one person, step by step: each step is a deed of its own that may be done again, so
//! that whoever is stopped in the middle goes on. The person's name goes last.

use base::id::{CaseId, ErasureId};
use base::{Actor, Env, Stop};
use store::{Store, Tx, blobs, replays};

use super::delay::{self, Delay};
use super::empty::empty;
use super::erasure::{Erasure, ErasureState, Gone};
use super::rows::blobs::USES;
use super::whose::Whose;
use super::{ERASED, people, raw, rows};
use crate::audit::{self, Note};
use crate::cases::{self, Author, CaseState, Change};

/// Why a case was emptied, in its own story.
const WHY: &str = "erasure";
/// Things that go in one deed.
const AT_ONCE: u32 = 50;

/// Goes on with a request until everything is gone or something stands in the way.
///
/// # Errors
/// A fault if the database does not answer.
pub(super) async fn go_on(store: &Store, env: &Env, id: ErasureId) -> Result<(), Stop> {
    loop {
        match step(store, env, id).await? {
            Step::More => {}
            Step::Raw(erasure, whose) => {
                let calls = raw::calls_of(store, env, &whose).await?;
                blank_answers(store, &whose).await?;
                store::write!(store, |tx| finish(tx, env, erasure.id, calls).await)?;
                return Ok(());
            }
            Step::Ended => return Ok(()),
        }
    }
}

/// As [`go_on`], and then the program stops.
#[cfg(test)]
pub(super) async fn one_step(store: &Store, env: &Env, id: ErasureId) -> Result<(), Stop> {
    step(store, env, id).await.map(|_| ())
}

/// What follows a step.
enum Step {
    More,
    /// Only what can be found by reading it is left, and the person.
    Raw(Box<Erasure>, Box<Whose>),
    Ended,
}

async fn step(store: &Store, env: &Env, id: ErasureId) -> Result<Step, Stop> {
    store::write!(store, |tx| {
        let Some(mut erasure) = rows::erasures::find(tx, id).await? else {
            return Ok(Step::Ended);
        };
        if erasure.state == ErasureState::Done {
            return Ok(Step::Ended);
        }
        let Some(whose) = Whose::find(tx, erasure.person).await? else { return Ok(Step::Ended) };
        erasure.looked_at = Some(env.now());
        erasure.delays = delay::of_people(tx, &whose, env.now()).await?;
        if !erasure.delays.is_empty() {
            erasure.state = ErasureState::Delayed;
            rows::erasures::update(tx, &erasure).await?;
            return Ok(Step::Ended);
        }
        erasure.state = ErasureState::Waiting;
        let gone = some(tx, env, &erasure, &whose).await?;
        let more = gone.is_some();
        erasure.gone.add(&gone.unwrap_or_default());
        rows::erasures::update(tx, &erasure).await?;
        if more {
            return Ok(Step::More);
        }
        Ok::<Step, Stop>(Step::Raw(Box::new(erasure), Box::new(whose)))
    })
}

/// Removes some of what is left; nothing if nothing is.
async fn some(
    tx: &mut Tx,
    env: &Env,
    erasure: &Erasure,
    whose: &Whose,
) -> Result<Option<Gone>, Stop> {
    let by = author(erasure);
    if let Some(case) = rows::people::cases_of(tx, whose, 1).await?.first() {
        close(tx, env, *case, by).await?;
        return Ok(Some(empty(tx, env, *case, (by, WHY)).await?));
    }
    let mut gone = Gone::default();
    for message in rows::people::messages_elsewhere(tx, whose, AT_ONCE).await? {
        let files = rows::people::files_of(tx, message).await?;
        cases::redact(tx, env, message, by).await?;
        let names = rows::blobs::remove_files(tx, &files).await?;
        blobs::remove_unused(tx, &names, &USES).await?;
        gone.messages += 1;
        gone.files += u64::try_from(files.len()).unwrap_or(0);
    }
    for raw in rows::raw::mails_from(tx, whose, AT_ONCE).await? {
        gone.raw += rows::raw::empty_mail(tx, raw.id, env.now()).await?;
        blobs::remove_unused(tx, &raw.blobs, &USES).await?;
    }
    let mails = rows::raw::sent_to(tx, whose, AT_ONCE).await?;
    gone.mails += rows::raw::empty_sent(tx, &mails, env.now()).await?;
    gone.chats += rows::people::clear_chats(tx, whose).await?;
    Ok((gone != Gone::default()).then_some(gone))
}

/// A case that is open, and about no money, ends here.
async fn close(tx: &mut Tx, env: &Env, id: CaseId, by: Author) -> Result<(), Stop> {
    let Some(case) = cases::find(tx, id).await? else { return Ok(()) };
    if case.merged_into.is_some() {
        return Ok(());
    }
    if case.state.is_open() {
        cases::change(tx, env, id, None, by, Change::State(CaseState::Solved)).await?;
    }
    if case.state != CaseState::Closed {
        let closed = Change::State(CaseState::Closed);
        cases::change(tx, env, id, None, Author::System, closed).await?;
    }
    Ok(())
}

/// Answers that programs may ask for once more are kept for a month, and name whom they are about.
async fn blank_answers(store: &Store, whose: &Whose) -> Result<(), Stop> {
    for mail in whose.mails() {
        store::write!(store, |tx| Ok::<u64, Stop>(replays::blank(tx, &mail).await?))?;
    }
    Ok(())
}

/// The person goes, and with them the request's own work. If something came in meanwhile, the next
/// round does the rest.
async fn finish(tx: &mut Tx, env: &Env, id: ErasureId, calls: u64) -> Result<(), Stop> {
    let Some(mut erasure) = rows::erasures::find(tx, id).await? else { return Ok(()) };
    if erasure.state == ErasureState::Done {
        return Ok(());
    }
    let Some(whose) = Whose::find(tx, erasure.person).await? else { return Ok(()) };
    let delays: Vec<Delay> = delay::of_people(tx, &whose, env.now()).await?;
    let left = !rows::people::cases_of(tx, &whose, 1).await?.is_empty()
        || !rows::people::messages_elsewhere(tx, &whose, 1).await?.is_empty();
    erasure.gone.raw += calls;
    if !delays.is_empty() || left {
        if !delays.is_empty() {
            erasure.state = ErasureState::Delayed;
        }
        erasure.delays = delays;
        rows::erasures::update(tx, &erasure).await?;
        return Ok(());
    }
    people::forget(tx, env, &whose).await?;
    erasure.state = ErasureState::Done;
    erasure.delays = Vec::new();
    erasure.done_at = Some(env.now());
    rows::erasures::update(tx, &erasure).await?;
    let about = erasure.person.to_string();
    let note = Note { by: Actor::System, what: ERASED, about: &about, why: None };
    audit::note(tx, env, &note).await?;
    metrics::counter!("paydesk_people_erased_total").increment(1);
    Ok(())
}

/// In whose name cases are closed and emptied: who wrote the wish down.
fn author(erasure: &Erasure) -> Author {
    let known: Result<Author, _> = erasure.asked_by.parse();
    match known {
        Ok(author @ (Author::Staff(_) | Author::Program(_))) => author,
        _ => Author::Rule,
    }
}
