//! SegPay against its public record: samples with made-up values, and a stand-in for SRS.

mod charging;
mod lists;
mod postbacks;
mod reporting;
mod starts;

use std::sync::LazyLock;
use std::time::Duration;

use base::{Currency, Money, Timestamp};
use processor::{Buyer, Http, Limits, RawNotice, StartRequest, check};
use serde_json::{Value, json};

use super::*;

const PATH: &str = "a-secret-of-our-address";
const KEY: &str = "srs-access-key-0001";
const ATTEMPT: &str = "att_01k2m8y4v0000000000000000a";

fn http() -> Http {
    let millis = Duration::from_millis;
    Http::with(Limits { connect: millis(500), total: millis(900), answer: 1 << 16 }).unwrap()
}

fn config(srs: &str) -> Value {
    json!({
        "locks": {
            "senders": ["192.0.2.0/24"],
            "path_secret": PATH,
            "basic": {"user": "segpay", "password": "a password of length"},
        },
        "look_up": true,
        "srs": {"user": "desk", "access_key": KEY},
        "products": {
            "tokens-100": {"eticket": "1234:5678", "amount": "9.95", "currency": "USD"},
        },
        "dynamic": {
            "eticket": "1234:9999", "merchant_id": "4321", "currency": "EUR",
            "min": "2.00", "max": "150",
        },
        "addresses": {"srs": srs},
    })
}

fn account_of(config: Value) -> SegPay {
    SegPay::new(serde_json::from_value(config).unwrap(), http()).unwrap()
}

/// An account whose SRS is out of reach.
fn account() -> &'static SegPay {
    static ACCOUNT: LazyLock<SegPay> = LazyLock::new(|| account_of(config("http://127.0.0.1:9/")));
    &ACCOUNT
}

/// A message with every lock open.
fn raw(query: &str, body: &[u8]) -> RawNotice {
    let now: Timestamp = "2025-11-21T15:04:06Z".parse().unwrap();
    let code = "Basic c2VncGF5OmEgcGFzc3dvcmQgb2YgbGVuZ3Ro".to_owned();
    RawNotice {
        method: if body.is_empty() { "GET" } else { "POST" }.to_owned(),
        path_secret: Some(PATH.to_owned()),
        query: query.to_owned(),
        headers: vec![("authorization".to_owned(), code)],
        sender: "192.0.2.44".parse().unwrap(),
        ..check::post(body, now)
    }
}

fn sample(name: &str) -> &'static str {
    let file = include_str!("../samples/postbacks.txt");
    let mut lines = file.lines().filter_map(|line| line.split_once('\t'));
    lines.find(|(label, _)| *label == name).unwrap_or_else(|| panic!("no sample {name}")).1
}

fn wish(product: &str, amount: Money) -> StartRequest {
    StartRequest {
        key: "op_01k2m8y4v0000000000000000b".to_owned(),
        reference: ATTEMPT.to_owned(),
        amount,
        product: product.to_owned(),
        description: "100 tokens & more".to_owned(),
        buyer: Buyer {
            name: None,
            ip: None,
            customer: "cus_1".to_owned(),
            email: Some("ana+shop@example.com".to_owned()),
            country: Some("dk".to_owned()),
            ..Buyer::default()
        },
        capture: processor::CaptureWhen::AtOnce,
        renews: None,
        return_url: "https://shop.example/checkouts/chk_1?done=1".to_owned(),
        cancel_url: "https://shop.example/checkouts/chk_1".to_owned(),
        postback_url: "https://shop.example/postbacks/pac_1".to_owned(),
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
    let with = |path: &str, value: Value| {
        let mut config = config("https://srs.segpay.com/");
        *config.pointer_mut(path).unwrap() = value;
        config
    };
    let without = |key: &str| {
        let mut config = config("https://srs.segpay.com/");
        config.as_object_mut().unwrap().remove(key);
        config
    };
    let mut misspelled = without("");
    misspelled["lookup"] = true.into();
    let mut digit = without("");
    digit["reference_field"] = "1ref".into();
    let mut theirs = without("");
    theirs["reference_field"] = "TranID".into();
    let mut markup = without("");
    markup["answers"] = json!({"ok": "<b>GOOD</b>"});
    let table = [
        (without("locks"), "locks"),
        (without("look_up"), "look_up"),
        (without("srs"), "look_up needs"),
        (with("/locks", json!({"senders": ["192.0.2.0/24"]})), "locks.path_secret"),
        (with("/locks/path_secret", "short".into()), "locks.path_secret"),
        (with("/products/tokens-100/eticket", "1234".into()), "products.tokens-100.eticket"),
        (with("/products/tokens-100/amount", "9.955".into()), "products.tokens-100.amount"),
        (with("/products/tokens-100/amount", "0".into()), "products.tokens-100.amount"),
        (with("/products/tokens-100/currency", "usd".into()), "products.tokens-100.currency"),
        (with("/dynamic/merchant_id", Value::Null), "dynamic.merchant_id"),
        (with("/dynamic/min", "200".into()), "dynamic.min"),
        (with("/addresses/srs", "srs".into()), "addresses.srs"),
        (misspelled, "lookup"),
        (digit, "reference_field"),
        (theirs, "reference_field"),
        (markup, "answers.ok"),
    ];
    for (config, key) in table {
        let Err(why) = crate::build("segpay", config, http()) else { panic!("{key}: accepted") };
        assert!(why.contains(key), "{key}: {why}");
    }
    assert!(crate::build("segpay", config("https://srs.segpay.com/"), http()).is_ok());
    let Err(why) = crate::build("sagpay", json!({}), http()) else { panic!("accepted") };
    assert!(why.contains("sagpay") && why.contains("segpay"), "{why}");
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let read: SegPayConfig = serde_json::from_value(config("https://srs.segpay.com/")).unwrap();
    let text = format!("{read:?} {:?}", read.srs);
    assert!(!text.contains(KEY) && !text.contains(PATH), "{text}");
}
