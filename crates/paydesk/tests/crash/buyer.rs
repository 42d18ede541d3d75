//! Somebody who buys 100 tokens and tips, and asks again with the same key whenever nobody answers.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, Response, redirect};
use serde_json::{Value, json};

/// The shop as its programs reach it.
pub struct Shop {
    base: String,
    key: String,
    http: Client,
    pack: String,
    creator: String,
}

impl Shop {
    pub async fn open(base: String, key: String) -> Shop {
        let http = Client::builder().redirect(redirect::Policy::none());
        let http = http.timeout(Duration::from_secs(5)).build().unwrap();
        let mut shop = Shop { base, key, http, pack: String::new(), creator: String::new() };
        let pack = json!({
            "code": "tokens-100", "tokens": { "amount": 100, "unit": "TOK" },
            "prices": [{ "amount": 1000, "currency": "USD" }],
        });
        shop.pack = id(&shop.asks("/v1/token_packs", "pack", &pack).await);
        let creator = json!({ "name": "Luna", "share_basis_points": 6000 });
        shop.creator = id(&shop.asks("/v1/creators", "creator", &creator).await);
        shop
    }

    /// Sends until somebody answers; a 5xx is nobody.
    async fn sends(&self, request: impl Fn() -> RequestBuilder) -> Response {
        for _ in 0..3000 {
            if let Ok(answer) = request().send().await
                && !answer.status().is_server_error()
                && answer.status() != 409
                && answer.status() != 429
            {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("nobody answers");
    }

    async fn asks(&self, path: &str, key: &str, body: &Value) -> Value {
        loop {
            let request = || {
                let url = format!("{}{path}", self.base);
                let request = self.http.post(url).bearer_auth(&self.key);
                request.header("idempotency-key", key).json(body)
            };
            let answer = self.sends(request).await;
            let status = answer.status();
            // An answer may be cut off by the kill: then it is asked again.
            let Ok(text) = answer.text().await else { continue };
            assert!(status.is_success(), "{path}: {status} {text}");
            return serde_json::from_str(&text).unwrap();
        }
    }

    async fn looks(&self, path: &str) -> Value {
        loop {
            let url = format!("{}{path}", self.base);
            let answer =
                self.sends(|| self.http.request(Method::GET, &url).bearer_auth(&self.key)).await;
            let Ok(text) = answer.text().await else { continue };
            return serde_json::from_str(&text).unwrap();
        }
    }

    /// What a customer holds, once nothing is being confirmed any more.
    pub async fn balance(&self, customer: &str) -> i64 {
        let wallet = self.looks(&format!("/v1/wallets/{customer}")).await;
        wallet["balance"]["amount"].as_i64().unwrap()
    }

    /// How many tokens were tipped to the creator in all.
    pub async fn creator_tips(&self) -> i64 {
        let path = format!("/v1/tips?creator={}&limit=100", self.creator);
        let list = self.looks(&path).await;
        let amount = |tip: &Value| tip["tokens"]["amount"].as_i64().unwrap();
        list["data"].as_array().unwrap().iter().map(amount).sum()
    }
}

fn id(body: &Value) -> String {
    body["id"].as_str().unwrap().to_owned()
}

pub struct Buyer {
    shop: Arc<Shop>,
    nth: u64,
}

impl Buyer {
    pub fn new(shop: Arc<Shop>, nth: u64) -> Buyer {
        Buyer { shop, nth }
    }

    /// Buys twice and tips; gives the customer and what they must hold.
    pub async fn buys_and_tips(self, tips: u64) -> (String, i64) {
        let (shop, nth) = (&self.shop, self.nth);
        let body = json!({ "name": format!("Buyer {nth}"), "language": "en" });
        let customer = id(&shop.asks("/v1/customers", &format!("customer-{nth}"), &body).await);
        self.buys(&customer, 0).await;
        for tip in 0..tips {
            let body = json!({
                "customer": customer, "creator": shop.creator,
                "tokens": { "amount": 5, "unit": "TOK" },
            });
            shop.asks("/v1/tips", &format!("tip-{nth}-{tip}"), &body).await;
            tokio::time::sleep(Duration::from_millis(40 + 15 * nth)).await;
        }
        self.buys(&customer, 1).await;
        (customer, 200 - i64::try_from(tips).unwrap() * 5)
    }

    async fn buys(&self, customer: &str, time: u64) {
        let mut tries = 0;
        let (payment, page) = loop {
            let key = format!("checkout-{}-{time}-{tries}", self.nth);
            if let Some(opened) = self.goes_to_pay(customer, &key).await {
                break opened;
            }
            tries += 1;
        };
        let card = [("card", "4242 4242 4242 4242")];
        let paid = self.shop.http.post(&page).form(&card).send().await.unwrap();
        assert!(paid.status().is_redirection(), "the house takes the card: {}", paid.status());
        self.waits_until_captured(&payment).await;
    }

    /// Opens a checkout and presses "pay": the payment and the processor's page.
    ///
    /// None if a kill left the outcome of the call unknown and it stays so for a while: then no
    /// page is opened, nothing can be charged, and the customer takes another checkout.
    async fn goes_to_pay(&self, customer: &str, key: &str) -> Option<(String, String)> {
        let shop = &self.shop;
        let body = json!({ "customer": customer, "token_pack": shop.pack, "currency": "USD" });
        let checkout = shop.asks("/v1/checkouts", key, &body).await;
        let (page, secret) = checkout["url"].as_str().unwrap().split_once("?key=").unwrap();
        let (url, form) = (format!("{page}/pay"), [("key", secret)]);
        // Everybody has an address of their own, as limits are counted by address.
        let address = format!("192.0.2.{}", self.nth + 1);
        for _ in 0..5 {
            let press = || {
                let press = shop.http.post(&url).header("origin", &shop.base);
                press.header("x-forwarded-for", &address).form(&form)
            };
            let pressed = shop.sends(press).await;
            let place = pressed.headers()["location"].to_str().unwrap().to_owned();
            if place.contains("/sandbox/pay/") {
                return Some((checkout["payment"].as_str().unwrap().to_owned(), place));
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        None
    }

    async fn waits_until_captured(&self, payment: &str) {
        for _ in 0..1500 {
            let shown = self.shop.looks(&format!("/v1/payments/{payment}")).await;
            if shown["state"] == "captured" {
                return;
            }
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
        panic!("{payment} was paid and never captured");
    }
}
