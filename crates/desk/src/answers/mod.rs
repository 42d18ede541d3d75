//! Answers that staff have ready, in the customer's language, with places that fill themselves in.

mod answer;
mod fill;
mod keep;
mod known;
mod rows;
mod sample;
mod shipped;
#[cfg(test)]
mod tests;

pub use answer::{
    Answer, BAD_KEY, BAD_PLACE, BAD_TEXT, BAD_TITLE, CHANGED, KEY_TAKEN, LONGEST, UNKNOWN, Written,
};
pub use fill::{Place, fill};
pub use keep::{add, bring_back, change, retire};
pub use known::{Known, LACKS};
pub use rows::{all, find, find_by_key};
pub use sample::sample;
pub use shipped::ship;
