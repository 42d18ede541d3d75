//! Verotel against its public record: samples with made-up values, and a stand-in for its pages.

mod calls;
mod postbacks;
mod starts;

use std::sync::LazyLock;
use std::time::Duration;

use base::{Currency, Money, Timestamp};
use processor::sign::Digesting;
use processor::{
    Buyer, CaptureWhen, Http, Limits, Period, RawNotice, Renewal, StartRequest, check,
};
use serde_json::{Value, json};

use super::*;

const PATH: &str = "a-secret-of-our-address";
const KEY: &str = "SignatureKey000001";
const ATTEMPT: &str = "att_01k2m8y4v0000000000000000a";

fn http() -> Http {
    let millis = Duration::from_millis;
    Http::with(Limits { connect: millis(500), total: millis(900), answer: 1 << 16 }).unwrap()
}

fn config(address: Option<&str>) -> Value {
    json!({
        "merchant": "9804000012345678",
        "shop": "64233",
        "signature_key": KEY,
        "locks": {"path_secret": PATH},
        "address": address,
    })
}

fn account_of(config: Value) -> Verotel {
    Verotel::new(serde_json::from_value(config).unwrap(), http()).unwrap()
}

/// A shop whose house is Verotel's own.
fn account() -> &'static Verotel {
    static ACCOUNT: LazyLock<Verotel> = LazyLock::new(|| account_of(config(None)));
    &ACCOUNT
}

/// A message with every lock but the signature's open.
fn raw(query: &str) -> RawNotice {
    let now: Timestamp = "2025-11-21T15:04:06Z".parse().unwrap();
    RawNotice {
        method: "GET".to_owned(),
        path_secret: Some(PATH.to_owned()),
        query: query.to_owned(),
        sender: "195.20.32.202".parse().unwrap(),
        ..check::post("", now)
    }
}

/// The same with a signature that is right, whatever it says.
fn signed(query: &str) -> RawNotice {
    let mut pairs: Vec<(String, String)> =
        url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    if !pairs.iter().any(|(name, _)| name == "shopID") {
        pairs.push(("shopID".to_owned(), "64233".to_owned()));
    }
    pairs.sort();
    let text: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let text = format!("{KEY}:{}", text.join(":"));
    let signature = Digesting::Sha256.hex(b"", &[text.as_bytes()]);
    raw(&format!("{query}&signature={signature}"))
}

fn sample(name: &str) -> &'static str {
    let file = include_str!("../samples/postbacks.txt");
    let mut lines = file.lines().filter_map(|line| line.split_once('\t'));
    lines.find(|(label, _)| *label == name).unwrap_or_else(|| panic!("no sample {name}")).1
}

/// A sample without its signature.
fn bare(name: &str) -> &'static str {
    sample(name).split_once("&signature=").unwrap().0
}

fn wish(amount: Money) -> StartRequest {
    StartRequest {
        key: "op_01k2m8y4v0000000000000000b".to_owned(),
        reference: ATTEMPT.to_owned(),
        amount,
        product: "tokens-100".to_owned(),
        description: "100 tokens & møre".to_owned(),
        buyer: Buyer { customer: "cus_1".to_owned(), ..Buyer::default() },
        capture: CaptureWhen::AtOnce,
        renews: None,
        return_url: "https://shop.example/checkouts/chk_1?done=1".to_owned(),
        cancel_url: "https://shop.example/checkouts/chk_1".to_owned(),
        postback_url: format!("https://shop.example/postbacks/pac_1/{PATH}"),
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
        let mut config = config(None);
        config[key] = value;
        config
    };
    let mut keyless = config(None);
    keyless.as_object_mut().unwrap().remove("signature_key");
    let table = [
        (keyless, "signature_key"),
        (with("signature_key", "short".into()), "signature_key"),
        (with("merchant", "1234000012345678".into()), "9804"),
        (with("merchant", "98o4".into()), "merchant"),
        (with("shop", "".into()), "shop"),
        (with("shop", "64233&type=x".into()), "shop"),
        (with("locks", json!({"path_secret": "short"})), "locks.path_secret"),
        (with("address", "verotel".into()), "address"),
        (with("payment_method", "CHEQUE".into()), "payment_method"),
        (with("cancel", "maybe".into()), "cancel"),
        (with("brand", "Verotel".into()), "brand"),
    ];
    for (config, key) in table {
        let Err(why) = crate::build("verotel", config, http()) else { panic!("{key}: accepted") };
        assert!(why.contains(key), "{key}: {why}");
    }
    assert!(crate::build("verotel", config(None), http()).is_ok());
    let read: VerotelConfig = serde_json::from_value(config(None)).unwrap();
    let text = format!("{read:?}");
    assert!(!text.contains(KEY) && !text.contains(PATH), "{text}");
}
