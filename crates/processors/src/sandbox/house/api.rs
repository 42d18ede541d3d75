//! The house's JSON API for the shop.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Kind, Refusal, Stop};
use processor::sign;
use serde::de::DeserializeOwned;

use super::decide::{Outcome, declined};
use super::desk::House;
use super::magic::{self, Plan};
use super::settings::Settings;
use crate::sandbox::wire::{Problem, RefundRequest, SaleRequest};

const WHO: Refusal = Refusal::new(Kind::Unauthenticated, "bad_key", "the key is missing or wrong");
const NO_KEY: Refusal = Refusal::new(
    Kind::Malformed,
    "idempotency_key_required",
    "send an Idempotency-Key of 1 to 255 characters",
);
const BAD_JSON: Refusal = Refusal::new(Kind::Malformed, "bad_json", "the body cannot be read");

/// Amounts at which opening a sale is met with silence, before and after it was opened.
const SILENT_OPENINGS: [i64; 2] = [6629, 6637];

/// How a call ends that is not answered with what was asked for.
pub(super) enum No {
    /// Refused, or ours.
    Stop(Stop),
    /// The bank said no.
    Declined(Plan),
    /// Silence, as a gateway in between would put it.
    Silence,
    /// Told to fail.
    Broken,
}

impl From<Stop> for No {
    fn from(stop: Stop) -> No {
        No::Stop(stop)
    }
}

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> No {
        No::Stop(refusal.into())
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        let (status, problem) = match self {
            No::Stop(Stop::Refused(refusal)) => {
                let (code, detail) = (refusal.code.to_owned(), refusal.detail.into_owned());
                (status(refusal.kind), Problem { code, detail, decline: None })
            }
            No::Stop(Stop::Fault(fault)) => {
                tracing::error!(fault = fault.chain(), "the sandbox failed");
                (StatusCode::INTERNAL_SERVER_ERROR, problem("fault"))
            }
            No::Declined(plan) => {
                let decline = declined(plan);
                (StatusCode::PAYMENT_REQUIRED, Problem { decline, ..problem("declined") })
            }
            No::Silence => (StatusCode::GATEWAY_TIMEOUT, problem("silence")),
            No::Broken => (StatusCode::INTERNAL_SERVER_ERROR, problem("told_to_fail")),
        };
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        (status, kind, Json(problem)).into_response()
    }
}

/// Opens a sale.
pub(super) async fn sell(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, No> {
    let key = admit_with_key(&house, &headers)?;
    let request: SaleRequest = read(&body)?;
    let ending = request.amount.minor % 10_000;
    if ending == SILENT_OPENINGS[0] {
        return Err(silence(&house).await);
    }
    let view = house.sell(&key, request)?;
    if ending == SILENT_OPENINGS[1] {
        return Err(silence(&house).await);
    }
    Ok((StatusCode::CREATED, Json(view)).into_response())
}

/// Shows a sale.
pub(super) async fn look(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, No> {
    admit(&house, &headers)?;
    let sale = house.look(&id)?;
    Ok(Json(house.view(&sale)).into_response())
}

/// What to look for.
#[derive(serde::Deserialize)]
pub(super) struct By {
    reference: String,
}

/// Shows the sale with a reference.
pub(super) async fn look_by_reference(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    Query(by): Query<By>,
) -> Result<Response, No> {
    admit(&house, &headers)?;
    let sale = house.look_by_reference(&by.reference)?;
    Ok(Json(house.view(&sale)).into_response())
}

/// Undoes a payment.
pub(super) async fn void(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, No> {
    admit_with_key(&house, &headers)?;
    let decision = house.void(&id)?;
    Ok(Json(house.view(&decision.sale)).into_response())
}

/// Gives money back.
pub(super) async fn refund(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, No> {
    let key = admit_with_key(&house, &headers)?;
    let wish: RefundRequest = read(&body)?;
    let decision = house.refund(&key, &wish)?;
    match decision.outcome {
        Outcome::Declined => Err(No::Declined(magic::of_amount(wish.amount.minor))),
        Outcome::Silence => Err(silence(&house).await),
        Outcome::Fine => {
            let sale = decision.sale;
            let refund = sale.refunds.iter().find(|refund| refund.key == key);
            let view = refund.map(|refund| sale.refund_view(refund, house.env.now()));
            let pending = view.as_ref().is_some_and(|view| view.state == "pending");
            let status = if pending { StatusCode::ACCEPTED } else { StatusCode::CREATED };
            Ok((status, Json(view)).into_response())
        }
    }
}

/// Shows how the house behaves.
pub(super) async fn settings(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
) -> Result<Json<Settings>, No> {
    known(&house, &headers)?;
    Ok(Json(house.settings()))
}

/// Changes how the house behaves.
pub(super) async fn set(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Settings>, No> {
    known(&house, &headers)?;
    house.set(read(&body)?);
    Ok(Json(house.settings()))
}

/// Sets the house's behaviour back.
pub(super) async fn reset(
    State(house): State<Arc<House>>,
    headers: HeaderMap,
) -> Result<Json<Settings>, No> {
    known(&house, &headers)?;
    house.set(Settings::default());
    Ok(Json(house.settings()))
}

/// Lets a shop in that shows its key, unless the house was told to fail.
fn admit(house: &House, headers: &HeaderMap) -> Result<(), No> {
    known(house, headers)?;
    let mut book = house.book();
    let left = book.settings.fail_next;
    book.settings.fail_next = left.saturating_sub(1);
    if left > 0 { Err(No::Broken) } else { Ok(()) }
}

fn admit_with_key(house: &House, headers: &HeaderMap) -> Result<String, No> {
    admit(house, headers)?;
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok());
    let key = key.filter(|key| (1..=255).contains(&key.len())).ok_or(NO_KEY)?;
    Ok(key.to_owned())
}

fn known(house: &House, headers: &HeaderMap) -> Result<(), Refusal> {
    let given = headers.get(header::AUTHORIZATION).map(axum::http::HeaderValue::as_bytes);
    let ours = format!("Bearer {}", house.config.key);
    if sign::same(ours.as_bytes(), given.unwrap_or_default()) { Ok(()) } else { Err(WHO) }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| BAD_JSON.because(error.to_string()))
}

async fn silence(house: &House) -> No {
    hang(house).await;
    No::Silence
}

/// Waits as long as the house was told to stay silent.
pub(super) async fn hang(house: &House) {
    let time = Duration::from_millis(u64::from(house.settings().hang_ms));
    tokio::time::sleep(time).await;
}

fn problem(code: &str) -> Problem {
    Problem { code: code.to_owned(), ..Problem::default() }
}

/// The status of each kind of refusal.
pub(super) fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Malformed => StatusCode::BAD_REQUEST,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Declined => StatusCode::PAYMENT_REQUIRED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Rule => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}
