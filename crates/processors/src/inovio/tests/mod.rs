//! Inovio against its public record: answers with made-up values, and a stand-in for its service.

mod charges;
mod orders;

use std::sync::LazyLock;
use std::time::Duration;

use base::{Currency, Money, Timestamp};
use processor::check::{self, Forgery};
use processor::{Buyer, CaptureWhen, Charge, Http, Instrument, Limits, RawNotice, StartRequest};
use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const ATTEMPT: &str = "att_01k2m8y4v0000000000000000a";
const PASSWORD: &str = "Passw0rd!1-of-ours";
const KEY: &str = "op_01k2m8y4v0000000000000000z";

fn config(address: &str) -> Value {
    json!({
        "username": "desk@example.com",
        "password": PASSWORD,
        "site_id": "22895",
        "merchant_account": "100",
        "product_id": "1001",
        "products": {"tokens-500": "1005"},
        "currencies": ["USD", "EUR", "JPY"],
        "descriptor": "EXAMPLE TOKENS",
        "address": format!("{}/payment/pmt_service.cfm", address.trim_end_matches('/')),
    })
}

fn account_of(config: Value) -> Inovio {
    let millis = Duration::from_millis;
    let limits = Limits { connect: millis(500), total: millis(900), answer: 1 << 16 };
    Inovio::new(serde_json::from_value(config).unwrap(), Http::with(limits).unwrap()).unwrap()
}

/// An account whose house is out of reach.
fn account() -> &'static Inovio {
    static ACCOUNT: LazyLock<Inovio> = LazyLock::new(|| account_of(config("http://127.0.0.1:9")));
    &ACCOUNT
}

fn sample(name: &str) -> Value {
    let file = include_str!("../samples/answers.txt");
    let mut lines = file.lines().filter_map(|line| line.split_once('\t'));
    let line = lines.find(|(label, _)| *label == name);
    serde_json::from_str(line.unwrap_or_else(|| panic!("no sample {name}")).1).unwrap()
}

/// A sample with some fields changed.
fn with(name: &str, changes: &[(&str, Value)]) -> ResponseTemplate {
    let mut answer = sample(name);
    for (field, value) in changes {
        answer[*field] = value.clone();
    }
    said(&answer)
}

fn said(answer: &Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(answer)
}

fn text(body: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_string(body)
}

async fn house(answer: ResponseTemplate) -> (MockServer, Inovio) {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/payment/pmt_service.cfm"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let account = account_of(config(&server.uri()));
    (server, account)
}

/// The form of the last call, as pairs in order.
async fn form(house: &MockServer) -> Vec<(String, String)> {
    let calls = house.received_requests().await.unwrap();
    let call = calls.last().unwrap();
    assert_eq!(call.url.query(), None, "nothing travels in the address");
    url::form_urlencoded::parse(&call.body).into_owned().collect()
}

fn pairs(action: &str, more: &[(&str, &str)]) -> Vec<(String, String)> {
    let head = [
        ("req_username", "desk@example.com"),
        ("req_password", PASSWORD),
        ("site_id", "22895"),
        ("request_action", action),
        ("request_response_format", "JSON"),
        ("request_api_version", "4.12"),
    ];
    let all = head.iter().chain(more);
    all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn stored(id: &str, customer: Option<&str>) -> Instrument {
    Instrument::Stored { id: id.to_owned(), customer: customer.map(str::to_owned) }
}

fn charging(amount: Money) -> Charge {
    Charge {
        key: KEY.to_owned(),
        reference: ATTEMPT.to_owned(),
        amount,
        product: "tokens-100".to_owned(),
        description: "100 tokens".to_owned(),
        buyer: Buyer {
            customer: "cus_1".to_owned(),
            ip: Some("192.0.2.7".parse().unwrap()),
            email: Some("ana@example.com".to_owned()),
            ..Buyer::default()
        },
        instrument: stored("101011", Some("212121")),
        capture: CaptureWhen::AtOnce,
        return_url: "https://shop.example/checkouts/chk_1?done=1".to_owned(),
        postback_url: "https://shop.example/postbacks/inovio".to_owned(),
    }
}

fn wish() -> StartRequest {
    let charge = charging(usd(995));
    StartRequest {
        key: charge.key,
        reference: charge.reference,
        amount: charge.amount,
        product: charge.product,
        description: charge.description,
        buyer: charge.buyer,
        capture: CaptureWhen::AtOnce,
        renews: None,
        return_url: charge.return_url,
        cancel_url: "https://shop.example/checkouts/chk_1".to_owned(),
        postback_url: charge.postback_url,
    }
}

#[test]
fn a_configuration_that_is_not_sound_is_refused_by_its_key() {
    let base = config("https://api.inoviopay.com");
    let with = |key: &str, value: Value| {
        let mut config = base.clone();
        config[key] = value;
        config
    };
    let table = [
        (with("username", "".into()), "username"),
        (with("password", "".into()), "password"),
        (with("site_id", "site".into()), "site_id"),
        (with("site_id", Value::Null), "site_id"),
        (with("merchant_account", "a".into()), "merchant_account"),
        (with("product_id", "".into()), "product_id"),
        (with("products", json!({"tokens": "x"})), "products.tokens"),
        (with("currencies", json!(["usd"])), "currencies"),
        (with("descriptor", "<b>".into()), "descriptor"),
        (with("absence_after", 60.into()), "absence_after"),
        (with("api_version", "four".into()), "api_version"),
        (with("address", "here".into()), "address"),
        (with("sites", 1.into()), "sites"),
    ];
    for (config, key) in table {
        let http = Http::new().unwrap();
        let Err(why) = crate::build("inovio", config, http) else { panic!("{key}: accepted") };
        assert!(why.contains(key) && !why.contains(PASSWORD), "{key}: {why}");
    }
    let mut least = json!({"username": "a", "password": "b", "site_id": "1", "product_id": "2"});
    assert!(crate::build("inovio", least.clone(), Http::new().unwrap()).is_ok());
    least["absence_after"] = 600.into();
    assert_eq!(account_of(least).capabilities().find_proves_absence, Some(600));
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let read: InovioConfig = serde_json::from_value(config("https://api.inoviopay.com")).unwrap();
    assert!(!format!("{read:?}").contains(PASSWORD));
}

#[tokio::test]
async fn the_suite_of_abilities_is_passed() {
    check::keeps_its_abilities(account(), &wish()).await;
    let started = account().start(&wish()).await;
    assert!(matches!(&started, Answer::NotExecuted(why) if why.contains("page")), "{started:?}");
}

/// Whoever writes to this account's address, in whatever form, is not believed.
#[test]
fn no_message_is_believed() {
    let bodies = [sample("approved").to_string(), "TRANS_STATUS_NAME=APPROVED".to_owned()];
    let refused = account().read_postback(&check::post("", Timestamp::UNIX_EPOCH)).unwrap_err();
    let forgeries: Vec<Forgery> = bodies
        .iter()
        .map(|body| {
            let raw: RawNotice = check::post(body.clone(), Timestamp::UNIX_EPOCH);
            Forgery { name: "a message", raw, refused: refused.clone() }
        })
        .collect();
    check::refuses_forgeries(account(), &forgeries);
    let wrap = |body: Vec<u8>| check::post(body, Timestamp::UNIX_EPOCH);
    let genuine: Vec<&[u8]> = bodies.iter().map(String::as_bytes).collect();
    check::reads_garbage_calmly(account(), &genuine, &wrap);
}
