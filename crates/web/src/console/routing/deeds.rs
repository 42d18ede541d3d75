//! What staff do about the rules: keep a new version, and let an older one decide again.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use base::{Language, Stop};
use billing::routing::{self, RouteSet};
use serde::Deserialize;

use super::show::{Asked, page};
use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;

#[derive(Default, Deserialize)]
pub(crate) struct Written {
    #[serde(default)]
    text: String,
}

/// `POST /console/routing`.
pub(crate) async fn save(shift: Shift, Form(written): Form<Written>) -> Answer {
    shift.must(Deed::ChangeRoutes)?;
    let billing = &shift.house.billing;
    let wrong = match RouteSet::from_toml(&written.text) {
        Err(why) => vec![why],
        Ok(set) => {
            let wrong = routing::check(&set, &billing.accounts);
            if wrong.is_empty() {
                let actor = shift.actor();
                let version = store::write!(billing.store, |tx| {
                    routing::save(tx, &billing.routes, &set, actor).await
                })?;
                tracing::info!(version, %actor, "new routes decide");
                return Ok(Redirect::to("/console/routing?done=saved").into_response());
            }
            wrong
        }
    };
    let page = page(&shift, Asked::default(), Some(written.text), wrong).await?;
    let mut response = html(Language::En, &page)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

#[derive(Deserialize)]
pub(crate) struct Chosen {
    version: i64,
}

/// `POST /console/routing/use`.
pub(crate) async fn go_to(shift: Shift, Form(chosen): Form<Chosen>) -> Answer {
    shift.must(Deed::ChangeRoutes)?;
    let billing = &shift.house.billing;
    let (actor, version) = (shift.actor(), chosen.version);
    let done = store::write!(billing.store, |tx| {
        routing::go_to(tx, &billing.routes, version, actor).await
    });
    match done {
        Ok(()) => {
            tracing::info!(version, %actor, "older routes decide again");
            Ok(Redirect::to("/console/routing?done=used").into_response())
        }
        Err(Stop::Refused(refusal)) if refusal.kind == base::Kind::Rule => {
            let wrong = refusal.detail.split("; ").map(str::to_owned).collect();
            html(Language::En, &page(&shift, Asked::default(), None, wrong).await?)
        }
        Err(stop) => Err(stop.into()),
    }
}
