//! Making one case of two, undoing that, and making two of one.

use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};
use base::Stop;
use base::id::{CaseId, MessageId};
use desk::cases::{self, Author, Reference};
use desk::permits::Permit;
use serde::Deserialize;

use crate::answer::Answer;
use crate::console::shift::Shift;
use crate::guard::Trouble;

/// The other case, by its reference.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Other {
    into: String,
}

/// `POST /console/cases/{case}/merge`.
pub(crate) async fn merge(
    shift: Shift,
    Path(id): Path<CaseId>,
    Form(other): Form<Other>,
) -> Answer {
    shift.must(Permit::Merge)?;
    let Ok(reference) = Reference::read(&other.into) else { return Ok(back(id, "no_such_case")) };
    let (env, eyes) = (&shift.house.billing.env, shift.eyes());
    let by = Author::Staff(shift.staff.id);
    let merged = store::write!(shift.house.billing.store, |tx| {
        cases::seen(tx, &eyes, id).await?.ok_or(cases::UNKNOWN)?;
        let into = cases::find_by_reference(tx, &reference).await?.ok_or(cases::UNKNOWN)?;
        let into = cases::seen(tx, &eyes, into.id).await?.ok_or(cases::UNKNOWN)?;
        cases::merge(tx, env, id, into.id, by).await?;
        Ok(into.id)
    });
    told(merged.map(|into| (into, "merged")), id)
}

/// `POST /console/cases/{case}/unmerge`.
pub(crate) async fn unmerge(shift: Shift, Path(id): Path<CaseId>) -> Answer {
    shift.must(Permit::Merge)?;
    let (env, eyes) = (&shift.house.billing.env, shift.eyes());
    let by = Author::Staff(shift.staff.id);
    let done = store::write!(shift.house.billing.store, |tx| {
        cases::seen(tx, &eyes, id).await?.ok_or(cases::UNKNOWN)?;
        cases::unmerge(tx, env, id, by).await?;
        Ok(())
    });
    told(done.map(|()| (id, "unmerged")), id)
}

/// `POST /console/cases/{case}/messages/{message}/split`.
pub(crate) async fn split(shift: Shift, Path((id, message)): Path<(CaseId, MessageId)>) -> Answer {
    shift.must(Permit::Merge)?;
    let (env, eyes) = (&shift.house.billing.env, shift.eyes());
    let by = Author::Staff(shift.staff.id);
    let split = store::write!(shift.house.billing.store, |tx| {
        cases::seen(tx, &eyes, id).await?.ok_or(cases::UNKNOWN)?;
        let found = cases::message(tx, message).await?.ok_or(cases::UNKNOWN)?;
        if found.case != id {
            return Err(cases::UNKNOWN.into());
        }
        Ok(cases::split(tx, env, message, by).await?.id)
    });
    told(split.map(|new| (new, "split")), id)
}

fn told(done: Result<(CaseId, &'static str), Stop>, here: CaseId) -> Result<Response, Trouble> {
    match done {
        Ok((case, done)) => Ok(back(case, done)),
        Err(Stop::Refused(_)) => Ok(back(here, "refused")),
        Err(fault) => Err(fault.into()),
    }
}

fn back(case: CaseId, done: &str) -> Response {
    Redirect::to(&format!("/console/cases/{case}?done={done}")).into_response()
}
