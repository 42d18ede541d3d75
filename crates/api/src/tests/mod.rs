//! The whole router, on both databases.

mod bad_input;
mod billing_support;
mod cases;
mod door;
mod idempotency;
mod lists;
mod mail;
mod openapi;
mod postbacks;
mod sale;
mod webhooks;
mod world;
