//! A case is about something of the money side.

use base::id::CaseId;
use base::{Env, Kind, Refusal, Stop};
use serde_json::json;
use store::Tx;

use super::work::Work;
use super::{Author, EventKind, Ref, rows};

/// The id is none.
const NOT_AN_ID: Refusal =
    Refusal::new(Kind::Malformed, "case_ref_not_valid", "an id has 1 to 100 characters");

/// Notes, for the desk itself, what a case is about, to be found from both ends. Noting it twice
/// is noting it once.
///
/// # Errors
/// Refused if there is no such case.
pub async fn refer(tx: &mut Tx, env: &Env, id: CaseId, to: Ref) -> Result<(), Stop> {
    refer_by(tx, env, id, to, Author::System).await
}

/// As [`refer`], for somebody else.
///
/// # Errors
/// Refused if there is no such case.
pub async fn refer_by(tx: &mut Tx, env: &Env, id: CaseId, to: Ref, by: Author) -> Result<(), Stop> {
    let mut work = Work::begin(tx, id).await?;
    write_ref(tx, env, &mut work, &to, by).await?;
    work.keep(tx, env).await?;
    Ok(())
}

/// Notes what a case under change is about.
pub(super) async fn write_ref(
    tx: &mut Tx,
    env: &Env,
    work: &mut Work,
    to: &Ref,
    by: Author,
) -> Result<(), Stop> {
    if !(1..=100).contains(&to.id.len()) {
        return Err(NOT_AN_ID.into());
    }
    if rows::refs::insert(tx, work.case.id, to, env.now()).await? {
        let body = json!({ "kind": to.kind, "ref": to.id, "role": to.role });
        work.tell(tx, env, EventKind::Referred, by, body).await?;
    }
    Ok(())
}
