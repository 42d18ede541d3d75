//! `WTSeTicket` against its public record: samples with made-up values, and a stand-in for DBS.

mod calls;
mod notices;
mod starts;

use std::sync::LazyLock;
use std::time::Duration;

use base::{Currency, Money, Timestamp};
use processor::{Buyer, CaptureWhen, Limits, check};
use serde_json::{Value, json};

use super::*;

const PATH: &str = "a-secret-of-our-address";
const ATTEMPT: &str = "att_01k2m8y4v0000000000000000a";
const PASSWORDS: [&str; 3] = [PATH, "desk-password", "system-password"];

fn http() -> Http {
    let millis = Duration::from_millis;
    Http::with(Limits { connect: millis(500), total: millis(900), answer: 1 << 16 }).unwrap()
}

fn config(address: &str) -> Value {
    json!({
        "parent_id": "1001",
        "sub_id": "2002",
        "begin": "queue",
        "locks": {"path_secret": PATH},
        "login": {"username": "desk", "password": "desk-password", "syspass": "system-password"},
        "one_click": true,
        "history": {
            "columns": {
                "what": "TranType", "history_id": "HistID", "order_id": "OrderID",
                "reference": "MerOrder", "amount": "Amount", "date": "TranDate",
                "reason": "RetCode",
            },
            "returned": ["RETURN"],
        },
        "address": address,
    })
}

fn account_of(config: Value) -> Wts {
    Wts::new(serde_json::from_value(config).unwrap(), http()).unwrap()
}

/// An account whose house is out of reach.
fn account() -> &'static Wts {
    static ACCOUNT: LazyLock<Wts> =
        LazyLock::new(|| account_of(config("http://127.0.0.1:9/cgi-bin/man_trans.cgi")));
    &ACCOUNT
}

/// A message with every lock open.
fn raw(body: &[u8]) -> RawNotice {
    let now: Timestamp = "2026-11-21T15:04:06Z".parse().unwrap();
    RawNotice {
        path_secret: Some(PATH.to_owned()),
        sender: "209.99.11.50".parse().unwrap(),
        ..check::post(body, now)
    }
}

fn sample(name: &str) -> &'static str {
    let file = include_str!("../samples/toast.txt");
    let mut lines = file.lines().filter_map(|line| line.split_once('\t'));
    lines.find(|(label, _)| *label == name).unwrap_or_else(|| panic!("no sample {name}")).1
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
            name: Some("Ana & Co".to_owned()),
            email: Some("ana+shop@example.com".to_owned()),
            country: Some("us".to_owned()),
            ip: Some("198.51.100.9".parse().unwrap()),
            ..Buyer::default()
        },
        capture: CaptureWhen::AtOnce,
        renews: None,
        return_url: "https://shop.example/checkouts/chk_1?done=1".to_owned(),
        cancel_url: "https://shop.example/checkouts/chk_1".to_owned(),
        postback_url: "https://shop.example/postbacks/wts/a-secret".to_owned(),
    }
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

#[test]
fn a_configuration_that_is_not_sound_is_refused_by_its_key() {
    let with = |change: &dyn Fn(&mut Value)| {
        let mut config = config("https://join.achbill.com/cgi-bin/man_trans.cgi");
        change(&mut config);
        config
    };
    let table = [
        (with(&|config| config["parent_id"] = "".into()), "parent_id"),
        (with(&|config| config["sub_id"] = "20 02".into()), "sub_id"),
        (with(&|config| config["begin"] = "process".into()), "begin"),
        (with(&|config| config["locks"] = json!({})), "locks.path_secret"),
        (with(&|config| config["locks"]["path_secret"] = "short".into()), "locks.path_secret"),
        (with(&|config| config["login"]["syspass"] = "".into()), "login"),
        (with(&|config| config["fields"] = json!({"chk_acct": "1"})), "fields.chk_acct"),
        (with(&|config| config["fields"] = json!({"initial_amount": "1"})), "fields.initial"),
        (with(&|config| config["history"]["returned"] = json!([])), "history"),
        (with(&|config| config["history"]["columns"]["whom"] = "x".into()), "history.columns"),
        (with(&|config| config["address"] = "man_trans.cgi".into()), "address"),
        (with(&|config| config["find"] = true.into()), "find"),
    ];
    for (config, key) in table {
        let Err(why) = crate::build("wts", config, http()) else { panic!("{key}: accepted") };
        assert!(why.contains(key), "{key}: {why}");
    }
    assert!(crate::build("wts", config("https://a.example/"), http()).is_ok());
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let read: WtsConfig = serde_json::from_value(config("https://a.example/")).unwrap();
    let text = format!("{read:?} {:?}", read.login);
    assert!(PASSWORDS.iter().all(|secret| !text.contains(secret)), "{text}");
}

#[test]
fn what_it_can_follows_the_configuration() {
    let mut bare = config("https://a.example/");
    for key in ["login", "history", "one_click"] {
        bare.as_object_mut().unwrap().remove(key);
    }
    let (full, bare) = (account().capabilities(), account_of(bare).capabilities());
    assert!(full.refund_full && full.cancel_subscription && full.reports && full.server_charge);
    assert!(!bare.refund_full && !bare.cancel_subscription && !bare.reports && !bare.server_charge);
    assert!(full.by_hand(HandTask::Refund).is_none() && full.by_hand(HandTask::Find).is_some());
    assert!(bare.by_hand(HandTask::Refund).is_some());
    assert_eq!((full.tab, bare.tab), (Some(TabKind::StoredCard), None));
}

#[tokio::test]
async fn the_check_says_what_is_missing_and_never_that_all_is_well() {
    let mut bare = config("https://a.example/");
    bare.as_object_mut().unwrap().remove("history");
    let found = account_of(bare).check(Timestamp::UNIX_EPOCH).await;
    assert!(found.iter().any(|one| one.what == "history"));
    assert!(found.iter().all(|one| one.standing == processor::Standing::Notice), "{found:?}");
    let mut tests = config("https://a.example/");
    tests["tests"] = true.into();
    let found = account_of(tests).check(Timestamp::UNIX_EPOCH).await;
    assert!(Finding::worst(&found).unwrap().contains("tests"));
}
