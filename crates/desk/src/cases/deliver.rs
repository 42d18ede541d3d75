//! The job that takes an answer to its reader, once it can no longer be taken back.

use async_trait::async_trait;
use base::id::MessageId;
use base::{Env, Fault, Stop, Timestamp};
use serde_json::json;
use store::jobs::{Job, Next, Work};
use store::{Store, Tx};

use super::refusals::{MESSAGE_UNKNOWN, UNKNOWN};
use super::work::Work as CaseWork;
use super::{Author, Carriers, Case, Delivery, EventKind, Message, rows, tell};
use crate::people;

/// The kind of job.
pub const DELIVER: &str = "desk.deliver";

/// Which message a job is about.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Delivering {
    /// Its id.
    pub(super) message: MessageId,
}

/// Takes answers to their readers. Handing over and noting it are one transaction, so a job that
/// runs twice hands over once.
pub struct Deliver {
    store: Store,
    env: Env,
    carriers: Carriers,
}

/// What a job finds when it looks at its message.
enum Found {
    Gone,
    Early(Timestamp),
    Left,
}

impl Deliver {
    /// Hands over to these carriers.
    #[must_use]
    pub fn new(store: Store, env: Env, carriers: Carriers) -> Deliver {
        Deliver { store, env, carriers }
    }
}

#[async_trait]
impl Work for Deliver {
    fn kind(&self) -> &'static str {
        DELIVER
    }

    async fn work(&self, job: &Job) -> Result<Next, Fault> {
        let Delivering { message } = job.read()?;
        let (env, carriers) = (&self.env, &self.carriers);
        let left = store::write!(self.store, |tx| leave(tx, env, carriers, message).await);
        match left.map_err(|stop| Fault::of("deliver an answer", stop))? {
            Found::Gone | Found::Left => Ok(Next::Finished),
            Found::Early(until) => Ok(Next::Later(until)),
        }
    }
}

async fn leave(tx: &mut Tx, env: &Env, carriers: &Carriers, id: MessageId) -> Result<Found, Stop> {
    let Some(mut message) = rows::messages::find(tx, id).await? else { return Ok(Found::Gone) };
    if !matches!(message.delivery, Delivery::Waiting | Delivery::Queued) {
        return Ok(Found::Gone);
    }
    if let Some(until) = message.undo_until.filter(|until| env.now() < *until) {
        return Ok(Found::Early(until));
    }
    let case = rows::cases::find(tx, message.case).await?.ok_or(UNKNOWN)?;
    let (delivery, why) = handed_over(tx, env, carriers, &case, &message).await?;
    message.delivery = delivery;
    let mut work = CaseWork::begin_any(tx, case.id).await?;
    let body = json!({ "message": id, "delivery": delivery, "why": why });
    let seq = work.tell(tx, env, EventKind::Delivery, Author::System, body).await?;
    message.shown_seq = message.shown_seq.or(Some(seq));
    rows::messages::went(tx, &message).await?;
    let case = work.keep(tx, env).await?;
    tell::answered(tx, env, &case, &message).await?;
    Ok(Found::Left)
}

/// How far the message has come, and why it has not.
async fn handed_over(
    tx: &mut Tx,
    env: &Env,
    carriers: &Carriers,
    case: &Case,
    message: &Message,
) -> Result<(Delivery, Option<&'static str>), Stop> {
    let Some(address) = message.address else { return Ok((Delivery::None, None)) };
    let to = people::address(tx, address).await?.ok_or(people::ADDRESS_UNKNOWN)?;
    let Some(carrier) = carriers.pick(to.kind, case, message) else {
        return Ok((Delivery::Failed, Some("no_carrier")));
    };
    match carrier.carry(tx, env, case, message, &to).await {
        Ok(delivery) => Ok((delivery, None)),
        Err(Stop::Refused(refusal)) => Ok((Delivery::Failed, Some(refusal.code))),
        Err(Stop::Fault(fault)) => Err(fault.into()),
    }
}

/// Notes how far a message has come, as its carrier hears of it. What comes late or twice changes
/// nothing: a message that was read is not merely sent again.
///
/// # Errors
/// Refused if there is no such message.
pub async fn note_delivery(
    tx: &mut Tx,
    env: &Env,
    id: MessageId,
    delivery: Delivery,
    why: Option<&str>,
) -> Result<Message, Stop> {
    let mut message = rows::messages::find(tx, id).await?.ok_or(MESSAGE_UNKNOWN)?;
    if !goes_on(message.delivery, delivery) {
        return Ok(message);
    }
    message.delivery = delivery;
    rows::messages::went(tx, &message).await?;
    let mut work = CaseWork::begin_any(tx, message.case).await?;
    let body = json!({ "message": id, "delivery": delivery, "why": why });
    work.tell(tx, env, EventKind::Delivery, Author::System, body).await?;
    work.keep(tx, env).await?;
    Ok(message)
}

/// Whether one report of a carrier may follow another.
const fn goes_on(from: Delivery, to: Delivery) -> bool {
    match (from, to) {
        (Delivery::None | Delivery::Waiting | Delivery::Withdrawn | Delivery::Read, _)
        | (_, Delivery::None | Delivery::Waiting | Delivery::Withdrawn | Delivery::Queued) => false,
        (Delivery::Queued, _) | (Delivery::Sent, Delivery::Delivered | Delivery::Failed) => true,
        (Delivery::Sent | Delivery::Delivered | Delivery::Failed, Delivery::Read)
        | (Delivery::Failed | Delivery::Delivered, Delivery::Delivered | Delivery::Failed) => {
            from as u8 != to as u8
        }
        (Delivery::Sent | Delivery::Delivered | Delivery::Failed, Delivery::Sent) => false,
    }
}

/// Notes the header Message-ID of a mail that a message went out as.
///
/// # Errors
/// Refused if there is no such message.
pub async fn set_mail_id(tx: &mut Tx, id: MessageId, mail_id: &str) -> Result<(), Stop> {
    match rows::messages::set_mail_id(tx, id, mail_id).await? {
        0 => Err(MESSAGE_UNKNOWN.into()),
        _ => Ok(()),
    }
}
