//! A request arrives with a session's secret.

use base::{Fault, Secret, SignedDuration, Stop};

use super::{Session, rows};
use crate::Identity;
use crate::identity::later;

/// How often "last seen" is written while somebody clicks about.
const NOTE_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// How much of what a browser calls itself is kept.
const MOST_OF_DEVICE: usize = 160;

/// The session this secret opens, if it still does. Being seen puts off the idle end.
///
/// `device` is what the browser calls itself; it is shown in the list of sessions.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn arrive(
    identity: &Identity,
    secret: &Secret,
    device: Option<&str>,
) -> Result<Option<Session>, Fault> {
    let now = identity.env.now();
    let found = {
        let mut reader = identity.store.read().await?;
        rows::find(&mut reader, now, secret).await?
    };
    let Some(mut session) = found else { return Ok(None) };
    let named = session.device.is_some() || device.is_none();
    if now < later(session.seen_at, NOTE_EVERY) && named {
        return Ok(Some(session));
    }
    session.seen_at = now;
    session.idle_until = later(now, Session::term(&session.who).idle).min(session.expires_at);
    session.device = device.map(visible).or(session.device);
    let noted = store::write!(identity.store, |tx| {
        rows::note(tx, &session).await?;
        Ok(())
    });
    match noted {
        Err(Stop::Fault(fault)) => Err(fault),
        Err(Stop::Refused(_)) | Ok(()) => Ok(Some(session)),
    }
}

fn visible(device: &str) -> String {
    device.chars().filter(|letter| matches!(letter, ' '..='~')).take(MOST_OF_DEVICE).collect()
}
