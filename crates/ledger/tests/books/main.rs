//! The books on both engines: cases as text, a model to agree with, and what survives a crash.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod durability;
mod model;
mod nodes;
mod property;
mod script;
mod world;
