//! The house's addresses: a page for the customer, an API for the shop.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use super::desk::House;
use super::{api, page};

/// The largest body the house reads.
const BODY: usize = 16 * 1024;

/// The routes of the house, all under `/sandbox`, to be merged into a server.
pub fn routes(house: Arc<House>) -> Router {
    Router::new()
        .route("/sandbox/pay.css", get(page::css))
        .route("/sandbox/pay/{id}/{secret}", get(page::show).post(page::pay))
        .route("/sandbox/pay/{id}/{secret}/give-up", post(page::give_up))
        .route("/sandbox/api/sales", get(api::look_by_reference).post(api::sell))
        .route("/sandbox/api/sales/{id}", get(api::look))
        .route("/sandbox/api/sales/{id}/void", post(api::void))
        .route("/sandbox/api/refunds", post(api::refund))
        .route("/sandbox/api/settings", get(api::settings).put(api::set).delete(api::reset))
        .layer(DefaultBodyLimit::max(BODY))
        .with_state(house)
}
