//! The event: telling it, hearing it, looking it up.

use std::borrow::Cow;

use async_trait::async_trait;
use base::id::EventId;
use base::{Env, Fault, Timestamp};

use super::rows;
use crate::reads::Reads;
use crate::tx::Tx;

/// An event says what is so now; whatever is larger is looked up by those who want it.
pub const LARGEST_BODY: usize = 256 * 1024;

/// The topic that says "something was told".
pub(super) const TOPIC: &str = "events";

/// A fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// What happened: `payment.captured`.
    pub kind: Cow<'static, str>,
    /// The id of what it happened to.
    pub subject: String,
    /// Counts the events of the subject, so that those who hear them late can put them in order.
    pub sequence: i64,
    /// What is so now.
    pub body: serde_json::Value,
    /// When it became so.
    pub created_at: Timestamp,
}

/// Which events to list. Newest first, as every list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The ones that follow this one: older ones.
    pub after: Option<EventId>,
    /// The ones that stand right before this one: newer ones.
    pub before: Option<EventId>,
    /// How many at most.
    pub limit: u32,
    /// Only those whose kind begins with this: `payment.`, or a whole kind.
    pub kind_prefix: Option<String>,
    /// Only those that happened to this.
    pub subject: Option<String>,
}

impl Default for Filter {
    fn default() -> Filter {
        Filter { after: None, before: None, limit: 25, kind_prefix: None, subject: None }
    }
}

/// An event that rests because somebody could not hear it.
#[derive(Clone, Debug)]
pub struct Unheard {
    /// The event.
    pub event: Event,
    /// How often it was tried.
    pub attempts: u32,
    /// Why the last try failed.
    pub last_error: Option<String>,
}

/// Somebody who hears every event.
#[async_trait]
pub trait Listener: Send + Sync {
    /// Its name, for logs.
    fn name(&self) -> &'static str;

    /// Hears one event, writing whatever follows from it into the same transaction that marks it
    /// heard. It may be asked again after a fault, so it does nothing but use the transaction.
    async fn hear(&self, tx: &mut Tx, event: &Event) -> Result<(), Fault>;
}

/// Tells a fact, once the transaction is durable.
///
/// # Errors
/// A fault if the body is too large or the database fails.
pub async fn tell(tx: &mut Tx, event: &Event) -> Result<(), Fault> {
    tell_many(tx, std::slice::from_ref(event)).await
}

/// Tells many facts with one statement.
///
/// # Errors
/// A fault if a body is too large or the database fails.
pub async fn tell_many(tx: &mut Tx, events: &[Event]) -> Result<(), Fault> {
    if events.is_empty() {
        return Ok(());
    }
    rows::insert(tx, events).await?;
    tx.signal(TOPIC);
    Ok(())
}

/// Events, newest first.
///
/// # Errors
/// A fault if the database fails.
pub async fn list(reads: &mut impl Reads, filter: &Filter) -> Result<Vec<Event>, Fault> {
    rows::list(reads, filter).await
}

/// One event.
///
/// # Errors
/// A fault if the database fails.
pub async fn find(reads: &mut impl Reads, id: EventId) -> Result<Option<Event>, Fault> {
    rows::find(reads, id).await
}

/// How many events somebody has yet to hear, without those that rest.
///
/// # Errors
/// A fault if the database fails.
pub async fn unheard_count(reads: &mut impl Reads) -> Result<i64, Fault> {
    rows::unheard_count(reads).await
}

/// Events that rest because somebody could not hear them, oldest first, behind `after`.
///
/// # Errors
/// A fault if the database fails.
pub async fn resting(
    reads: &mut impl Reads,
    limit: u32,
    after: Option<EventId>,
) -> Result<Vec<Unheard>, Fault> {
    rows::resting(reads, limit, after).await
}

/// Lets a resting event be heard again, with all its tries; false if it does not rest.
///
/// # Errors
/// A fault if the database fails.
pub async fn again(tx: &mut Tx, env: &Env, id: EventId) -> Result<bool, Fault> {
    let woken = rows::again(tx, id, env.now()).await? == 1;
    tx.signal(TOPIC);
    Ok(woken)
}
