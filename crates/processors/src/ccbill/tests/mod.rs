//! CCBill against its public record: samples with made-up values, and a stand-in for its services.

mod charges;
mod reports;
mod services;
mod starts;
mod webhooks;

use std::sync::LazyLock;
use std::time::Duration;

use base::{Currency, Money, Timestamp};
use processor::{Buyer, Http, Limits, Period, RawNotice, Renewal, StartRequest, check};
use serde_json::{Value, json};

use super::*;

const PATH: &str = "a-secret-of-our-address";
const SALT: &str = "SaltOfTheForm0001";
const PASSWORD: &str = "datalink-password-0001";
const SECRET: &str = "rest-secret-key-0001";
const ATTEMPT: &str = "att_01k2m8y4v0000000000000000a";
const SUBSCRIPTION: &str = "0125325401000018190";

fn http() -> Http {
    let millis = Duration::from_millis;
    Http::with(Limits { connect: millis(500), total: millis(900), answer: 1 << 16 }).unwrap()
}

fn config(at: &str) -> Value {
    json!({
        "account": "900123",
        "subaccount": "0005",
        "salt": SALT,
        "locks": {"path_secret": PATH},
        "form": {"kind": "flexforms", "id": "0cc5e5ac-1a2b"},
        "currencies": ["USD", "EUR", "AUD"],
        "rest": {"application": "app-1", "secret": SECRET},
        "datalink": {
            "username": "desk",
            "password": PASSWORD,
            "charge_again": {"address": format!("{at}/jpost/billingApi.cgi")},
            "extract": {"currency": "USD"},
        },
        "addresses": {"api": at, "datalink": at},
    })
}

fn account_of(config: Value) -> CcBill {
    CcBill::new(serde_json::from_value(config).unwrap(), http()).unwrap()
}

/// An account whose house is out of reach.
fn account() -> &'static CcBill {
    static ACCOUNT: LazyLock<CcBill> = LazyLock::new(|| account_of(config("http://127.0.0.1:9/")));
    &ACCOUNT
}

/// A message with every lock open.
fn raw(query: &str, body: &[u8]) -> RawNotice {
    let now: Timestamp = "2025-11-21T15:04:06Z".parse().unwrap();
    RawNotice {
        path_secret: Some(PATH.to_owned()),
        query: query.to_owned(),
        sender: "64.38.212.7".parse().unwrap(),
        ..check::post(body, now)
    }
}

fn sample(name: &str) -> &'static str {
    let file = include_str!("../samples/webhooks.txt");
    let mut lines = file.lines().filter_map(|line| line.split_once('\t'));
    let found = lines.find(|(label, _)| *label == name);
    found.unwrap_or_else(|| panic!("no sample {name}")).1.split_once('\t').unwrap().1
}

fn wish(amount: Money) -> StartRequest {
    StartRequest {
        key: "op_01k2m8y4v0000000000000000b".to_owned(),
        reference: ATTEMPT.to_owned(),
        amount,
        product: "tokens-100".to_owned(),
        description: "100 tokens & more".to_owned(),
        buyer: Buyer { customer: "cus_1".to_owned(), ..Buyer::default() },
        capture: CaptureWhen::AtOnce,
        renews: None,
        return_url: "https://shop.example/checkouts/chk_1?done=1".to_owned(),
        cancel_url: "https://shop.example/checkouts/chk_1".to_owned(),
        postback_url: format!("https://shop.example/postbacks/pac_1/{PATH}"),
    }
}

fn renewing(first: Period, times: Option<u32>) -> StartRequest {
    let renewal = Renewal { first, amount: eur(2995), every: Period::Months(1), times };
    StartRequest { renews: Some(renewal), ..wish(eur(995)) }
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
        let mut config = config("https://api.ccbill.com");
        *config.pointer_mut(path).unwrap() = value;
        config
    };
    let without = |key: &str| {
        let mut config = config("https://api.ccbill.com");
        config.as_object_mut().unwrap().remove(key);
        config
    };
    let mut misspelled = without("");
    misspelled["data_link"] = json!({});
    let mut days = without("");
    days["period_days"] = 0.into();
    let mut field = without("");
    field["reference_field"] = "a b".into();
    let mut types = without("");
    types["datalink"]["extract"]["types"] = json!(["REBILL&testMode=1"]);
    let table = [
        (without("salt"), "salt"),
        (without("form"), "form"),
        (without("locks"), "locks"),
        (with("/locks", json!({})), "locks.path_secret"),
        (with("/locks/path_secret", "short".into()), "locks.path_secret"),
        (with("/account", "12345".into()), "account"),
        (with("/subaccount", "5".into()), "subaccount"),
        (with("/salt", "short".into()), "salt"),
        (with("/form/id", "a/b".into()), "form.id"),
        (with("/form/kind", "paper".into()), "form"),
        (with("/currencies", json!([])), "currencies"),
        (with("/currencies", json!(["JPY"])), "JPY"),
        (with("/addresses/api", "api".into()), "addresses.api"),
        (with("/datalink/charge_again/address", "x".into()), "charge_again.address"),
        (misspelled, "data_link"),
        (days, "period_days"),
        (field, "reference_field"),
        (types, "extract.types"),
    ];
    for (config, key) in table {
        let Err(why) = crate::build("ccbill", config, http()) else { panic!("{key}: accepted") };
        assert!(why.contains(key), "{key}: {why}");
    }
    assert!(crate::build("ccbill", config("https://api.ccbill.com"), http()).is_ok());
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let read: CcBillConfig = serde_json::from_value(config("https://api.ccbill.com")).unwrap();
    let text = format!("{read:?} {:?} {:?}", read.rest, read.datalink);
    let secrets = [SALT, PATH, PASSWORD, SECRET];
    assert!(!secrets.iter().any(|secret| text.contains(secret)), "{text}");
}
