//! An answer is taken back before it leaves; its words go back into the draft.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use base::id::{CaseId, MessageId};
use base::{Stop, Timestamp};
use desk::cases::{self, Author, CaseState, Change};
use desk::inbox::{self, Draft, DraftOf};

use crate::answer::Answer;
use crate::console::shift::Shift;

/// `POST /console/cases/{case}/messages/{message}/withdraw`.
pub(crate) async fn withdraw(shift: Shift, Path((case, id)): Path<(CaseId, MessageId)>) -> Answer {
    let (env, eyes, me) = (&shift.house.billing.env, shift.eyes(), shift.staff.id);
    let by = Author::Staff(me);
    let done = store::write!(shift.house.billing.store, |tx| {
        cases::seen(tx, &eyes, case).await?.ok_or(cases::UNKNOWN)?;
        let message = cases::message(tx, id).await?.ok_or(cases::UNKNOWN)?;
        if message.case != case {
            return Err(cases::UNKNOWN.into());
        }
        cases::withdraw(tx, env, id, by).await?;
        let left = cases::find(tx, case).await?.ok_or(cases::UNKNOWN)?;
        if left.state == CaseState::Solved {
            cases::change(tx, env, case, None, by, Change::State(CaseState::Open)).await?;
        }
        let draft = Draft {
            of: DraftOf { staff: me, case, thread: message.thread_kind },
            partner: None,
            text: message.text.clone(),
            seen: left.seq,
            updated_at: Timestamp::UNIX_EPOCH,
        };
        inbox::keep_draft(tx, env, draft).await?;
        Ok(message.thread_kind)
    });
    let to = match done {
        Ok(thread) => format!("/console/cases/{case}?to={thread}&done=undone#compose"),
        Err(Stop::Refused(_)) => format!("/console/cases/{case}?done=too_late"),
        Err(fault) => return Err(fault.into()),
    };
    Ok(Redirect::to(&to).into_response())
}
