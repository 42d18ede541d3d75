//! The end of surveys for one address: a page with one button, and the same by one press in the
//! reader's mail program (RFC 8058), which sends no cookie and wants no redirect.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use base::{Secret, Stop};
use desk::surveys;

use crate::answer::{Answer, html};
use crate::guard::Room;
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};

/// The page, before and after.
#[derive(Template)]
#[template(path = "customer/surveys/stop.html")]
struct Page {
    frame: Frame,
    lead: String,
    /// Where the button leads; nothing once it was pressed.
    action: Option<String>,
}

/// `GET /{language}/surveys/stop/{word}`: looking stops nothing.
pub(crate) async fn show(visit: Visit, Path((_, word)): Path<(String, String)>) -> Answer {
    let secret = Secret::from_text(word.as_str());
    let mut reader = visit.house.billing.store.read().await?;
    let found = surveys::look(&mut reader, &secret).await;
    drop(reader);
    match found {
        Ok((mail, stopped)) => told(&visit, &mail, &word, stopped),
        Err(stop) => gone(&visit, stop),
    }
}

/// `POST /{language}/surveys/stop/{word}`.
pub(crate) async fn stop(visit: Visit, Path((_, word)): Path<(String, String)>) -> Answer {
    let secret = Secret::from_text(word.as_str());
    let env = &visit.house.billing.env;
    let done = store::write!(visit.house.billing.store, |tx| {
        surveys::stop(tx, env, &secret).await?;
        surveys::look(tx, &secret).await
    });
    match done {
        Ok((mail, stopped)) => told(&visit, &mail, &word, stopped),
        Err(stop) => gone(&visit, stop),
    }
}

fn told(visit: &Visit, mail: &str, word: &str, stopped: bool) -> Answer {
    let (title, lead) = if stopped {
        ("surveys-stopped-title", "surveys-stopped-lead")
    } else {
        ("surveys-stop-title", "surveys-stop-lead")
    };
    let lead = visit.words.text_with(lead, &[("mail", mail.into())]);
    let action = (!stopped).then(|| visit.path(&format!("/surveys/stop/{word}")));
    page(visit, visit.words.text(title).into_owned(), lead, action)
}

fn gone(visit: &Visit, stop: Stop) -> Answer {
    if stop.refusal().is_none() {
        return Err(stop.into());
    }
    // Only misses count.
    visit.house.limits.count(Room::Secret, visit.address.0, visit.now)?;
    let lead = visit.words.text("surveys-gone-lead").into_owned();
    let mut response =
        page(visit, visit.words.text("surveys-gone-title").into_owned(), lead, None)?;
    *response.status_mut() = StatusCode::NOT_FOUND;
    Ok(response)
}

fn page(visit: &Visit, title: String, lead: String, action: Option<String>) -> Answer {
    let frame = visit.frame(title, Place::Elsewhere).at("/", None);
    html(visit.language(), &Page { frame, lead, action })
}
