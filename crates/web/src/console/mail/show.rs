//! One mail: as text, and as it looks, in a frame in which nothing runs. What may carry a key to a
//! customer's page is not shown: an answer is read in its case.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use base::Language;
use base::id::MailId;
use desk::mail::{self, Outgoing};

use super::line::{self, Line};
use crate::answer::{Answer, html};
use crate::console::shift::Shift;
use crate::guard::{Policy, Trouble};
use crate::layout::ConsoleFrame;

/// The mail.
#[derive(Template)]
#[template(path = "console/mail/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) line: Line,
    pub(crate) kind: &'static str,
    pub(crate) mail: Outgoing,
}

/// `GET /console/mail/{mail}`.
pub(crate) async fn show(shift: Shift, Path(id): Path<MailId>) -> Answer {
    let mail = seen(&shift, id).await?;
    let line = Line::of(mail.clone());
    let frame = shift.frame(line.says.clone());
    html(Language::En, &Page { frame, line, kind: line::kind(&mail.kind), mail })
}

/// `GET /console/mail/{mail}/html`.
pub(crate) async fn html_part(shift: Shift, Path(id): Path<MailId>) -> Answer {
    let mail = seen(&shift, id).await?;
    if !mail.may_be_read() {
        return Err(Trouble::NotFound);
    }
    Ok(sealed(mail.html))
}

/// The mail of that id, if whoever looks may see it.
async fn seen(shift: &Shift, id: MailId) -> Result<Outgoing, Trouble> {
    let mut reader = shift.house.billing.store.read().await?;
    mail::seen(&mut reader, &shift.eyes(), id).await?.ok_or(Trouble::NotFound)
}

/// A mail's own page, under a policy that lets nothing run or load.
pub(crate) fn sealed(page: String) -> axum::response::Response {
    let mut response = Html(page).into_response();
    response.extensions_mut().insert(Policy::Sealed);
    response
}
