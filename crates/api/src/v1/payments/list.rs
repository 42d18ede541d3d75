//! Payments, filtered.

use std::sync::Arc;

use axum::extract::State;
use base::id::CustomerId;
use base::{Kind, Refusal, Timestamp};
use billing::payments::{self, Filter, PaymentState};
use serde::Deserialize;
use utoipa::IntoParams;

use super::expand::{self, Depth};
use super::shape::Shown;
use crate::ask::{Asked, Reply, number};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::shape::{List, one_more};

/// No such state.
const STATE: Refusal = Refusal::new(
    Kind::Malformed,
    "state_unknown",
    "state is one of requires_method, requires_action, processing, authorized, captured, \
     canceled, failed",
);
/// No such account.
const ACCOUNT: Refusal = Refusal::new(
    Kind::Malformed,
    "account_unknown",
    "account is the key of a configured processor account",
);

/// Which payments.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// How many at most.
    #[serde(default, deserialize_with = "number")]
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// The id behind which the page begins: older ones.
    after: Option<String>,
    /// The id before which the page ends: newer ones.
    before: Option<String>,
    /// Of this customer.
    #[param(value_type = Option<String>)]
    customer: Option<CustomerId>,
    /// In this state.
    state: Option<String>,
    /// With an attempt on this processor account.
    account: Option<String>,
    /// Made at this time or later.
    #[param(value_type = Option<String>, format = DateTime)]
    created_from: Option<Timestamp>,
    /// Made before this time.
    #[param(value_type = Option<String>, format = DateTime)]
    created_before: Option<Timestamp>,
    /// `only` for those somebody must look at.
    #[param(inline)]
    needs_attention: Option<Attention>,
    /// `attempts`, `attempts.operations`: shown whole instead of by id.
    #[serde(default, rename = "expand[]")]
    expand: Vec<String>,
}

/// Whether only those are shown that somebody must look at.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum Attention {
    Only,
}

/// List payments, the newest first.
#[utoipa::path(
    get,
    path = "/v1/payments",
    tag = "payments",
    operation_id = "list_payments",
    params(Query),
    responses((status = 200, description = "A page of payments.", body = List<Shown>)),
)]
pub async fn list(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadPayments>,
    Asked(query): Asked<Query>,
) -> Result<Reply, Problem> {
    let depth = Depth::read(&query.expand)?;
    let state = query.state.as_deref().map(str::parse::<PaymentState>).transpose();
    let known = |key: &String| door.billing.accounts.get(key).is_some();
    if query.account.as_ref().is_some_and(|key| !known(key)) {
        return Err(ACCOUNT.at("account").into());
    }
    let filter = Filter {
        customer: query.customer,
        state: state.map_err(|_| STATE.at("state"))?,
        account: query.account,
        needs_attention: query.needs_attention == Some(Attention::Only),
        from: query.created_from,
        to: query.created_before,
    };
    let page = store::Page::checked(query.limit, query.after, query.before)?;
    let mut reader = door.read().await?;
    let rows = payments::list(&mut reader, &filter, one_more(&page)).await?;
    let cut = List::of(rows, &page, |row| row);
    let mut shown = Vec::new();
    for payment in cut.data {
        shown.push(expand::shown(&mut reader, payment, depth, door.livemode).await?);
    }
    Ok(Reply::ok(&List { object: cut.object, data: shown, has_more: cut.has_more })?)
}
