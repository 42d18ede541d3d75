//! The conformance suite and what is special about signed messages.

use std::sync::LazyLock;

use base::Timestamp;
use processor::check::{self, Forgery, Sample};
use processor::{NoticeKind, Rejected, sign};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::sandbox::wire::SIGNATURE;

const NOW: i64 = 1_790_000_000;

/// A shop whose house is not there.
fn shop() -> &'static Sandbox {
    static SHOP: LazyLock<Sandbox> =
        LazyLock::new(|| Sandbox::new(config("http://127.0.0.1:9"), http()).unwrap());
    &SHOP
}

fn event(kind: &str) -> Value {
    json!({
        "id": format!("sbx_1:{kind}"), "type": kind, "created": "2026-09-21T13:33:20Z",
        "sale": {
            "id": "sbx_1", "reference": "att_1", "state": "paid",
            "amount": {"amount": 1250, "currency": "EUR"},
            "refunded": {"amount": 0, "currency": "EUR"},
            "card": {"brand": "Visa", "last4": "4242"},
            "decline": {"raw": "51", "cause": "insufficient_funds", "class": "soft"},
            "created": "2026-09-21T13:33:10Z",
        },
        "refund": {
            "id": "sbx_1-r1", "sale": "sbx_1", "state": "done",
            "amount": {"amount": 300, "currency": "EUR"},
        },
    })
}

fn signed_at(time: i64, secret: &str, body: Vec<u8>) -> RawNotice {
    let parts = [time.to_string().into_bytes(), b".".to_vec(), body.clone()];
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    let digest = sign::hmac_sha256_hex(secret.as_bytes(), &parts);
    let mut raw = check::post(body, Timestamp::from_second(NOW).unwrap());
    raw.headers.push((SIGNATURE.to_owned(), format!("t={time},v1={digest}")));
    raw
}

fn signed(body: impl Into<Vec<u8>>) -> RawNotice {
    signed_at(NOW, SIGNING, body.into())
}

fn told(kind: &str) -> RawNotice {
    signed(event(kind).to_string())
}

#[test]
fn the_suite_of_reading_is_passed() {
    let euro = |minor| Some(Money::new(minor, Currency::EUR));
    let sample = |name, kind, minor| Sample {
        name,
        raw: told(name),
        kind,
        amount: euro(minor),
        reference: Some("att_1"),
    };
    let samples = [
        sample("sale.paid", NoticeKind::Paid, 1250),
        sample("sale.declined", NoticeKind::Declined, 1250),
        sample("sale.given_up", NoticeKind::Declined, 1250),
        sample("sale.pending", NoticeKind::Waiting, 1250),
        sample("sale.voided", NoticeKind::Voided, 1250),
        sample("refund.done", NoticeKind::Refunded, 300),
        sample("dispute.opened", NoticeKind::ChargedBack, 1250),
    ];
    check::reads_samples(shop(), &samples);
    check::sees_one_fact(shop(), &told("sale.paid"), &told("SALE.Paid"));
    check::sees_two_facts(shop(), &told("sale.paid"), &told("sale.pending"));
    check::sees_two_facts(shop(), &told("sale.paid"), &told("refund.done"));
    check::waits_on_unknown_words(shop(), &[told("sale.frozen"), told("paid"), told("")]);
    let genuine = event("sale.paid").to_string();
    check::reads_garbage_calmly(shop(), &[genuine.as_bytes()], &signed);
}

#[test]
fn the_suite_of_locks_is_passed() {
    let body = event("sale.paid").to_string().into_bytes();
    let mut other_body = told("sale.paid");
    other_body.body = event("sale.paid").to_string().replace("1250", "9250").into_bytes();
    let mut unsigned = told("sale.paid");
    unsigned.headers.clear();
    let mut other_time = told("sale.paid");
    other_time.headers[0].1 = other_time.headers[0].1.replace("t=1790000000", "t=1790000001");
    let mut cut = told("sale.paid");
    cut.headers[0].1.pop();
    let forgery = |name, raw, refused| Forgery { name, raw, refused };
    let forgeries = [
        forgery("another body", other_body, Rejected::Signature),
        forgery("no signature", unsigned, Rejected::Signature),
        forgery("another time", other_time, Rejected::Signature),
        forgery("a cut digest", cut, Rejected::Signature),
        forgery("another secret", signed_at(NOW, "guess", body.clone()), Rejected::Signature),
        forgery("too old", signed_at(NOW - 301, SIGNING, body.clone()), Rejected::Stale),
        forgery("from the future", signed_at(NOW + 301, SIGNING, body.clone()), Rejected::Stale),
    ];
    check::refuses_forgeries(shop(), &forgeries);
    assert!(shop().read_postback(&signed_at(NOW - 300, SIGNING, body)).is_ok());
}

#[test]
fn a_notice_is_read_as_written_down() {
    let read = |kind| shop().read_postback(&told(kind)).unwrap();
    insta::assert_json_snapshot!([read("sale.paid"), read("sale.declined"), read("refund.done")]);
}

#[test]
fn amounts_that_are_no_amounts_are_unreadable() {
    for amount in [json!(0), json!(-5), json!(12.5), json!("1250"), json!(1e30)] {
        let mut event = event("sale.paid");
        event["sale"]["amount"]["amount"] = amount.clone();
        let read = shop().read_postback(&signed(event.to_string()));
        assert!(matches!(read, Err(Rejected::Unreadable(_))), "{amount}: {read:?}");
    }
}

#[tokio::test]
async fn the_suite_of_abilities_and_of_starts_is_passed() {
    let world = World::open().await;
    check::keeps_its_abilities(shop(), &world.wish("att_1", 500)).await;
    check::starts(&world.shop, &world.wish("att_1", 500), &[KEY, SIGNING]).await;
}

#[tokio::test]
async fn a_house_that_is_not_there_proves_that_nothing_happened() {
    let world = World::open().await;
    let answer = shop().start(&world.wish("att_1", 500)).await;
    assert!(matches!(answer, Answer::NotExecuted(_)), "{answer:?}");
    let bad = async |shop: &Sandbox| {
        processor::Finding::worst(&shop.check(base::Timestamp::UNIX_EPOCH).await).unwrap()
    };
    let why = bad(shop()).await;
    assert!(why.starts_with("base: "), "{why}");
    let wrong = SandboxConfig { key: "another key of length".to_owned(), ..config(&world.base) };
    let wrong = Sandbox::new(wrong, http()).unwrap();
    assert!(bad(&wrong).await.starts_with("key: "));
}

proptest! {
    #[test]
    fn random_bytes_are_never_believed(body: Vec<u8>, header in ".{0,80}", signing: bool) {
        let mut raw = signed(body);
        if !signing {
            raw.headers[0].1 = header;
        }
        let read = shop().read_postback(&raw);
        prop_assert!(read.is_err(), "{:?}", read);
    }
}
