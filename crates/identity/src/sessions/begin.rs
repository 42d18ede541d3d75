//! Somebody is let in.

use base::id::{CustomerId, SessionId, StaffId};
use base::{Actor, Env, Fault, Secret};
use store::Tx;

use super::{OpenedBy, Session, rows};
use crate::identity::later;

/// How many sessions one person may have; the oldest end.
const MOST: u32 = 50;

/// Begins a session of a customer; the secret goes into their browser's cookie.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn begin_for_customer(
    tx: &mut Tx,
    env: &Env,
    customer: CustomerId,
) -> Result<(Session, Secret), Fault> {
    begin(tx, env, Actor::Customer(customer), OpenedBy::Link).await
}

/// Begins a session of a member of staff. Only a sign-in may.
pub(crate) async fn begin_for_staff(
    tx: &mut Tx,
    env: &Env,
    staff: StaffId,
    opened_by: OpenedBy,
) -> Result<(Session, Secret), Fault> {
    begin(tx, env, Actor::Staff(staff), opened_by).await
}

async fn begin(
    tx: &mut Tx,
    env: &Env,
    who: Actor,
    opened_by: OpenedBy,
) -> Result<(Session, Secret), Fault> {
    let (now, term) = (env.now(), Session::term(&who));
    let session = Session {
        id: env.id(),
        who,
        opened_by,
        device: None,
        created_at: now,
        seen_at: now,
        idle_until: later(now, term.idle),
        expires_at: later(now, term.whole),
    };
    let secret = Secret::new(&env.chance);
    rows::insert(tx, &session, &secret.hashed()).await?;
    rows::end_oldest(tx, now, who, MOST).await?;
    Ok((session, secret))
}

/// Gives a session a new secret; the old one opens nothing any more. Done whenever the session
/// comes to allow more, so that whoever saw the old secret gains nothing.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn rotate(tx: &mut Tx, env: &Env, session: SessionId) -> Result<Secret, Fault> {
    let secret = Secret::new(&env.chance);
    rows::rehash(tx, session, &secret.hashed()).await?;
    Ok(secret)
}
