//! One mail that is held back: why, its text, and what can be done with it.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use base::Language;
use base::id::{CaseId, RawMailId};
use desk::cases;
use desk::mail_in::{self, Preview, RawMail, Reason, State};

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
    seen(&shift, id).await?;
    let mail = mail_in::preview(&shift.house.desk, id).await?;
    let page = Page {
        frame: shift.frame("Quarantine"),
        held: mail.raw.state == State::Quarantined,
        why: mail.raw.reason.map_or("", Reason::sentence),
        mail,
    };
    html(Language::En, &page)
}

/// The mail, if it is held back, or if it went to a case that whoever looks may see.
async fn seen(shift: &Shift, id: RawMailId) -> Result<RawMail, Trouble> {
    let mut reader = shift.house.billing.store.read().await?;
    let raw = mail_in::find(&mut reader, id).await?.ok_or(Trouble::NotFound)?;
    if raw.state == State::Quarantined {
        return Ok(raw);
    }
    let case = raw.case.as_deref().and_then(|case| case.parse::<CaseId>().ok());
    let case = case.ok_or(Trouble::NotFound)?;
    cases::seen(&mut reader, &shift.eyes(), case).await?.ok_or(Trouble::NotFound)?;
    Ok(raw)
}

/// `GET /console/quarantine/{mail}/raw`: the mail as it came, to be saved.
pub(crate) async fn raw(shift: Shift, Path(id): Path<RawMailId>) -> Answer {
    shift.must(Deed::ReleaseMail)?;
    let raw = seen(&shift, id).await?;
    let mut reader = shift.house.billing.store.read().await?;
    let bytes = mail_in::bytes(&mut reader, &raw).await?;
    let headers = [
        (header::CONTENT_TYPE, "message/rfc822".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.eml\"")),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
