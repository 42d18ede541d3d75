//! Letters: raw mail is read here, from bytes to what a person wrote. Nothing is stored and nobody
//! is asked; every step is a pure function, has a limit, and takes time in proportion to its input.

mod charset;
mod classify;
mod date;
mod explain;
mod files;
mod form;
mod forwarded;
mod fresh;
mod header;
mod html;
mod labels;
mod language;
mod letter;
mod limits;
mod marker;
mod mime;
mod name;
mod problems;
mod read;
mod sender;
mod steps;
mod verdict;

pub use classify::{Automatic, AutomaticKind, Bounce, BounceClass};
pub use explain::explain;
pub use files::{Attached, Source};
pub use form::{Field, MailedForm};
pub use forwarded::Forwarded;
pub use header::Mailbox;
pub use html::{Wanted, in_page, wanted, with_pictures};
pub use letter::{Hold, Letter, Reading, ReturnPath, Unreadable};
pub use limits::{LARGEST_MAIL, LARGEST_TEXT};
pub use marker::{MARK_ATTRIBUTE, marker_line};
pub use read::read;
pub use verdict::{Standing, Verdict};

#[cfg(test)]
mod tests;
