//! Giving a payment back through the processor that took it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use base::id::Payment;
use base::{Kind, Money, Refusal, Stop};
use billing::payments::{self, OperationState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::ShownOperation;
use crate::ask::{Named, Object, Once, Reply, Sent};
use crate::door::Door;
use crate::guard::{Caller, may, to_the_end};
use crate::problem::Problem;
use crate::shape;

/// The processor said no.
const DECLINED: Refusal = Refusal::new(
    Kind::Declined,
    "refund_declined",
    "the processor refused to give the money back; nothing was moved",
);
/// The reason cannot be one.
const REASON: Refusal = Refusal::new(
    Kind::Malformed,
    "reason_not_valid",
    "a reason is one line of 1 to 200 characters without control characters",
);

/// What is to be given back.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "bought by mistake"}))]
pub struct NewRefund {
    /// How much; all that is left if left out.
    #[schema(value_type = Option<shape::Money>)]
    amount: Option<Object<Money>>,
    /// Why, in a line for the books.
    reason: String,
}

/// Give a payment back.
#[utoipa::path(
    post,
    path = "/v1/payments/{id}/refunds",
    tag = "payments",
    operation_id = "refund_payment",
    params(("id" = String, Path, description = "The payment's id, `pay_…`.")),
    request_body = NewRefund,
    responses(
        (status = 201, description = "It was given back.", body = ShownOperation),
        (status = 202, description = "The processor has taken it in, or it is not known yet what \
            became of the call. Look at the payment.", body = ShownOperation),
    ),
)]
pub async fn refund(
    State(door): State<Arc<Door>>,
    caller: Caller<may::WritePayments>,
    Named(id): Named<Payment>,
    asked: Once,
    Sent(body): Sent<NewRefund>,
) -> Result<Reply, Problem> {
    let deed = asked.asks_for_money(&id.to_string(), &body)?;
    let reason = body.reason.trim().to_owned();
    let fits = (1..=200).contains(&reason.chars().count());
    if !fits || reason.chars().any(char::is_control) {
        return Err(REASON.at("reason").into());
    }
    to_the_end(async move {
        let refunded = Box::pin(async {
            let (actor, amount) = (caller.actor(), body.amount.map(|amount| amount.0));
            let refund = payments::refund(&door.billing, id, amount, &reason, actor).await?;
            reply(refund, door.livemode)
        });
        deed.calling_out(&door, refunded).await
    })
    .await
}

fn reply(refund: payments::Operation, livemode: bool) -> Result<Reply, Stop> {
    let status = match refund.state {
        OperationState::Succeeded => StatusCode::CREATED,
        OperationState::Declined | OperationState::NotExecuted => return Err(DECLINED.into()),
        OperationState::Planned
        | OperationState::Sent
        | OperationState::Pending
        | OperationState::Unknown => StatusCode::ACCEPTED,
    };
    Ok(Reply::new(status, &ShownOperation::of(refund, livemode))?)
}
