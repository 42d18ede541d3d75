//! The help centre from behind: what is written, what is out of date, and what readers miss.

mod around;
pub(crate) mod article;
pub(crate) mod categories;
pub(crate) mod deeds;
pub(crate) mod list;
pub(crate) mod moves;
pub(crate) mod new;
