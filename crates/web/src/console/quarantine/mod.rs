//! Mail that is held back until somebody has looked at it, and whom we do not write to.

pub(crate) mod deeds;
pub(crate) mod list;
pub(crate) mod rules;
pub(crate) mod show;

use axum::Router;
use axum::routing::{get, post};

use crate::house::House;

/// The pages of the quarantine.
pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/console/quarantine", get(list::list).post(deeds::several))
        .route("/console/quarantine/rules", get(rules::show))
        .route("/console/quarantine/rules/sender", post(rules::sender))
        .route("/console/quarantine/rules/lift", post(rules::lift))
        .route("/console/quarantine/{mail}", get(show::show))
        .route("/console/quarantine/{mail}/raw", get(show::raw))
        .route("/console/quarantine/{mail}/join", post(deeds::join))
        .route("/console/quarantine/{mail}/{deed}", post(deeds::one))
}
