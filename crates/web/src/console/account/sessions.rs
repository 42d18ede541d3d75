//! Signing out another browser of one's own.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use base::id::SessionId;
use identity::sessions;

use crate::answer::Answer;
use crate::console::shift::Shift;

/// `POST /console/account/sessions/{session}/end`. Whose it is, is checked where it ends.
pub(crate) async fn end(shift: Shift, Path(id): Path<SessionId>) -> Answer {
    let (now, who) = (shift.now, shift.session.who);
    store::write!(shift.house.billing.store, |tx| {
        sessions::end(tx, now, who, id).await.map_err(Into::into)
    })?;
    Ok(Redirect::to("/console/account?done=ended").into_response())
}
