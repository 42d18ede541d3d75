//! A file of a case, for whoever may read the message it came with.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base::id::{CaseId, FileId, MessageId};
use desk::cases::{self, ThreadKind};
use desk::files;

use super::lines::may_see;
use super::seat::Seat;
use crate::guard::session::Visit;
use crate::guard::{Policy, Trouble};

/// Kinds of pictures that browsers show and that can do nothing.
const PICTURES: [&str; 4] = ["image/jpeg", "image/png", "image/webp", "image/gif"];

/// Whether browsers show a file of this kind as a picture.
pub(super) fn is_picture(kind: &str) -> bool {
    PICTURES.contains(&kind)
}

/// `GET /{language}/case/{link}/file/{message}/{file}`.
pub(crate) async fn by_link(
    visit: Visit,
    Path((_, link, message, file)): Path<(String, String, MessageId, FileId)>,
) -> Result<Response, Trouble> {
    let seat = Seat::by_link(&visit, &link).await?.ok_or(Trouble::NotFound)?;
    send(&visit, &seat, message, file).await
}

/// `GET /{language}/cases/{case}/file/{message}/{file}`.
pub(crate) async fn by_session(
    visit: Visit,
    Path((_, case, message, file)): Path<(String, CaseId, MessageId, FileId)>,
) -> Result<Response, Trouble> {
    let seat = Seat::by_session(&visit, case).await?;
    send(&visit, &seat, message, file).await
}

async fn send(
    visit: &Visit,
    seat: &Seat,
    message: MessageId,
    id: FileId,
) -> Result<Response, Trouble> {
    let mut reader = visit.house.billing.store.read().await?;
    let message = cases::message(&mut reader, message).await?.ok_or(Trouble::NotFound)?;
    let allowed = message.case == seat.case.id
        && message.thread_kind == ThreadKind::Customer
        && message.shown_seq.is_some()
        && message.withdrawn_at.is_none()
        && message.redacted_at.is_none()
        && may_see(seat.sight, &message);
    if !allowed {
        return Err(Trouble::NotFound);
    }
    let all = cases::files_of(&mut reader, message.id).await?;
    let file = all.into_iter().find(|file| file.id == id).ok_or(Trouble::NotFound)?;
    let bytes = files::bytes(&mut reader, &file).await?;
    drop(reader);
    // Only pictures are shown; everything else is handed over to be kept.
    let (kind, way) = if is_picture(&file.kind) {
        (file.kind.as_str(), "inline")
    } else {
        ("application/octet-stream", "attachment")
    };
    let name = format!("{way}; filename=\"{}\"", plain(&file.safe_name));
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    for (header, value) in [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, &name)] {
        let value = HeaderValue::from_str(value).map_err(|_| Trouble::NotFound)?;
        headers.insert(header, value);
    }
    response.extensions_mut().insert(Policy::Sealed);
    Ok(response)
}

/// A name as it may stand in a header.
fn plain(name: &str) -> String {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "._- ()".contains(letter);
    name.chars().map(|letter| if fits(letter) { letter } else { '_' }).collect()
}
