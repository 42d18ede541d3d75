//! The conformance suite: what is asked of every connector, whatever its house.
//!
//! A connector's tests call these functions with samples of their own. They panic with a sentence
//! that says what is wrong. The suite is compiled for tests only (feature `check`).

mod abilities;
mod postbacks;
mod starts;

#[cfg(test)]
mod tests;

pub use abilities::keeps_its_abilities;
pub use postbacks::{
    Forgery, Sample, reads_garbage_calmly, reads_samples, refuses_forgeries, sees_one_fact,
    sees_two_facts, waits_on_unknown_words,
};
pub use starts::{is_sound_start, starts};

use base::Timestamp;

use crate::RawNotice;

/// A raw POST from this machine at the given time, for samples to build upon.
#[must_use]
pub fn post(body: impl Into<Vec<u8>>, received_at: Timestamp) -> RawNotice {
    RawNotice {
        method: "POST".to_owned(),
        path_secret: None,
        query: String::new(),
        headers: Vec::new(),
        body: body.into(),
        sender: std::net::IpAddr::from([127, 0, 0, 1]),
        received_at,
    }
}

/// Fails if a text holds a run of 13 digits or more that could be a card number.
fn holds_no_card_number(name: &str, text: &str) {
    let plain: String = text.chars().filter(|letter| !matches!(letter, ' ' | '-')).collect();
    let longest = plain.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max();
    assert!(longest < Some(13), "{name}: a run of digits as long as a card number came through");
}
