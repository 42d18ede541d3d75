//! Epoch against its public record: samples with made-up values, and a stand-in for its services.

mod postbacks;
mod rows;
mod services;
mod starts;

use std::sync::LazyLock;
use std::time::Duration;

use base::{Currency, Money, Timestamp};
use processor::{
    Buyer, CaptureWhen, Http, Limits, Period, RawNotice, Renewal, StartRequest, check,
};
use serde_json::{Value, json};

use super::*;

const PATH: &str = "a-secret-of-our-address";
const PASSWORD: &str = "search-password-0001";
const KEY: &str = "camcharge-key-0001";
const ATTEMPT: &str = "att_01k2m8y4v0000000000000000a";

fn http() -> Http {
    let millis = Duration::from_millis;
    Http::with(Limits { connect: millis(500), total: millis(900), answer: 1 << 16 }).unwrap()
}

fn config(at: &str) -> Value {
    json!({
        "locks": {"senders": ["208.236.105.0/24", "65.17.248.0/24"], "path_secret": PATH},
        "co_code": "m9xx",
        "products": {
            "tokens-100": {"pi_code": "prod995", "amount": "9.95", "currency": "USD"},
            "club": {
                "pi_code": "prod2995", "amount": "29.95", "currency": "EUR", "renews": true,
            },
        },
        "digest": {"key": KEY},
        "camcharge": {"currency": "USD", "min": "2.00", "max": "100"},
        "search": {"user": "desk", "password": PASSWORD},
        "data_plus": {"currency": "USD"},
        "time_zone": "UTC",
        "addresses": {
            "search": format!("{at}/services/customer_search/"),
            "senders": format!("{at}/ip_list.php"),
        },
    })
}

fn account_of(config: Value) -> Epoch {
    Epoch::new(serde_json::from_value(config).unwrap(), http()).unwrap()
}

/// An account whose house is out of reach.
fn account() -> &'static Epoch {
    static ACCOUNT: LazyLock<Epoch> = LazyLock::new(|| account_of(config("http://127.0.0.1:9")));
    &ACCOUNT
}

/// A message with every lock open.
fn raw(query: &str, body: &[u8]) -> RawNotice {
    let now: Timestamp = "2025-11-21T15:04:06Z".parse().unwrap();
    RawNotice {
        method: if body.is_empty() { "GET" } else { "POST" }.to_owned(),
        path_secret: Some(PATH.to_owned()),
        query: query.to_owned(),
        sender: "208.236.105.7".parse().unwrap(),
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
            customer: "cus_1".to_owned(),
            email: Some("ana+shop@example.com".to_owned()),
            country: Some("dk".to_owned()),
            ..Buyer::default()
        },
        capture: CaptureWhen::AtOnce,
        renews: None,
        return_url: "https://shop.example/checkouts/chk_1?done=1".to_owned(),
        cancel_url: "https://shop.example/checkouts/chk_1".to_owned(),
        postback_url: format!("https://shop.example/postbacks/pac_1/{PATH}"),
    }
}

fn monthly() -> Renewal {
    Renewal { first: Period::Days(30), amount: eur(2995), every: Period::Days(30), times: None }
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
        let mut config = config("https://epoch.com");
        *config.pointer_mut(path).unwrap() = value;
        config
    };
    let without = |key: &str| {
        let mut config = config("https://epoch.com");
        config.as_object_mut().unwrap().remove(key);
        config
    };
    let mut shown = without("");
    shown["camcharge"]["pburl"] = true.into();
    shown["locks"]["senders"] = json!([]);
    let table = [
        (without("locks"), "locks"),
        (without("co_code"), "co_code"),
        (without("products"), "products"),
        (without("digest"), "camcharge needs digest.key"),
        (shown, "camcharge.pburl"),
        (with("/products", json!({})), "products"),
        (with("/locks", json!({"senders": ["192.0.2.0/24"]})), "locks.path_secret"),
        (with("/locks/path_secret", "short".into()), "locks.path_secret"),
        (with("/co_code", "m 9".into()), "co_code"),
        (with("/digest/key", "short".into()), "digest.key"),
        (with("/products/tokens-100/pi_code", "".into()), "products.tokens-100.pi_code"),
        (with("/products/tokens-100/amount", "9.955".into()), "products.tokens-100.amount"),
        (with("/products/tokens-100/currency", "usd".into()), "products.tokens-100.currency"),
        (with("/camcharge/min", "200".into()), "camcharge.min"),
        (with("/time_zone", "Mars/Base".into()), "time_zone"),
        (with("/addresses/search", "search".into()), "addresses.search"),
    ];
    for (config, key) in table {
        let Err(why) = crate::build("epoch", config, http()) else { panic!("{key}: accepted") };
        assert!(why.contains(key), "{key}: {why}");
    }
    for name in ["reference", "x_", "x_Ref", "x_a&b"] {
        let mut config = config("https://epoch.com");
        config["reference_field"] = name.into();
        let Err(why) = crate::build("epoch", config, http()) else { panic!("{name}: accepted") };
        assert!(why.contains("reference_field"), "{name}: {why}");
    }
    assert!(crate::build("epoch", config("https://epoch.com"), http()).is_ok());
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let read: EpochConfig = serde_json::from_value(config("https://epoch.com")).unwrap();
    let text = format!("{read:?} {:?} {:?}", read.search, read.digest);
    let secrets = [KEY, PATH, PASSWORD];
    assert!(!secrets.iter().any(|secret| text.contains(secret)), "{text}");
}
