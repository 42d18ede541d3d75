//! Files of the chat: handed in by themselves, named in a line, fetched with the session's token.

use axum::Json;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::id::FileId;
use desk::chat;
use desk::files::Upload;
use serde::Deserialize;
use serde_json::json;

use super::guest::{Guest, Raw};
use super::problem::Problem;

/// What the visitor calls the file.
#[derive(Deserialize)]
pub(super) struct Called {
    #[serde(default)]
    name: String,
}

/// `POST /chat/v1/uploads?name=`: the body is the file.
pub(super) async fn hand_in(
    guest: Guest,
    Query(called): Query<Called>,
    headers: HeaderMap,
    Raw(bytes): Raw,
) -> Result<Response, Problem> {
    chat::limits::count_file(&guest.house.desk, &guest.session).await?;
    let declared = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let upload = Upload {
        name: &called.name,
        declared: declared.unwrap_or("application/octet-stream"),
        bytes: &bytes,
    };
    let file = chat::hand_in(&guest.house.desk, &guest.session, upload).await?;
    let body = json!({
        "id": file.id.to_string(), "name": file.safe_name, "kind": file.kind, "size": file.size,
    });
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

/// `GET /chat/v1/files/{file}`: as something to keep, never as a page.
pub(super) async fn fetch(guest: Guest, Path(id): Path<String>) -> Result<Response, Problem> {
    let id: FileId = id.parse().map_err(|_| chat::NO_FILE)?;
    let (file, bytes) = chat::fetch(&guest.house.desk, &guest.session, id).await?;
    let kind = HeaderValue::from_str(&file.kind)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400"));
    Ok(response)
}
