//! Somebody who buys, in a browser without scripts: follows links, sends forms, nothing else.

use reqwest::header::LOCATION;
use reqwest::{Response, StatusCode};
use url::Url;

use crate::world::World;

/// The sandbox's cards that stories use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Card {
    /// Approved.
    Good,
    /// Declined: insufficient funds.
    NoFunds,
    /// Declined: stolen.
    Stolen,
    /// Silence before anything was executed.
    SilenceBefore,
    /// Paid, and nobody tells.
    SilenceAfter,
    /// Pending, paid later.
    Pending,
    /// Paid, told late.
    Late,
    /// Paid, told three times and out of order.
    Repeated,
    /// Paid, disputed later.
    Disputed,
}

impl Card {
    fn number(self) -> &'static str {
        match self {
            Card::Good => "4242 4242 4242 4242",
            Card::NoFunds => "4000 0000 0000 0002",
            Card::Stolen => "4000 0000 0000 0010",
            Card::SilenceBefore => "4000 0000 0000 0028",
            Card::SilenceAfter => "4000 0000 0000 0036",
            Card::Pending => "4000 0000 0000 0044",
            Card::Late => "4000 0000 0000 0051",
            Card::Repeated => "4000 0000 0000 0069",
            Card::Disputed => "4000 0000 0000 0077",
        }
    }
}

/// A checkout in somebody's browser.
pub struct Shopper<'w> {
    world: &'w World,
    checkout: Url,
}

impl World {
    /// Opens a checkout's link.
    pub fn shopper(&self, checkout_url: &str) -> Shopper<'_> {
        Shopper { world: self, checkout: checkout_url.parse().unwrap() }
    }
}

impl Shopper<'_> {
    /// Presses "pay"; gives the processor's page.
    pub async fn goes_to_the_processor(&self) -> Url {
        let mut pay = self.checkout.clone();
        pay.set_path(&format!("{}/pay", self.checkout.path()));
        pay.set_query(None);
        let key = self.checkout.query_pairs().find(|(name, _)| name == "key");
        let key = key.expect("a key in the link").1.into_owned();
        let response = self.sends(&pay, &[("key", &key)]).await;
        let status = response.status();
        assert_eq!(status, StatusCode::SEE_OTHER, "{}", response.text().await.unwrap());
        place(&pay, &response)
    }

    /// Pays on the processor's page with a card; gives the status the page answered with.
    pub async fn pays_there(&self, page: &Url, card: Card) -> u16 {
        let shown = self.world.http.get(page.clone()).send().await.unwrap();
        assert!(shown.status().is_success(), "the processor's page is not there");
        self.sends(page, &[("card", card.number())]).await.status().as_u16()
    }

    /// Gives up on the processor's page.
    pub async fn gives_up_there(&self, page: &Url) {
        let mut give_up = page.clone();
        give_up.set_path(&format!("{}/give-up", page.path()));
        let status = self.sends(&give_up, &[]).await.status();
        assert!(status.is_redirection() || status.is_success(), "{status}");
    }

    /// Goes through it all with a card, then lets everything settle.
    pub async fn pays_with(&self, card: Card) {
        let page = self.goes_to_the_processor().await;
        self.pays_there(&page, card).await;
        self.world.settles().await;
    }

    /// What the page that the browser returns to says.
    pub async fn returns(&self) -> String {
        let mut back = self.checkout.clone();
        back.set_path(&format!("{}/return", self.checkout.path()));
        self.world.http.get(back).send().await.unwrap().text().await.unwrap()
    }

    /// What the outcome page says to the browser that began to pay.
    pub async fn sees_the_outcome(&self) -> String {
        let mut back = self.checkout.clone();
        back.set_path(&format!("{}/return", self.checkout.path()));
        let shown = self.world.http.get(back).send().await.unwrap();
        assert!(shown.status().is_success(), "{}", shown.status());
        shown.text().await.unwrap()
    }

    async fn sends(&self, to: &Url, form: &[(&str, &str)]) -> Response {
        let origin = self.world.base.origin().ascii_serialization();
        let request = self.world.http.post(to.clone()).header("origin", origin).form(form);
        request.send().await.unwrap()
    }
}

fn place(from: &Url, response: &Response) -> Url {
    let location = response.headers().get(LOCATION).expect("a place to go to");
    from.join(location.to_str().unwrap()).unwrap()
}
