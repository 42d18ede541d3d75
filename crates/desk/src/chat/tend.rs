//! What has to be seen to while nobody looks: visitors who left, answers they missed, old sessions.

use async_trait::async_trait;
use base::{Fault, SignedDuration, Stop, Timestamp};
use store::Tx;
use store::jobs::{Job, Next, Work};

use super::session::{Place, Session};
use super::{lines, offers, rows};
use crate::Desk;
use crate::cases::{self, Direction, Message};
use crate::people::{self, AddressKind};

/// The kind of job.
pub const TEND: &str = "chat.tend";
/// How often it is done.
pub const TEND_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// At most one mail to a visitor in this time.
const MAIL_PAUSE: SignedDuration = SignedDuration::from_mins(15);
/// So many answers go in one mail.
const MOST_IN_A_MAIL: usize = 10;
/// Whoever was away for longer has the page of the case for the rest.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Sessions are kept for so long after they open nothing any more.
const KEPT_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Sees to the chat.
pub struct Tend(Desk);

impl Tend {
    /// Sees to the chat of this desk.
    #[must_use]
    pub fn new(desk: Desk) -> Tend {
        Tend(desk)
    }
}

#[async_trait]
impl Work for Tend {
    fn kind(&self) -> &'static str {
        TEND
    }

    async fn work(&self, _: &Job) -> Result<Next, Fault> {
        tend(&self.0).await.map_err(|stop| Fault::of("see to the chat", stop))?;
        Ok(Next::Finished)
    }
}

/// Notes who has left, offers what waits, mails what was missed, forgets what is over.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn tend(desk: &Desk) -> Result<(), Stop> {
    let store = &desk.billing.store;
    let now = desk.billing.env.now();
    let chat = &desk.settings.chat;
    store::write!(store, |tx| {
        if rows::leave_silent(tx, ago(now, chat.left_after), now).await? > 0 {
            tx.signal("chat");
        }
        rows::sweep(tx, ago(now, KEPT_AFTER)).await?;
        rows::forget_drafts(tx, now).await?;
        rows::forget_passed(tx, ago(now, KEPT_AFTER)).await?;
        store::limits::forget(tx, now).await?;
        Ok(())
    })?;
    offers::deal(desk).await?;
    let mut reader = store.read().await?;
    let heard = ago(now, chat.mail_after);
    let due = rows::to_mail(&mut reader, heard, ago(now, MAIL_PAUSE), ago(now, FORGOTTEN)).await?;
    drop(reader);
    for session in due {
        // One that cannot be mailed must not keep the others waiting.
        let mailed = store::write!(store, |tx| mail_missed(desk, tx, session.clone(), now).await);
        if let Err(stop) = mailed {
            tracing::warn!(session = %session.id, %stop, "answers of the chat were not mailed");
        }
    }
    Ok(())
}

fn ago(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_sub(by).unwrap_or(Timestamp::MIN)
}

/// Mails the answers a visitor has not looked at, as one mail of the case.
async fn mail_missed(
    desk: &Desk,
    tx: &mut Tx,
    session: Session,
    now: Timestamp,
) -> Result<(), Stop> {
    let Some(session) = rows::find(tx, session.id).await? else { return Ok(()) };
    let after = session.seen_seq.max(session.mailed_seq);
    let place = Place { turn: session.turn, seq: after };
    let unseen = lines::messages(tx, &session, place, lines::PAGE).await?;
    let waited =
        |message: &Message| now.duration_since(message.created_at) >= desk.settings.chat.mail_after;
    let missed: Vec<Message> = unseen
        .into_iter()
        .filter(|message| message.direction == Direction::Out && message.withdrawn_at.is_none())
        .filter(|message| message.redacted_at.is_none())
        .take_while(waited)
        .take(MOST_IN_A_MAIL)
        .collect();
    let Some(last) = missed.last() else { return Ok(()) };
    let carried = carry(desk, tx, &session, &missed).await?;
    let seq = last.shown_seq.unwrap_or(last.seq);
    rows::mailed(tx, &session, seq, carried.then_some(now)).await?;
    Ok(())
}

/// Hands the answers to whoever carries mail; whether somebody took them.
async fn carry(
    desk: &Desk,
    tx: &mut Tx,
    session: &Session,
    missed: &[Message],
) -> Result<bool, Stop> {
    let (Some(mail), Some(last)) = (session.proved_mail(), missed.last()) else {
        return Ok(false);
    };
    let Some(case) = cases::find(tx, last.case).await? else { return Ok(false) };
    let Some(to) = people::find_address(tx, AddressKind::Mail, mail).await? else {
        return Ok(false);
    };
    let texts: Vec<&str> = missed.iter().map(|message| message.text.as_str()).collect();
    let text = texts.join("\n\n");
    let whole = Message { fresh: text.clone(), text, html: None, ..last.clone() };
    let Some(carrier) = desk.carriers.pick(AddressKind::Mail, &case, &whole) else {
        return Ok(false);
    };
    carrier.carry(tx, &desk.billing.env, &case, &whole, &to).await?;
    Ok(true)
}
