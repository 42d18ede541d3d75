//! The customer's page: choose a test card and pay, or give up. No script, five languages.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use base::{Language, Stop};
use url::Url;

use super::api::{hang, status};
use super::decide::Outcome;
use super::desk::House;
use super::magic::CARDS;
use super::sale::{Sale, State as SaleState};
use super::words::{Words, money};

/// What the customer chose.
#[derive(serde::Deserialize)]
pub(super) struct Choice {
    /// The number of a listed card, or `other`.
    card: String,
    /// The number of the other card.
    #[serde(default)]
    number: String,
}

#[derive(Template)]
#[template(path = "sandbox/house/pay.html")]
struct PayPage<'a> {
    lang: &'static str,
    words: &'static Words,
    amount: String,
    pay: String,
    description: &'a str,
    reference: &'a str,
    cards: Vec<Choosable>,
    address: String,
}

struct Choosable {
    number: &'static str,
    what: &'static str,
}

#[derive(Template)]
#[template(path = "sandbox/house/end.html")]
struct EndPage<'a> {
    lang: &'static str,
    words: &'static Words,
    heading: &'static str,
    sentence: &'static str,
    back: Option<&'a str>,
}

/// The look of the page.
pub(super) async fn css() -> Response {
    let kind = [(header::CONTENT_TYPE, "text/css; charset=utf-8")];
    (kind, include_str!("pay.css")).into_response()
}

/// Shows the page.
pub(super) async fn show(
    State(house): State<Arc<House>>,
    Path((id, secret)): Path<(String, String)>,
) -> Response {
    let sale = match house.enter(&id, &secret) {
        Ok(sale) => sale,
        Err(refusal) => return nowhere(status(refusal.kind)),
    };
    if sale.state != SaleState::Open {
        return end(&sale, StatusCode::OK, Words::of(sale.request.lang).closed);
    }
    let lang = sale.request.lang;
    let words = Words::of(lang);
    let amount = money(lang, sale.request.amount);
    let page = PayPage {
        lang: lang.tag(),
        words,
        pay: words.pay.replace("{}", &amount),
        amount,
        description: &sale.request.description,
        reference: &sale.request.reference,
        cards: CARDS
            .iter()
            .map(|card| Choosable { number: card.number, what: words.card(card.plan) })
            .collect(),
        address: format!("/sandbox/pay/{id}/{secret}"),
    };
    written(StatusCode::OK, Some(&sale), page.render())
}

/// Pays with the chosen card.
pub(super) async fn pay(
    State(house): State<Arc<House>>,
    Path((id, secret)): Path<(String, String)>,
    Form(choice): Form<Choice>,
) -> Response {
    let number = if choice.card == "other" { choice.number } else { choice.card };
    let decided = house.enter(&id, &secret).map_err(Stop::from);
    let decision = match decided.and_then(|sale| house.pay(sale, &number)) {
        Ok(decision) => decision,
        Err(stop) => return stopped(&stop),
    };
    let sale = decision.sale;
    let words = Words::of(sale.request.lang);
    match decision.outcome {
        Outcome::Fine => Redirect::to(&sale.request.return_url).into_response(),
        Outcome::Declined => end(&sale, StatusCode::OK, words.declined),
        Outcome::Silence => {
            hang(&house).await;
            end(&sale, StatusCode::GATEWAY_TIMEOUT, words.silence)
        }
    }
}

/// Gives up.
pub(super) async fn give_up(
    State(house): State<Arc<House>>,
    Path((id, secret)): Path<(String, String)>,
) -> Response {
    let decided = house.enter(&id, &secret).map_err(Stop::from);
    match decided.and_then(|sale| house.give_up(sale)) {
        Ok(decision) => Redirect::to(&decision.sale.request.cancel_url).into_response(),
        Err(stop) => stopped(&stop),
    }
}

fn end(sale: &Sale, status: StatusCode, [heading, sentence]: [&'static str; 2]) -> Response {
    let lang = sale.request.lang;
    let back = Some(sale.request.return_url.as_str());
    let words = Words::of(lang);
    let page = EndPage { lang: lang.tag(), words, heading, sentence, back };
    written(status, Some(sale), page.render())
}

fn nowhere(status: StatusCode) -> Response {
    let words = Words::of(Language::En);
    let [heading, sentence] = words.unknown;
    let page = EndPage { lang: Language::En.tag(), words, heading, sentence, back: None };
    written(status, None, page.render())
}

fn stopped(stop: &Stop) -> Response {
    match stop {
        Stop::Refused(refusal) => nowhere(status(refusal.kind)),
        Stop::Fault(fault) => {
            tracing::error!(fault = fault.chain(), "the sandbox's page failed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn written(
    status: StatusCode,
    sale: Option<&Sale>,
    page: Result<String, askama::Error>,
) -> Response {
    let Ok(page) = page else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let headers = [
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy(sale)),
        (header::REFERRER_POLICY, "same-origin".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (status, headers, Html(page)).into_response()
}

/// Nothing but our own style; forms may end at the shop, for browsers look at where they lead.
fn policy(sale: Option<&Sale>) -> String {
    let ends = sale.map(|sale| [&sale.request.return_url, &sale.request.cancel_url]);
    let origins: BTreeSet<String> = ends
        .into_iter()
        .flatten()
        .filter_map(|address| address.parse::<Url>().ok())
        .map(|url| url.origin().ascii_serialization())
        .collect();
    let origins: Vec<String> = origins.into_iter().collect();
    format!(
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; \
         form-action 'self' {}",
        origins.join(" ")
    )
}
