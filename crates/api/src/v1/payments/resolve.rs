//! Asking the processor what became of a payment.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use base::Stop;
use base::id::Payment;
use billing::payments;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::expand::{self, Depth};
use super::shape::Shown;
use crate::ask::{Named, Once, Reply, SentOrEmpty, Thing};
use crate::door::Door;
use crate::guard::{Caller, may, to_the_end};
use crate::problem::Problem;

/// There is nothing to say about it.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Resolve {}

/// Ask the processor what became of a payment.
///
/// Paydesk asks by itself, at growing intervals; this asks now. It never charges.
#[utoipa::path(
    post,
    path = "/v1/payments/{id}/resolve",
    tag = "payments",
    operation_id = "resolve_payment",
    params(("id" = String, Path, description = "The payment's id, `pay_…`.")),
    request_body = Resolve,
    responses(
        (status = 200, description = "The payment; its outcome is known.", body = Shown),
        (status = 202, description = "The payment; its outcome is not known yet.", body = Shown),
    ),
)]
pub async fn resolve(
    State(door): State<Arc<Door>>,
    _: Caller<may::WritePayments>,
    Named(id): Named<Payment>,
    asked: Once,
    SentOrEmpty(body): SentOrEmpty<Resolve>,
) -> Result<Reply, Problem> {
    let deed = asked.asks(&id.to_string(), &body)?;
    to_the_end(async move {
        let resolved = Box::pin(resolved(&door, id));
        deed.calling_out(&door, resolved).await
    })
    .await
}

async fn resolved(door: &Door, id: base::id::PaymentId) -> Result<Reply, Stop> {
    let attempts = {
        let mut reader = door.read().await?;
        payments::find(&mut reader, id).await?.ok_or(Payment::MISSING)?;
        payments::attempts_of(&mut reader, id).await?
    };
    for attempt in attempts.iter().filter(|attempt| attempt.state.is_unresolved()) {
        payments::resolve(&door.billing, attempt.id).await?;
    }
    let mut reader = door.read().await?;
    let payment = payments::find(&mut reader, id).await?.ok_or(Payment::MISSING)?;
    let known = payment.outcome_known && payment.state != payments::PaymentState::Processing;
    let status = if known { StatusCode::OK } else { StatusCode::ACCEPTED };
    let shown = expand::shown(&mut reader, payment, Depth::Ids, door.livemode).await?;
    Ok(Reply::new(status, &shown)?)
}
