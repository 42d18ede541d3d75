//! Reading: the suite, every sample, and everything that must not be believed.

use processor::check::{Forgery, Sample};
use processor::{NoticeKind, Rejected};
use proptest::prelude::*;

use super::*;

fn read(body: &str) -> Result<Notice, Rejected> {
    account().read_postback(&raw(body)).map(|mut notices| notices.remove(0))
}

/// A sample with another text at a place of its JSON.
fn with(name: &str, at: &str, value: Value) -> String {
    let mut event: Value = serde_json::from_str(sample(name)).unwrap();
    *event.pointer_mut(at).unwrap_or_else(|| panic!("{name} has no {at}")) = value;
    event.to_string()
}

#[test]
fn the_suite_of_reading_is_passed() {
    use NoticeKind::{
        Approved, Authorized, Cancelled, ChargedBack, Declined, DisputeOpened, Expired, Ignored,
        Paid, Reactivated, RebillDeclined, RebillPaid, RefundFailed, Refunded, Voided, Waiting,
    };
    let of =
        |letter: &str| Some(&*Box::leak(format!("{}{letter}", &ATTEMPT[..29]).into_boxed_str()));
    let (some_usd, some_eur) = (|minor| Some(usd(minor)), |minor| Some(eur(minor)));
    let table = [
        ("order approved", Approved, some_usd(995), of("a")),
        ("order completed", Paid, some_usd(995), of("a")),
        ("approval reversed", Declined, some_eur(1250), of("b")),
        ("authorization created", Authorized, some_eur(2000), of("c")),
        ("authorization voided", Voided, some_eur(2000), of("c")),
        ("capture completed", Paid, some_usd(995), of("a")),
        ("capture of a hold", Paid, some_eur(2300), of("c")),
        ("capture pending", Waiting, Some(jpy(500)), of("d")),
        ("capture declined", Declined, some_usd(995), of("e")),
        ("capture denied", Declined, Some(jpy(500)), of("d")),
        ("capture refunded", Refunded, some_usd(400), of("a")),
        ("capture reversed", ChargedBack, some_usd(595), of("a")),
        ("refund failed", RefundFailed, some_usd(400), of("a")),
        ("dispute created", DisputeOpened, some_usd(595), of("a")),
        ("dispute escalated", DisputeOpened, some_usd(595), of("a")),
        ("dispute lost", ChargedBack, some_usd(595), of("a")),
        ("dispute won", Ignored, some_usd(595), of("a")),
        ("subscription activated", Ignored, None, of("f")),
        ("subscription cancelled", Cancelled, None, of("f")),
        ("subscription suspended", Cancelled, None, of("f")),
        ("subscription reactivated", Reactivated, None, of("f")),
        ("subscription expired", Expired, None, of("f")),
        ("subscription payment failed", RebillDeclined, some_usd(2995), of("f")),
        ("subscription paid", RebillPaid, some_usd(2995), of("f")),
        ("account kept", Ignored, None, None),
        ("a word nobody knows", Waiting, None, of("g")),
    ];
    let samples = table.map(|(name, kind, amount, reference)| Sample {
        name,
        raw: raw(sample(name)),
        kind,
        amount,
        reference,
    });
    check::reads_samples(account(), &samples);
    let lines = include_str!("../samples/webhooks.txt").lines().count();
    assert_eq!(lines, samples.len(), "every sample is looked at");
}

#[test]
fn samples_are_read_as_written_down() {
    let lines = include_str!("../samples/webhooks.txt").lines();
    let all: Vec<_> = lines
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, body)| (name, read(body).unwrap()))
        .collect();
    insta::assert_json_snapshot!(all);
}

#[test]
fn payments_are_known_by_all_their_ids() {
    let direct = read(sample("capture completed")).unwrap();
    assert_eq!(direct.transaction.as_deref(), Some("3C100000FF000001A"));
    assert_eq!(direct.also, ["5O100000TN364000A"]);
    let of_a_hold = read(sample("capture of a hold")).unwrap();
    assert_eq!(of_a_hold.also, ["5O100000TN364000C", "0A100000FF000003A"]);
    let refund = read(sample("capture refunded")).unwrap();
    assert_eq!(refund.parent.as_deref(), Some("3C100000FF000001A"));
    let dispute = read(sample("dispute lost")).unwrap();
    assert_eq!(dispute.parent.as_deref(), Some("3C100000FF000001A"));
    let kept = read(sample("account kept")).unwrap();
    assert_eq!(kept.stored.as_deref(), Some("paypal:8kk8451t"));
    assert_eq!(kept.transaction.as_deref(), Some("5O100000TN364000A"));
}

#[test]
fn a_decline_says_why() {
    let cause = |body: &str| read(body).unwrap().decline.unwrap().cause;
    assert_eq!(cause(sample("capture declined")), "insufficient_funds");
    assert_eq!(cause(sample("capture denied")), "declined");
    assert_eq!(cause(sample("approval reversed")), "authorisation_expired");
    let new = with("capture declined", "/resource/processor_response/response_code", "ZZ9".into());
    assert_eq!(cause(&new), "unknown");
}

#[test]
fn one_fact_that_is_told_twice_has_one_key() {
    let one = |one: &str, other: &str| check::sees_one_fact(account(), &raw(one), &raw(other));
    one(sample("capture completed"), sample("order completed"));
    one(sample("capture reversed"), sample("dispute lost"));
    let later = with("capture completed", "/resource/status", "PARTIALLY_REFUNDED".into());
    one(sample("capture completed"), &later);
    let resent = with("capture completed", "/id", "WH-AGAIN-1".into());
    one(sample("capture completed"), &resent);
    let spaced = sample("capture completed").replace("9.95", "9.950");
    one(sample("capture completed"), &spaced);
    let lower = with("capture completed", "/event_type", "payment.capture.completed".into());
    one(sample("capture completed"), &lower);
}

#[test]
fn what_is_different_is_not_taken_for_one() {
    let two = |one: &str, other: &str| check::sees_two_facts(account(), &raw(one), &raw(other));
    let paid = sample("capture completed");
    two(paid, &with("capture completed", "/resource/id", "3C999999FF000001A".into()));
    two(sample("capture pending"), sample("capture denied"));
    two(sample("authorization created"), sample("authorization voided"));
    two(sample("dispute created"), sample("dispute escalated"));
    two(sample("subscription suspended"), sample("subscription cancelled"));
    let again = with("subscription suspended", "/id", "WH-AGAIN-1".into());
    two(sample("subscription suspended"), &again);
    let second = with("capture refunded", "/resource/id", "1R100000FF000009A".into());
    two(sample("capture refunded"), &second);
}

#[test]
fn a_word_that_does_not_fit_its_status_is_waited_upon() {
    let words = [
        with("capture completed", "/resource/status", "PENDING".into()),
        with("capture completed", "/resource/status", "DECLINED".into()),
        with("capture completed", "/resource/status", "ON_HOLD".into()),
        with("capture completed", "/event_type", "PAYMENT.CAPTURE.DONE".into()),
        with("capture completed", "/event_type", "PAYMENT.ORDER.CREATED".into()),
        with("capture completed", "/event_type", "MERCHANT.ONBOARDING.COMPLETED".into()),
        with("authorization created", "/resource/status", "PENDING".into()),
        with("authorization voided", "/resource/status", "CREATED".into()),
        with("capture refunded", "/resource/status", "PENDING".into()),
        with("order completed", "/resource/purchase_units/0/payments", json!({})),
        with("order approved", "/event_type", "CHECKOUT.ORDER.SAVED".into()),
        with("dispute lost", "/resource/dispute_outcome/outcome_code", "SPLIT".into()),
        with("dispute created", "/resource/status", "DREAMING".into()),
        with("subscription paid", "/resource/state", "pending".into()),
        with("subscription cancelled", "/event_type", "BILLING.SUBSCRIPTION.MOVED".into()),
    ];
    check::waits_on_unknown_words(account(), &words.map(raw));
}

#[test]
fn a_dispute_that_is_accepted_moves_only_what_it_says() {
    let accepted =
        with("dispute lost", "/resource/dispute_outcome/outcome_code", "ACCEPTED".into());
    assert_eq!(read(&accepted).unwrap().kind, NoticeKind::ChargedBack);
    let mut silent: Value = serde_json::from_str(&accepted).unwrap();
    silent["resource"]["dispute_outcome"] = json!({"outcome_code": "ACCEPTED"});
    assert_eq!(read(&silent.to_string()).unwrap().kind, NoticeKind::Waiting);
    for code in ["RESOLVED_WITH_PAYOUT", "CANCELED_BY_BUYER", "DENIED", "NONE"] {
        let body = with("dispute lost", "/resource/dispute_outcome/outcome_code", code.into());
        assert_eq!(read(&body).unwrap().kind, NoticeKind::Ignored, "{code}");
    }
}

#[test]
fn a_reference_that_is_not_ours_is_none() {
    for text in ["ORDER 55", "Att_1", "", "a'b", &"a".repeat(65)] {
        let body = with("capture completed", "/resource/custom_id", text.into());
        assert_eq!(read(&body).unwrap().reference, None, "{text}");
    }
}

#[test]
fn amounts_and_shapes_that_make_no_sense_are_unreadable() {
    let amount = "/resource/amount";
    let table = [
        with("capture completed", "/resource/amount/value", "1e3".into()),
        with("capture completed", "/resource/amount/value", "9.955".into()),
        with("capture completed", "/resource/amount/value", "-9.95".into()),
        with("capture completed", "/resource/amount/value", "9,95".into()),
        with("capture completed", "/resource/amount/value", "99999999999999999999".into()),
        with("capture completed", "/resource/amount/value", Value::Null),
        with("capture completed", "/resource/amount/currency_code", "ZZZ".into()),
        with("capture completed", amount, Value::Null),
        with("capture completed", "/resource/id", "".into()),
        with("capture completed", "/resource/id", "a b".into()),
        with("capture completed", "/resource", "text".into()),
        with("capture completed", "/id", "".into()),
        with("capture completed", "/event_type", "x".repeat(101).into()),
        with("capture refunded", "/resource/links", json!([])),
        with("capture reversed", "/resource/links", json!([])),
        with("dispute created", "/resource/dispute_id", "".into()),
        with("dispute lost", "/resource/disputed_transactions", json!([])),
        with("order approved", "/resource/id", "".into()),
        with("subscription cancelled", "/resource/id", "".into()),
        "x".repeat((1 << 20) + 1),
    ];
    for body in table {
        let read = read(&body);
        let short: String = body.chars().take(90).collect();
        assert!(matches!(read, Err(Rejected::Unreadable(_))), "{short}: {read:?}");
    }
}

#[test]
fn the_suite_of_locks_and_of_calm_is_passed() {
    let paid = sample("capture completed");
    let without = |name: &'static str| {
        let mut raw = raw(paid);
        raw.headers.retain(|(key, _)| key != name);
        Forgery { name, raw, refused: Rejected::Signature }
    };
    let changed = |name: &'static str, header: &str, value: &str, refused: Rejected| {
        let mut raw = raw(paid);
        set(&mut raw, header, value);
        Forgery { name, raw, refused }
    };
    let (url, algo, time) = ("paypal-cert-url", "paypal-auth-algo", "paypal-transmission-time");
    let signature = Rejected::Signature;
    let forgeries = [
        without("paypal-transmission-id"),
        without("paypal-transmission-time"),
        without("paypal-transmission-sig"),
        without("paypal-cert-url"),
        without("paypal-auth-algo"),
        changed(
            "another house",
            url,
            "https://evil.example/v1/notifications/certs/C",
            signature.clone(),
        ),
        changed(
            "an open line",
            url,
            "http://api.paypal.com/v1/notifications/certs/C",
            signature.clone(),
        ),
        changed("another algorithm", algo, "SHA1withRSA", signature.clone()),
        changed("no time", time, "yesterday", signature.clone()),
        changed("a blank", "paypal-transmission-id", " ", signature),
        changed("too old", time, "2026-11-14T15:04:09Z", Rejected::Stale),
        changed("the future", time, "2026-11-21T15:14:11Z", Rejected::Stale),
    ];
    check::refuses_forgeries(account(), &forgeries);
    let mut late = raw(paid);
    set(&mut late, time, "2026-11-18T15:04:10Z");
    assert!(account().read_postback(&late).is_ok(), "PayPal redelivers for three days");
    check::reads_garbage_calmly(account(), &[paid.as_bytes()], &raw);
}

proptest! {
    #[test]
    fn random_bytes_are_never_believed(body: Vec<u8>) {
        let read = account().read_postback(&raw(body));
        prop_assert!(matches!(read, Err(Rejected::Unreadable(_))));
    }

    #[test]
    fn any_other_word_of_a_payment_is_waited_upon_or_refused(
        at in prop::sample::select(vec!["/event_type", "/resource/status"]),
        word in "[A-Z.]{0,12}",
    ) {
        if let Ok(notice) = read(&with("capture completed", at, word.clone().into())) {
            let still = ["COMPLETED", "REFUNDED", "PARTIALLY_REFUNDED"].contains(&word.as_str());
            prop_assert!(still || notice.kind != NoticeKind::Paid, "{} {}", at, word);
        }
    }
}
