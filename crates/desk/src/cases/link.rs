//! Two cases have to do with each other.

use base::id::CaseId;
use base::{Env, Stop};
use serde_json::json;
use store::Tx;

use super::refusals::UNKNOWN;
use super::work::Work;
use super::{Author, CaseLink, EventKind, LinkKind, rows};

/// Links two cases, so that whoever looks at one finds the other. Linking twice is linking once.
///
/// # Errors
/// Refused if there is no such case, or if both are the same.
pub async fn link(
    tx: &mut Tx,
    env: &Env,
    from: CaseId,
    to: CaseId,
    kind: LinkKind,
    by: Author,
) -> Result<CaseLink, Stop> {
    let mut work = Work::begin_any(tx, to).await?;
    let link = write_link(tx, env, &mut work, from, kind, by).await?;
    work.keep(tx, env).await?;
    Ok(link)
}

/// Links a case under change to an earlier one, and tells both.
pub(super) async fn write_link(
    tx: &mut Tx,
    env: &Env,
    work: &mut Work,
    from: CaseId,
    kind: LinkKind,
    by: Author,
) -> Result<CaseLink, Stop> {
    let to = work.case.id;
    if from == to {
        return Err(UNKNOWN.because("a case is linked to another one").into());
    }
    let mut other = Work::begin_any(tx, from).await?;
    let link = CaseLink { from, to, kind, author: by, created_at: env.now() };
    if rows::refs::link(tx, &link).await? {
        work.tell(tx, env, EventKind::Linked, by, json!({ "from": from, "kind": kind })).await?;
        other.tell(tx, env, EventKind::Linked, by, json!({ "to": to, "kind": kind })).await?;
        other.keep(tx, env).await?;
    }
    Ok(link)
}
