//! One round: cases whose time is over are emptied, one deed each, and what must wait says why.

use base::id::PersonId;
use base::{Env, SignedDuration, Stop, Timestamp};
use store::Store;

use super::delay::{self, DelayedCase};
use super::empty::empty;
use super::people;
use super::rows;
use super::rows::cases::{Due, Place};
use super::settings::RetentionSettings;
use super::whose::Whose;
use crate::cases::Author;

/// Why a case was emptied, in its own story.
const WHY: &str = "retention";
/// Cases that are looked at together.
const PAGE: u32 = 200;
/// Cases that are emptied in one round.
const MOST: u64 = 1_000;

/// Which cases a round looks at.
#[derive(Clone, Copy)]
enum Walk {
    Closed,
    Spam,
}

/// Empties closed cases and spam whose time is over; how many.
pub(super) async fn cases(
    store: &Store,
    env: &Env,
    settings: &RetentionSettings,
) -> Result<u64, Stop> {
    let mut gone = 0;
    if let Some(shortest) = settings.shortest() {
        let due = |due: &Due| settings.of(&due.sort).is_some_and(|keep| over(env, due.since, keep));
        gone += walk(store, env, (Walk::Closed, shortest), due).await?;
    }
    if let Some(keep) = settings.spam {
        let due = |due: &Due| over(env, due.since, keep);
        gone += walk(store, env, (Walk::Spam, keep), due).await?;
    }
    Ok(gone)
}

fn over(env: &Env, since: Timestamp, keep: SignedDuration) -> bool {
    env.now().duration_since(since) >= keep
}

async fn walk(
    store: &Store,
    env: &Env,
    (walk, shortest): (Walk, SignedDuration),
    is_due: impl Fn(&Due) -> bool,
) -> Result<u64, Stop> {
    let before = env.now().checked_sub(shortest).unwrap_or(Timestamp::MIN);
    let (mut place, mut gone): (Place, u64) = ((i64::MIN, String::new()), 0);
    while gone < MOST {
        let mut reader = store.read().await?;
        let page = match walk {
            Walk::Closed => rows::cases::closed(&mut reader, &place, before, PAGE).await?,
            Walk::Spam => rows::cases::spam(&mut reader, &place, before, PAGE).await?,
        };
        drop(reader);
        let Some(last) = page.last() else { break };
        place = (last.since.as_microsecond(), last.id.to_string());
        for due in page.iter().filter(|due| is_due(due)) {
            gone += u64::from(one(store, env, due).await?);
        }
    }
    Ok(gone)
}

/// One case, in a deed that looks again: whether it went.
async fn one(store: &Store, env: &Env, due: &Due) -> Result<bool, Stop> {
    store::write!(store, |tx| {
        if !rows::cases::is_done(tx, due.id).await? {
            return Ok(false);
        }
        if let Some(why) = delay::of_case(tx, due.id).await? {
            let new = DelayedCase { case: due.id, why, since: env.now() };
            rows::cases::delay(tx, &new).await?;
            return Ok(false);
        }
        empty(tx, env, due.id, (Author::System, WHY)).await?;
        forget_stranger(tx, env, due.requester).await?;
        Ok::<bool, Stop>(true)
    })
}

/// Somebody who is nobody's account, and of whose words none are left, has no name here any more.
async fn forget_stranger(tx: &mut store::Tx, env: &Env, id: PersonId) -> Result<(), Stop> {
    if rows::people::is_nobody_now(tx, id).await?
        && let Some(whose) = Whose::find(tx, id).await?
    {
        people::forget(tx, env, &whose).await?;
    }
    Ok(())
}
