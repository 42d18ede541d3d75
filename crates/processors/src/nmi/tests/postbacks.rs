//! Reading: the suite, the lock, and batches of chargebacks.

use processor::check::{Forgery, Sample};
use processor::{NoticeKind, Rejected};

use super::*;

/// What every sample tells, in the order of the file.
#[rustfmt::skip]
const TOLD: &[(&str, NoticeKind, Option<i64>, Option<char>)] = {
    use NoticeKind::*;
    &[
        ("sold", Paid, Some(995), Some('a')),
        ("sale declined", Declined, Some(995), Some('b')),
        ("sale unknown", Waiting, Some(995), Some('c')),
        ("held", Authorized, Some(2000), Some('d')),
        ("hold declined", Declined, Some(2000), Some('e')),
        ("hold unknown", Waiting, Some(2000), Some('f')),
        ("captured", Paid, Some(1250), Some('d')),
        ("not captured", Ignored, Some(1250), Some('d')),
        ("capture unknown", Waiting, Some(1250), Some('d')),
        ("voided", Voided, Some(995), Some('a')),
        ("not voided", Ignored, Some(995), Some('a')),
        ("void unknown", Waiting, Some(995), Some('a')),
        ("refunded", Refunded, Some(500), Some('a')),
        ("not refunded", RefundFailed, Some(500), Some('a')),
        ("refund unknown", Waiting, Some(500), Some('a')),
        ("credited", Refunded, Some(300), None),
        ("not credited", RefundFailed, Some(300), None),
        ("credit unknown", Waiting, Some(300), None),
        ("debit returned", ChargedBack, Some(995), Some('g')),
        ("debit settled", Ignored, Some(995), Some('g')),
        ("batch settled", Ignored, None, None),
        ("batch not settled", Waiting, None, None),
        ("one chargeback", ChargedBack, Some(995), None),
        ("numbers for texts", Paid, Some(1050), Some('h')),
        ("a word nobody knows", Waiting, Some(995), Some('a')),
    ]
};

fn read(body: &str) -> Result<Vec<Notice>, Rejected> {
    account().read_postback(&raw(body))
}

fn only(name: &str) -> Notice {
    let mut notices = read(sample(name)).unwrap();
    assert_eq!(notices.len(), 1, "{name}");
    notices.remove(0)
}

#[test]
fn the_suite_of_reading_is_passed() {
    let reference = |letter| &*format!("{}{letter}", &ATTEMPT[..29]).leak();
    let told = TOLD.iter().map(|(name, kind, amount, letter)| Sample {
        name,
        raw: raw(sample(name)),
        kind: *kind,
        amount: amount.map(usd),
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

/// The digest as computed by hand: HMAC-SHA256 of `abc.{}` with the key `key`.
#[test]
fn the_signature_is_over_the_nonce_a_dot_and_the_raw_body() {
    let expected = "t=abc,s=bdcb341919acddfca1effe97dbef6a7f6d2221381816ff1575e0906e8b28d146";
    assert_eq!(signed("key", "abc", b"{}"), expected);
}

#[test]
fn the_suite_of_locks_and_of_calm_is_passed() {
    let body = sample("sold").as_bytes();
    let good = signed(SIGNING, "nonce", body);
    let digest = good.split_once("s=").unwrap().1;
    let mut changed = raw(body);
    changed.body = String::from_utf8_lossy(body).replace("9.95", "9.94").into_bytes();
    let value: Value = serde_json::from_slice(body).unwrap();
    let mut reserialised = raw(body);
    reserialised.body = serde_json::to_vec_pretty(&value).unwrap();
    let shut = |name, raw| Forgery { name, raw, refused: Rejected::Signature };
    let forgeries = [
        shut("no header", check::post(body, now())),
        shut("another amount", changed),
        shut("the same body written otherwise", reserialised),
        shut("another key", headed(&signed("ANOTHERKEYMADEUP0001", "nonce", body), body)),
        shut("another nonce", headed(&format!("t=other,s={digest}"), body)),
        shut("no nonce", headed(&format!("s={digest}"), body)),
        shut("an empty nonce", headed(&signed(SIGNING, "", body), body)),
        shut("a nonce without end", headed(&signed(SIGNING, &"n".repeat(300), body), body)),
        shut("two nonces", headed(&format!("t=nonce,t=nonce,s={digest}"), body)),
        shut("two signatures", headed(&format!("{good},s={digest}"), body)),
        shut("no signature", headed("t=nonce", body)),
        shut("a cut signature", headed(&good[..good.len() - 2], body)),
        shut("no hex", headed("t=nonce,s=yes", body)),
    ];
    check::refuses_forgeries(account(), &forgeries);
    let chargeback = sample("one chargeback").as_bytes();
    check::reads_garbage_calmly(account(), &[body, chargeback], &|body| raw(body));
    let unknown = ["a word nobody knows", "sale unknown", "batch not settled"];
    check::waits_on_unknown_words(account(), &unknown.map(|name| raw(sample(name))));
    let deaf = account_of(json!({"security_key": KEY, "currencies": ["USD"]}));
    assert_eq!(deaf.read_postback(&raw(body)), Err(Rejected::Signature), "no key, no belief");
}

#[test]
fn the_nonce_is_no_time_so_the_event_id_makes_a_copy_known() {
    let body = sample("sold");
    let again = headed(&signed(SIGNING, "another-nonce", body.as_bytes()), body);
    check::sees_one_fact(account(), &raw(body), &again);
    let mut late = raw(body);
    late.received_at = "2036-01-01T00:00:00Z".parse().unwrap();
    check::sees_one_fact(account(), &raw(body), &late);
    check::sees_two_facts(account(), &raw(body), &raw(sample("voided")));
    check::sees_two_facts(account(), &raw(sample("held")), &raw(sample("captured")));
}

#[test]
fn ids_cards_and_causes_are_read() {
    let sold = only("sold");
    assert_eq!(sold.transaction.as_deref(), Some("8800000001"));
    assert_eq!(sold.stored.as_deref(), Some("700000001:8800000001"));
    assert_eq!(sold.occurred_at, Some(now()));
    let card = sold.card.unwrap();
    assert_eq!((card.brand.as_deref(), card.last4.as_deref()), (Some("visa"), Some("1111")));
    let refund = only("refunded");
    assert_eq!(refund.parent.as_deref(), Some("8800000001"));
    assert_eq!(refund.transaction.as_deref(), Some("8800000007"));
    assert_eq!(only("sale declined").decline.unwrap().cause, "insufficient_funds");
    assert_eq!(only("hold declined").decline.unwrap().cause, "stolen_card");
    assert_eq!(only("debit returned").parent.as_deref(), Some("8800000013"));
    assert_eq!(only("numbers for texts").transaction.as_deref(), Some("8800000014"));
    let long = sample("sold").replace("411111******1111", "4111111111111111");
    let text = serde_json::to_string(&read(&long).unwrap()).unwrap();
    assert!(!text.contains("411111111"), "{text}");
}

#[test]
fn a_batch_of_chargebacks_is_as_many_notices() {
    let mut batch: Value = serde_json::from_str(sample("one chargeback")).unwrap();
    let one = batch["event_body"]["chargebacks"][0].clone();
    let mut other = one.clone();
    other["id"] = "4400002".into();
    other["amount"] = "20.00".into();
    batch["event_body"]["chargebacks"] = json!([one, other]);
    let notices = read(&batch.to_string()).unwrap();
    assert_eq!(notices.len(), 2);
    let amounts: Vec<Option<Money>> = notices.iter().map(|notice| notice.amount).collect();
    assert_eq!(amounts, [Some(usd(995)), Some(usd(2000))]);
    assert_ne!(notices[0].dedupe, notices[1].dedupe);
    assert!(notices.iter().all(|notice| notice.kind == NoticeKind::ChargedBack));
    assert_eq!(notices[1].transaction.as_deref(), Some("4400002"));
    assert_eq!(notices[1].card.as_ref().unwrap().last4.as_deref(), Some("1111"));
    // With two currencies it is not known how much was taken.
    let mut two = config("http://127.0.0.1:9");
    two["currencies"] = json!(["USD", "EUR"]);
    let notices = account_of(two).read_postback(&raw(batch.to_string())).unwrap();
    assert!(notices.iter().all(|notice| notice.kind == NoticeKind::Waiting));
    batch["event_body"]["chargebacks"] = json!([]);
    assert!(matches!(read(&batch.to_string()), Err(Rejected::Unreadable(_))));
}

#[test]
fn amounts_and_fields_that_make_no_sense_are_unreadable() {
    let sold = sample("sold");
    let table = [
        sold.replace("\"amount\":\"9.95\"", "\"amount\":\"9.955\""),
        sold.replace("\"amount\":\"9.95\"", "\"amount\":\"1e3\""),
        sold.replace("\"amount\":\"9.95\"", "\"amount\":9.955"),
        sold.replace("\"amount\":\"9.95\"", "\"amount\":true"),
        sold.replace("\"amount\":\"9.95\"", "\"amount\":\"0.00\""),
        sold.replace("\"amount\":\"9.95\"", "\"amount\":null"),
        sold.replace("\"USD\"", "\"ZZZ\""),
        sold.replace("\"transaction_id\":\"8800000001\"", "\"transaction_id\":\"\""),
        sold.replace("\"event_id\":\"7c1f", "\"event_id\":\"7c1f "),
        sold.replace("\"is_test_mode\":false", "\"is_test_mode\":true"),
        format!("{sold}{}", " ".repeat(600_000)),
    ];
    for body in table {
        let read = read(&body);
        assert!(matches!(read, Err(Rejected::Unreadable(_))), "{:?}: {read:?}", &body[..90]);
    }
    let mut trying = config("http://127.0.0.1:9");
    trying["test_mode"] = true.into();
    let test = sold.replace("\"is_test_mode\":false", "\"is_test_mode\":true");
    assert!(account_of(trying).read_postback(&raw(test)).is_ok());
    let silent = sold.replace("\"currency\":\"USD\"", "\"currency\":\"\"");
    assert_eq!(read(&silent).unwrap()[0].amount, Some(usd(995)), "there is only one currency");
}
