//! Reading: the suite, the lock, and facts that are told by several events.

use processor::check::{Forgery, Sample};
use processor::{NoticeKind, Rejected};

use super::*;

/// A sample's name, its kind, its amount, and the last letter of the reference in it.
type Told = (&'static str, NoticeKind, Option<(i64, &'static str)>, Option<char>);

/// What every sample tells, in the order of the file.
#[rustfmt::skip]
const TOLD: &[Told] = {
    use NoticeKind::*;
    &[
        ("paid", Paid, Some((995, "USD")), Some('a')),
        ("declined", Declined, Some((995, "USD")), Some('b')),
        ("a no on a page", Ignored, None, Some('c')),
        ("held", Authorized, Some((995, "USD")), Some('d')),
        ("captured in part", Paid, Some((700, "USD")), Some('d')),
        ("hold let go", Voided, Some((995, "USD")), Some('e')),
        ("hold lapsed", Voided, Some((995, "USD")), Some('f')),
        ("given up", Declined, Some((995, "USD")), Some('g')),
        ("under way", Waiting, None, Some('h')),
        ("intent made", Ignored, None, None),
        ("page paid", Paid, Some((995, "USD")), Some('j')),
        ("page held", Waiting, None, Some('k')),
        ("page paid later", Paid, Some((995, "USD")), Some('l')),
        ("page not paid later", Declined, None, Some('m')),
        ("page expired", Declined, None, Some('n')),
        ("subscription begun", Waiting, None, Some('s')),
        ("first bill paid", Paid, Some((1999, "EUR")), Some('s')),
        ("next bill paid", RebillPaid, Some((1999, "EUR")), Some('s')),
        ("next bill not paid", RebillDeclined, Some((1999, "EUR")), Some('s')),
        ("first bill not paid", Ignored, None, Some('t')),
        ("trial bill", Ignored, None, Some('u')),
        ("intent of a bill", Ignored, None, None),
        ("bill of a later version", RebillPaid, Some((1999, "EUR")), Some('s')),
        ("subscription will end", Cancelled, None, Some('s')),
        ("subscription goes on", Reactivated, None, Some('s')),
        ("subscription changed", Ignored, None, Some('s')),
        ("subscription ended", Expired, None, Some('s')),
        ("refunded in part", Refunded, Some((500, "USD")), None),
        ("refund waits", Waiting, Some((500, "USD")), None),
        ("refund came through", Refunded, Some((500, "USD")), None),
        ("refund failed", RefundFailed, Some((500, "USD")), None),
        ("total that went back", Ignored, None, None),
        ("inquiry", DisputeOpened, Some((995, "USD")), None),
        ("dispute", DisputeOpened, Some((995, "USD")), None),
        ("dispute took money", ChargedBack, Some((995, "USD")), None),
        ("dispute under review", Ignored, None, None),
        ("dispute gave back", ChargebackReversed, Some((995, "USD")), None),
        ("dispute gave nothing back", Waiting, None, None),
        ("dispute closed", Ignored, None, None),
        ("charge of an intent", Ignored, None, None),
        ("paid out", Ignored, None, None),
        ("a word nobody knows", Waiting, None, None),
        ("a yes that is none", Waiting, None, Some('a')),
        ("yen", Paid, Some((500, "JPY")), Some('y')),
        ("ariary", Paid, Some((50_000, "MGA")), Some('z')),
    ]
};

fn only(name: &str) -> Notice {
    let mut notices = read(sample(name)).unwrap();
    assert_eq!(notices.len(), 1, "{name}");
    notices.remove(0)
}

#[test]
fn the_suite_of_reading_is_passed() {
    let money = |(minor, code): (i64, &str)| Money::new(minor, code.parse().unwrap());
    let reference = |letter| &*format!("{}{letter}", &ATTEMPT[..29]).leak();
    let told = TOLD.iter().map(|(name, kind, amount, letter)| Sample {
        name,
        raw: raw(sample(name)),
        kind: *kind,
        amount: amount.map(money),
        reference: letter.map(reference),
    });
    let told: Vec<Sample> = told.collect();
    check::reads_samples(account(), &told);
    assert_eq!(samples().count(), told.len(), "every sample is looked at");
}

#[test]
fn samples_are_read_as_written_down() {
    let all: Vec<_> = samples().map(|(name, body)| (name, read(body).unwrap())).collect();
    insta::assert_json_snapshot!(all);
}

#[test]
fn the_suite_of_locks_and_of_calm_is_passed() {
    let body = sample("paid").as_bytes();
    let at = now().as_second();
    let with = |header: &str| {
        let headers = vec![("stripe-signature".to_owned(), header.to_owned())];
        RawNotice { headers, ..check::post(body, now()) }
    };
    let good = signed_at(SECRET, at, body);
    let digest = good.split_once("v1=").unwrap().1;
    let mut changed = raw(body);
    changed.body = String::from_utf8_lossy(body).replace("995", "994").into_bytes();
    let mut reserialised = raw(body);
    let value: Value = serde_json::from_slice(body).unwrap();
    reserialised.body = serde_json::to_vec_pretty(&value).unwrap();
    let signature = |name, raw| Forgery { name, raw, refused: Rejected::Signature };
    let stale = |name, raw| Forgery { name, raw, refused: Rejected::Stale };
    let forgeries = [
        signature("no header", check::post(body, now())),
        signature("another amount", changed),
        signature("the same body written otherwise", reserialised),
        signature("another secret", with(&signed_at("whsec_of_somebody_else", at, body))),
        signature("v0 only", with(&good.replace("v1=", "v0="))),
        signature("another time", with(&format!("t={},v1={digest}", at + 1))),
        signature("no time", with(&format!("v1={digest}"))),
        signature("two times", with(&format!("t={at},t={at},v1={digest}"))),
        signature("no signature", with(&format!("t={at}"))),
        signature("a cut signature", with(&good[..good.len() - 2])),
        signature("no hex", with(&format!("t={at},v1=yes"))),
        signature("a time that is none", with(&signed_at(SECRET, at, body).replace("t=", "t=x"))),
        stale("too old", with(&signed_at(SECRET, at - 301, body))),
        stale("from the future", with(&signed_at(SECRET, at + 301, body))),
    ];
    check::refuses_forgeries(account(), &forgeries);
    let genuine = [body, sample("dispute gave back").as_bytes()];
    check::reads_garbage_calmly(account(), &genuine, &|body| raw(body));
    let unknown = ["a word nobody knows", "a yes that is none", "dispute gave nothing back"];
    check::waits_on_unknown_words(account(), &unknown.map(|name| raw(sample(name))));
    let nobody = account_of(json!({"secret_key": KEY, "mode": "test"}));
    assert_eq!(nobody.read_postback(&raw(body)), Err(Rejected::Signature), "no secret, no belief");
}

/// The digest as computed by hand: HMAC-SHA256 of `1700000000.{}` with the key `whsec_test`.
#[test]
fn the_signature_is_over_the_time_a_dot_and_the_raw_body() {
    let expected =
        "t=1700000000,v1=35495024f4ef3f94e5a93e22221544c4b75e9a42300cd965ab81cb85cd994e91";
    assert_eq!(signed_at("whsec_test", 1_700_000_000, b"{}"), expected);
}

#[test]
fn one_of_several_signatures_is_enough() {
    let body = sample("paid").as_bytes();
    let at = now().as_second();
    let digest = |secret| signed_at(secret, at, body).split_once("v1=").unwrap().1.to_owned();
    let new = digest("whsec_that_comes_next");
    let headers = [
        format!("t={at},v1={new},v1={}", digest(SECRET)),
        format!("t={at}, v1={}, v1={new}, v0=abc", digest(OLD_SECRET)),
        format!("v1={},t={at}", digest(SECRET).to_uppercase()),
        signed_at(SECRET, at - 300, body),
        signed_at(SECRET, at + 300, body),
    ];
    for header in headers {
        let headers = vec![("stripe-signature".to_owned(), header.clone())];
        let raw = RawNotice { headers, ..check::post(body, now()) };
        assert!(account().read_postback(&raw).is_ok(), "{header}");
    }
}

#[test]
fn one_fact_is_one_fact_whoever_tells_it() {
    let one = |one: &str, other: &str| check::sees_one_fact(account(), &raw(one), &raw(other));
    let two = |one: &str, other: &str| check::sees_two_facts(account(), &raw(one), &raw(other));
    let page = sample("page paid");
    let of_page = sample("paid").replace("Pdesk0001\"", "Pdesk0010\"");
    one(page, &of_page);
    one(sample("paid"), &sample("paid").replace("evt_1Pdesk0001", "evt_again"));
    let bill = sample("first bill paid");
    one(bill, &bill.replace("invoice.paid", "invoice.payment_succeeded"));
    let refund = sample("refund came through");
    one(refund, &refund.replace("refund.updated", "charge.refund.updated"));
    two(sample("refunded in part"), refund);
    two(sample("refund waits"), refund);
    two(sample("held"), &sample("held").replace("capturable\":995", "capturable\":1295"));
    two(sample("paid"), &sample("paid").replace("pi_3Pdesk0001", "pi_3Pdesk0099"));
    two(sample("dispute took money"), sample("dispute gave back"));
    let failed = sample("next bill not paid");
    two(failed, &failed.replace("attempt_count\":1", "attempt_count\":2"));
    two(sample("declined"), &sample("declined").replace("ch_3Pdesk0002", "ch_3Pdesk0003"));
}

/// Versions of the API before 2022-11-15 list the refunds inside the charge.
#[test]
fn a_total_that_lists_its_refunds_is_read_as_those_refunds() {
    let refund: Value = serde_json::from_str(sample("refunded in part")).unwrap();
    let other: Value = serde_json::from_str(sample("refund came through")).unwrap();
    let mut total: Value = serde_json::from_str(sample("total that went back")).unwrap();
    total["data"]["object"]["refunds"] =
        json!({"has_more": false, "data": [refund["data"]["object"], other["data"]["object"]]});
    let notices = read(&total.to_string()).unwrap();
    let keys: Vec<&str> = notices.iter().map(|notice| notice.dedupe.as_str()).collect();
    assert_eq!(keys, ["re_3Pdesk0001:refunded", "re_3Pdesk0002:refunded"]);
    assert_eq!(keys[0], only("refunded in part").dedupe);
    total["data"]["object"]["refunds"]["has_more"] = true.into();
    let notices = read(&total.to_string()).unwrap();
    assert_eq!(notices[0].kind, NoticeKind::Ignored, "a list that is cut is no list");
}

#[test]
fn ids_lead_back_to_the_payment() {
    let refund = only("refunded in part");
    assert_eq!(refund.parent.as_deref(), Some("pi_3Pdesk0001"));
    assert_eq!(refund.transaction.as_deref(), Some("re_3Pdesk0001"));
    assert_eq!(refund.also, ["ch_3Pdesk0001"]);
    let dispute = only("dispute took money");
    assert_eq!(dispute.parent.as_deref(), Some("pi_3Pdesk0001"));
    assert_eq!(dispute.dedupe, "txn_1Pdesk0001");
    let page = only("page paid");
    assert_eq!(page.transaction.as_deref(), Some("pi_3Pdesk0010"));
    assert_eq!(page.also, ["cs_test_a1Pdesk0010"]);
    let expired = only("page expired");
    assert_eq!(expired.transaction.as_deref(), Some("cs_test_a1Pdesk0014"));
    assert_eq!(expired.decline.unwrap().cause, "customer_cancelled");
    let paid = only("paid");
    assert_eq!(paid.stored.as_deref(), Some("cus_Pdesk0001:pm_1Pdesk0001"));
    let kept = sample("page paid")
        .replace("\"mode\":\"payment\"", "\"mode\":\"payment\",\"customer_creation\":\"always\"");
    let kept = read(&kept).unwrap().remove(0);
    assert_eq!(kept.kind, NoticeKind::Waiting, "the intent tells it, with the card that is kept");
    let rebill = only("next bill paid");
    assert_eq!(rebill.subscription.as_deref(), Some("sub_1Pdesk0001"));
    assert_eq!(rebill.transaction.as_deref(), Some("pi_3Pdesk1002"));
    let declined = only("declined").decline.unwrap();
    assert_eq!((&*declined.raw, &*declined.cause), ("insufficient_funds", "insufficient_funds"));
}

#[test]
fn a_dispute_in_another_currency_than_the_balance_takes_what_was_paid() {
    let body = sample("dispute took money")
        .replace("\"amount\":-995,\"currency\":\"usd\"", "\"amount\":-901,\"currency\":\"eur\"");
    assert_eq!(read(&body).unwrap()[0].amount, Some(usd(995)));
}

#[test]
fn amounts_and_objects_that_make_no_sense_are_unreadable() {
    let paid = sample("paid");
    let table = [
        paid.replace("amount_received\":995", "amount_received\":9.95"),
        paid.replace("amount_received\":995", "amount_received\":\"995\""),
        paid.replace("amount_received\":995", "amount_received\":0"),
        paid.replace("amount_received\":995", "amount_received\":-995"),
        paid.replace("\"usd\"", "\"xxx\""),
        paid.replace("\"object\":{", "\"subject\":{"),
        paid.replace("\"livemode\":false,\"pending", "\"livemode\":true,\"pending"),
        sample("captured in part").replace("\"amount_received\":700,", ""),
        sample("first bill paid").replace("\"amount_paid\":1999,", ""),
        format!("{}{}", paid, " ".repeat(600_000)),
    ];
    for body in table {
        let read = read(&body);
        assert!(matches!(read, Err(Rejected::Unreadable(_))), "{:?}: {read:?}", &body[..90]);
    }
    let old = paid.replace("\"amount_received\":995,", "");
    assert_eq!(read(&old).unwrap()[0].amount, Some(usd(995)), "captured by itself: all of it");
}

#[test]
fn nothing_that_could_be_a_card_number_is_kept() {
    let body = sample("paid").replace("\"succeeded\"", "\"4242424242424242\"");
    let text = serde_json::to_string(&read(&body).unwrap()).unwrap();
    assert!(!text.contains("42424242"), "{text}");
    let body = sample("declined").replace("\"9995\"", "\"4000000000009995\"");
    let text = serde_json::to_string(&read(&body).unwrap()).unwrap();
    assert!(!text.contains("40000000"), "{text}");
}
