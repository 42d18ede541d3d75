//! Webhook endpoints: where the host site wants to be told what happens.

mod change;
mod create;
mod list;
mod remove;
mod shape;
mod show;
mod test;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::door::Door;

/// The operations.
pub fn routes() -> OpenApiRouter<Arc<Door>> {
    OpenApiRouter::new()
        .routes(routes!(create::create, list::list))
        .routes(routes!(show::show, change::change, remove::remove))
        .routes(routes!(test::test))
}
