//! Going on with what a colleague has begun to write.

use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect};
use base::id::{CaseId, StaffId};
use desk::cases::{self, ThreadKind};
use desk::inbox::{self, DraftOf};
use serde::Deserialize;

use crate::answer::Answer;
use crate::console::shift::Shift;
use crate::guard::Trouble;

/// Whose draft of which thread.
#[derive(Deserialize)]
pub(crate) struct Which {
    staff: StaffId,
    thread: String,
}

/// `POST /console/cases/{case}/draft/take`.
pub(crate) async fn take(shift: Shift, Path(id): Path<CaseId>, Form(which): Form<Which>) -> Answer {
    let thread: ThreadKind = which.thread.parse().map_err(|_| Trouble::NotFound)?;
    let (env, eyes, me) = (&shift.house.billing.env, shift.eyes(), shift.staff.id);
    let theirs = DraftOf { staff: which.staff, case: id, thread };
    store::write!(shift.house.billing.store, |tx| {
        cases::seen(tx, &eyes, id).await?.ok_or(cases::UNKNOWN)?;
        inbox::take_over_draft(tx, env, theirs, me).await
    })?;
    Ok(Redirect::to(&format!("/console/cases/{id}?to={thread}#compose")).into_response())
}
