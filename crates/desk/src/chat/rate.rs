//! A visitor says how our help was.

use base::{Kind, Refusal, Stop};

use super::session::Session;
use super::standing;
use crate::Desk;
use crate::contact;

/// Nothing was said yet.
const NOTHING_SAID: Refusal =
    Refusal::new(Kind::Conflict, "nothing_said", "there is nothing to rate in this chat yet");

/// Keeps how a visitor found our help; the newest word counts.
///
/// # Errors
/// Refused if the talk is not over, or if there is no such score.
pub async fn rate(desk: &Desk, session: &Session, score: i64, said: &str) -> Result<(), Stop> {
    let person = session.person.ok_or(NOTHING_SAID)?;
    store::write!(desk.billing.store, |tx| {
        let case = standing::case_of(tx, session).await?.ok_or(NOTHING_SAID)?;
        contact::rate(tx, &desk.billing.env, case.id, person, (score, said)).await?;
        tx.signal("chat");
        Ok(())
    })
}
