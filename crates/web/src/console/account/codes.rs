//! Setting up one-time codes, and giving them up.

use askama::Template;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use base::{Kind, Language, Stop};
use identity::staff::{self, Enrollment};
use serde::Deserialize;

use super::picture;
use super::show::page;
use crate::answer::{Answer, html};
use crate::console::shift::Shift;
use crate::guard::{Room, Trouble};
use crate::layout::ConsoleFrame;
use crate::parts::Markup;
use crate::parts::form::Slips;

/// What an authenticator needs to see.
#[derive(Template)]
#[template(path = "console/account/codes.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) enrollment: Enrollment,
    pub(crate) picture: Markup,
}

/// The codes for the day the phone is lost, shown once.
#[derive(Template)]
#[template(path = "console/account/recovery.html")]
pub(crate) struct Recovery {
    pub(crate) frame: ConsoleFrame,
    pub(crate) codes: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Written {
    code: String,
}

/// `POST /console/account/codes`: a new secret, which counts once its first code was given.
pub(crate) async fn begin(shift: Shift) -> Answer {
    let issuer = shift.house.billing.site.name.clone();
    let identity = &shift.house.identity;
    let enrollment = staff::enroll_totp(identity, shift.staff.id, &issuer).await?;
    let picture = picture::qr(&enrollment.address)?;
    let frame = shift.frame("Set up one-time codes");
    html(Language::En, &Page { frame, enrollment, picture })
}

/// `POST /console/account/codes/confirm`.
pub(crate) async fn confirm(shift: Shift, Form(written): Form<Written>) -> Answer {
    shift.house.limits.count(Room::SignIn, shift.address.0, shift.now)?;
    let code = written.code.trim();
    match staff::confirm_totp(&shift.house.identity, shift.staff.id, code).await {
        Ok(codes) => html(Language::En, &Recovery { frame: shift.frame("Recovery codes"), codes }),
        Err(stop) => {
            let sentence = "That code is not right. Begin again and give the newest code.";
            refused(&shift, stop, sentence).await
        }
    }
}

/// `POST /console/account/codes/off`.
pub(crate) async fn turn_off(shift: Shift, Form(written): Form<Written>) -> Answer {
    shift.house.limits.count(Room::SignIn, shift.address.0, shift.now)?;
    match staff::remove_totp(&shift.house.identity, shift.staff.id, written.code.trim()).await {
        Ok(()) => Ok(Redirect::to("/console/account?done=codes-off").into_response()),
        Err(stop) => refused(&shift, stop, "That code is not right.").await,
    }
}

async fn refused(shift: &Shift, stop: Stop, sentence: &str) -> Answer {
    let refusal = match stop {
        Stop::Refused(refusal) if refusal.kind != Kind::Unavailable => refusal,
        stop => return Err(Trouble::from(stop)),
    };
    let mut slips = Slips::default();
    if refusal.kind == Kind::TooMany {
        slips.add("code", "Too many tries. Please wait before the next one.");
    } else {
        slips.add("code", sentence);
    }
    let mut response = html(Language::En, &page(shift, slips).await?)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
