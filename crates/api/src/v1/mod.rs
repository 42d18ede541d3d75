//! The operations of version 1: one file each, grouped by what they are about.

mod billing_support;
mod cases;
mod checkouts;
mod creators;
mod customers;
pub mod events;
mod mail;
mod me;
mod payments;
mod tips;
mod token_packs;
mod wallets;
mod webhook_deliveries;
mod webhook_endpoints;

use std::sync::Arc;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::door::Door;

/// All operations that need a key.
pub fn routes() -> OpenApiRouter<Arc<Door>> {
    OpenApiRouter::new()
        .routes(routes!(me::show))
        .merge(customers::routes())
        .merge(creators::routes())
        .merge(token_packs::routes())
        .merge(checkouts::routes())
        .merge(payments::routes())
        .merge(billing_support::routes())
        .merge(cases::routes())
        .merge(mail::routes())
        .merge(wallets::routes())
        .merge(tips::routes())
        .merge(events::routes())
        .merge(webhook_endpoints::routes())
        .merge(webhook_deliveries::routes())
}
