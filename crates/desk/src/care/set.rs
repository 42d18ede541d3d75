//! The operator's promises are put in force at the start of the program.

use base::{Env, Fault, Stop};
use store::Store;

use super::promises::Promises;
use super::rows;

/// Puts the configured promises in force, as a new version if they differ from the last.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn put_in_force(store: &Store, env: &Env, promises: &Promises) -> Result<(), Stop> {
    let rules = serde_json::to_string(promises)
        .map_err(|error| Fault::of("write down the promises", error))?;
    store::write!(store, |tx| {
        let last = rows::in_force(tx).await?;
        if last.as_ref().is_some_and(|(_, known)| known == promises) {
            return Ok(());
        }
        let version = last.map_or(1, |(version, _)| version + 1);
        Ok(rows::put_in_force(tx, version, &rules, env.now()).await?)
    })
}
