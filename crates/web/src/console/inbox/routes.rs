//! Every address of the inbox.

use axum::Router;
use axum::routing::{get, post};

use super::{bulk, counts, find, keys, look, saved, show};
use crate::house::House;

/// The inbox's pages and deeds.
pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/console/inbox", get(show::show))
        .route("/console/inbox/counts", get(counts::counts))
        .route("/console/inbox/search", get(find::find))
        .route("/console/inbox/bulk", post(bulk::change))
        .route("/console/inbox/keys", get(keys::show).post(keys::switch))
        .route("/console/inbox/views", post(saved::save))
        .route("/console/inbox/views/{view}/forget", post(saved::forget))
        .route("/console/cases/{case}/preview", get(look::look))
}
