//! Tips: tokens from a customer's wallet to a creator.

mod leave;
mod list;
mod shape;
mod show;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::door::Door;

/// The operations.
pub fn routes() -> OpenApiRouter<Arc<Door>> {
    OpenApiRouter::new().routes(routes!(leave::leave, list::list)).routes(routes!(show::show))
}
