//! Reading what was asked: bodies, queries, ids in paths and idempotency keys, each with a limit
//! and with an answer that names the field.

mod body;
mod named;
mod object;
pub mod once;
mod query;
mod read;
mod reply;

pub use body::{Sent, SentOrEmpty, whole};
pub use named::{Named, Thing};
pub use object::Object;
pub use once::Once;
pub use query::{Asked, PageQuery, number};
pub use reply::Reply;
