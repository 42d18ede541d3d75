//! The page behind the link that proves a mail address: looking at it changes nothing.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use base::{Secret, Stop};
use desk::chat::by_mail;

use crate::answer::{Answer, html};
use crate::guard::Room;
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};

/// The page, before and after.
#[derive(Template)]
#[template(path = "chat/confirm.html")]
struct Page {
    frame: Frame,
    title: String,
    lead: String,
    /// Where the button leads; nothing once it was pressed.
    action: Option<String>,
    /// The page of the case.
    case: Option<String>,
}

/// `GET /{language}/chat/mail/{secret}`.
pub(crate) async fn show(visit: Visit, Path((_, secret)): Path<(String, String)>) -> Answer {
    visit.house.limits.count(Room::Secret, visit.address.0, visit.now)?;
    let link = Secret::from_text(secret);
    let mut reader = visit.house.billing.store.read().await?;
    let found = by_mail::look(&mut reader, &link, visit.now).await;
    drop(reader);
    let session = match found {
        Ok(session) => session,
        Err(stop) => return over(&visit, stop),
    };
    let mail = session.mail.unwrap_or_default();
    let action = visit.path(&format!("/chat/mail/{}", link.reveal()));
    let title = visit.words.text("chat-confirm-title").into_owned();
    let lead = visit.words.text_with("chat-confirm-lead", &[("mail", mail.as_str().into())]);
    page(&visit, title, lead, Some(action), None)
}

/// `POST /{language}/chat/mail/{secret}`.
pub(crate) async fn prove(visit: Visit, Path((_, secret)): Path<(String, String)>) -> Answer {
    visit.house.limits.count(Room::Secret, visit.address.0, visit.now)?;
    let proved = match by_mail::prove(&visit.house.desk, &Secret::from_text(secret)).await {
        Ok(proved) => proved,
        Err(stop) => return over(&visit, stop),
    };
    let title = visit.words.text("chat-confirmed-title").into_owned();
    let mail = proved.mail.as_str();
    let lead = visit.words.text_with("chat-confirmed-lead", &[("mail", mail.into())]);
    let case = proved.case.map(|key| visit.path(&format!("/case/{}", key.reveal())));
    page(&visit, title, lead, None, case)
}

fn over(visit: &Visit, stop: Stop) -> Answer {
    if stop.refusal().is_none() {
        return Err(stop.into());
    }
    let title = visit.words.text("chat-confirm-over-title").into_owned();
    let lead = visit.words.text("chat-confirm-over-lead").into_owned();
    let mut response = page(visit, title, lead, None, None)?;
    *response.status_mut() = StatusCode::NOT_FOUND;
    Ok(response)
}

fn page(
    visit: &Visit,
    title: String,
    lead: String,
    action: Option<String>,
    case: Option<String>,
) -> Answer {
    let frame = visit.frame(title.clone(), Place::Elsewhere).at("/", None);
    html(visit.language(), &Page { frame, title, lead, action, case })
}
