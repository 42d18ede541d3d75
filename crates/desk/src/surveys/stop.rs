//! Somebody wants no more surveys at an address: by the word in one that was sent there.

use base::{Env, Fault, Kind, Refusal, Secret, Stop};
use store::{Reads, Tx};

use super::rows;
use crate::people;

/// The word stops nothing.
pub const NOT_VALID: Refusal =
    Refusal::new(Kind::NotFound, "survey_word_not_valid", "this link never was, or was cut short");

/// Which address a word stops surveys for, and whether they are stopped already. Looking changes
/// nothing: programs that read mail follow links too.
///
/// # Errors
/// Refused with [`NOT_VALID`] if it stops nothing.
pub async fn look(reads: &mut impl Reads, word: &Secret) -> Result<(String, bool), Stop> {
    let survey = rows::by_word(reads, &word.hashed()).await?.ok_or(NOT_VALID)?;
    let id = survey.address.ok_or(NOT_VALID)?;
    let address = people::address(reads, id).await?.ok_or(NOT_VALID)?;
    let stopped: Result<bool, Fault> = rows::is_stopped(reads, id).await;
    Ok((address.value, stopped?))
}

/// Sends no more surveys to the address that the word was sent to, and to no other less. Doing it
/// twice is the same.
///
/// # Errors
/// Refused with [`NOT_VALID`] if it stops nothing.
pub async fn stop(tx: &mut Tx, env: &Env, word: &Secret) -> Result<(), Stop> {
    let survey = rows::by_word(tx, &word.hashed()).await?.ok_or(NOT_VALID)?;
    let address = survey.address.ok_or(NOT_VALID)?;
    Ok(rows::stop(tx, address, env.now()).await?)
}
