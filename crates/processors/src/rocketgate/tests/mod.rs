//! `RocketGate` against its public record: samples with made-up values, and a stand-in gateway.

mod calls;
mod charges;
mod notices;
mod starts;

use std::sync::LazyLock;
use std::time::Duration;

use base::{Currency, Timestamp};
use processor::{Buyer, CaptureWhen, Limits, check};
use serde_json::{Value, json};
use wiremock::matchers::{header, method};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const PATH: &str = "a-secret-of-our-address";
const PASSWORD: &str = "gateway-password";
const SECRET: &str = "hash-secret-of-tests";
const SECRETS: [&str; 3] = [PATH, PASSWORD, SECRET];
const ATTEMPT: &str = "att_01k2m8y4v0000000000000000a";
const GUID: &str = "1000144c2a1d3f0";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><gatewayRequest>\
                    <merchantID>1001</merchantID>\
                    <merchantPassword>gateway-password</merchantPassword>";

fn http() -> Http {
    let millis = Duration::from_millis;
    Http::with(Limits { connect: millis(500), total: millis(900), answer: 1 << 16 }).unwrap()
}

fn config(gateway: &str) -> Value {
    json!({
        "merchant_id": "1001",
        "merchant_password": PASSWORD,
        "hash_secret": SECRET,
        "currency": "USD",
        "locks": {"path_secret": PATH, "senders": ["192.0.2.0/24"]},
        "products": {"tokens-100": "7"},
        "google_pay": {"gateway": "rocketgate", "merchant_id": "1001"},
        "returns": {"success": "success", "failure": "fail"},
        "postbacks": {
            "transaction": "transactID", "amount": "approvedAmount",
            "currency": "approvedCurrency",
        },
        "addresses": {"gateway": gateway, "fail_over": []},
    })
}

fn account_of(config: Value) -> RocketGate {
    RocketGate::new(serde_json::from_value(config).unwrap(), http()).unwrap()
}

/// An account whose gateway is out of reach.
fn account() -> &'static RocketGate {
    static ACCOUNT: LazyLock<RocketGate> =
        LazyLock::new(|| account_of(config("http://127.0.0.1:9/")));
    &ACCOUNT
}

/// A gateway that answers the calls it gets, one after another.
async fn gateway(answers: Vec<ResponseTemplate>) -> (MockServer, RocketGate) {
    let server = MockServer::start().await;
    let last = answers.len().saturating_sub(1);
    for (nth, answer) in answers.into_iter().enumerate() {
        let mock = Mock::given(method("POST"))
            .and(header("content-type", "text/xml"))
            .respond_with(answer);
        let mock = if nth < last { mock.up_to_n_times(1) } else { mock };
        mock.mount(&server).await;
    }
    let account = account_of(config(&server.uri()));
    (server, account)
}

/// An answer of the gateway.
fn said(elements: &[(&str, &str)]) -> ResponseTemplate {
    let elements: String =
        elements.iter().map(|(name, text)| format!("<{name}>{text}</{name}>")).collect();
    let xml = format!("<?xml version=\"1.0\"?><gatewayResponse>{elements}</gatewayResponse>");
    ResponseTemplate::new(200).set_body_string(xml)
}

fn yes() -> ResponseTemplate {
    said(&[
        ("responseCode", "0"),
        ("reasonCode", "0"),
        ("guidNo", "1000144C2A1D3F0"),
        ("approvedAmount", "19.90"),
        ("approvedCurrency", "USD"),
        ("cardType", "VISA"),
        ("cardLastFour", "1111"),
        ("merchantInvoiceID", ATTEMPT),
    ])
}

fn no(response: &str, reason: &str) -> ResponseTemplate {
    said(&[("responseCode", response), ("reasonCode", reason), ("guidNo", GUID)])
}

async fn sent(server: &MockServer) -> Vec<String> {
    let calls = server.received_requests().await.unwrap();
    calls.iter().map(|call| String::from_utf8(call.body.clone()).unwrap()).collect()
}

fn wish(amount: Money) -> StartRequest {
    StartRequest {
        key: "op_01k2m8y4v0000000000000000b".to_owned(),
        reference: ATTEMPT.to_owned(),
        amount,
        product: "tokens-100".to_owned(),
        description: "100 tokens & more".to_owned(),
        buyer: Buyer {
            customer: "cus_1".to_owned(),
            name: Some("Ana&amount=0.01".to_owned()),
            email: Some("ana+shop@example.com".to_owned()),
            country: Some("dk".to_owned()),
            ip: Some("198.51.100.9".parse().unwrap()),
            ..Buyer::default()
        },
        capture: CaptureWhen::AtOnce,
        renews: None,
        return_url: "https://shop.example/checkouts/chk_1?done=1".to_owned(),
        cancel_url: "https://shop.example/checkouts/chk_1".to_owned(),
        postback_url: "https://shop.example/postbacks/rg/a-secret".to_owned(),
    }
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

#[test]
fn a_configuration_that_is_not_sound_is_refused_by_its_key() {
    let with = |change: &dyn Fn(&mut Value)| {
        let mut config = config("https://gateway.rocketgate.com/");
        change(&mut config);
        config
    };
    let table = [
        (with(&|config| config["merchant_id"] = "1 1".into()), "merchant_id"),
        (with(&|config| config["merchant_password"] = "short".into()), "merchant_password"),
        (with(&|config| config["hash_secret"] = "".into()), "hash_secret"),
        (with(&|config| config["currency"] = "usd".into()), "currency"),
        (with(&|config| config["locks"] = json!({"senders": ["192.0.2.0/24"]})), "locks.path"),
        (with(&|config| config["locks"]["path_secret"] = "short".into()), "locks.path_secret"),
        (with(&|config| config["site_id"] = "a&b".into()), "site_id"),
        (with(&|config| config["products"]["tokens-100"] = "7&amount=1".into()), "products.tokens"),
        (with(&|config| config["returns"]["success"] = "a=b".into()), "returns"),
        (with(&|config| config["postbacks"]["amount"] = "".into()), "postbacks"),
        (with(&|config| config["addresses"]["gateway"] = "gateway".into()), "addresses.gateway"),
        (with(&|config| config["find"] = true.into()), "find"),
    ];
    for (config, key) in table {
        let Err(why) = crate::build("rocketgate", config, http()) else {
            panic!("{key}: accepted")
        };
        assert!(why.contains(key), "{key}: {why}");
    }
    assert!(crate::build("rocketgate", config("https://gateway.rocketgate.com/"), http()).is_ok());
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let read: RocketGateConfig = serde_json::from_value(config("https://a.example/")).unwrap();
    let text = format!("{read:?}");
    assert!(SECRETS.iter().all(|secret| !text.contains(secret)), "{text}");
}

/// Hosts as the vendor's client builds them: one digit of the id up to fifteen, else two.
#[test]
fn a_call_about_a_transaction_goes_to_its_site() {
    let live: url::Url = "https://gateway.rocketgate.com/gateway/servlet/X".parse().unwrap();
    let table = [
        ("1000144c2a1d3f0", "gateway-1.rocketgate.com"),
        ("a00014 4c2a1d3f", "gateway-10.rocketgate.com"),
        ("1000144c2a1d3f0a", "gateway-16.rocketgate.com"),
        ("1100144c2a1d3f0a", "gateway-17.rocketgate.com"),
    ];
    for (guid, host) in table {
        let server = super::gateway::site_of(&live, guid);
        assert_eq!(
            (server.host_str(), server.path()),
            (Some(host), "/gateway/servlet/X"),
            "{guid}"
        );
    }
    let stand_in: url::Url = "http://127.0.0.1:9/".parse().unwrap();
    assert_eq!(super::gateway::site_of(&stand_in, GUID), stand_in);
}
