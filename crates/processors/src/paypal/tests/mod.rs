//! PayPal against its public record: samples with made-up values, and a stand-in for its API.

mod books;
mod orders;
mod payments;
mod postbacks;
mod proof;

use std::sync::LazyLock;
use std::time::Duration;

use base::{Currency, Money, Timestamp};
use processor::{
    Buyer, CaptureWhen, Charge, Completing, Http, Instrument, Limits, RawNotice, StartRequest,
    check,
};
use serde_json::{Value, json};
use wiremock::matchers::{body_string, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const ATTEMPT: &str = "att_01k2m8y4v0000000000000000a";
const SECRET: &str = "a-client-secret-of-ours";
const WEBHOOK: &str = "1JE4291016473214C";
const KEY: &str = "op_01k2m8y4v0000000000000000z";

fn http() -> Http {
    let millis = Duration::from_millis;
    Http::with(Limits { connect: millis(500), total: millis(900), answer: 1 << 16 }).unwrap()
}

fn config(house: &str) -> Value {
    let house = house.trim_end_matches('/');
    json!({
        "client_id": "client-id",
        "client_secret": SECRET,
        "webhook_id": WEBHOOK,
        "brand_name": "Example Shop",
        "descriptor": "EXAMPLE.TOKENS",
        "vault": true,
        "addresses": {
            "api": format!("{house}/"),
            "certificates": format!("{house}/v1/notifications/certs/"),
        },
    })
}

fn account_of(config: Value) -> PayPal {
    PayPal::new(serde_json::from_value(config).unwrap(), http()).unwrap()
}

/// An account whose house is out of reach.
fn account() -> &'static PayPal {
    static ACCOUNT: LazyLock<PayPal> = LazyLock::new(|| account_of(config("http://127.0.0.1:9")));
    &ACCOUNT
}

fn now() -> Timestamp {
    "2026-11-21T15:04:10Z".parse().unwrap()
}

/// A message with every header that reading looks at.
fn raw(body: impl Into<Vec<u8>>) -> RawNotice {
    let headers = [
        ("paypal-transmission-id", "69cd13f0-d67a-11e5-baa3-778b53f4ae55"),
        ("paypal-transmission-time", "2026-11-21T15:04:06Z"),
        ("paypal-transmission-sig", "bm90IGEgc2lnbmF0dXJl"),
        ("paypal-cert-url", "http://127.0.0.1:9/v1/notifications/certs/CERT-360caa42-1d18"),
        ("paypal-auth-algo", "SHA256withRSA"),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    RawNotice { headers, ..check::post(body, now()) }
}

fn set(raw: &mut RawNotice, name: &str, value: &str) {
    raw.headers.retain(|(key, _)| key != name);
    raw.headers.push((name.to_owned(), value.to_owned()));
}

fn sample(name: &str) -> &'static str {
    let file = include_str!("../samples/webhooks.txt");
    let mut lines = file.lines().filter_map(|line| line.split_once('\t'));
    lines.find(|(label, _)| *label == name).unwrap_or_else(|| panic!("no sample {name}")).1
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

fn jpy(minor: i64) -> Money {
    Money::new(minor, Currency::JPY)
}

fn wish(amount: Money) -> StartRequest {
    StartRequest {
        key: KEY.to_owned(),
        reference: ATTEMPT.to_owned(),
        amount,
        product: "tokens-100".to_owned(),
        description: "100 tokens & more".to_owned(),
        buyer: Buyer {
            customer: "cus_1".to_owned(),
            email: Some("ana@example.com".to_owned()),
            ..Buyer::default()
        },
        capture: CaptureWhen::AtOnce,
        renews: None,
        return_url: "https://shop.example/checkouts/chk_1?done=1".to_owned(),
        cancel_url: "https://shop.example/checkouts/chk_1".to_owned(),
        postback_url: "https://shop.example/postbacks/paypal".to_owned(),
    }
}

fn charging(instrument: Instrument) -> Charge {
    let wish = wish(usd(995));
    Charge {
        key: wish.key,
        reference: wish.reference,
        amount: wish.amount,
        product: wish.product,
        description: wish.description,
        buyer: wish.buyer,
        instrument,
        capture: CaptureWhen::AtOnce,
        return_url: wish.return_url,
        postback_url: wish.postback_url,
    }
}

fn completing(capture: CaptureWhen) -> Completing {
    Completing {
        key: KEY.to_owned(),
        reference: ATTEMPT.to_owned(),
        transaction: "5O100000TN364000A".to_owned(),
        amount: usd(995),
        capture,
    }
}

/// A house that gives tokens, as often as is said.
async fn house(tokens: u64) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/v1/oauth2/token"))
        .and(header("authorization", "Basic Y2xpZW50LWlkOmEtY2xpZW50LXNlY3JldC1vZi1vdXJz"))
        .and(body_string("grant_type=client_credentials"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "scope": "https://uri.paypal.com/services/payments/.*",
            "access_token": "A21AAF-token",
            "token_type": "Bearer",
            "app_id": "APP-80W284485P519543T",
            "expires_in": 31_668,
        })))
        .expect(tokens)
        .mount(&server)
        .await;
    server
}

/// Answers one address of a house.
async fn answers(server: &MockServer, verb: &str, at: &str, answer: ResponseTemplate) {
    Mock::given(method(verb))
        .and(path(at))
        .and(header("authorization", "Bearer A21AAF-token"))
        .respond_with(answer)
        .mount(server)
        .await;
}

fn said(status: u16, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

fn error(status: u16, name: &str, issue: &str) -> ResponseTemplate {
    let details: Vec<Value> =
        [issue].iter().filter(|one| !one.is_empty()).map(|one| json!({"issue": one})).collect();
    said(status, &json!({"name": name, "message": "m", "debug_id": "d", "details": details}))
}

/// The body of the last call to an address, as JSON.
async fn sent_to(server: &MockServer, at: &str) -> Value {
    let calls = server.received_requests().await.unwrap();
    let call = calls.iter().rfind(|call| call.url.path() == at).expect("no such call");
    serde_json::from_slice(&call.body).unwrap()
}

#[test]
fn a_configuration_that_is_not_sound_is_refused_by_its_key() {
    let base = config("https://api-m.paypal.com");
    let with = |key: &str, value: Value| {
        let mut config = base.clone();
        config[key] = value;
        config
    };
    let without = |key: &str| {
        let mut config = base.clone();
        config.as_object_mut().unwrap().remove(key);
        config
    };
    let table = [
        (without("client_id"), "client_id"),
        (without("webhook_id"), "webhook_id"),
        (with("client_id", "a:b".into()), "client_id"),
        (with("client_secret", "".into()), "client_secret"),
        (with("webhook_id", "not an id".into()), "webhook_id"),
        (with("verify", "hope".into()), "verify"),
        (with("brand_name", "".into()), "brand_name"),
        (with("descriptor", "A TEXT THAT IS TOO LONG FOR IT".into()), "descriptor"),
        (with("descriptor", "<b>".into()), "descriptor"),
        (with("addresses", json!({"api": "api", "certificates": "c"})), "addresses.api"),
        (
            with("addresses", json!({"api": "https://a/", "certificates": "https://a/c"})),
            "addresses.certificates",
        ),
        (
            with("google_pay", json!({"gateway": "g", "merchant_id": "m", "token_field": "A b"})),
            "google_pay.token_field",
        ),
        (with("sandbx", true.into()), "sandbx"),
    ];
    for (config, key) in table {
        let Err(why) = crate::build("paypal", config, http()) else { panic!("{key}: accepted") };
        assert!(why.contains(key), "{key}: {why}");
        assert!(!why.contains(SECRET), "{why}");
    }
    assert!(crate::build("paypal", without("addresses"), http()).is_ok());
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let read: PayPalConfig = serde_json::from_value(config("https://api-m.paypal.com")).unwrap();
    assert!(!format!("{read:?}").contains(SECRET));
}

#[tokio::test]
async fn the_suite_of_abilities_is_passed_with_and_without_a_vault() {
    check::keeps_its_abilities(account(), &wish(usd(995))).await;
    let mut bare = config("http://127.0.0.1:9");
    bare["vault"] = false.into();
    check::keeps_its_abilities(&account_of(bare), &wish(usd(995))).await;
}
