//! Who takes part in a case: who asks, who was put in copy, a creator's or a processor's people.

use base::id::{AddressId, CaseId};
use base::{Env, Stop};
use serde_json::json;
use store::Tx;

use super::refusals::CROWD;
use super::work::Work;
use super::{Author, Case, EventKind, Participant, ParticipantRole, ThreadKind, rows};
use crate::people;

/// How many addresses may take part.
const MOST: usize = 30;

/// Lets an address take part in a case. Whoever was only put in copy may read nothing that others
/// wrote until [`let_read`]; the role of somebody who takes part already stays.
///
/// `partner` is the creator (their id) or processor (the key of the account) of whom they speak.
///
/// # Errors
/// Refused if there is no such case or address, or if too many take part.
pub async fn join(
    tx: &mut Tx,
    env: &Env,
    case: CaseId,
    address: AddressId,
    (role, partner): (ParticipantRole, Option<String>),
    by: Author,
) -> Result<Participant, Stop> {
    if let Some(who) = rows::people::find(tx, case, address).await? {
        return Ok(who);
    }
    people::address(tx, address).await?.ok_or(people::ADDRESS_UNKNOWN)?;
    let mut work = Work::begin(tx, case).await?;
    let may_read = match role {
        ParticipantRole::Requester
        | ParticipantRole::Creator
        | ParticipantRole::Studio
        | ParticipantRole::Processor => true,
        ParticipantRole::Cc | ParticipantRole::Observer => false,
    };
    let who =
        Participant { case, address, role, partner, may_read, added_by: by, created_at: env.now() };
    if rows::people::of(tx, case).await?.len() >= MOST {
        return Err(CROWD.into());
    }
    rows::people::put(tx, &who).await?;
    let body = json!({ "address": address, "role": role });
    work.tell(tx, env, EventKind::Joined, by, body).await?;
    work.keep(tx, env).await?;
    Ok(who)
}

/// Lets somebody who takes part read the thread from now on.
///
/// # Errors
/// Refused if they do not take part.
pub async fn let_read(
    tx: &mut Tx,
    env: &Env,
    case: CaseId,
    address: AddressId,
    by: Author,
) -> Result<Participant, Stop> {
    let who = rows::people::find(tx, case, address).await?.ok_or(people::ADDRESS_UNKNOWN)?;
    let who = Participant { may_read: true, added_by: by, ..who };
    let mut work = Work::begin(tx, case).await?;
    rows::people::put(tx, &who).await?;
    let body = json!({ "address": address, "role": who.role, "may_read": true });
    work.tell(tx, env, EventKind::Joined, by, body).await?;
    work.keep(tx, env).await?;
    Ok(who)
}

/// Whoever writes takes part: who asked as such, anybody else as if put in copy. Somebody who
/// writes in a creator's or a processor's thread is let in by staff only.
pub(super) async fn writer(
    tx: &mut Tx,
    env: &Env,
    case: &Case,
    thread: ThreadKind,
    address: AddressId,
) -> Result<(), Stop> {
    if thread != ThreadKind::Customer || rows::people::find(tx, case.id, address).await?.is_some() {
        return Ok(());
    }
    let known = people::address(tx, address).await?.ok_or(people::ADDRESS_UNKNOWN)?;
    let asks = known.person == case.requester;
    let role = if asks { ParticipantRole::Requester } else { ParticipantRole::Cc };
    let who = Participant {
        case: case.id,
        address,
        role,
        partner: None,
        may_read: asks,
        added_by: Author::Person(known.person),
        created_at: env.now(),
    };
    // Who asks is never left out; others are once there is a crowd, and their words are kept.
    if asks || rows::people::of(tx, case.id).await?.len() < MOST {
        rows::people::put(tx, &who).await?;
    }
    Ok(())
}
