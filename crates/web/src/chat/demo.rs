//! The demo's host page: a page as a host site would have, with the widget on it.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use base::{Language, SignedDuration};
use desk::chat;
use serde::Deserialize;
use serde_json::json;

use crate::answer::{Answer, html};
use crate::assets;
use crate::guard::Trouble;
use crate::guard::session::customer_of;
use crate::house::House;
use crate::layout::Theme;

/// A host's page with the widget.
#[derive(Template)]
#[template(path = "chat/demo.html")]
struct Page {
    site: String,
    theme: Theme,
    language: Language,
    channel: String,
    /// What the host's server signs for whoever is signed in there.
    identity: Option<String>,
    name: Option<String>,
}

impl Page {
    /// A file of ours.
    fn asset(&self, name: &str) -> String {
        assets::address(name)
    }
}

/// Which language the host's page is in.
#[derive(Deserialize)]
pub(crate) struct Shown {
    language: Option<String>,
}

/// `GET /demo/chat`.
pub(crate) async fn show(
    State(house): State<House>,
    Query(shown): Query<Shown>,
    headers: HeaderMap,
) -> Answer {
    house.demo.as_ref().ok_or(Trouble::NotFound)?;
    let channel = house.desk.settings.chat.channels.first().ok_or(Trouble::NotFound)?;
    let customer = customer_of(&house, &headers).await?.map(|signed_in| signed_in.customer);
    let until = house.billing.env.now().checked_add(SignedDuration::from_hours(1));
    let until = until.map_or(0, |until| until.as_second());
    let identity = customer.as_ref().and_then(|customer| {
        let claims = json!({
            "sub": customer.id.to_string(), "aud": channel.key, "exp": until,
            "name": customer.name, "email": customer.email, "lang": customer.language.tag(),
        });
        chat::vouch(channel, &claims)
    });
    let own = customer.as_ref().map(|customer| customer.language);
    let language = shown.language.and_then(|tag| tag.parse().ok()).or(own).unwrap_or_default();
    let page = Page {
        site: house.billing.site.name.clone(),
        theme: Theme::of(&house, &headers),
        language,
        channel: channel.key.clone(),
        identity,
        name: customer.and_then(|customer| customer.name),
    };
    html(Language::En, &page)
}
