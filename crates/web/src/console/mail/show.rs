//! One mail: as text, and as it looks, in a frame in which nothing runs.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use base::Language;
use base::id::MailId;
use desk::mail::{self, Outgoing};

use crate::answer::{Answer, html};
use crate::console::shift::Shift;
use crate::guard::{Policy, Trouble};
use crate::house::House;
use crate::layout::ConsoleFrame;

/// The mail.
#[derive(Template)]
#[template(path = "console/mail/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) mail: Outgoing,
}

/// `GET /console/mail/{mail}`.
pub(crate) async fn show(shift: Shift, Path(id): Path<MailId>) -> Answer {
    let mail = find(&shift.house, id).await?;
    html(Language::En, &Page { frame: shift.frame(mail.subject.clone()), mail })
}

/// `GET /console/mail/{mail}/html`.
pub(crate) async fn html_part(shift: Shift, Path(id): Path<MailId>) -> Answer {
    Ok(sealed(find(&shift.house, id).await?.html))
}

/// The mail of that id.
pub(crate) async fn find(house: &House, id: MailId) -> Result<Outgoing, Trouble> {
    let mut reader = house.billing.store.read().await?;
    mail::find(&mut reader, id).await?.ok_or(Trouble::NotFound)
}

/// A mail's own page, under a policy that lets nothing run or load.
pub(crate) fn sealed(page: String) -> axum::response::Response {
    let mut response = Html(page).into_response();
    response.extensions_mut().insert(Policy::Sealed);
    response
}
