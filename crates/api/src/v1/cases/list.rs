//! Cases, filtered.

use std::sync::Arc;

use axum::extract::State;
use base::id::CustomerId;
use base::{Fault, Kind, Refusal, Stop};
use desk::cases::{self, Case, CaseState, Filter, Reference, Sort};
use serde::Deserialize;
use store::{Page, Reads, Walk};
use utoipa::IntoParams;

use super::shape::Shown;
use crate::ask::{Asked, Reply, number};
use crate::door::Door;
use crate::guard::{Caller, may};
use crate::problem::Problem;
use crate::shape::{List, one_more};

/// Not a reference of ours.
const REFERENCE: Refusal = Refusal::new(
    Kind::Malformed,
    "case_reference_not_valid",
    "a reference looks like PD-7K3M-92QX-T; its last letter checks the others",
);

/// Which cases.
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
    /// With this tag.
    tag: Option<String>,
    /// About this thing of the money side, such as `payment:pay_…`.
    #[serde(rename = "ref")]
    about: Option<String>,
    /// The one that people call so; hyphens, letter case and O for 0 do not matter.
    reference: Option<String>,
}

/// List cases, the newest first. Unwanted ones and those that are part of another are left out.
#[utoipa::path(
    get,
    path = "/v1/cases",
    tag = "cases",
    operation_id = "list_cases",
    params(Query),
    responses((status = 200, description = "A page of cases.", body = List<Shown>)),
)]
pub async fn list(
    State(door): State<Arc<Door>>,
    _: Caller<may::ReadCases>,
    Asked(query): Asked<Query>,
) -> Result<Reply, Problem> {
    let state: Option<CaseState> = super::create::word(query.state.as_deref(), "state")?;
    let filter = Filter {
        states: state.into_iter().collect(),
        customer: query.customer,
        tag: query.tag,
        sort: Sort::Newest,
        ..Filter::default()
    };
    let named = Named { about: query.about, reference: query.reference };
    let page = Page::checked(query.limit, query.after, query.before)?;
    let mut reader = door.read().await?;
    let rows = found(&mut reader, &door, &filter, &named, &one_more(&page)).await?;
    let cut = List::of(rows, &page, |row| row);
    let mut shown = Vec::new();
    for case in cut.data {
        shown.push(Shown::of(&mut reader, case, door.livemode).await?);
    }
    Ok(Reply::ok(&List { object: cut.object, data: shown, has_more: cut.has_more })?)
}

/// What cases are named by.
struct Named {
    about: Option<String>,
    reference: Option<String>,
}

async fn found(
    reads: &mut impl Reads,
    door: &Door,
    filter: &Filter,
    named: &Named,
    page: &Page,
) -> Result<Vec<Case>, Stop> {
    let eyes = super::eyes(door.env());
    if let Some(written) = &named.reference {
        let read = Reference::read(written).map_err(|_| REFERENCE.at("reference"))?;
        let found = cases::find_by_reference(reads, &read).await?;
        return Ok(kept(found.into_iter().collect(), door, filter, page, reads).await?);
    }
    if let Some(written) = &named.about {
        let about = super::create::reference(written).map_err(|refusal| refusal.at("ref"))?;
        let all = cases::of_ref(reads, about.kind, &about.id).await?;
        return Ok(kept(all, door, filter, page, reads).await?);
    }
    cases::list(reads, &eyes, filter, page.clone()).await
}

/// Those of a few cases that the caller may see and that fit the rest of the question.
async fn kept(
    all: Vec<Case>,
    door: &Door,
    filter: &Filter,
    page: &Page,
    reads: &mut impl Reads,
) -> Result<Vec<Case>, Fault> {
    let eyes = super::eyes(door.env());
    let mut fit = Vec::new();
    for case in all {
        let beside = match page.walk() {
            Walk::Older(than) => case.id.to_string().as_str() < than,
            Walk::Newer(than) => case.id.to_string().as_str() > than,
        };
        let asked = (filter.states.is_empty() || filter.states.contains(&case.state))
            && filter.tag.as_ref().is_none_or(|tag| case.tags.contains(tag))
            && case.spam_at.is_none()
            && case.merged_into.is_none();
        if beside && asked && fits_customer(reads, filter, &case).await? {
            fit.extend(cases::seen(reads, &eyes, case.id).await?);
        }
    }
    fit.sort_by_key(|case| case.id);
    let most = usize::try_from(page.limit).unwrap_or(usize::MAX);
    match page.walk() {
        // The newest of the older ones, or the oldest of the newer ones.
        Walk::Older(_) => fit.reverse(),
        Walk::Newer(_) => {}
    }
    fit.truncate(most);
    page.turn(&mut fit);
    Ok(fit)
}

async fn fits_customer(
    reads: &mut impl Reads,
    filter: &Filter,
    case: &Case,
) -> Result<bool, Fault> {
    let Some(customer) = filter.customer else { return Ok(true) };
    let person = desk::people::find(reads, case.requester).await?;
    Ok(person.and_then(|person| person.customer) == Some(customer))
}
