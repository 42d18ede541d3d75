//! CentroBill against its public record: samples with made-up values, and a stand-in for its
//! interface. The digests in the samples were made by another program (Python's hashlib).

mod calls;
mod notices;
mod starts;

use std::sync::LazyLock;
use std::time::Duration;

use base::{Currency, Money, Timestamp};
use processor::{Buyer, CaptureWhen, Http, Limits, RawNotice, StartRequest, check};
use serde_json::{Value, json};

use super::*;

const KEY: &str = "cb-api-key-of-tests-0001";
const AUTH: &str = "legacy-auth-key-of-tests-01";
const PATH: &str = "a-secret-of-our-address";
const ATTEMPT: &str = "att_01k2m8y4v0000000000000000a";

fn http() -> Http {
    let millis = Duration::from_millis;
    Http::with(Limits { connect: millis(500), total: millis(900), answer: 1 << 16 }).unwrap()
}

fn config(address: &str) -> Value {
    json!({
        "api_key": KEY,
        "site_id": "983759353",
        "products": {"tokens-100": {"sku": "TOKENS_100_USD", "amount": "9.95", "currency": "USD"}},
        "locks": {"path_secret": PATH, "senders": ["192.0.2.0/24"]},
        "legacy": {"auth_key": AUTH},
        "capture_days": 3,
        "address": address,
    })
}

fn account_of(config: Value) -> CentroBill {
    CentroBill::new(serde_json::from_value(config).unwrap(), http()).unwrap()
}

/// An account whose house is out of reach.
fn account() -> &'static CentroBill {
    static ACCOUNT: LazyLock<CentroBill> =
        LazyLock::new(|| account_of(config("http://127.0.0.1:9/")));
    &ACCOUNT
}

/// A message with every lock but the signature open.
fn raw(signature: &str, body: &[u8]) -> RawNotice {
    let now: Timestamp = "2026-08-31T00:15:34Z".parse().unwrap();
    RawNotice {
        path_secret: Some(PATH.to_owned()),
        headers: vec![("x-signature".to_owned(), signature.to_owned())],
        sender: "192.0.2.44".parse().unwrap(),
        ..check::post(body, now)
    }
}

/// A sample's signature and its text.
fn sample(name: &str) -> (&'static str, &'static str) {
    let file = include_str!("../samples/ipn.txt");
    let mut lines = file.lines().map(|line| line.splitn(3, '\t').collect::<Vec<&str>>());
    let line = lines.find(|line| line[0] == name).unwrap_or_else(|| panic!("no sample {name}"));
    (line[1], line[2])
}

fn genuine(name: &str) -> RawNotice {
    let (signature, text) = sample(name);
    raw(signature, text.as_bytes())
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
            ip: Some("198.51.100.9".parse().unwrap()),
            ..Buyer::default()
        },
        capture: CaptureWhen::AtOnce,
        renews: None,
        return_url: "https://shop.example/checkouts/chk_1?done=1".to_owned(),
        cancel_url: "https://shop.example/checkouts/chk_1".to_owned(),
        postback_url: "https://shop.example/postbacks/cb/a-secret".to_owned(),
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
    let with = |change: &dyn Fn(&mut Value)| {
        let mut config = config("https://api.centrobill.com");
        change(&mut config);
        config
    };
    let table = [
        (with(&|config| config["api_key"] = "short".into()), "api_key"),
        (with(&|config| config["api_key"] = "a key with blanks in it".into()), "api_key"),
        (with(&|config| config["legacy"]["auth_key"] = "short".into()), "legacy.auth_key"),
        (with(&|config| config["site_id"] = "98 37".into()), "site_id"),
        (with(&|config| config["locks"]["path_secret"] = "short".into()), "locks.path_secret"),
        (with(&|config| config["capture_days"] = 0.into()), "capture_days"),
        (with(&|config| config["capture_days"] = 31.into()), "capture_days"),
        (with(&|config| config["products"]["tokens-100"]["amount"] = "9.955".into()), "amount"),
        (with(&|config| config["products"]["tokens-100"]["amount"] = "0".into()), "amount"),
        (with(&|config| config["products"]["tokens-100"]["sku"] = "".into()), "sku"),
        (with(&|config| config["currencies"] = json!(["EURO"])), "currencies"),
        (with(&|config| config["address"] = "api".into()), "address"),
        (with(&|config| config["lookup"] = true.into()), "lookup"),
        (json!({"site_id": "1"}), "api_key"),
        (json!({"api_key": KEY}), "site_id"),
    ];
    for (config, key) in table {
        let Err(why) = crate::build("centrobill", config, http()) else {
            panic!("{key}: accepted")
        };
        assert!(why.contains(key), "{key}: {why}");
    }
    assert!(crate::build("centrobill", config("https://api.centrobill.com"), http()).is_ok());
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let read: CentroBillConfig = serde_json::from_value(config("https://a.example/")).unwrap();
    let text = format!("{read:?} {:?}", read.legacy);
    assert!(!text.contains(KEY) && !text.contains(PATH) && !text.contains(AUTH), "{text}");
}

#[test]
fn what_it_can_follows_the_configuration() {
    let mut bare = config("https://a.example/");
    bare.as_object_mut().unwrap().remove("capture_days");
    bare["keeps_keys"] = 0.into();
    bare["look_up"] = true.into();
    let (full, bare) = (account().capabilities(), account_of(bare).capabilities());
    assert_eq!((full.tab, bare.tab), (Some(TabKind::Scheduled), Some(TabKind::StoredCard)));
    assert_eq!((full.keeps_keys, bare.keeps_keys), (Some(60), None));
    assert_eq!((full.find, bare.find), (false, true));
    assert_eq!((full.proves_by_asking, bare.proves_by_asking), (false, true));
    assert!(full.by_hand(HandTask::Find).is_some() && bare.by_hand(HandTask::Find).is_none());
}
