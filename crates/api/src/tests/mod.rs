//! The whole router, on both databases.

mod bad_input;
mod door;
mod idempotency;
mod lists;
mod openapi;
mod postbacks;
mod sale;
mod webhooks;
mod world;
