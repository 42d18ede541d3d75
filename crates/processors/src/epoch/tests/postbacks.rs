//! Reading: the suite, every word of the record, and everything that must not be believed.

use processor::check::{Forgery, Sample};
use processor::declines::Table;
use processor::{DeclineClass, NoticeKind, Rejected};
use proptest::prelude::*;

use super::*;

/// An account that has no key for digests.
fn keyless() -> &'static Epoch {
    static ACCOUNT: LazyLock<Epoch> = LazyLock::new(|| {
        let mut config = config("http://127.0.0.1:9");
        config.as_object_mut().unwrap().remove("digest");
        config.as_object_mut().unwrap().remove("camcharge");
        account_of(config)
    });
    &ACCOUNT
}

fn read(query: &str) -> Result<Notice, Rejected> {
    keyless().read_postback(&raw(query, b"")).map(|mut notices| notices.remove(0))
}

#[test]
fn the_suite_of_reading_is_passed() {
    use NoticeKind::{Cancelled, Declined, Ignored, Paid, RebillPaid, Refunded, Waiting};
    let with =
        |letter: &str| Some(&*Box::leak(format!("{}{letter}", &ATTEMPT[..29]).into_boxed_str()));
    let table = [
        ("paid", Paid, Some(usd(995)), Some(ATTEMPT)),
        ("paid in euro", Paid, Some(eur(2995)), with("b")),
        ("declined declined", Declined, Some(usd(995)), with("c")),
        ("declined declinedcvv2", Declined, Some(usd(995)), with("d")),
        ("declined myvsnotaccepted", Declined, Some(usd(995)), with("e")),
        ("declined callcenter", Declined, Some(usd(995)), with("f")),
        ("declined expired", Declined, Some(usd(995)), with("g")),
        ("a word nobody knows", Waiting, None, with("h")),
        ("free trial", Ignored, Some(usd(0)), None),
        ("paid trial", Paid, Some(usd(195)), None),
        ("initial", Paid, Some(eur(2995)), None),
        ("one-time", Paid, Some(usd(995)), None),
        ("rebill", RebillPaid, Some(eur(2995)), None),
        ("trial conversion", RebillPaid, Some(eur(2995)), None),
        ("credit", Refunded, Some(usd(995)), None),
        ("credit of several", Refunded, Some(usd(1990)), None),
        ("a type nobody knows", Waiting, Some(usd(995)), None),
        ("cancelled member", Cancelled, None, None),
    ];
    let samples = table.map(|(name, kind, amount, reference)| Sample {
        name,
        raw: raw(sample(name), b""),
        kind,
        amount,
        reference,
    });
    check::reads_samples(account(), &samples);
    check::reads_samples(keyless(), &samples);
    let lines = include_str!("../samples/postbacks.txt").lines().count();
    assert_eq!(lines, samples.len(), "every sample is looked at");
}

#[test]
fn samples_are_read_as_written_down() {
    let lines = include_str!("../samples/postbacks.txt").lines();
    let all: Vec<_> = lines
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, query)| (name, account().read_postback(&raw(query, b"")).unwrap().remove(0)))
        .collect();
    insta::assert_json_snapshot!(all);
}

#[test]
fn decline_words_have_their_causes() {
    let table = [
        ("declined declined", "declined"),
        ("declined declinedcvv2", "invalid_cvc"),
        ("declined myvsnotaccepted", "brand_not_supported"),
        ("declined callcenter", "call_bank"),
        ("declined expired", "expired_card"),
    ];
    for (name, cause) in table {
        assert_eq!(read(sample(name)).unwrap().decline.unwrap().cause, cause, "{name}");
    }
    let strange = read("ans=NWHATEVER%7C1&member_id=1").unwrap().decline.unwrap();
    assert_eq!((strange.cause.as_str(), strange.class), ("unknown", DeclineClass::Soft));
    assert_eq!(Table::of(include_str!("../declines.csv")).rows().count(), 5);
}

#[test]
fn a_form_says_the_same_as_an_address_and_dataplus_tells_the_same_payment() {
    let paid = sample("paid");
    check::sees_one_fact(account(), &raw(paid, b""), &raw("", paid.as_bytes()));
    let row = sample("one-time").replace("1418470004", "1418464163");
    check::sees_one_fact(account(), &raw(paid, b""), &raw(&row, b""));
    let small = "ans=ygoodtest%7C1418464163&trans_amount=9.95&currency=usd";
    check::sees_one_fact(keyless(), &raw(paid, b""), &raw(small, b""));
}

#[test]
fn what_is_different_is_not_taken_for_one() {
    let two = |one: &str, other: &str| {
        check::sees_two_facts(keyless(), &raw(one, b""), &raw(other, b""));
    };
    let paid = sample("paid");
    two(paid, &paid.replace("1418464163", "1418464999"));
    two(paid, &paid.replace("YGOODTEST", "NGOODTEST"));
    let row = sample("one-time");
    two(row, &row.replace("type=O", "type=C"));
    two(row, &row.replace("type=O", "type=N"));
    let cancelled = sample("cancelled member");
    two(cancelled, &cancelled.replace("2025-12-22", "2026-01-22"));
}

#[test]
fn unknown_words_are_waited_upon() {
    let queries = [
        "ans=X%7C1&member_id=1",
        "ans=MAYBE%7C1",
        "ans=YGOODTEST",
        "ans=YGOODTEST%7C",
        "ans=YGOODTEST%7Cabc",
        "ans=NDECLINED&transaction_id=7",
        "ans=%7C%7C",
        "ans=%C3%98K%7C12",
        "ets_transaction_id=7&ets_transaction_type=",
        "ets_transaction_id=7&ets_transaction_type=CC",
    ];
    check::waits_on_unknown_words(keyless(), &queries.map(|query| raw(query, b"")));
}

#[test]
fn amounts_are_told_in_the_currency_of_the_price() {
    let amount = |query: &str| read(query).unwrap().amount;
    let both = "ans=YOK%7C7&trans_amount_usd=9.95&localamount=9.20&currency=EUR";
    assert_eq!(amount(&format!("{both}&pi_code=prod995")), Some(usd(995)));
    assert_eq!(amount(&format!("{both}&pi_code=prod2995")), Some(eur(920)));
    assert_eq!(amount(both), Some(eur(920)));
    assert_eq!(amount("ans=YOK%7C7&trans_amount=9.20&currency=EUR"), Some(eur(920)));
    assert_eq!(amount("ans=YOK%7C7&trans_amount=9.20"), None, "no currency, no amount");
    for broken in ["trans_amount=1e3", "trans_amount=-9.95", "trans_amount=9%2C95"] {
        let read = read(&format!("ans=YOK%7C7&currency=USD&{broken}"));
        assert!(matches!(read, Err(Rejected::Unreadable(_))), "{broken}: {read:?}");
    }
}

#[test]
fn ids_lead_back_and_forward() {
    let paid = account().read_postback(&raw(sample("paid"), b"")).unwrap().remove(0);
    assert_eq!(paid.transaction.as_deref(), Some("1418464163"));
    assert_eq!(paid.subscription.as_deref(), Some("5550001"));
    assert_eq!(paid.stored.as_deref(), Some("5550001"));
    assert_eq!(paid.also, ["77001"]);
    assert_eq!(paid.occurred_at, Some("2025-11-21T15:04:05Z".parse().unwrap()));
    assert_eq!(paid.card.unwrap().brand.as_deref(), Some("Visa"));
    let credit = read(sample("credit")).unwrap();
    assert_eq!(credit.parent.as_deref(), Some("1418464163"));
    assert!(credit.words.contains("credit or chargeback"), "{}", credit.words);
    let several = read(sample("credit of several")).unwrap();
    assert_eq!((several.parent, several.subscription), (None, None));
    assert_eq!(several.also, ["1418464163", "1418470004"]);
}

#[test]
fn times_without_a_zone_are_not_guessed() {
    let mut zoneless = config("http://127.0.0.1:9");
    zoneless.as_object_mut().unwrap().remove("time_zone");
    let notice = account_of(zoneless).read_postback(&raw(sample("paid"), b"")).unwrap().remove(0);
    assert_eq!(notice.occurred_at, None);
}

#[test]
fn broken_fields_are_unreadable() {
    let paid = sample("paid");
    let table = [
        format!("{paid}&ans=YOK%7C8"),
        format!("{paid}&ANS=YOK%7C8"),
        paid.replace("member_id=5550001", "member_id=5550001%20or%201"),
        format!("ans=Y{}%7C1", "x".repeat(300)),
        "ets_transaction_id=7&ets_transaction_type=O".to_owned(),
        "ets_transaction_id=7&ets_transaction_type=O&ets_transaction_amount=-1.00".to_owned(),
        "ets_transaction_id=7&ets_transaction_type=C&ets_transaction_amount=1e2".to_owned(),
        "ets_transaction_id=&ets_transaction_type=O&ets_transaction_amount=1.00".to_owned(),
        "mcs_or_idx=".to_owned(),
        "x_reference=1".to_owned(),
        "x".repeat(70_000),
    ];
    for query in table {
        let read = read(&query);
        let short = &query[..query.len().min(90)];
        assert!(matches!(read, Err(Rejected::Unreadable(_))), "{short}: {read:?}");
    }
}

#[test]
fn the_suite_of_locks_and_of_calm_is_passed() {
    let paid = sample("paid");
    let mut stranger = raw(paid, b"");
    stranger.sender = "208.236.106.7".parse().unwrap();
    let mut other_path = raw(paid, b"");
    other_path.path_secret = Some("a-secret-of-our-addresS".to_owned());
    let mut no_path = raw(paid, b"");
    no_path.path_secret = None;
    let digest = paid.split_once("epoch_digest=").unwrap().1;
    let cases = [
        ("another amount", paid.replace("9.95", "9.94")),
        ("another outcome", sample("declined declined").replace("ans=N", "ans=Y")),
        ("a field more", format!("{paid}&submit_count=2")),
        ("no digest", paid.replace(&format!("&epoch_digest={digest}"), "")),
        ("an empty digest", paid.replace(digest, "")),
        ("a digest cut short", paid.replace(digest, &digest[..30])),
        ("another digest", paid.replace(digest, &"0".repeat(32))),
        ("two digests", format!("{paid}&epoch_digest={digest}")),
        ("an outcome dressed as a row", "ans=YOK%7C1&ets_transaction_id=1".to_owned()),
        ("in capitals", "ANS=YOK%7C1&ets_transaction_id=1".to_owned()),
        ("behind a blank", "+ans=YOK%7C1&ets_transaction_id=1".to_owned()),
        ("a row with a wrong digest", format!("{}&epoch_digest={digest}", sample("one-time"))),
    ];
    let mut forgeries = vec![
        Forgery { name: "a stranger", raw: stranger, refused: Rejected::Sender },
        Forgery { name: "another path", raw: other_path, refused: Rejected::Path },
        Forgery { name: "no path", raw: no_path, refused: Rejected::Path },
    ];
    forgeries.extend(cases.iter().map(|(name, query)| Forgery {
        name,
        raw: raw(query, b""),
        refused: Rejected::Signature,
    }));
    check::refuses_forgeries(account(), &forgeries);
    check::reads_garbage_calmly(keyless(), &[paid.as_bytes()], &|body| raw("", &body));
}

proptest! {
    #[test]
    fn random_bytes_are_never_believed(query in ".{0,200}", body: Vec<u8>) {
        let mut raw = raw("", b"");
        (raw.method, raw.query, raw.body) = ("POST".to_owned(), query, body);
        match keyless().read_postback(&raw) {
            Err(rejected) => prop_assert!(matches!(rejected, Rejected::Unreadable(_))),
            Ok(notices) => prop_assert!(notices.iter().all(|notice| notice.kind == NoticeKind::Waiting)),
        }
        let signed = account().read_postback(&raw);
        prop_assert!(signed.is_err(), "{:?}", signed);
    }
}
