//! Payments: what is to be collected, and what has become of it.

mod cancel;
mod charge;
mod expand;
mod list;
mod refund;
mod resolve;
mod shape;
mod show;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::door::Door;

/// The operations.
pub fn routes() -> OpenApiRouter<Arc<Door>> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(show::show))
        .routes(routes!(cancel::cancel))
        .routes(routes!(resolve::resolve))
        .routes(routes!(charge::charge))
        .routes(routes!(refund::refund))
}
