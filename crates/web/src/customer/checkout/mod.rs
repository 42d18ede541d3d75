//! Paying: look at it once more, go to the processor's page, come back, and be told the truth.

pub(crate) mod cancel;
pub(crate) mod opened;
pub(crate) mod outcome;
pub(crate) mod pay;
pub(crate) mod show;
mod standing;

use words::Words;

pub(crate) use standing::Standing;

/// Why a payment was declined and what to do, as two sentences for whoever holds the card.
fn why(words: Words, cause: &str) -> String {
    let advice = processor::declines::cause(cause).advice;
    format!("{} {}", words.decline(cause), words.advice(advice.as_str()))
}
