//! The API for programs: operations under `/v1`, postbacks in, webhooks out.
//!
//! Nothing is decided here. Requests are read into types that cannot be wrong, handed to the rooms
//! of identity and billing, and what those say is written as JSON.

mod ask;
mod door;
mod guard;
mod openapi;
mod postbacks;
pub mod problem;
mod shape;
pub mod sweep;
#[cfg(test)]
mod tests;
mod v1;
mod webhooks;

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get};
use store::jobs::Work;
use store::outbox::Listener;

pub use door::{Api, ApiSettings};
pub use guard::Rate;
pub use openapi::openapi;
pub use webhooks::{Loopback, WebhookListener};

use door::Door;

/// The document as it is served: made once.
static DOCUMENT: LazyLock<String> = LazyLock::new(|| openapi().to_string());

/// Everything under `/v1` and `/postbacks`.
///
/// The server must keep peer addresses (`into_make_service_with_connect_info::<SocketAddr>`).
pub fn routes(api: Api) -> Router {
    let door = Arc::new(Door::new(api));
    let (operations, _) = v1::routes().split_for_parts();
    let keyed = operations
        .method_not_allowed_fallback(guard::not_allowed)
        .route_layer(from_fn_with_state(Arc::clone(&door), guard::keyed));
    let messages = get(postbacks::receive).post(postbacks::receive);
    let open = Router::new()
        .route("/v1/openapi.json", get(document))
        .route("/postbacks/{account}", messages.clone())
        .route("/postbacks/{account}/{secret}", messages)
        .route("/v1", any(guard::not_found))
        .route("/v1/", any(guard::not_found))
        .route("/v1/{*rest}", any(guard::not_found))
        .route("/postbacks", any(guard::not_found))
        .route("/postbacks/", any(guard::not_found))
        .route("/postbacks/{account}/{secret}/{*rest}", any(guard::not_found))
        .method_not_allowed_fallback(guard::not_allowed)
        .route_layer(from_fn_with_state(Arc::clone(&door), guard::open));
    keyed.merge(open).with_state(door)
}

async fn document() -> ([(axum::http::HeaderName, &'static str); 2], &'static str) {
    use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
    ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "public, max-age=300")], &DOCUMENT)
}

/// The jobs of this crate. [`sweep::KIND`] is to be run every [`sweep::EVERY`].
#[must_use]
pub fn works(api: &Api) -> Vec<Arc<dyn Work>> {
    let (store, env) = (api.billing.store.clone(), api.billing.env.clone());
    let loopback = api.settings.loopback_webhooks;
    let sender = webhooks::Sender::new(&api.identity, api.livemode, loopback);
    vec![
        Arc::new(webhooks::Deliver::new(store.clone(), env.clone(), Arc::new(sender))),
        Arc::new(sweep::Sweep::new(store, env)),
    ]
}

/// Who of this crate hears events.
#[must_use]
pub fn listeners(api: &Api) -> Vec<Arc<dyn Listener>> {
    vec![Arc::new(WebhookListener::new(api.billing.env.clone()))]
}
