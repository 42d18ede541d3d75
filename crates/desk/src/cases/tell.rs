//! What others hear of a case: colleagues' rooms through events, the merchant through webhooks.

use base::id::CaseId;
use base::{Env, Fault, Stop};
use serde_json::{Value, json};
use store::outbox::{self, Event};
use store::{Reads, Tx};

use super::work::Work;
use super::{
    Author, Case, CaseEvent, CaseState, EventKind, Message, Origin, Team, ThreadKind, rows,
};
use crate::people;

/// Writes down something that happened to a case and that another room knows of: a rating, a
/// promise that is due, what the money side did.
///
/// # Errors
/// Refused if there is no such case.
pub async fn note(
    tx: &mut Tx,
    env: &Env,
    id: CaseId,
    kind: EventKind,
    by: Author,
    body: Value,
) -> Result<Case, Stop> {
    let mut work = Work::begin_any(tx, id).await?;
    work.tell(tx, env, kind, by, body).await?;
    work.keep(tx, env).await
}

/// Tells the merchant's programs: ids and words, never what somebody wrote.
pub(super) async fn told_outside(
    tx: &mut Tx,
    env: &Env,
    before: Option<&Case>,
    case: &Case,
    told: &[CaseEvent],
) -> Result<(), Fault> {
    let mut facts: Vec<Fact> = Vec::new();
    for event in told {
        let told = |kind, more| Fact { kind, number: event.seq, more };
        if event.kind == EventKind::Opened && before.is_none() {
            facts.push(told("case.opened", json!({})));
        }
        if event.kind == EventKind::Message && is_word_of_customer(event) {
            facts.push(told("case.message", json!({ "message": event.body["message"] })));
        }
        if event.kind == EventKind::State {
            let to = event.body["to"].as_str();
            if to == Some(CaseState::Solved.as_str()) {
                facts.push(told("case.solved", json!({})));
            } else if to == Some(CaseState::Closed.as_str()) {
                facts.push(told("case.closed", json!({})));
            }
        }
        if event.kind == EventKind::Escalated {
            facts.push(told("case.escalated", json!({ "level": case.level })));
        }
    }
    send(tx, env, case, facts).await
}

/// What is told outside: what happened, the number of the event within the case, and more about
/// it.
struct Fact {
    kind: &'static str,
    number: i64,
    more: Value,
}

/// Tells the merchant's programs that an answer has left.
pub(super) async fn answered(
    tx: &mut Tx,
    env: &Env,
    case: &Case,
    message: &Message,
) -> Result<(), Fault> {
    if message.thread_kind != ThreadKind::Customer || message.automatic.is_some() {
        return Ok(());
    }
    let more = json!({ "message": message.id });
    let fact = Fact { kind: "case.answered", number: case.seq, more };
    send(tx, env, case, vec![fact]).await
}

fn is_word_of_customer(event: &CaseEvent) -> bool {
    event.body["thread"] == ThreadKind::Customer.as_str()
        && event.body["direction"] == "in"
        && event.body["automatic"] == false
}

async fn send(tx: &mut Tx, env: &Env, case: &Case, facts: Vec<Fact>) -> Result<(), Fault> {
    if facts.is_empty() || !is_customers(tx, case).await? {
        return Ok(());
    }
    let customer = customer_of(tx, case).await?;
    let told: Vec<Event> = facts
        .into_iter()
        .map(|fact| Event {
            id: env.id(),
            kind: fact.kind.into(),
            subject: case.id.to_string(),
            sequence: fact.number,
            body: body(case, customer.as_deref(), fact.more),
            created_at: env.now(),
        })
        .collect();
    outbox::tell_many(tx, &told).await
}

/// Whether a case is between a customer and the desk: finance's own and what billing opened for
/// staff are nobody's business outside.
async fn is_customers(reads: &mut impl Reads, case: &Case) -> Result<bool, Fault> {
    if case.team == Team::Finance {
        return Ok(false);
    }
    if case.origin != Origin::Billing {
        return Ok(true);
    }
    Ok(rows::threads::to(reads, case.id, ThreadKind::Customer, None).await?.is_some())
}

async fn customer_of(reads: &mut impl Reads, case: &Case) -> Result<Option<String>, Fault> {
    let person = people::find(reads, case.requester).await?;
    Ok(person.and_then(|person| person.customer).map(|customer| customer.to_string()))
}

fn body(case: &Case, customer: Option<&str>, more: Value) -> Value {
    let mut body = json!({
        "id": case.id,
        "reference": case.reference.as_str(),
        "state": case.state,
        "priority": case.priority,
        "audience": case.audience,
        "topic": case.topic,
        "origin": case.origin,
        "language": case.language,
        "customer": customer,
        "created_at": case.created_at,
        "updated_at": case.updated_at,
    });
    if let (Some(body), Value::Object(more)) = (body.as_object_mut(), more) {
        body.extend(more);
    }
    body
}
