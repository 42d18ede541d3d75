//! NMI against its public record: samples with made-up values, and a stand-in for its two calls.

mod charges;
mod deeds;
mod finding;
mod postbacks;

use std::sync::LazyLock;
use std::time::Duration;

use base::{Currency, Money, Timestamp};
use processor::sign::hmac_sha256_hex;
use processor::{Buyer, CaptureWhen, Charge, Http, Instrument, Limits, RawNotice, check};
use serde_json::{Value, json};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const KEY: &str = "security-key-made-up-0001";
const SIGNING: &str = "SIGNINGKEYMADEUP0001";
const ATTEMPT: &str = "att_01k2m8y4v0000000000000000a";
const OPERATION: &str = "op_01k2m8y4v0000000000000000b";

fn http() -> Http {
    let millis = Duration::from_millis;
    Http::with(Limits { connect: millis(500), total: millis(900), answer: 1 << 20 }).unwrap()
}

fn config(base: &str) -> Value {
    json!({
        "security_key": KEY,
        "signing_key": SIGNING,
        "currencies": ["USD"],
        "google_pay": {"gateway": "a-gateway", "merchant_id": "900001"},
        "keep_cards": true,
        "support": {"name": "Example", "mail": "help@example.com"},
        "addresses": {"transact": format!("{base}/transact"), "query": format!("{base}/query")},
    })
}

fn account_of(config: Value) -> Nmi {
    Nmi::new(serde_json::from_value(config).unwrap(), http()).unwrap()
}

/// An account whose gateway is out of reach.
fn account() -> &'static Nmi {
    static ACCOUNT: LazyLock<Nmi> = LazyLock::new(|| account_of(config("http://127.0.0.1:9")));
    &ACCOUNT
}

/// A stand-in that gives one answer to every call.
async fn house(answer: ResponseTemplate) -> (MockServer, Nmi) {
    let server = MockServer::start().await;
    Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&server).await;
    let account = account_of(config(&server.uri()));
    (server, account)
}

/// What was sent to a stand-in, line by line.
async fn sent(server: &MockServer) -> String {
    let mut lines = Vec::new();
    for call in server.received_requests().await.unwrap() {
        lines.push(format!("{} {}", call.method, call.url.path()));
        assert_eq!(call.url.query(), None, "keys do not travel in addresses");
        let form = url::form_urlencoded::parse(&call.body);
        lines.extend(form.map(|(name, value)| format!("  {name}={value}")));
    }
    lines.join("\n")
}

fn reply(name: &str) -> ResponseTemplate {
    let file = include_str!("../samples/replies.txt");
    let mut lines = file.lines().filter_map(|line| line.split_once('\t'));
    let found = lines.find(|(label, _)| *label == name);
    ResponseTemplate::new(200).set_body_string(found.unwrap_or_else(|| panic!("no {name}")).1)
}

/// Answers that tell nothing about what happened.
fn surprises() -> Vec<ResponseTemplate> {
    let text = |text: &str| ResponseTemplate::new(200).set_body_string(text);
    let html = "<html><body>502 Bad Gateway</body></html>";
    vec![
        ResponseTemplate::new(502).set_body_string(html),
        text(html),
        text(""),
        text("{\"response\":\"1\",\"response_code\":\"100\"}"),
        ResponseTemplate::new(200).set_body_bytes([0xff, 0xfe]),
        ResponseTemplate::new(204),
        ResponseTemplate::new(302),
        ResponseTemplate::new(403).set_body_string("response=1&response_code=100"),
        ResponseTemplate::new(429),
        ResponseTemplate::new(500),
        ResponseTemplate::new(200).set_delay(Duration::from_secs(5)),
    ]
}

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

fn signed(key: &str, nonce: &str, body: &[u8]) -> String {
    let digest = hmac_sha256_hex(key.as_bytes(), &[nonce.as_bytes(), b".", body]);
    format!("t={nonce},s={digest}")
}

fn headed(header: &str, body: impl Into<Vec<u8>>) -> RawNotice {
    let headers = vec![("webhook-signature".to_owned(), header.to_owned())];
    RawNotice { headers, ..check::post(body, now()) }
}

/// A message with its lock open.
fn raw(body: impl Into<Vec<u8>>) -> RawNotice {
    let body = body.into();
    headed(&signed(SIGNING, "1a2b3c4d5e6f", &body), body)
}

fn samples() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../samples/events.txt").lines().filter_map(|line| line.split_once('\t'))
}

fn sample(name: &str) -> &'static str {
    samples().find(|(label, _)| *label == name).unwrap_or_else(|| panic!("no sample {name}")).1
}

fn charge(instrument: Instrument) -> Charge {
    Charge {
        key: OPERATION.to_owned(),
        reference: ATTEMPT.to_owned(),
        amount: usd(995),
        product: "tokens-100".to_owned(),
        description: "100 tokens & more".to_owned(),
        buyer: Buyer { customer: "cus_1".to_owned(), ..Buyer::default() },
        instrument,
        capture: CaptureWhen::AtOnce,
        return_url: "https://shop.example/checkouts/chk_1".to_owned(),
        postback_url: "https://shop.example/postbacks/nmi".to_owned(),
    }
}

fn stored(id: &str) -> Instrument {
    Instrument::Stored { id: id.to_owned(), customer: None }
}

fn request() -> StartRequest {
    let charge = charge(stored("1"));
    StartRequest {
        key: charge.key,
        reference: charge.reference,
        amount: charge.amount,
        product: charge.product,
        description: charge.description,
        buyer: charge.buyer,
        capture: charge.capture,
        renews: None,
        return_url: charge.return_url.clone(),
        cancel_url: charge.return_url,
        postback_url: charge.postback_url,
    }
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

#[test]
fn a_configuration_that_is_not_sound_is_refused_by_its_key() {
    let with = |key: &str, value: Value| {
        let mut config = config("https://secure.nmi.com");
        config[key] = value;
        config
    };
    let table = [
        (with("security_key", "short".into()), "security_key"),
        (with("security_key", "security key made up".into()), "security_key"),
        (with("signing_key", "short".into()), "signing_key"),
        (with("currencies", json!([])), "currencies"),
        (with("currencies", json!(["JPY"])), "currencies"),
        (with("google_pay", json!({"gateway": "", "merchant_id": "1"})), "google_pay"),
        (with("google_pay", json!({"gateway": "a"})), "google_pay"),
        (with("absence_proven_after", 60.into()), "absence_proven_after"),
        (with("addresses", json!({"query": "query"})), "addresses.query"),
        (with("securitykey", KEY.into()), "securitykey"),
    ];
    for (config, key) in table {
        let Err(why) = crate::build("nmi", config, http()) else { panic!("{key}: accepted") };
        assert!(why.contains(key), "{key}: {why}");
    }
    let least = json!({"security_key": KEY, "currencies": ["USD", "EUR"]});
    let least = crate::build("nmi", least, http()).unwrap();
    assert_eq!(least.support().name, "NMI");
    assert_eq!(least.capabilities().google_pay, None);
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let read: NmiConfig = serde_json::from_value(config("https://secure.nmi.com")).unwrap();
    let text = format!("{read:?}");
    assert!(!text.contains(KEY) && !text.contains(SIGNING), "{text}");
}

#[tokio::test]
async fn the_suite_of_abilities_is_passed_and_no_page_is_pretended() {
    check::keeps_its_abilities(account(), &request()).await;
    let least = json!({"security_key": KEY, "currencies": ["EUR"]});
    check::keeps_its_abilities(&account_of(least), &request()).await;
    assert!(!account().capabilities().hosted_page);
    let answer = account().start(&request()).await;
    assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains("no publicly known page")));
    let proven = |seconds: Value| {
        let mut config = config("http://127.0.0.1:9");
        config["absence_proven_after"] = seconds;
        account_of(config).capabilities().find_proves_absence
    };
    assert_eq!((proven(Value::Null), proven(900.into())), (None, Some(900)));
}

#[tokio::test]
async fn a_check_says_line_by_line_what_is_missing() {
    let empty = ResponseTemplate::new(200)
        .set_body_string("<?xml version=\"1.0\"?><nm_response></nm_response>")
        .insert_header("date", "Sun, 22 Nov 2026 10:00:07 GMT");
    let (server, account) = house(empty).await;
    let findings = account.check(now()).await;
    assert_eq!(Finding::worst(&findings), None, "{findings:?}");
    insta::assert_snapshot!(sent(&server).await);
    let mut bare = config(&server.uri());
    bare["signing_key"] = Value::Null;
    bare["test_mode"] = true.into();
    let findings = account_of(bare).check(now()).await;
    let says = Finding::worst(&findings).unwrap();
    assert!(says.contains("signing_key: none"), "{says}");
    assert!(findings.iter().any(|one| one.what == "test_mode"), "{findings:?}");
    let no =
        format!("<nm_response><error_response>Invalid key {KEY}</error_response></nm_response>");
    let (_server, account) = house(ResponseTemplate::new(200).set_body_string(no)).await;
    let says = Finding::worst(&account.check(now()).await).unwrap();
    assert!(says.contains("security_key: NMI refused: Invalid key"), "{says}");
    for answer in surprises() {
        let (_server, account) = house(answer).await;
        let says = Finding::worst(&account.check(now()).await).unwrap();
        assert!(says.contains("security_key") && !says.contains(KEY), "{says}");
    }
}
