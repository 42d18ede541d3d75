//! A promise was broken: the customer has the case decided one level up, each level once.

use base::id::{CaseId, PersonId};
use base::{Env, Fault, Kind, Refusal, Stop, Timestamp};
use store::{Reads, Tx};

use super::ask::many_lines;
use super::say::written;
use super::standing::{Rise, Standing};
use super::{LONGEST_TEXT, TOO_LONG, rows};
use crate::care;
use crate::cases::{self, Author, Case, Change, Team};

/// Nothing was promised that is broken, or it is on the highest level.
pub const NOT_YET: Refusal = Refusal::new(
    Kind::Conflict,
    "escalation_not_possible",
    "a case goes one level up once its promise is broken, and each level once",
);

/// A case was brought to a level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// Which case.
    pub case: CaseId,
    /// 1: a team lead; 2: the complaints team.
    pub level: i64,
    /// By whom.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
    /// By when it is decided.
    pub decide_by: Timestamp,
}

/// Brings a case one level up, with what the customer wants to be known there. The second level is
/// the complaints team.
///
/// # Errors
/// Refused with [`NOT_YET`] if it may not go up now.
pub async fn escalate(
    tx: &mut Tx,
    env: &Env,
    case: CaseId,
    person: PersonId,
    why: &str,
) -> Result<Escalation, Stop> {
    let now = env.now();
    let found = cases::find(tx, case).await?.ok_or(cases::UNKNOWN)?;
    let last = rows::last_escalation(tx, case).await?;
    let Rise::To(level) = Standing::of(&found, last.as_ref(), now).rise else {
        return Err(NOT_YET.into());
    };
    say_why(tx, env, &found, person, why).await?;
    let by = Author::Person(person);
    // Staff may have brought it there before.
    if found.level < level {
        cases::change(tx, env, case, None, by, Change::Escalate).await?;
    }
    // Finance's cases are read by finance: there the complaint stays with those who may read it.
    if level >= 2 && found.team != Team::Finance {
        cases::change(tx, env, case, None, Author::System, Change::Team(Team::Complaints)).await?;
    }
    let decide_by = due(tx, now).await?;
    let new = Escalation { case, level, person, at: now, decide_by };
    if !rows::insert_escalation(tx, &new).await? {
        return Err(NOT_YET.into());
    }
    Ok(new)
}

async fn say_why(
    tx: &mut Tx,
    env: &Env,
    case: &Case,
    person: PersonId,
    why: &str,
) -> Result<(), Stop> {
    let why = many_lines(why);
    if why.is_empty() {
        return Ok(());
    }
    if why.chars().count() > LONGEST_TEXT {
        return Err(TOO_LONG.into());
    }
    let new = written(person, None, case.language, why);
    cases::add(tx, env, case.id, new).await.map(|_| ())
}

/// By when what is asked now is answered, and by when a level decides that is asked now.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn due(reads: &mut impl Reads, now: Timestamp) -> Result<Timestamp, Fault> {
    care::promise(reads, now).await
}

/// The last level the customer brought a case to.
///
/// # Errors
/// A fault if the database does not answer.
pub async fn escalation_of(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Option<Escalation>, Fault> {
    rows::last_escalation(reads, case).await
}
