//! Collecting a payment from the server, without a page in between.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use base::id::{Payment, PaymentId};
use base::{Kind, Refusal, Stop};
use billing::checkouts::RETURN_URL_NOT_VALID;
use billing::payments::{self, ChargeAsk, PaymentState};
use processor::{CaptureWhen, GoTo, Instrument};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::expand::{self, Depth};
use super::shape::Shown;
use crate::ask::{Named, Once, Reply, Sent, Thing};
use crate::door::Door;
use crate::guard::{Caller, may, to_the_end};
use crate::problem::Problem;

/// What is to be charged cannot be that.
const INSTRUMENT: Refusal = Refusal::new(
    Kind::Malformed,
    "instrument_not_valid",
    "an instrument names a processor's own id or token of at most 16,384 characters; card numbers \
     are not taken",
);
const LONGEST: usize = 16_384;

/// What is to be charged.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"instrument": {"type": "stored", "id": "pm_1"}, "account": "stripe"}))]
pub struct NewCharge {
    /// `{"type": "stored", "id", "customer"}` for what a processor keeps,
    /// `{"type": "google_pay", "token"}`, or `{"type": "token", "token"}` of the processor's own
    /// script.
    #[schema(value_type = Object)]
    instrument: Instrument,
    /// The processor account; left out, the one that keeps the instrument.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    /// `at_once`, or `later` to hold the money only.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "at_once")]
    capture: CaptureWhen,
    /// Where the browser comes back to if the customer must act; the shop's first page without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    return_url: Option<String>,
}

/// A payment, and where its customer must act.
#[derive(Serialize, ToSchema)]
pub struct ChargedPayment {
    /// The payment.
    payment: Shown,
    /// Where the customer must go, if they must act.
    redirect_url: Option<String>,
}

/// Charge a payment from the server.
#[utoipa::path(
    post,
    path = "/v1/payments/{id}/charge",
    tag = "payments",
    operation_id = "charge_payment",
    params(("id" = String, Path, description = "The payment's id, `pay_…`.")),
    request_body = NewCharge,
    responses(
        (status = 201, description = "The money is taken or held.", body = ChargedPayment),
        (status = 202, description = "The customer must act, or the outcome comes later.",
            body = ChargedPayment),
    ),
)]
pub async fn charge(
    State(door): State<Arc<Door>>,
    _: Caller<may::WritePayments>,
    Named(id): Named<Payment>,
    asked: Once,
    Sent(body): Sent<NewCharge>,
) -> Result<Reply, Problem> {
    let deed = asked.asks_for_money(&id.to_string(), &body)?;
    check(&body.instrument)?;
    to_the_end(async move {
        let charged = Box::pin(charged(&door, id, body));
        deed.calling_out(&door, charged).await
    })
    .await
}

fn check(instrument: &Instrument) -> Result<(), Refusal> {
    let text = match instrument {
        Instrument::Stored { id, .. } => id,
        Instrument::GooglePay { token } | Instrument::Token { token } => token,
    };
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let card = digits >= 12 && text.chars().all(|one| one.is_ascii_digit() || " -".contains(one));
    if text.is_empty() || text.len() > LONGEST || card {
        return Err(INSTRUMENT.at("instrument"));
    }
    Ok(())
}

/// An address of the web, as it was given.
fn web(text: &str) -> Result<String, Refusal> {
    let url = text.parse::<url::Url>().ok().filter(|_| text.len() <= 2_000);
    let fits = url.is_some_and(|url| matches!(url.scheme(), "http" | "https"));
    if fits { Ok(text.to_owned()) } else { Err(RETURN_URL_NOT_VALID.at("return_url")) }
}

async fn charged(door: &Door, id: PaymentId, body: NewCharge) -> Result<Reply, Stop> {
    let back = match body.return_url {
        Some(text) => web(&text)?,
        None => door.billing.site.base_url.to_string(),
    };
    let ask = ChargeAsk {
        instrument: body.instrument,
        account: body.account,
        capture: body.capture,
        return_url: back,
    };
    let (_, go_to) = payments::charge(&door.billing, id, ask).await?;
    let mut reader = door.read().await?;
    let payment = payments::find(&mut reader, id).await?.ok_or(Payment::MISSING)?;
    let status = match payment.state {
        PaymentState::Captured | PaymentState::Authorized => StatusCode::CREATED,
        PaymentState::RequiresMethod
        | PaymentState::RequiresAction
        | PaymentState::Processing
        | PaymentState::Canceled
        | PaymentState::Failed => StatusCode::ACCEPTED,
    };
    let redirect_url = match go_to {
        Some(GoTo::Link(link)) => Some(link),
        Some(GoTo::Form { .. }) | None => None,
    };
    let payment = expand::shown(&mut reader, payment, Depth::Ids, door.livemode).await?;
    Ok(Reply::new(status, &ChargedPayment { payment, redirect_url })?)
}
