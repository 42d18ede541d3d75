//! Hearing a stored notice again: after a fix, or when what it is about has come meanwhile.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use base::Stop;
use base::id::NoticeId;
use billing::notices;

use crate::answer::Answer;
use crate::console::permit::Deed;
use crate::console::shift::Shift;

/// `POST /console/notices/{notice}/replay`.
pub(crate) async fn replay(shift: Shift, Path(id): Path<NoticeId>) -> Answer {
    shift.must(Deed::ReplayNotice)?;
    let to = format!("/console/notices/{id}");
    match notices::replay(&shift.house.billing, id, shift.actor()).await {
        Ok(_) => Ok(Redirect::to(&format!("{to}?done=1")).into_response()),
        Err(Stop::Refused(_)) => Ok(Redirect::to(&to).into_response()),
        Err(fault) => Err(fault.into()),
    }
}
