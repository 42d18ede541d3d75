//! A visitor opens the chat: a new session, or the one this browser has already.

use base::{Language, Secret, Stop, Timestamp};

use super::session::{KEPT, NO_SESSION, Session, VOUCHED_FOR};
use super::settings::Channel;
use super::vouched::{Vouched, plain};
use super::{limits, rows};
use crate::Desk;

/// Somebody opens the chat.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    /// On which channel.
    pub channel: &'a Channel,
    /// What the browser has kept of an earlier session.
    pub kept: Option<&'a Secret>,
    /// What the host site vouches for.
    pub identity: Option<&'a str>,
    /// The language of the page.
    pub language: Language,
    /// The page they ask from.
    pub page: Option<&'a str>,
    /// The network they come from: new sessions are counted by it.
    pub network: &'a str,
}

/// A session that can be used.
#[derive(Clone, Debug)]
pub struct Started {
    /// The session.
    pub session: Session,
    /// What opens it.
    pub token: Secret,
    /// Whether it goes on from before.
    pub resumed: bool,
}

/// Opens the chat for somebody. Whoever comes as somebody else than before begins anew: what was
/// said under one name is never shown under another.
///
/// # Errors
/// `identity_not_valid` if what the host site vouches for cannot be believed; `too_many_requests`
/// if many sessions began there lately; a fault if the database does not answer.
pub async fn start(desk: &Desk, arrival: Arrival<'_>) -> Result<Started, Stop> {
    let (store, env) = (&desk.billing.store, &desk.billing.env);
    let now = env.now();
    let vouched = arrival.identity.map(|token| Vouched::read(token, arrival.channel, now));
    let vouched = vouched.transpose()?;
    // Going on costs nobody anything; beginning does, whatever a browser says it has kept.
    if !goes_on(desk, arrival, vouched.as_ref()).await? {
        limits::count_session(desk, arrival.network).await?;
    }
    let fresh = Secret::new(&env.chance);
    let id = env.id();
    store::write!(store, |tx| {
        let kept = match arrival.kept {
            Some(secret) => rows::opened(tx, now, secret).await?,
            None => None,
        };
        let kept = kept.filter(|session| is_theirs(session, arrival.channel, vouched.as_ref()));
        if let (Some(mut session), Some(secret)) = (kept, arrival.kept) {
            describe(&mut session, arrival, vouched.as_ref(), now);
            rows::resume(tx, &session).await?;
            return Ok(Started { session, token: secret.clone(), resumed: true });
        }
        let mut session = empty(id, &arrival.channel.key, now);
        describe(&mut session, arrival, vouched.as_ref(), now);
        if let Some(vouched) = &vouched {
            let since = now.checked_sub(KEPT).unwrap_or(now);
            let (channel, subject) = (&arrival.channel.key, &vouched.subject);
            let elsewhere = rows::of_subject(tx, channel, subject, since).await?;
            // The host vouches that it is the same person, so their talk goes on in any browser.
            if let Some(elsewhere) = elsewhere {
                go_on(&mut session, &elsewhere);
            }
        }
        rows::insert(tx, &session, &fresh.hashed()).await?;
        Ok(Started { session, token: fresh.clone(), resumed: false })
    })
}

async fn goes_on(
    desk: &Desk,
    arrival: Arrival<'_>,
    vouched: Option<&Vouched>,
) -> Result<bool, Stop> {
    let Some(secret) = arrival.kept else { return Ok(false) };
    let mut reader = desk.billing.store.read().await?;
    let kept = rows::opened(&mut reader, desk.billing.env.now(), secret).await?;
    Ok(kept.is_some_and(|session| is_theirs(&session, arrival.channel, vouched)))
}

fn is_theirs(session: &Session, channel: &Channel, vouched: Option<&Vouched>) -> bool {
    session.channel == channel.key
        && session.subject.as_deref() == vouched.map(|vouched| vouched.subject.as_str())
}

fn describe(
    session: &mut Session,
    arrival: Arrival<'_>,
    vouched: Option<&Vouched>,
    now: Timestamp,
) {
    session.subject = vouched.map(|vouched| vouched.subject.clone());
    session.name = vouched.and_then(|vouched| vouched.name.clone());
    let mail = vouched.and_then(|vouched| vouched.mail.as_ref());
    session.vouched_mail = mail.map(|mail| mail.folded());
    session.language = arrival.language;
    session.page = arrival.page.and_then(|page| plain(page, 500));
    session.seen_at = now;
    let lasts = if vouched.is_some() { VOUCHED_FOR } else { KEPT };
    session.expires_at = now.checked_add(lasts).unwrap_or(Timestamp::MAX);
}

fn empty(id: base::id::ChatSessionId, channel: &str, now: Timestamp) -> Session {
    Session {
        id,
        channel: channel.to_owned(),
        subject: None,
        name: None,
        vouched_mail: None,
        language: Language::default(),
        page: None,
        person: None,
        address: None,
        case: None,
        turn: 0,
        from_seq: 0,
        seen_seq: 0,
        desk_seen_seq: 0,
        mailed_seq: 0,
        mailed_at: None,
        mail: None,
        mail_proved_at: None,
        created_at: now,
        seen_at: now,
        left_at: None,
        expires_at: now,
    }
}

fn go_on(session: &mut Session, elsewhere: &Session) {
    session.person = elsewhere.person;
    session.address = elsewhere.address;
    session.case = elsewhere.case;
    session.turn = elsewhere.turn;
    session.from_seq = elsewhere.from_seq;
    session.seen_seq = elsewhere.seen_seq;
}

/// The session this token opens now.
///
/// # Errors
/// `chat_session_not_valid` if it opens none; a fault if the database does not answer.
pub async fn arrive(desk: &Desk, token: &Secret) -> Result<Session, Stop> {
    let mut reader = desk.billing.store.read().await?;
    let session = rows::opened(&mut reader, desk.billing.env.now(), token).await?;
    Ok(session.ok_or(NO_SESSION)?)
}
