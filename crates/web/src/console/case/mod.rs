//! One case: what was said, the answer, the deeds, and the money beside the words.

mod compose;
mod compose_window;
pub(crate) mod deeds;
pub(crate) mod draft;
pub(crate) mod file;
mod inserts;
mod line;
pub(crate) mod macros;
pub(crate) mod mail_html;
pub(crate) mod media;
pub(crate) mod new;
pub(crate) mod panel;
pub(crate) mod presence;
mod routes;
pub(crate) mod send;
pub(crate) mod show;
mod story;
pub(crate) mod tie;
pub(crate) mod withdraw;
pub(crate) mod words;

pub(crate) use line::author;
pub(crate) use routes::routes;
