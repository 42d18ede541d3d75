//! Customers write to the desk: by the form, and on the pages of their own cases. What they may do
//! there follows from the link or the session they came with.

mod ask;
mod confirm;
mod escalate;
pub mod import;
pub mod labels;
mod letters;
mod limits;
pub mod links;
mod mine;
mod paper;
mod rate;
mod rows;
mod say;
mod settle;
mod skeleton;
mod standing;
pub mod subject;
mod submit;
#[cfg(test)]
mod tests;

pub use ask::{Ask, Form, Known, LONGEST_TEXT, Slip, TOPICS};
pub use confirm::confirm;
pub use escalate::{Escalation, NOT_YET, due, escalate, escalation_of};
pub use limits::{From, TOO_OFTEN};
pub use mine::{Wanted, own_case, own_cases};
pub use paper::Paper;
pub use rate::{Rating, SCORE, rate, rating_of};
pub use say::{Said, TOO_LONG, TOO_MANY_FILES, say};
pub use settle::{close, withdraw};
pub use skeleton::{Prefill, mailto, skeleton};
pub use standing::{Next, Rise, Stage, Standing};
pub use submit::{Sent, Trap, Writer, admit, admit_more, submit};

/// How many files go with one message.
pub const MOST_FILES: usize = 5;

/// What a message carries as its verdict where its writer was known when they wrote it: they were
/// signed in, or came by a link that was sent to them.
pub const PROVED: &str = "aligned";
/// What it carries where anybody may have written it.
pub const UNPROVED: &str = "none";
