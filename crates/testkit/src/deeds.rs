//! What programs of the host site do, over the API.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::shopper::Card;
use crate::world::World;

impl World {
    /// `GET` with the story's key.
    pub async fn get(&self, path: &str) -> Answer {
        let url = self.base.join(path).unwrap();
        let sent = self.http.get(url).bearer_auth(self.key.reveal()).send().await;
        Answer::of(sent.unwrap()).await
    }

    /// `POST` with the story's key and a fresh idempotency key.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        let key = base::id::base32(&self.env.chance.bytes::<10>());
        self.post_as(path, &key, body).await
    }

    /// `POST` with the story's key and this idempotency key.
    pub async fn post_as(&self, path: &str, key: &str, body: Value) -> Answer {
        let url = self.base.join(path).unwrap();
        let sent = self
            .http
            .post(url)
            .bearer_auth(self.key.reveal())
            .header("idempotency-key", key)
            .json(&body)
            .send()
            .await;
        Answer::of(sent.unwrap()).await
    }

    /// Registers somebody who buys; gives the id.
    pub async fn customer(&self, name: &str, language: &str) -> String {
        let email = format!("{}@example.test", name.to_lowercase());
        let body = json!({ "name": name, "email": email, "language": language });
        self.post("/v1/customers", body).await.good().text_at("/id")
    }

    /// Registers somebody who earns 60 %; gives the id.
    pub async fn creator(&self, name: &str) -> String {
        let body = json!({ "name": name, "share_basis_points": 6000 });
        self.post("/v1/creators", body).await.good().text_at("/id")
    }

    /// Adds a pack of tokens for a price in dollars' cents; gives the id.
    pub async fn pack(&self, tokens: i64, cents: i64) -> String {
        let code = format!("tokens-{tokens}-{cents}");
        let body = json!({
            "code": code, "tokens": { "amount": tokens, "unit": "TOK" },
            "prices": [{ "amount": cents, "currency": "USD" }],
        });
        self.post("/v1/token_packs", body).await.good().text_at("/id")
    }

    /// Opens a checkout; gives the answer, with `url` and `payment`.
    pub async fn checkout(&self, customer: &str, pack: &str) -> Answer {
        let body = json!({ "customer": customer, "token_pack": pack, "currency": "USD" });
        self.post("/v1/checkouts", body).await.good()
    }

    /// Tips by API.
    pub async fn tip(&self, customer: &str, creator: &str, tokens: i64) -> Answer {
        let body = json!({
            "customer": customer, "creator": creator,
            "tokens": { "amount": tokens, "unit": "TOK" },
        });
        self.post("/v1/tips", body).await
    }

    /// How many tokens a customer holds.
    pub async fn balance(&self, customer: &str) -> i64 {
        let wallet = self.get(&format!("/v1/wallets/{customer}")).await.good();
        wallet.at("/balance/amount").as_i64().expect("a number")
    }

    /// The state of a payment.
    pub async fn payment_state(&self, payment: &str) -> String {
        self.get(&format!("/v1/payments/{payment}")).await.good().text_at("/state")
    }

    /// Lets a customer buy a hundred tokens.
    pub async fn fills_wallet(&self, customer: &str) {
        let pack = self.pack(100, 1000).await;
        let checkout = self.checkout(customer, &pack).await;
        self.shopper(&checkout.text_at("/url")).pays_with(Card::Good).await;
        assert_eq!(self.balance(customer).await, 100);
    }

    /// Every mail that was written.
    pub async fn mails(&self) -> Vec<desk::mail::Outgoing> {
        let mut reader = self.app.billing.store.read().await.unwrap();
        desk::mail::list(&mut reader, store::Page::first(100)).await.unwrap()
    }

    /// Sends a form that a processor sends, from an address of its own.
    pub async fn postback(&self, path: &str, sender: &str, body: impl Into<Vec<u8>>) -> Answer {
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        self.postback_with(path, sender, &headers, body).await
    }

    /// Sends what a processor sends, with headers of its own.
    pub async fn postback_with(
        &self,
        path: &str,
        sender: &str,
        headers: &[(&str, &str)],
        body: impl Into<Vec<u8>>,
    ) -> Answer {
        let url = self.base.join(path).unwrap();
        let request = self.http.post(url).header("x-forwarded-for", sender).body(body.into());
        let with = |request: reqwest::RequestBuilder, (name, value): &(&str, &str)| {
            request.header(*name, *value)
        };
        let request = headers.iter().fold(request, with);
        Answer::of(request.send().await.unwrap()).await
    }

    /// How the notices of an account were filed, the oldest first, each with its reason.
    pub async fn filed(&self, account: &str) -> Vec<(String, Option<String>)> {
        let mut reader = self.app.billing.store.read().await.unwrap();
        let filter = billing::notices::Filter {
            account: Some(account.to_owned()),
            ..billing::notices::Filter::default()
        };
        let rows = billing::notices::list(&mut reader, &filter, store::Page::first(100)).await;
        let filed = |row: &billing::notices::NoticeRow| (row.filed.to_string(), row.reason.clone());
        rows.unwrap().iter().rev().map(filed).collect()
    }
}
