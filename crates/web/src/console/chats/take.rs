//! Somebody takes a chat: it is theirs, and its page opens.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use base::id::CaseId;
use desk::cases::{self, Author, Change};
use desk::chat::offers;

use crate::answer::Answer;
use crate::console::shift::Shift;

/// `POST /console/chats/{case}/take`.
pub(crate) async fn take(shift: Shift, Path(id): Path<CaseId>) -> Answer {
    let (env, eyes, me) = (&shift.house.billing.env, shift.eyes(), shift.staff.id);
    store::write!(shift.house.billing.store, |tx| {
        let case = cases::seen(tx, &eyes, id).await?.ok_or(cases::UNKNOWN)?;
        // Whoever was faster keeps it; the page shows who that is.
        if case.assignee.is_none() {
            cases::change(tx, env, id, None, Author::Staff(me), Change::Assign(Some(me))).await?;
            offers::taken(tx, id, me).await?;
        }
        Ok(())
    })?;
    Ok(Redirect::to(&format!("/console/cases/{id}")).into_response())
}
