//! The mails that are held back, the newest first, with why.

use askama::Template;
use axum::extract::Query;
use base::Language;
use desk::mail_in::{self, RawMail, Reason, State};
use serde::Deserialize;
use store::Page as Rows;

use crate::answer::{Answer, html};
use crate::console::permit::Deed;
use crate::console::shift::Shift;
use crate::layout::ConsoleFrame;
use crate::parts::pager::Pager;

/// The list.
#[derive(Template)]
#[template(path = "console/quarantine/list.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) held: i64,
    pub(crate) mails: Vec<RawMail>,
    pub(crate) pager: Pager,
    pub(crate) no: Option<&'static str>,
}

impl Page {
    /// Why a mail is held back, in a few words.
    pub(crate) fn why(&self, reason: &Option<Reason>) -> &'static str {
        reason.map_or("–", word)
    }

    /// What a mail is about, as far as that could be read.
    pub(crate) fn subject<'a>(&self, mail: &'a RawMail) -> &'a str {
        match mail.subject.as_deref() {
            None => "(not read)",
            Some("") => "(no subject)",
            Some(subject) => subject,
        }
    }
}

/// A reason in a few words.
pub(super) const fn word(reason: Reason) -> &'static str {
    match reason {
        Reason::Unreadable => "cannot be read",
        Reason::TooLarge => "too large",
        Reason::OwnAddress => "in our own name",
        Reason::Failed => "forged sender",
        Reason::Automatic => "written by a machine",
        Reason::BounceUnknown => "came back, not ours",
        Reason::Loop => "loop",
        Reason::Flood => "flood",
        Reason::Blocked => "blocked sender",
        Reason::Spam => "spam",
        Reason::NoSender => "no sender",
    }
}

#[derive(Default, Deserialize)]
pub(crate) struct Turn {
    after: Option<String>,
    before: Option<String>,
}

const ROWS: u32 = 50;

/// `GET /console/quarantine`.
pub(crate) async fn list(shift: Shift, Query(turn): Query<Turn>) -> Answer {
    let rows = Rows::checked(Some(ROWS), turn.after, turn.before)?;
    let mut reader = shift.house.billing.store.read().await?;
    let mails = mail_in::list(&mut reader, State::Quarantined, rows.clone()).await?;
    let (held, _) = mail_in::quarantined(&mut reader).await?;
    let ids = (mails.first().map(|one| one.id), mails.last().map(|one| one.id));
    let pager = Pager::of("/console/quarantine", "", &rows, mails.len(), ids);
    let no = shift.no(Deed::ReleaseMail);
    html(Language::En, &Page { frame: shift.frame("Quarantine"), held, mails, pager, no })
}
