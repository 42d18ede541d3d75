//! The engines: what the state machine decided, kept on SQLite or PostgreSQL.

mod columns;
pub(crate) mod postgres;
mod prove;
mod rows;
mod seal;
pub(crate) mod sqlite;

pub(crate) use prove::prove;
pub(crate) use rows::{account_balances, transfers_by_id};
