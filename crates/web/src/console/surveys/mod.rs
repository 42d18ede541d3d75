//! How customers found our help: the report of the last weeks, for leads.

pub(crate) mod show;
