//! A picture or file of a messenger that could not be fetched is tried once more.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use base::Stop;
use base::id::{CaseId, MessageId};
use desk::permits::Permit;
use desk::{cases, social};

use crate::answer::Answer;
use crate::console::shift::Shift;

/// `POST /console/cases/{case}/messages/{message}/media/{media}`.
pub(crate) async fn again(
    shift: Shift,
    Path((case, id, media)): Path<(CaseId, MessageId, String)>,
) -> Answer {
    shift.must(Permit::Reply)?;
    let (env, eyes) = (&shift.house.billing.env, shift.eyes());
    let done: Result<(), Stop> = store::write!(shift.house.billing.store, |tx| {
        cases::seen(tx, &eyes, case).await?.ok_or(cases::UNKNOWN)?;
        let message = cases::message(tx, id).await?.filter(|one| one.case == case);
        let message = message.ok_or(cases::MESSAGE_UNKNOWN)?;
        social::fetch_again(tx, env, message.id, &media).await
    });
    let word = match done {
        Ok(()) => "fetching",
        Err(Stop::Refused(refusal)) if refusal.code == social::NOT_FAILED.code => "refused",
        Err(stop) => return Err(stop.into()),
    };
    Ok(Redirect::to(&format!("/console/cases/{case}?done={word}#{id}")).into_response())
}
