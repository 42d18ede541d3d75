//! Signing in with a password, and with a code where one was set up.

use askama::Template;
use axum::extract::{Extension, Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use base::{Language, Secret, Stop};
use identity::sign_in;
use serde::Deserialize;

use crate::answer::{Answer, html};
use crate::console::shift::bare_frame;
use crate::guard::cookies::Keep;
use crate::guard::{Address, Room};
use crate::house::House;
use crate::layout::{ConsoleFrame, Theme};

/// The form.
#[derive(Template)]
#[template(path = "console/sign_in/show.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) email: String,
    /// What was wrong, in a sentence.
    pub(crate) slip: Option<&'static str>,
    /// The password is right and a code is missing.
    pub(crate) code_needed: bool,
}

#[derive(Deserialize)]
pub(crate) struct Written {
    email: String,
    password: String,
    #[serde(default)]
    code: String,
}

/// `GET /console/sign-in`.
pub(crate) async fn show(State(house): State<House>, headers: HeaderMap) -> Answer {
    let frame = bare_frame(&house, "Sign in", Theme::of(&house, &headers));
    let page = Page { frame, email: String::new(), slip: None, code_needed: false };
    html(Language::En, &page)
}

/// `POST /console/sign-in`.
pub(crate) async fn sign_in(
    State(house): State<House>,
    Extension(address): Extension<Address>,
    headers: HeaderMap,
    Form(written): Form<Written>,
) -> Answer {
    house.limits.count(Room::SignIn, address.0, house.billing.env.now())?;
    let code = Some(written.code.trim()).filter(|code| !code.is_empty());
    let (email, password) = (written.email.trim(), written.password.as_str());
    let done = sign_in::with_password(&house.identity, email, password, code, address.0).await;
    let refusal = match done {
        Ok((_, secret)) => return Ok(come_in(&house, &secret, "/console")),
        Err(Stop::Refused(refusal)) => refusal,
        Err(fault) => return Err(fault.into()),
    };
    let code_needed = refusal.code == sign_in::CODE_NEEDED.code;
    let slip = if code_needed {
        "Give the code of your authenticator as well, and the password once more."
    } else if refusal.code == sign_in::TOO_OFTEN.code {
        "Too many tries. Please wait a few minutes before the next one."
    } else {
        "The address, the password or the code is not right."
    };
    let frame = bare_frame(&house, "Sign in", Theme::of(&house, &headers));
    let page = Page { frame, email: written.email, slip: Some(slip), code_needed };
    let mut response = html(Language::En, &page)?;
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    Ok(response)
}

/// Lets a browser in.
pub(super) fn come_in(house: &House, secret: &Secret, to: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    Keep::Staff.set(house, secret.reveal(), response.headers_mut());
    response
}
