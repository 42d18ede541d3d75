//! How often a visitor may begin, write and hand in files, counted for all nodes together.

#[cfg(test)]
mod tests;

use base::{Kind, Refusal, SignedDuration, Stop};
use store::limits::{self, Limit};

use super::session::Session;
use crate::Desk;

/// Too much in too short a time.
pub const TOO_OFTEN: Refusal =
    Refusal::new(Kind::TooMany, "too_many_requests", "slow down and try again in a little while");

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// Lines of one session.
const LINES: Limit = Limit::new(20, MINUTE);
/// Lines of one visitor whom the host site knows, in all their windows together.
const LINES_OF_ONE: Limit = Limit::new(40, MINUTE);
/// Lines from one network address: an office or a train has one.
const LINES_FROM: Limit = Limit::new(200, MINUTE);
/// Files of one session.
const FILES: Limit = Limit::new(5, MINUTE);
/// Links to one mail address, from whatever session.
const MAILS_TO: Limit = Limit::new(5, SignedDuration::from_hours(1));
/// New sessions from one network address.
const SESSIONS_FROM: Limit = Limit::new(30, SignedDuration::from_hours(1));

/// Counts a session that begins.
///
/// # Errors
/// `too_many_requests`; a fault if the database does not answer.
pub(super) async fn count_session(desk: &Desk, from: &str) -> Result<(), Stop> {
    count(desk, &[(blind(desk, "chat sessions", from), SESSIONS_FROM)]).await
}

/// Counts a line of a visitor.
///
/// # Errors
/// `too_many_requests`; a fault if the database does not answer.
pub async fn count_line(desk: &Desk, session: &Session, from: &str) -> Result<(), Stop> {
    let mut all = vec![
        (blind(desk, "chat lines", &session.id.to_string()), LINES),
        (blind(desk, "chat lines from", from), LINES_FROM),
    ];
    if let Some(subject) = &session.subject {
        let visitor = format!("{}:{subject}", session.channel);
        all.push((blind(desk, "chat lines of", &visitor), LINES_OF_ONE));
    }
    count(desk, &all).await
}

/// Counts a file a visitor hands in, before it is read.
///
/// # Errors
/// `too_many_requests`; a fault if the database does not answer.
pub async fn count_file(desk: &Desk, session: &Session) -> Result<(), Stop> {
    count(desk, &[(blind(desk, "chat files", &session.id.to_string()), FILES)]).await
}

/// Counts a link that is sent to an address; whether it may still go.
///
/// # Errors
/// A fault if the database does not answer.
pub(super) async fn passes_mail(desk: &Desk, to: &str) -> Result<bool, Stop> {
    match count(desk, &[(blind(desk, "chat mail", to), MAILS_TO)]).await {
        Ok(()) => Ok(true),
        Err(Stop::Refused(_)) => Ok(false),
        Err(fault) => Err(fault),
    }
}

fn blind(desk: &Desk, purpose: &str, text: &str) -> String {
    desk.identity.vault.blind(purpose, text)
}

/// A deed of its own: what is refused counts too.
async fn count(desk: &Desk, all: &[(String, Limit)]) -> Result<(), Stop> {
    let now = desk.billing.env.now();
    let passed = store::write!(desk.billing.store, |tx| {
        let mut passed = true;
        for (subject, limit) in all {
            passed &= limits::passes(tx, subject, *limit, now).await?;
        }
        Ok(passed)
    })?;
    if passed { Ok(()) } else { Err(TOO_OFTEN.into()) }
}
