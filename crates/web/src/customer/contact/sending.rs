//! Who sends a form from here, and what they wrote.

use axum::response::{IntoResponse, Redirect, Response};
use desk::contact::{self, Form, Known, Paper, Trap, Writer};
use identity::Email;

use super::form::device;
use super::sheet::Sheet;
use crate::guard::session::Visit;
use crate::guard::{Trouble, network};

/// What was written into the form.
pub(super) fn written(sheet: &Sheet) -> Form {
    let text = |name: &str| sheet.text(name).to_owned();
    Form {
        door: text("door"),
        mail: text("mail"),
        user: text("user"),
        subject: text("subject"),
        side: text("side"),
        topic: text("topic"),
        payment: text("payment"),
        order: text("order"),
        description: text("description"),
    }
}

/// Whether somebody is signed in.
pub(super) fn known(visit: &Visit) -> Known {
    if visit.signed_in().is_some() { Known::SignedIn } else { Known::Stranger }
}

/// Who writes; none if nobody is signed in and there is no address.
pub(super) fn writer(visit: &Visit, mail: Option<Email>) -> Option<Writer> {
    match visit.signed_in() {
        Some(who) => Some(Writer::Customer(who.customer.id)),
        None => mail.map(Writer::Stranger),
    }
}

/// Whether the field was filled in that people do not see.
pub(super) fn trap(sheet: &Sheet) -> Trap {
    if sheet.text("website").is_empty() { Trap::Empty } else { Trap::Sprung }
}

/// From where it is sent.
pub(in crate::customer) fn from(visit: &Visit) -> contact::From {
    contact::From { address: network(visit.address.0), device: device(visit) }
}

/// The sheet it was written on.
pub(super) fn paper(visit: &Visit, sheet: &Sheet) -> Option<Paper> {
    Paper::open(&visit.house.identity.vault, sheet.text("form"))
}

/// To the page of the new case: of who is signed in by its id, of everybody else by the link.
pub(super) fn to_case(visit: &Visit, sent: &contact::Sent) -> Result<Response, Trouble> {
    let path = match visit.signed_in() {
        Some(_) => format!("/cases/{}?said=sent", sent.case.id),
        None => format!("/case/{}?said=sent", sent.link.reveal()),
    };
    Ok(Redirect::to(&visit.path(&path)).into_response())
}
