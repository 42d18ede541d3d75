//! The shop's page: every pack as a card, the price in full, and what it will look like later.

use askama::Template;
use axum::extract::Query;
use base::{Currency, Money, Tokens};
use billing::catalog::{self, Showing, TokenPack};
use billing::routing;
use serde::Deserialize;
use store::Page as Rows;

use super::currency;
use crate::answer::{Answer, html};
use crate::guard::session::Visit;
use crate::layout::{Frame, Place};
use crate::parts::value::{self, Offer};
use crate::parts::{Counted, Markup, Statement, heap};

/// The shop.
#[derive(Template)]
#[template(path = "customer/shop/show.html")]
pub(crate) struct Page {
    pub(crate) frame: Frame,
    pub(crate) currency: Option<Currency>,
    pub(crate) currencies: Vec<Currency>,
    pub(crate) cards: Vec<Card>,
    pub(crate) statement: Option<Statement>,
    /// Somebody may buy: they are signed in.
    pub(crate) may_buy: bool,
    /// The sample customer a newcomer looks around as.
    pub(crate) sample_name: Option<String>,
}

impl Page {
    /// Whether prices are shown in this currency.
    fn is_chosen(&self, one: &Currency) -> bool {
        self.currency == Some(*one)
    }
}

/// A pack on the shelf.
pub(crate) struct Card {
    pub(crate) pack: String,
    pub(crate) counted: Counted,
    pub(crate) price: String,
    /// Read aloud instead of the bare "Buy".
    pub(crate) label: String,
    pub(crate) coins: Markup,
    pub(crate) best: bool,
    /// Enough for the tip that brought the customer here.
    pub(crate) covers: bool,
    pub(crate) saving: i64,
}

/// What the address may ask for.
#[derive(Default, Deserialize)]
pub(crate) struct Wish {
    currency: Option<String>,
    need: Option<i64>,
}

/// `GET /{language}/`.
pub(crate) async fn show(visit: Visit, Query(wish): Query<Wish>) -> Answer {
    let mut reader = visit.house.billing.store.read().await?;
    let packs = catalog::list(&mut reader, Rows::first(Rows::MOST), Showing::Active).await?;

    let currencies = currency::on_sale(&packs);
    let country = visit.signed_in().and_then(|who| who.customer.country.as_deref());
    let chosen = currency::choose(&currencies, wish.currency.as_deref(), country);
    let need = wish.need.and_then(Tokens::new);
    let mut frame = visit.frame(visit.words.text("shop-title"), Place::Shop);
    frame.wide = true;
    let offers = chosen.map(|currency| offers(packs, currency)).unwrap_or_default();
    let statement = match offers.first() {
        Some((_, price)) => {
            let (routes, who) = (&visit.house.billing.routes, visit.signed_in());
            let who = who.map(|who| who.customer.id);
            let account = routing::on_the_shelf(&mut reader, routes, who, *price).await?;
            account.ok().map(|account| Statement::of(account, visit.words.money(*price)))
        }
        None => None,
    };
    drop(reader);
    let sample = visit.signed_in().filter(|_| visit.house.demo.is_some());
    let page = Page {
        cards: cards(&frame, &offers, need),
        frame,
        currency: chosen,
        currencies,
        statement,
        may_buy: visit.signed_in().is_some(),
        sample_name: sample.and_then(|who| who.customer.name.clone()),
    };
    html(visit.language(), &page)
}

/// What is sold in that currency, the smallest pack first.
fn offers(packs: Vec<TokenPack>, currency: Currency) -> Vec<(TokenPack, Money)> {
    let priced = |pack: TokenPack| pack.price(currency).map(|price| (pack, price));
    let mut offers: Vec<_> = packs.into_iter().filter_map(priced).collect();
    offers.sort_by_key(|(pack, price)| (pack.tokens, price.minor));
    offers
}

/// The cards of the shelf.
pub(crate) fn cards(
    frame: &Frame,
    offers: &[(TokenPack, Money)],
    need: Option<Tokens>,
) -> Vec<Card> {
    let compared: Vec<_> =
        offers.iter().map(|(pack, price)| Offer { tokens: pack.tokens, price: *price }).collect();
    let best = value::best(&compared);
    let covering = need.and_then(|need| offers.iter().position(|(pack, _)| pack.tokens >= need));
    let card = |(nth, (pack, price)): (usize, &(TokenPack, Money))| {
        let tokens = pack.tokens;
        let sentence = frame.tokens("shop-pack-tokens", &tokens);
        Card {
            pack: pack.id.to_string(),
            counted: Counted::cut(&sentence, &frame.number(&tokens)),
            price: frame.money(price),
            label: frame.words.text_with(
                "shop-pack-buy-label",
                &[("count", tokens.into()), ("price", (*price).into())],
            ),
            coins: heap(nth, offers.len()),
            best: best == Some(nth),
            covers: covering == Some(nth),
            saving: value::saving(compared[nth], compared[0]),
        }
    };
    offers.iter().enumerate().map(card).collect()
}
