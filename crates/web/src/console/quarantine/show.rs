//! One mail that is held back: why, its text, and what can be done with it.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use base::Language;
use base::id::RawMailId;
use desk::mail_in::{self, Preview, Reason, State};

use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;

/// The mail.
#[derive(Template)]
#[template(path = "console/quarantine/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) mail: Preview,
    pub(crate) held: bool,
    pub(crate) why: &'static str,
}

/// `GET /console/quarantine/{mail}`.
pub(crate) async fn show(shift: Shift, Path(id): Path<RawMailId>) -> Answer {
    // What a stranger wrote to us may be anything: only who decides reads it.
    shift.must(Deed::ReleaseMail)?;
    let mail = mail_in::preview(&shift.house.desk, id).await?;
    let page = Page {
        frame: shift.frame("Quarantine"),
        held: mail.raw.state == State::Quarantined,
        why: mail.raw.reason.map_or("", Reason::sentence),
        mail,
    };
    html(Language::En, &page)
}

/// `GET /console/quarantine/{mail}/raw`: the mail as it came, to be saved.
pub(crate) async fn raw(shift: Shift, Path(id): Path<RawMailId>) -> Answer {
    shift.must(Deed::ReleaseMail)?;
    let mut reader = shift.house.billing.store.read().await?;
    let raw = mail_in::find(&mut reader, id).await?.ok_or(Trouble::NotFound)?;
    let bytes = mail_in::bytes(&mut reader, &raw).await?;
    let headers = [
        (header::CONTENT_TYPE, "message/rfc822".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.eml\"")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
