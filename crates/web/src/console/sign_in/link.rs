//! A link that lets a member of staff in, once. Looking at it does not use it up: mail programs
//! and chat rooms look at links too.

use askama::Template;
use axum::extract::{Extension, Form, Query, State};
use axum::http::{HeaderMap, StatusCode};
use base::{Actor, Language, Secret, Stop};
use identity::{sign_in, staff};
use serde::Deserialize;

use super::show::come_in;
use crate::answer::{Answer, html};
use crate::console::shift::bare_frame;
use crate::guard::{Address, Room, Trouble};
use crate::house::House;
use crate::layout::{ConsoleFrame, Theme};

/// The page with the button that uses the link.
#[derive(Template)]
#[template(path = "console/sign_in/link.html")]
pub(crate) struct Page {
    pub(crate) frame: ConsoleFrame,
    pub(crate) key: String,
    /// The link opened nothing.
    pub(crate) used: bool,
}

#[derive(Deserialize)]
pub(crate) struct Link {
    key: String,
}

/// `GET /console/link?key=…`.
pub(crate) async fn show(
    State(house): State<House>,
    headers: HeaderMap,
    Query(link): Query<Link>,
) -> Answer {
    let frame = bare_frame(&house, "Sign in", Theme::of(&house, &headers));
    html(Language::En, &Page { frame, key: link.key, used: false })
}

/// `POST /console/link`.
pub(crate) async fn open(
    State(house): State<House>,
    Extension(address): Extension<Address>,
    headers: HeaderMap,
    Form(link): Form<Link>,
) -> Answer {
    house.limits.count(Room::SignIn, address.0, house.billing.env.now())?;
    match sign_in::with_link(&house.identity, &Secret::from_text(link.key)).await {
        Ok((session, secret)) => {
            let Actor::Staff(id) = session.who else { return Err(Trouble::SignIn) };
            let mut reader = house.billing.store.read().await?;
            let staff = staff::find(&mut reader, id).await?.ok_or(Trouble::SignIn)?;
            let to = if staff.has_password { "/console" } else { "/console/account?first=1" };
            Ok(come_in(&house, &secret, to))
        }
        Err(Stop::Refused(_)) => {
            let frame = bare_frame(&house, "Sign in", Theme::of(&house, &headers));
            let mut response = html(Language::En, &Page { frame, key: String::new(), used: true })?;
            *response.status_mut() = StatusCode::GONE;
            Ok(response)
        }
        Err(fault) => Err(fault.into()),
    }
}
