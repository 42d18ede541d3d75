//! Wallets: what a customer may spend, and how it came and went.

mod entries;
mod shape;
mod show;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::door::Door;

/// The operations.
pub fn routes() -> OpenApiRouter<Arc<Door>> {
    OpenApiRouter::new().routes(routes!(show::show)).routes(routes!(entries::entries))
}
