//! What the demo would have mailed.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use base::Language;
use base::id::MailId;
use desk::mail::{self, Outgoing};
use store::Page as Rows;

use crate::answer::{Answer, html};
use crate::assets;
use crate::console::mail::show::sealed;
use crate::guard::Trouble;
use crate::house::House;
use crate::layout::Theme;
use crate::parts::Markup;

/// The newest mails.
#[derive(Template)]
#[template(path = "customer/demo/mail.html")]
pub(crate) struct Page {
    pub(crate) site: String,
    pub(crate) theme: Theme,
    pub(crate) mails: Vec<Outgoing>,
}

impl Page {
    /// A file of ours.
    fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// An icon.
    fn icon(&self, name: &str) -> Markup {
        crate::parts::icon(name)
    }
}

/// `GET /demo/mail`.
pub(crate) async fn list(State(house): State<House>, headers: HeaderMap) -> Answer {
    house.demo.as_ref().ok_or(Trouble::NotFound)?;
    let mut reader = house.billing.store.read().await?;
    let mails = mail::list(&mut reader, Rows::first(20)).await?;
    drop(reader);
    let site = house.billing.site.name.clone();
    html(Language::En, &Page { site, theme: Theme::of(&house, &headers), mails })
}

/// `GET /demo/mail/{mail}/html`.
pub(crate) async fn html_part(State(house): State<House>, Path(id): Path<MailId>) -> Answer {
    house.demo.as_ref().ok_or(Trouble::NotFound)?;
    let mut reader = house.billing.store.read().await?;
    let mail = mail::find(&mut reader, id).await?.ok_or(Trouble::NotFound)?;
    Ok(sealed(mail.html))
}
