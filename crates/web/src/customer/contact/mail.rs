//! The same by mail: where to, and a text to fill in that our reading of mail understands.

use askama::Template;
use axum::extract::Query;
use desk::contact::{Prefill, mailto, skeleton};
use serde::Deserialize;

use crate::answer::{Answer, html};
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};

/// What is filled in is cut behind so many characters.
const LONGEST: usize = 150;

/// The page.
#[derive(Template)]
#[template(path = "customer/contact/mail.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    pub(crate) mail: String,
    /// What stands before and behind the address.
    pub(crate) lead: (String, String),
    pub(crate) skeleton: String,
    pub(crate) link: String,
}

/// What may be filled in by the link that leads here.
#[derive(Default, Deserialize)]
pub(crate) struct Known {
    #[serde(default)]
    subject: String,
    #[serde(default)]
    order: String,
}

/// `GET /{language}/contact/mail`.
pub(crate) async fn show(visit: Visit, Query(known): Query<Known>) -> Answer {
    let mail = visit.house.billing.site.support_mail.clone();
    let name = visit.signed_in().and_then(|who| who.customer.name.clone());
    let prefill = Prefill {
        subject: line(&known.subject),
        user: name.unwrap_or_default(),
        order: line(&known.order),
    };
    let lead = visit.words.text_with("contact-mail-lead", &[("mail", (&mail).into())]);
    let (before, after) = lead.split_once(&mail).unwrap_or((lead.as_str(), ""));
    let page = Page {
        frame: visit.frame(visit.words.text("contact-mail-title"), Place::Elsewhere),
        lead: (before.to_owned(), after.to_owned()),
        skeleton: skeleton(visit.language(), &prefill),
        link: mailto(&mail, visit.language(), &prefill),
        mail,
    };
    html(visit.language(), &page)
}

fn line(written: &str) -> String {
    let line = written.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    line.take(LONGEST).collect::<String>().trim().to_owned()
}
