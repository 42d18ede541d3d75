//! Deeds: somebody's wish to be forgotten is written down, or taken back before it is done.

use base::id::{ErasureId, PersonId};
use base::{Actor, Env, Stop};
use store::{Tx, jobs};

use super::erasure::{Erasure, ErasureState, Gone};
use super::work::{ERASE, Erasing};
use super::{ASKED_BEFORE, ERASURE_ASKED, ERASURE_WITHDRAWN, REASON, THE_HOUSE, UNKNOWN, rows};
use crate::audit::{self, Note};
use crate::people;

/// The longest word on why.
const LONGEST: usize = 300;

/// Writes down that a person wants to be forgotten, and the job that does it.
///
/// # Errors
/// Refused without a reason, if there is no such person, if it is the house itself, or if a
/// request is under way.
pub async fn ask(
    tx: &mut Tx,
    env: &Env,
    person: PersonId,
    (by, why): (Actor, &str),
) -> Result<Erasure, Stop> {
    let why = why.trim();
    if !(1..=LONGEST).contains(&why.chars().count()) || why.chars().any(char::is_control) {
        return Err(REASON.into());
    }
    let found = people::find(tx, person).await?.ok_or(people::UNKNOWN)?;
    if rows::people::is_the_house(tx, person).await? {
        return Err(THE_HOUSE.into());
    }
    let erasure = Erasure {
        id: env.id(),
        person,
        asked_by: by.to_string(),
        why: why.to_owned(),
        state: ErasureState::Waiting,
        delays: Vec::new(),
        gone: Gone::default(),
        asked_at: env.now(),
        looked_at: None,
        done_at: None,
    };
    if found.erased_at.is_some() || !rows::erasures::insert(tx, &erasure).await? {
        return Err(ASKED_BEFORE.into());
    }
    let about = person.to_string();
    let note = Note { by, what: ERASURE_ASKED, about: &about, why: Some(why) };
    audit::note(tx, env, &note).await?;
    jobs::enqueue(tx, env, ERASE, &Erasing { erasure: erasure.id }, env.now()).await?;
    Ok(erasure)
}

/// Takes a request back that is not done. What is gone is gone.
///
/// # Errors
/// Refused if there is no such request, or if it is done.
pub async fn withdraw(tx: &mut Tx, env: &Env, id: ErasureId, by: Actor) -> Result<(), Stop> {
    let erasure = rows::erasures::find(tx, id).await?.ok_or(UNKNOWN)?;
    if rows::erasures::remove(tx, id).await? == 0 {
        return Err(UNKNOWN.into());
    }
    let about = erasure.person.to_string();
    let note = Note { by, what: ERASURE_WITHDRAWN, about: &about, why: None };
    audit::note(tx, env, &note).await?;
    Ok(())
}
