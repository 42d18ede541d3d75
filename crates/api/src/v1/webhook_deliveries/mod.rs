//! Webhook deliveries: how each event fared on its way to each endpoint.

mod list;
mod replay;
mod shape;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::door::Door;

/// The operations.
pub fn routes() -> OpenApiRouter<Arc<Door>> {
    OpenApiRouter::new().routes(routes!(list::list)).routes(routes!(replay::replay))
}
