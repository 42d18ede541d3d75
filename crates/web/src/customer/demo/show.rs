//! The way into the demo: pick a customer, or the console; see what was mailed; cards to try.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use base::Language;
use identity::customers;

use crate::answer::{Answer, html};
use crate::assets;
use crate::guard::Trouble;
use crate::house::House;
use crate::layout::Theme;
use crate::parts::Markup;

/// The page.
#[derive(Template)]
#[template(path = "customer/demo/show.html")]
pub(crate) struct Page {
    pub(crate) site: String,
    pub(crate) theme: Theme,
    pub(crate) people: Vec<Sample>,
    pub(crate) staff_link: String,
    pub(crate) cards: &'static [TestCard],
}

/// A sample customer.
pub(crate) struct Sample {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) language: Language,
    pub(crate) country: String,
    pub(crate) balance: i64,
}

/// A card of the sandbox and what it leads to.
pub(crate) struct TestCard {
    pub(crate) number: &'static str,
    pub(crate) outcome: &'static str,
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

/// `GET /demo`.
pub(crate) async fn show(State(house): State<House>, headers: HeaderMap) -> Answer {
    let demo = house.demo.as_ref().ok_or(Trouble::NotFound)?;
    let mut people = Vec::new();
    for id in &demo.customers {
        let mut reader = house.billing.store.read().await?;
        let Some(customer) = customers::find(&mut reader, *id).await? else { continue };
        drop(reader);
        let wallet = billing::tokens::wallet(&house.billing, *id).await?;
        people.push(Sample {
            id: id.to_string(),
            name: customer.name.unwrap_or_default(),
            language: customer.language,
            country: customer.country.unwrap_or_default(),
            balance: wallet.balance.count(),
        });
    }
    let page = Page {
        site: house.billing.site.name.clone(),
        theme: Theme::of(&house, &headers),
        people,
        staff_link: demo.staff_link.clone(),
        cards: CARDS,
    };
    html(Language::En, &page)
}

/// The sandbox's cards, in the order of its page.
const CARDS: &[TestCard] = &[
    TestCard { number: "4242 4242 4242 4242", outcome: "Paid at once" },
    TestCard { number: "4000 0000 0000 0002", outcome: "Declined: not enough money" },
    TestCard { number: "4000 0000 0000 0010", outcome: "Declined: a stolen card" },
    TestCard { number: "4000 0000 0000 0028", outcome: "Silence, and nothing was charged" },
    TestCard { number: "4000 0000 0000 0036", outcome: "Charged, but nobody tells: we find out" },
    TestCard { number: "4000 0000 0000 0044", outcome: "Pending first, paid a little later" },
    TestCard { number: "4000 0000 0000 0051", outcome: "Paid; the message comes late" },
    TestCard { number: "4000 0000 0000 0069", outcome: "Paid; told three times, out of order" },
    TestCard { number: "4000 0000 0000 0077", outcome: "Paid, and disputed later" },
];
