//! A mail as it looks: its cleaned page alone, under a policy in which nothing runs.

use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse};
use base::id::{CaseId, MessageId};
use desk::cases;
use serde::Deserialize;

use crate::answer::Answer;
use crate::console::shift::Shift;
use crate::guard::{Policy, Trouble};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// Pictures from elsewhere may load: somebody has asked for them.
    images: String,
}

/// `GET /console/cases/{case}/messages/{message}/html`.
pub(crate) async fn html(
    shift: Shift,
    Path((case, id)): Path<(CaseId, MessageId)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut reader = shift.house.billing.store.read().await?;
    let seen = cases::seen(&mut reader, &shift.eyes(), case).await?;
    seen.ok_or(Trouble::NotFound)?;
    let message = cases::message(&mut reader, id).await?;
    let message = message.filter(|one| one.case == case && one.redacted_at.is_none());
    let message = message.ok_or(Trouble::NotFound)?;
    let body = message.html.ok_or(Trouble::NotFound)?;
    let page = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <title>Mail</title><style>body{{font:15px/1.5 system-ui,sans-serif;margin:1rem;\
         background:#fff;color:#16211c;overflow-wrap:anywhere}}img{{max-width:100%;height:auto}}\
         </style></head><body>{body}</body></html>",
        message.language.tag()
    );
    let mut response = Html(page).into_response();
    let policy = if asked.images == "1" { Policy::SealedWithPictures } else { Policy::Sealed };
    response.extensions_mut().insert(policy);
    Ok(response)
}
