//! A deed: a case is emptied, with everything that other rooms keep of it.

use base::id::CaseId;
use base::{Env, Stop};
use store::{Tx, blobs};

use super::erasure::Gone;
use super::rows;
use super::rows::blobs::USES;
use crate::cases::{self, Author};

/// Empties a case and those that are part of it. Again changes nothing.
///
/// # Errors
/// Refused if one of them is held.
pub(super) async fn empty(
    tx: &mut Tx,
    env: &Env,
    id: CaseId,
    (by, why): (Author, &'static str),
) -> Result<Gone, Stop> {
    let mut gone = Gone::default();
    let mut waiting = vec![id];
    while let Some(case) = waiting.pop() {
        waiting.extend(rows::cases::parts_of(tx, case).await?);
        gone.add(&one(tx, env, case, (by, why)).await?);
    }
    Ok(gone)
}

async fn one(
    tx: &mut Tx,
    env: &Env,
    id: CaseId,
    (by, why): (Author, &'static str),
) -> Result<Gone, Stop> {
    let now = env.now();
    let mails = rows::raw::sent_about(tx, id).await?;
    let mut gone = Gone { cases: 1, ..Gone::default() };
    gone.mails = rows::raw::empty_sent(tx, &mails, now).await?;
    let files = cases::empty(tx, env, id, (by, why)).await?;
    let mut names = rows::blobs::remove_files(tx, &files).await?;
    gone.files = u64::try_from(files.len()).unwrap_or(u64::MAX);
    for raw in rows::raw::mails_of_case(tx, id).await? {
        gone.raw += rows::raw::empty_mail(tx, raw.id, now).await?;
        names.extend(raw.blobs);
    }
    rows::cases::clear(tx, id).await?;
    blobs::remove_unused(tx, &names, &USES).await?;
    Ok(gone)
}
