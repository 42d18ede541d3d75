//! Stripe against its public record: samples with made-up values, a stand-in for its API, and the
//! `localstripe` server.

mod charges;
mod deeds;
mod finding;
mod localstripe;
mod postbacks;
mod reports;
mod starts;

use std::sync::LazyLock;
use std::time::Duration;

use base::{Currency, Money, Timestamp};
use processor::sign::hmac_sha256_hex;
use processor::{Buyer, CaptureWhen, Http, Limits, RawNotice, StartRequest, check};
use serde_json::{Value, json};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const KEY: &str = "sk_test_made_up_0001";
const SECRET: &str = "whsec_made_up_secret_0001";
const OLD_SECRET: &str = "whsec_made_up_secret_0000";
const ATTEMPT: &str = "att_01k2m8y4v0000000000000000a";
const OPERATION: &str = "op_01k2m8y4v0000000000000000b";

fn http() -> Http {
    let millis = Duration::from_millis;
    Http::with(Limits { connect: millis(500), total: millis(900), answer: 1 << 20 }).unwrap()
}

fn config(base: &str) -> Value {
    json!({
        "secret_key": KEY,
        "mode": "test",
        "webhook_secrets": [SECRET, OLD_SECRET],
        "publishable_key": "pk_test_made_up_0001",
        "support": {"name": "Example", "mail": "help@example.com"},
        "addresses": {"base": format!("{base}/")},
    })
}

fn account_of(config: Value) -> Stripe {
    Stripe::new(serde_json::from_value(config).unwrap(), http()).unwrap()
}

/// An account whose Stripe is out of reach.
fn account() -> &'static Stripe {
    static ACCOUNT: LazyLock<Stripe> = LazyLock::new(|| account_of(config("http://127.0.0.1:9")));
    &ACCOUNT
}

/// A stand-in that gives one answer to every call.
async fn house(answer: ResponseTemplate) -> (MockServer, Stripe) {
    let server = MockServer::start().await;
    Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&server).await;
    let account = account_of(config(&server.uri()));
    (server, account)
}

/// What was sent to a stand-in: line by line the call, its headers that matter and its form.
async fn sent(server: &MockServer) -> String {
    let mut lines = Vec::new();
    for call in server.received_requests().await.unwrap() {
        lines.push(format!("{} {}", call.method, call.url.path()));
        lines.extend(call.url.query_pairs().map(|(name, value)| format!("  ?{name}={value}")));
        for name in ["authorization", "stripe-version", "idempotency-key", "content-type"] {
            if let Some(value) = call.headers.get(name) {
                lines.push(format!("  {name}: {}", value.to_str().unwrap()));
            }
        }
        let form = url::form_urlencoded::parse(&call.body);
        lines.extend(form.map(|(name, value)| format!("  {name}={value}")));
    }
    lines.join("\n")
}

fn answered(status: u16, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

fn error(status: u16, error: &Value) -> ResponseTemplate {
    answered(status, &json!({ "error": error }))
}

/// Answers that tell nothing about what happened.
fn surprises() -> Vec<ResponseTemplate> {
    let html = "<html><body>502 Bad Gateway</body></html>";
    vec![
        ResponseTemplate::new(502).set_body_string(html),
        ResponseTemplate::new(200).set_body_string(html),
        ResponseTemplate::new(403).set_body_string(html),
        ResponseTemplate::new(200).set_body_string("{\"id\":"),
        ResponseTemplate::new(200).set_body_string("{}"),
        ResponseTemplate::new(200).set_body_bytes([0xff, 0xfe]),
        ResponseTemplate::new(204),
        ResponseTemplate::new(302),
        ResponseTemplate::new(500),
        answered(409, &json!({"error": {"type": "idempotency_error"}})),
        answered(400, &json!({"error": {"type": "idempotency_error"}})),
        answered(409, &json!({"error": {"code": "idempotency_key_in_use"}})),
        answered(424, &json!({"error": {"type": "api_error"}})),
        ResponseTemplate::new(200).set_delay(Duration::from_secs(5)),
    ]
}

fn signed_at(secret: &str, time: i64, body: &[u8]) -> String {
    let digest = hmac_sha256_hex(secret.as_bytes(), &[time.to_string().as_bytes(), b".", body]);
    format!("t={time},v1={digest}")
}

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

/// A message with its lock open.
fn raw(body: impl Into<Vec<u8>>) -> RawNotice {
    let body = body.into();
    let header = signed_at(SECRET, now().as_second(), &body);
    RawNotice { headers: vec![("stripe-signature".to_owned(), header)], ..check::post(body, now()) }
}

fn samples() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../samples/events.txt").lines().filter_map(|line| line.split_once('\t'))
}

fn sample(name: &str) -> &'static str {
    samples().find(|(label, _)| *label == name).unwrap_or_else(|| panic!("no sample {name}")).1
}

fn read(body: &str) -> Result<Vec<Notice>, Rejected> {
    account().read_postback(&raw(body))
}

fn wish(amount: Money) -> StartRequest {
    StartRequest {
        key: OPERATION.to_owned(),
        reference: ATTEMPT.to_owned(),
        amount,
        product: "tokens-100".to_owned(),
        description: "100 tokens & more".to_owned(),
        buyer: Buyer {
            customer: "cus_1".to_owned(),
            email: Some("ana+shop@example.com".to_owned()),
            language: base::Language::Da,
            ..Buyer::default()
        },
        capture: CaptureWhen::AtOnce,
        renews: None,
        return_url: "https://shop.example/checkouts/chk_1?done=1".to_owned(),
        cancel_url: "https://shop.example/checkouts/chk_1".to_owned(),
        postback_url: "https://shop.example/postbacks/stripe".to_owned(),
    }
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

#[test]
fn a_configuration_that_is_not_sound_is_refused_by_its_key() {
    let with = |key: &str, value: Value| {
        let mut config = config("https://api.stripe.com");
        config[key] = value;
        config
    };
    let table = [
        (with("secret_key", "pk_test_made_up_0001".into()), "secret_key"),
        (with("secret_key", "sk_live_made_up_0001".into()), "secret_key is of live mode"),
        (with("secret_key", "sk_short".into()), "secret_key"),
        (with("mode", "live".into()), "secret_key is of test mode"),
        (with("mode", "play".into()), "mode"),
        (with("secret_key", "sk_test_made up 0001".into()), "secret_key"),
        (with("publishable_key", "pk_live_made_up_0001".into()), "publishable_key"),
        (with("publishable_key", "sk_test_made_up_0001".into()), "publishable_key"),
        (with("webhook_secrets", json!(["whsec_short"])), "webhook_secrets"),
        (with("methods", json!([])), "methods"),
        (with("methods", json!(["card&amount=1"])), "methods"),
        (with("currencies", json!(["usd"])), "currencies"),
        (with("tab", "any".into()), "tab"),
        (with("statement_suffix", "12345".into()), "statement_suffix"),
        (with("statement_suffix", "A*B".into()), "statement_suffix"),
        (with("addresses", json!({"base": "api"})), "addresses.base"),
        (with("addresses", json!({"base": "https://api.stripe.com/v1"})), "addresses.base"),
        (with("secretkey", KEY.into()), "secretkey"),
    ];
    for (config, key) in table {
        let Err(why) = crate::build("stripe", config, http()) else { panic!("{key}: accepted") };
        assert!(why.contains(key), "{key}: {why}");
        assert!(!why.contains("made_up"), "{key}: a key is repeated: {why}");
    }
    let whole = crate::build("stripe", config("https://api.stripe.com"), http()).unwrap();
    assert_eq!(whole.support().name, "Example");
    let least = json!({"secret_key": "rk_live_made_up_0001"});
    assert_eq!(crate::build("stripe", least, http()).unwrap().support().name, "Stripe");
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let read: StripeConfig = serde_json::from_value(config("https://api.stripe.com")).unwrap();
    assert!(!format!("{read:?}").contains("made_up"));
}
