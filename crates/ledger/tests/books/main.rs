//! The books on both engines: cases as text, a model to agree with, and what survives a crash.

mod accounts;
mod durability;
mod model;
mod property;
mod script;
mod world;
