//! A file of a case: pictures are shown, everything else is saved.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use base::id::{CaseId, FileId, MessageId};
use desk::{cases, files};

use crate::answer::Answer;
use crate::console::shift::Shift;
use crate::guard::{Policy, Trouble};

/// Whether a browser may show it: what can hold no script.
pub(crate) fn is_picture(kind: &str) -> bool {
    matches!(kind, "image/png" | "image/jpeg" | "image/gif" | "image/webp")
}

/// `GET /console/cases/{case}/messages/{message}/files/{file}`.
pub(crate) async fn file(
    shift: Shift,
    Path((case, message_id, id)): Path<(CaseId, MessageId, FileId)>,
) -> Answer {
    let mut reader = shift.house.billing.store.read().await?;
    let seen = cases::seen(&mut reader, &shift.eyes(), case).await?;
    seen.ok_or(Trouble::NotFound)?;
    let message = cases::message(&mut reader, message_id).await?;
    message.filter(|message| message.case == case).ok_or(Trouble::NotFound)?;
    let all = cases::files_of(&mut reader, message_id).await?;
    let file = all.into_iter().find(|file| file.id == id).ok_or(Trouble::NotFound)?;
    let bytes = files::bytes(&mut reader, &file).await?;
    let picture = is_picture(&file.kind);
    let kind = if picture { file.kind.as_str() } else { "application/octet-stream" };
    let way = if picture { "inline" } else { "attachment" };
    // The name was made harmless when the file was kept; what a header cannot carry falls out.
    let name: String =
        file.safe_name.chars().filter(|it| it.is_ascii_graphic() && *it != '"').collect();
    let value = |text: &str| HeaderValue::from_str(text).map_err(|_| Trouble::NotFound);
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, value(kind)?);
    headers.insert(header::CONTENT_DISPOSITION, value(&format!("{way}; filename=\"{name}\""))?);
    response.extensions_mut().insert(Policy::Sealed);
    Ok(response)
}
