//! A customer says how our help was.

use base::id::{CaseId, PersonId};
use base::{Env, Fault, Kind, Refusal, Stop, Timestamp};
use serde_json::json;
use store::{Reads, Tx};

use super::ask::many_lines;
use super::{LONGEST_TEXT, TOO_LONG, rows};
use crate::cases::{self, Author, EventKind};

/// No such score.
pub const SCORE: Refusal =
    Refusal::new(Kind::Malformed, "score_not_valid", "a score is a number from 1 to 5");
/// There is nothing to rate yet.
const NOT_DONE: Refusal =
    Refusal::new(Kind::Conflict, "case_not_done", "a case is rated when it is solved or closed");

/// How a customer found our help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// 1 (bad) to 5 (very good).
    pub score: i64,
    /// What could be better.
    pub said: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// Keeps how a customer found our help; the newest word counts.
///
/// # Errors
/// Refused if the case is not done, or if there is no such score.
pub async fn rate(
    tx: &mut Tx,
    env: &Env,
    case: CaseId,
    person: PersonId,
    (score, said): (i64, &str),
) -> Result<Rating, Stop> {
    if !(1..=5).contains(&score) {
        return Err(SCORE.at("score").into());
    }
    let said = many_lines(said);
    if said.chars().count() > LONGEST_TEXT {
        return Err(TOO_LONG.into());
    }
    let found = cases::find(tx, case).await?.ok_or(cases::UNKNOWN)?;
    if found.state.is_open() {
        return Err(NOT_DONE.into());
    }
    let said = Some(crate::mask::cards(&said).into_owned()).filter(|said| !said.is_empty());
    let rating = Rating { score, said, at: env.now() };
    rows::keep_rating(tx, case, person, &rating).await?;
    let (by, body) = (Author::Person(person), json!({ "score": score }));
    cases::note(tx, env, case, EventKind::Rated, by, body).await?;
    Ok(rating)
}

/// How the customer of a case found our help.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn rating_of(reads: &mut impl Reads, case: CaseId) -> Result<Option<Rating>, Fault> {
    rows::rating(reads, case).await
}
