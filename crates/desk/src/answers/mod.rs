//! Answers that staff have ready, in the customer's language, with places that fill themselves in.

mod answer;
mod fill;
mod keep;
mod known;
mod rows;
mod shipped;
#[cfg(test)]
mod tests;

pub use answer::{
    Answer, BAD_KEY, BAD_PLACE, BAD_TEXT, BAD_TITLE, CHANGED, KEY_TAKEN, UNKNOWN, Written,
};
pub use fill::{Place, fill};
pub use keep::{add, change, retire};
pub use known::{Known, LACKS};
pub use rows::{all, find, find_by_key};
pub use shipped::ship;
