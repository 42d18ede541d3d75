//! A customer ends a case of theirs: it is answered, or they want nothing more.

use base::id::{CaseId, PersonId};
use base::{Env, Stop};
use store::Tx;

use crate::cases::{self, Author, Case, CaseState, Change};

/// The word by which staff find what was withdrawn.
const WITHDRAWN: &str = "withdrawn";

/// The customer's question is answered. Writing again within some days opens it again.
///
/// # Errors
/// Refused if the case is done already.
pub async fn close(tx: &mut Tx, env: &Env, case: CaseId, person: PersonId) -> Result<Case, Stop> {
    let by = Author::Person(person);
    cases::change(tx, env, case, None, by, Change::State(CaseState::Solved)).await
}

/// The customer wants nothing more: the case is closed for good.
///
/// # Errors
/// Refused if the case is closed already.
pub async fn withdraw(
    tx: &mut Tx,
    env: &Env,
    case: CaseId,
    person: PersonId,
) -> Result<Case, Stop> {
    let by = Author::Person(person);
    cases::change(tx, env, case, None, by, Change::Tag(WITHDRAWN.to_owned())).await?;
    let found = cases::find(tx, case).await?.ok_or(cases::UNKNOWN)?;
    if found.state != CaseState::Solved {
        cases::change(tx, env, case, None, by, Change::State(CaseState::Solved)).await?;
    }
    let closed = Change::State(CaseState::Closed);
    cases::change(tx, env, case, None, Author::System, closed).await
}
