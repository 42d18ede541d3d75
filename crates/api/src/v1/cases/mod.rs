//! Cases: what customers ask, and what they are answered.

mod create;
mod list;
mod messages;
mod requester;
mod say;
mod shape;
mod show;
mod state;

use std::sync::Arc;

use base::Env;
use desk::cases::Eyes;
use identity::staff::Role;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::door::Door;

/// The operations.
pub fn routes() -> OpenApiRouter<Arc<Door>> {
    OpenApiRouter::new()
        .routes(routes!(list::list, create::create))
        .routes(routes!(show::show))
        .routes(routes!(messages::list, say::say))
        .routes(routes!(state::change))
}

/// A program sees what the desk sees, without the cases of finance; no case is its own.
fn eyes(env: &Env) -> Eyes {
    Eyes { staff: env.id(), role: Role::Lead }
}
