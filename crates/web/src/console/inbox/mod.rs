//! The inbox: views, the list of cases, a look at one of them, search, and the list of keys.

pub(crate) mod bulk;
pub(crate) mod counts;
pub(crate) mod find;
pub(crate) mod keys;
pub(crate) mod look;
mod routes;
mod row;
pub(crate) mod saved;
pub(crate) mod show;
mod undo;
mod views;

pub(crate) use keys::{KEYS, Key};
pub(crate) use routes::routes;
pub(crate) use undo::Undo;
