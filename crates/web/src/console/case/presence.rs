//! The beat of an open page: who is here, what they have written so far, and what is new.

use axum::Json;
use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use base::Timestamp;
use base::id::CaseId;
use desk::cases::{self, Origin, ThreadKind};
use desk::chat;
use desk::inbox::{self, Doing, Draft, DraftOf};
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::console::shift::Shift;

/// What the page says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Beat {
    doing: String,
    thread: String,
    partner: String,
    /// The draft, if it has changed.
    text: Option<String>,
    seen: i64,
}

/// What the page hears.
#[derive(Serialize)]
struct Heard {
    here: Vec<Colleague>,
    /// The last event of the case.
    seq: i64,
}

#[derive(Serialize)]
struct Colleague {
    name: String,
    doing: &'static str,
}

/// `POST /console/cases/{case}/beat`.
pub(crate) async fn beat(shift: Shift, Path(id): Path<CaseId>, Form(beat): Form<Beat>) -> Answer {
    let (env, eyes, me, now) = (&shift.house.billing.env, shift.eyes(), shift.staff.id, shift.now);
    let doing = if beat.doing == "typing" { Doing::Typing } else { Doing::Viewing };
    let draft = beat.text.as_ref().and_then(|text| {
        let thread: ThreadKind = beat.thread.parse().ok()?;
        Some(Draft {
            of: DraftOf { staff: me, case: id, thread },
            partner: Some(beat.partner.clone()).filter(|partner| !partner.is_empty()),
            text: text.clone(),
            seen: beat.seen,
            updated_at: Timestamp::UNIX_EPOCH,
        })
    });
    let (case, here) = store::write!(shift.house.billing.store, |tx| {
        let case = cases::seen(tx, &eyes, id).await?.ok_or(cases::UNKNOWN)?;
        if let Some(draft) = &draft {
            inbox::keep_draft(tx, env, draft.clone()).await?;
        }
        inbox::arrive(tx, env, id, me, doing).await?;
        Ok((case, inbox::here(tx, id, me, now).await?))
    })?;
    if case.origin == Origin::Chat {
        let writes = doing == Doing::Typing && beat.thread == ThreadKind::Customer.as_str();
        let doing = if writes { chat::Doing::Writing } else { chat::Doing::Reading };
        chat::beat(&shift.house.desk, id, me, doing, beat.seen).await?;
    }
    let colleague = |one: inbox::Here| Colleague {
        name: one.name,
        doing: match one.doing {
            Doing::Viewing => "viewing",
            Doing::Typing => "typing",
        },
    };
    let heard = Heard { here: here.into_iter().map(colleague).collect(), seq: case.seq };
    Ok(Json(heard).into_response())
}

/// `POST /console/cases/{case}/leave`.
pub(crate) async fn leave(shift: Shift, Path(id): Path<CaseId>) -> Answer {
    let me = shift.staff.id;
    store::write!(shift.house.billing.store, |tx| Ok(inbox::leave(tx, id, me).await?))?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
