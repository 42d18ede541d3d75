//! The facts this crate tells: what is so now, in the shape in which the API shows it.

use base::id::{AttemptId, CreditId, CustomerId, PaymentId};
use base::{Env, Fault, Tokens};
use serde::Serialize;
use store::Tx;
use store::outbox::{self, Event};

use crate::checkouts::Checkout;
use crate::payments::{Payment, Told};
use crate::tips::Tip;
use crate::tokens::{Given, wallet_id};

/// Tokens that came into a wallet or went out of it other than by a spend.
#[derive(Serialize)]
#[serde(tag = "object", rename = "wallet_movement")]
struct WalletMovement {
    wallet: base::id::WalletId,
    customer: CustomerId,
    tokens: Tokens,
    payment: Option<PaymentId>,
    attempt: Option<AttemptId>,
    /// The credit, where the house gave the tokens.
    credit: Option<CreditId>,
}

fn body(value: &impl Serialize) -> Result<serde_json::Value, Fault> {
    serde_json::to_value(value).map_err(|error| Fault::of("write the body of an event", error))
}

pub(crate) async fn payment_told(
    tx: &mut Tx,
    env: &Env,
    payment: &Payment,
    told: &[Told],
) -> Result<(), Fault> {
    outbox::tell_many(tx, &payment_events(env, payment, told)?).await
}

/// What is told about a payment, to be told later in the same transaction.
pub(crate) fn payment_events(
    env: &Env,
    payment: &Payment,
    told: &[Told],
) -> Result<Vec<Event>, Fault> {
    if told.is_empty() {
        return Ok(Vec::new());
    }
    let body = body(payment)?;
    let event = |told: &Told| Event {
        id: env.id(),
        kind: told.kind().into(),
        subject: payment.id.to_string(),
        sequence: payment.version,
        body: body.clone(),
        created_at: payment.updated_at,
    };
    Ok(told.iter().map(event).collect())
}

pub(crate) async fn checkout_opened(
    tx: &mut Tx,
    env: &Env,
    checkout: &Checkout,
) -> Result<(), Fault> {
    let event = Event {
        id: env.id(),
        kind: "checkout.opened".into(),
        subject: checkout.id.to_string(),
        sequence: 1,
        body: body(checkout)?,
        created_at: checkout.created_at,
    };
    outbox::tell(tx, &event).await
}

pub(crate) fn wallet_movement(
    env: &Env,
    kind: &'static str,
    payment: &Payment,
    attempt: AttemptId,
    tokens: Tokens,
) -> Result<Event, Fault> {
    let wallet = wallet_id(payment.customer);
    let movement = WalletMovement {
        wallet,
        customer: payment.customer,
        tokens,
        payment: Some(payment.id),
        attempt: Some(attempt),
        credit: None,
    };
    Ok(Event {
        id: env.id(),
        kind: kind.into(),
        subject: wallet.to_string(),
        // A wallet has no version of its own; the time puts its movements in order.
        sequence: payment.updated_at.as_microsecond(),
        body: body(&movement)?,
        created_at: payment.updated_at,
    })
}

pub(crate) fn wallet_given(env: &Env, given: &Given) -> Result<Event, Fault> {
    let wallet = wallet_id(given.customer);
    let movement = WalletMovement {
        wallet,
        customer: given.customer,
        tokens: given.tokens,
        payment: None,
        attempt: None,
        credit: Some(given.id),
    };
    Ok(Event {
        id: env.id(),
        kind: "wallet.credited".into(),
        subject: wallet.to_string(),
        sequence: given.given_at.as_microsecond(),
        body: body(&movement)?,
        created_at: given.given_at,
    })
}

pub(crate) fn tip_left(env: &Env, tip: &Tip) -> Result<Event, Fault> {
    Ok(Event {
        id: env.id(),
        kind: "tip.left".into(),
        subject: tip.id.to_string(),
        sequence: 1,
        body: body(tip)?,
        created_at: tip.created_at,
    })
}
