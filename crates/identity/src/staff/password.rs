//! Somebody chooses a password.

use base::{Actor, Secret, SignedDuration, Stop};

use super::{PASSWORD_WRONG, UNKNOWN, rows};
use crate::identity::later;
use crate::sessions::{self, OpenedBy, Session};
use crate::{Identity, passwords, sign_in};

/// How long a link is good for choosing a password without the present one.
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Chooses a new password for whoever has this session.
///
/// The present password must be given, unless there is none or the session was opened by a link
/// within the last hour.
/// Every other session of theirs ends, and this one gets a new secret for its cookie.
///
/// # Errors
/// Refused if the present password is wrong (counted like a failed sign-in) or the new one weak.
pub async fn set_password(
    identity: &Identity,
    session: &Session,
    present: Option<&str>,
    new: &str,
) -> Result<Secret, Stop> {
    let Actor::Staff(id) = session.who else { return Err(UNKNOWN.into()) };
    let known = {
        let mut reader = identity.store.read().await?;
        rows::credentials_of(&mut reader, id).await?.ok_or(UNKNOWN)?
    };
    passwords::check(new, &known.email)?;
    let now = identity.env.now();
    let by_link = session.opened_by == OpenedBy::Link && now < later(session.created_at, HOUR);
    let asks = known.password.is_some() && !by_link;
    if asks {
        sign_in::count(identity, &known.email).await?;
        let present = present.unwrap_or_default();
        if !identity.passwords.fits(present, known.password.as_deref()).await? {
            return Err(PASSWORD_WRONG.at("present").into());
        }
    }
    let hash = identity.passwords.hash(&identity.env.chance, new).await?;
    store::write!(identity.store, |tx| {
        if asks {
            sign_in::forgive(tx, &known.email).await?;
        }
        rows::set_password(tx, id, &hash).await?;
        rows::drop_links(tx, id).await?;
        sessions::end_all(tx, now, session.who, Some(session.id)).await?;
        Ok(sessions::rotate(tx, &identity.env, session.id).await?)
    })
}
