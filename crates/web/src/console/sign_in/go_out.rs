//! The end of a shift: the session is over everywhere, not only in this browser.

use axum::response::{IntoResponse, Redirect};
use identity::sessions;

use crate::answer::Answer;
use crate::console::shift::Shift;
use crate::guard::cookies::Keep;

/// `POST /console/sign-out`.
pub(crate) async fn go_out(shift: Shift) -> Answer {
    let (now, who, id) = (shift.now, shift.session.who, shift.session.id);
    store::write!(shift.house.billing.store, |tx| {
        sessions::end(tx, now, who, id).await.map_err(Into::into)
    })?;
    let mut response = Redirect::to("/console/sign-in").into_response();
    Keep::Staff.forget(&shift.house, response.headers_mut());
    Ok(response)
}
