//! The account's page.

use askama::Template;
use axum::extract::Query;
use base::Language;
use base::id::SessionId;
use identity::sessions::{self, OpenedBy, Session};
use serde::Deserialize;

use crate::answer::{Answer, html};
use crate::console::shift::Shift;
use crate::guard::Trouble;
use crate::layout::ConsoleFrame;
use crate::parts::form::Slips;

/// The account.
#[derive(Template)]
#[template(path = "console/account/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    /// Somebody came by their first link and has no password.
    pub(crate) first: bool,
    pub(crate) done: Option<&'static str>,
    pub(crate) slips: Slips,
    pub(crate) asks_present: bool,
    pub(crate) has_password: bool,
    pub(crate) has_totp: bool,
    pub(crate) sessions: Vec<Session>,
    pub(crate) this: SessionId,
}

#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    first: Option<String>,
    done: Option<String>,
}

/// `GET /console/account`.
pub(crate) async fn show(shift: Shift, Query(asked): Query<Asked>) -> Answer {
    let done = match asked.done.as_deref() {
        Some("password") => Some("Your password is set. Every other browser is signed out."),
        Some("codes-off") => Some("One-time codes are off."),
        Some("ended") => Some("That browser is signed out."),
        _ => None,
    };
    let mut page = page(&shift, Slips::default()).await?;
    page.first = asked.first.is_some() && !page.has_password;
    page.done = done;
    html(Language::En, &page)
}

/// The page with what is to be put right.
pub(super) async fn page(shift: &Shift, slips: Slips) -> Result<Page, Trouble> {
    let mut reader = shift.house.billing.store.read().await?;
    let open = sessions::list_of(&mut reader, shift.now, shift.session.who).await?;
    drop(reader);
    let staff = &shift.staff;
    Ok(Page {
        frame: shift.frame("Your account"),
        first: false,
        done: None,
        slips,
        asks_present: staff.has_password && shift.session.opened_by == OpenedBy::Password,
        has_password: staff.has_password,
        has_totp: staff.has_totp,
        sessions: open,
        this: shift.session.id,
    })
}
