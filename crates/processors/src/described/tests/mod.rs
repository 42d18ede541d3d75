//! Records against what they promise: every public digest scheme, the guide's example, what ships,
//! and every mistake an operator can make.

mod bodies;
mod calls;
mod example;
mod mistakes;
mod schemes;
mod shipped;

use std::sync::LazyLock;
use std::time::Duration;

use base::{Currency, Money, Timestamp};
use processor::sign::hmac_sha256_hex;
use processor::{Buyer, CaptureWhen, Http, Limits, RawNotice, StartRequest, check};
use serde_json::{Value, json};

use super::*;

const KEY: &str = "acme-key-of-tests";
const API: &str = "acme-api-key-0001";
const PATH: &str = "a-secret-of-our-address";
const ATTEMPT: &str = "att_01k2m8y4v0000000000000000a";
const NOW: &str = "2024-11-21T15:04:05Z";

fn http() -> Http {
    let millis = Duration::from_millis;
    Http::with(Limits { connect: millis(500), total: millis(900), answer: 1 << 16 }).unwrap()
}

/// The record of the guide, with its calls going to `house`.
fn acme(house: &str) -> String {
    let guide = include_str!("../../../../../docs/guides/processors/described.md");
    let mut blocks = guide.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let block = blocks.find(|block| block.starts_with("# acme.toml")).unwrap();
    block.replace("https://api.acme.example", house)
}

fn settings(record: impl Into<Value>) -> Value {
    json!({
        "record": record.into(),
        "look_up": true,
        "values": {"shop": "4711"},
        "secrets": {"key": KEY, "api": API},
        "locks": {"path_secret": PATH, "senders": ["192.0.2.0/28"]},
    })
}

fn account_at(house: &str) -> Described {
    Described::new("described", None, settings(acme(house)), http()).unwrap()
}

/// An account whose house is out of reach.
fn account() -> &'static Described {
    static ACCOUNT: LazyLock<Described> = LazyLock::new(|| account_at("http://127.0.0.1:9"));
    &ACCOUNT
}

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
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
            email: Some("ana+shop@example.com".to_owned()),
            country: Some("dk".to_owned()),
            ..Buyer::default()
        },
        capture: CaptureWhen::AtOnce,
        renews: None,
        return_url: "https://shop.example/done".to_owned(),
        cancel_url: "https://shop.example/done".to_owned(),
        postback_url: "https://pay.example/postbacks/acme".to_owned(),
    }
}

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// A notice with every lock open, signed by the second it came.
fn signed(body: &[u8]) -> RawNotice {
    let time = now().as_second().to_string();
    let digest = hmac_sha256_hex(KEY.as_bytes(), &[time.as_bytes(), b".", body]);
    RawNotice {
        path_secret: Some(PATH.to_owned()),
        headers: vec![("acme-signature".to_owned(), format!("t={time},s={digest}"))],
        sender: "192.0.2.7".parse().unwrap(),
        ..check::post(body, now())
    }
}
