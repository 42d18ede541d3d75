//! Events: what happened, for those who missed a webhook or want to look again.

mod list;
mod shape;
mod show;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::door::Door;

pub use shape::Shown;

/// The operations.
pub fn routes() -> OpenApiRouter<Arc<Door>> {
    OpenApiRouter::new().routes(routes!(list::list)).routes(routes!(show::show))
}
