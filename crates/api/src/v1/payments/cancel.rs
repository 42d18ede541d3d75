//! Cancelling a payment that was not taken yet.

use std::sync::Arc;

use axum::extract::State;
use base::id::Payment;
use billing::payments;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::expand::{self, Depth};
use super::shape::Shown;
use crate::ask::{Named, Once, Reply, SentOrEmpty};
use crate::door::Door;
use crate::guard::{Caller, may, to_the_end};
use crate::problem::Problem;

/// There is nothing to say about it.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cancel {}

/// Cancel a payment that was not taken yet.
#[utoipa::path(
    post,
    path = "/v1/payments/{id}/cancel",
    tag = "payments",
    operation_id = "cancel_payment",
    params(("id" = String, Path, description = "The payment's id, `pay_…`.")),
    request_body = Cancel,
    responses((status = 200, description = "The payment, cancelled.", body = Shown)),
)]
pub async fn cancel(
    State(door): State<Arc<Door>>,
    caller: Caller<may::WritePayments>,
    Named(id): Named<Payment>,
    asked: Once,
    SentOrEmpty(body): SentOrEmpty<Cancel>,
) -> Result<Reply, Problem> {
    let deed = asked.asks_for_money(&id.to_string(), &body)?;
    to_the_end(async move {
        let cancelled = Box::pin(async {
            let payment = payments::cancel(&door.billing, id, caller.actor()).await?;
            let mut reader = door.read().await?;
            let shown = expand::shown(&mut reader, payment, Depth::Ids, door.livemode).await?;
            Ok(Reply::ok(&shown)?)
        });
        deed.calling_out(&door, cancelled).await
    })
    .await
}
