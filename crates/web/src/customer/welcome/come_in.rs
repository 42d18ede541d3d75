//! A link from the host site signs its customer's browser in, once.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use base::{Secret, Stop};
use identity::customer_links;
use serde::Deserialize;

use crate::answer::{Answer, html};
use crate::guard::Room;
use crate::guard::cookies::Keep;
use crate::guard::session::Visit;
use crate::layout::theme::local;
use crate::layout::{Frame, Place};

/// The page about a link that no longer works.
#[derive(Template)]
#[template(path = "customer/welcome/used.html")]
pub(crate) struct Used {
    pub(crate) frame: Frame,
}

#[derive(Deserialize)]
pub(crate) struct Link {
    key: String,
    /// Where on this site to go; the shop without.
    to: Option<String>,
}

/// `GET /{language}/welcome?key=…`.
pub(crate) async fn come_in(visit: Visit, Query(link): Query<Link>) -> Answer {
    let house = &visit.house;
    house.limits.count(Room::Secret, visit.address.0, visit.now)?;
    let (store, env) = (&house.billing.store, &house.billing.env);
    let key = Secret::from_text(link.key);
    let opened = store::write!(store, |tx| customer_links::open(tx, env, &key).await);
    match opened {
        Ok((_, secret)) => {
            let to = link.to.as_deref().map_or("/", local);
            let mut response = Redirect::to(&visit.path(to)).into_response();
            Keep::Customer.set(house, secret.reveal(), response.headers_mut());
            Ok(response)
        }
        // Opened a second time in the same browser: whoever it is, is in already.
        Err(Stop::Refused(_)) if visit.signed_in().is_some() => {
            Ok(Redirect::to(&visit.path("/")).into_response())
        }
        Err(Stop::Refused(_)) => {
            let frame = visit.frame(visit.words.text("problems-link-title"), Place::Elsewhere);
            let mut response = html(visit.language(), &Used { frame })?;
            *response.status_mut() = StatusCode::GONE;
            Ok(response)
        }
        Err(fault) => Err(fault.into()),
    }
}
