//! What staff do with a resting job: let it run again, or give it up.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use base::id::JobId;
use store::jobs;

use crate::answer::Answer;
use crate::console::permit::Deed;
use crate::console::shift::Shift;

/// `POST /console/jobs/{job}/again`.
pub(crate) async fn again(shift: Shift, Path(id): Path<JobId>) -> Answer {
    shift.must(Deed::WakeJob)?;
    let env = &shift.house.billing.env;
    store::write!(shift.house.billing.store, |tx| Ok(jobs::again(tx, env, id).await?))?;
    tracing::info!(job = %id, actor = %shift.actor(), "staff let a job run again");
    Ok(Redirect::to("/console/jobs").into_response())
}

/// `POST /console/jobs/{job}/drop`.
pub(crate) async fn give_up(shift: Shift, Path(id): Path<JobId>) -> Answer {
    shift.must(Deed::DropJob)?;
    store::write!(shift.house.billing.store, |tx| Ok(jobs::drop_job(tx, id).await?))?;
    tracing::info!(job = %id, actor = %shift.actor(), "staff gave a job up");
    Ok(Redirect::to("/console/jobs").into_response())
}
