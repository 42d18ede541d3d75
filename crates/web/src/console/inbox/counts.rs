//! What has changed since a list was drawn, for a page that must not move by itself.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::Query;
use axum::response::IntoResponse;
use serde::Serialize;
use store::Page as Rows;

use super::show::{Asked, ROWS, list, open_view};
use super::views;
use crate::answer::Answer;
use crate::console::shift::Shift;

/// Counts by view, and the cases of the open one with their versions.
#[derive(Serialize)]
struct Told {
    counts: BTreeMap<String, String>,
    rows: Vec<(String, i64)>,
}

/// `GET /console/inbox/counts`.
pub(crate) async fn counts(shift: Shift, Query(asked): Query<Asked>) -> Answer {
    let eyes = shift.eyes();
    let mut reader = shift.house.billing.store.read().await?;
    let views = views::gather(&shift, &mut reader, &eyes).await?;
    let view = &views[open_view(&views, &asked.view)];
    let page = Rows::checked(Some(ROWS), asked.after, asked.before)?;
    let found = list(&shift, &mut reader, &eyes, view, page).await?;
    let told = Told {
        rows: found.iter().map(|case| (case.id.to_string(), case.version)).collect(),
        counts: views.into_iter().map(|view| (view.key, view.many)).collect(),
    };
    Ok(Json(told).into_response())
}
