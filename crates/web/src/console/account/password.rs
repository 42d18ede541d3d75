//! Choosing a password.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use base::{Kind, Language, Stop};
use identity::staff;
use serde::Deserialize;

use super::show::page;
use crate::answer::{Answer, html};
use crate::console::shift::Shift;
use crate::guard::Room;
use crate::guard::cookies::Keep;
use crate::parts::form::Slips;

#[derive(Deserialize)]
pub(crate) struct Written {
    present: Option<String>,
    new: String,
}

/// `POST /console/account/password`.
pub(crate) async fn set(shift: Shift, Form(written): Form<Written>) -> Answer {
    let house = &shift.house;
    house.limits.count(Room::SignIn, shift.address.0, shift.now)?;
    let present = written.present.as_deref();
    let set = staff::set_password(&house.identity, &shift.session, present, &written.new).await;
    let refusal = match set {
        Ok(secret) => {
            let mut response = Redirect::to("/console/account?done=password").into_response();
            Keep::Staff.set(house, secret.reveal(), response.headers_mut());
            return Ok(response);
        }
        Err(Stop::Refused(refusal)) if refusal.kind != Kind::Unavailable => refusal,
        Err(stop) => return Err(stop.into()),
    };
    let mut slips = Slips::default();
    if refusal.code == staff::PASSWORD_WRONG.code {
        slips.add("present", "The present password is not right.");
    } else if refusal.kind == Kind::TooMany {
        slips.add("present", "Too many tries. Please wait before the next one.");
    } else {
        slips.add(
            "new",
            "Choose 12 to 128 characters with at least 5 different ones, not your mail address.",
        );
    }
    let mut response = html(Language::En, &page(&shift, slips).await?)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
