//! What somebody has written and not sent: one for each thread of a case, kept until it is sent or
//! a month old.

use base::id::{CaseId, StaffId};
use base::{Env, SignedDuration, Stop, Timestamp};
use store::Tx;

use super::{DRAFT_TOO_LONG, rows};
use crate::cases::ThreadKind;
use crate::mask;

const LONGEST: usize = 20_000;
/// What nobody came back to for so long is thrown away: it is about somebody.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Whose draft it is and of which thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftOf {
    /// Who writes.
    pub staff: StaffId,
    /// In which case.
    pub case: CaseId,
    /// To whom.
    pub thread: ThreadKind,
}

/// A draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Whose, and of which thread.
    pub of: DraftOf,
    /// Which creator or processor account.
    pub partner: Option<String>,
    /// What is written.
    pub text: String,
    /// The last event of the case that the writer had seen.
    pub seen: i64,
    /// When the last letter was kept.
    pub updated_at: Timestamp,
}

/// Keeps a draft; an empty one is forgotten.
///
/// # Errors
/// Refused with [`DRAFT_TOO_LONG`].
pub async fn keep(tx: &mut Tx, env: &Env, draft: Draft) -> Result<(), Stop> {
    if draft.text.chars().count() > LONGEST {
        return Err(DRAFT_TOO_LONG.at("text").into());
    }
    let now = env.now();
    let old = now.checked_sub(KEPT).unwrap_or(Timestamp::UNIX_EPOCH);
    rows::drop_old_drafts(tx, draft.of.staff, old).await?;
    if draft.text.trim().is_empty() {
        rows::forget_draft(tx, draft.of).await?;
    } else {
        let text = mask::cards(&draft.text).into_owned();
        rows::keep_draft(tx, &Draft { updated_at: now, text, ..draft }).await?;
    }
    Ok(())
}

/// Goes on with a colleague's draft: it changes hands, behind what one has written oneself.
///
/// # Errors
/// Refused with [`DRAFT_TOO_LONG`] if both together are too long.
pub async fn take_over(tx: &mut Tx, env: &Env, theirs: DraftOf, me: StaffId) -> Result<(), Stop> {
    let Some(found) = rows::find_draft(tx, theirs).await? else { return Ok(()) };
    let mine = DraftOf { staff: me, ..theirs };
    let own = rows::find_draft(tx, mine).await?.map(|own| own.text).unwrap_or_default();
    let text = if own.is_empty() { found.text } else { format!("{own}\n\n{}", found.text) };
    keep(tx, env, Draft { of: mine, text, ..found }).await?;
    Ok(rows::forget_draft(tx, theirs).await?)
}
