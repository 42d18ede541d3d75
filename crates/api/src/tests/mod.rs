//! The whole router, on both databases.

mod bad_input;
mod billing_support;
mod door;
mod idempotency;
mod lists;
mod openapi;
mod postbacks;
mod sale;
mod webhooks;
mod world;
