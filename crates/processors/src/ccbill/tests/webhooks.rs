//! Reading: the suite, every event of the record, and everything that must not be believed.

use processor::check::{Forgery, Sample};
use processor::{NoticeKind, Rejected};
use proptest::prelude::*;

use super::*;

fn read(body: &str) -> Result<Notice, Rejected> {
    account().read_postback(&raw("", body.as_bytes())).map(|mut notices| notices.remove(0))
}

#[test]
fn the_suite_of_reading_is_passed() {
    use NoticeKind::{
        Cancelled, ChargedBack, Declined, Expired, Ignored, Paid, Reactivated, RebillDeclined,
        RebillPaid, Refunded, Voided, Waiting,
    };
    let with =
        |letter: &str| Some(&*Box::leak(format!("{}{letter}", &ATTEMPT[..29]).into_boxed_str()));
    let table = [
        ("sale", Paid, Some(usd(995)), Some(ATTEMPT)),
        ("sale in euro", Paid, Some(eur(2995)), with("b")),
        ("sale failed", Declined, Some(usd(995)), with("c")),
        ("sale failed for a reason", Declined, Some(usd(995)), with("d")),
        ("upgrade", Paid, Some(usd(1995)), with("e")),
        ("upgrade failed", Declined, Some(usd(995)), with("e")),
        ("upsale", Paid, Some(usd(1995)), with("e")),
        ("upsale failed", Declined, Some(usd(995)), with("e")),
        ("crosssale", Paid, Some(usd(1995)), with("e")),
        ("crosssale failed", Declined, Some(usd(995)), with("e")),
        ("renewal", RebillPaid, Some(eur(2995)), None),
        ("renewal failed", RebillDeclined, None, None),
        ("cancellation", Cancelled, None, None),
        ("expiration", Expired, None, None),
        ("billing date", Ignored, None, None),
        ("customer data", Ignored, None, None),
        ("reactivation", Reactivated, None, None),
        ("refund", Refunded, Some(usd(995)), None),
        ("part refund", Refunded, Some(eur(200)), None),
        ("chargeback", ChargedBack, Some(usd(995)), None),
        ("return", ChargedBack, Some(usd(995)), None),
        ("void", Voided, Some(usd(995)), None),
        ("a word nobody knows", Waiting, None, None),
    ];
    let samples = table.map(|(name, kind, amount, reference)| Sample {
        name,
        raw: raw("", sample(name).as_bytes()),
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
    let names = lines.filter_map(|line| line.split_once('\t')).map(|(name, _)| name);
    let all: Vec<_> = names.map(|name| (name, read(sample(name)).unwrap())).collect();
    insta::assert_json_snapshot!(all);
}

/// The same pairs as JSON.
fn as_json(form: &str) -> String {
    let pairs = url::form_urlencoded::parse(form.as_bytes()).into_owned();
    Value::Object(pairs.map(|(name, value)| (name, value.into())).collect()).to_string()
}

#[test]
fn a_form_says_the_same_as_json_and_the_name_may_stand_in_the_address() {
    let form = sample("sale");
    let json = as_json(form);
    check::sees_one_fact(account(), &raw("", form.as_bytes()), &raw("", json.as_bytes()));
    let bare = form.replace("eventType=NewSaleSuccess&", "");
    let named = "eventType=NewSaleSuccess";
    check::sees_one_fact(account(), &raw("", form.as_bytes()), &raw(named, bare.as_bytes()));
    check::sees_one_fact(account(), &raw("", form.as_bytes()), &raw(named, form.as_bytes()));
    let other = account().read_postback(&raw("eventType=Refund", form.as_bytes()));
    assert!(matches!(other, Err(Rejected::Unreadable(_))), "{other:?}");
    let numbers = json.replace("\"9.95\"", "9.95");
    check::sees_one_fact(account(), &raw("", form.as_bytes()), &raw("", numbers.as_bytes()));
}

#[test]
fn what_is_different_is_not_taken_for_one() {
    let two = |one: &str, other: &str| {
        check::sees_two_facts(account(), &raw("", one.as_bytes()), &raw("", other.as_bytes()));
    };
    let sale = sample("sale");
    two(sale, &sale.replace(SUBSCRIPTION, "0125325401000019999"));
    two(sale, sample("sale failed"));
    let refund = sample("refund");
    two(refund, &refund.replace("10:00:00", "10:00:01"));
    two(refund, &refund.replace("\"9.95\"", "\"1.00\""));
    two(refund, sample("void"));
    let renewal = sample("renewal");
    two(renewal, &renewal.replace("0125355401000018400", "0125355401000018499"));
    let cancelled = sample("cancellation");
    two(cancelled, &cancelled.replace("09:00:00", "10:00:00"));
}

#[test]
fn unknown_events_are_waited_upon() {
    let bodies = [
        "eventType=Metamorphosis&subscriptionId=1",
        "eventType=NewSaleSucces",
        "eventType=Success",
        "{\"eventType\":\"newsale\"}",
        "{\"eventType\":7}",
        "eventType=NewSaleSuccess%20",
    ];
    let (odd, paid) = bodies.split_at(5);
    let raws: Vec<RawNotice> = odd.iter().map(|body| raw("", body.as_bytes())).collect();
    check::waits_on_unknown_words(account(), &raws);
    // A blank at the end is no other word, but this one names no id.
    assert!(matches!(read(paid[0]), Err(Rejected::Unreadable(_))));
}

#[test]
fn ids_stay_texts_and_lead_back() {
    let sale = read(sample("sale")).unwrap();
    assert_eq!(sale.transaction.as_deref(), Some(SUBSCRIPTION));
    assert_eq!(sale.subscription.as_deref(), Some(SUBSCRIPTION));
    assert_eq!(sale.stored.as_deref(), Some(SUBSCRIPTION));
    assert_eq!(sale.also, ["125325401000018190"], "as REST writes it, without its zero");
    assert_eq!(sale.occurred_at, Some("2025-11-21T15:04:05Z".parse().unwrap()));
    let card = sale.card.unwrap();
    assert_eq!((card.brand.as_deref(), card.last4.as_deref()), (Some("VISA"), Some("1111")));
    let euro = read(sample("sale in euro")).unwrap();
    assert_eq!(euro.also, ["0125325401000018192", "125325401000018191"]);
    let refund = read(sample("refund")).unwrap();
    assert_eq!(
        (refund.transaction.as_deref(), refund.parent.as_deref()),
        (None, Some(SUBSCRIPTION))
    );
    assert!(refund.also.iter().any(|id| id == SUBSCRIPTION), "{:?}", refund.also);
    assert!(read(sample("return")).unwrap().words.contains("the bank sent the money back"));
    let decline = |name: &str| read(sample(name)).unwrap().decline.unwrap();
    assert_eq!(decline("sale failed").cause, "do_not_honor");
    let by_reason = decline("sale failed for a reason");
    assert_eq!(
        (by_reason.raw.as_str(), by_reason.cause.as_str()),
        ("BE-999", "insufficient_funds")
    );
    assert_eq!(decline("renewal failed").cause, "frequency_limit");
    assert_eq!(decline("upgrade failed").cause, "restricted_card");
}

#[test]
fn the_first_six_digits_and_long_numbers_are_never_kept() {
    let sale = read(sample("sale")).unwrap();
    assert!(!serde_json::to_string(&sale).unwrap().contains("411111"));
    let long = sample("sale").replace("last4=1111", "last4=4111111111111111");
    assert!(!serde_json::to_string(&read(&long).unwrap()).unwrap().contains("41111111"));
    let odd =
        "eventType=RenewalFailure&failureCode=4111111111111111&failureReason=4111111111111111";
    assert!(!serde_json::to_string(&read(odd).unwrap()).unwrap().contains("41111111"));
}

#[test]
fn amounts_and_fields_that_make_no_sense_are_unreadable() {
    let sale = sample("sale");
    let unsigned = sample("upgrade");
    let table = [
        unsigned.replace("\"billedInitialPrice\":\"19.95\"", "\"billedInitialPrice\":\"1e3\""),
        unsigned.replace("\"billedInitialPrice\":\"19.95\"", "\"billedInitialPrice\":\"-1\""),
        unsigned.replace("\"billedInitialPrice\":\"19.95\"", "\"billedInitialPrice\":null"),
        unsigned.replace("\"billedCurrency\":\"USD\"", "\"billedCurrency\":\"EUR\""),
        unsigned.replace("\"billedCurrencyCode\":\"840\"", "\"billedCurrencyCode\":\"999\""),
        unsigned.replace("0125325401000018301", "0125325401000018301 or 1"),
        unsigned.replace("900123\",\"clientSubacc", "900124\",\"clientSubacc"),
        sample("renewal").replace("\"transactionId\":\"0125355401000018400\",", ""),
        sample("refund").replace("\"amount\":\"9.95\",", ""),
        sample("refund").replace(SUBSCRIPTION, "0"),
        format!("{sale}&eventType=Refund"),
        format!("{sale}&billedInitialPrice=0.01"),
        format!("{sale}&BilledInitialPrice=9.95"),
        "{\"eventType\":\"Refund\",\"eventType\":\"Void\"}".to_owned(),
        "{\"eventType\":{\"a\":1}}".to_owned(),
        "{\"eventType\":\"Refund\"".to_owned(),
        format!("eventType={}", "x".repeat(65)),
        "x".repeat(70_000),
    ];
    for body in table {
        let read = read(&body);
        let short = &body[..body.len().min(90)];
        assert!(matches!(read, Err(Rejected::Unreadable(_))), "{short}: {read:?}");
    }
}

#[test]
fn the_suite_of_locks_and_of_calm_is_passed() {
    let sale = sample("sale");
    let mut stranger = raw("", sale.as_bytes());
    stranger.sender = "64.38.213.7".parse().unwrap();
    let mut other_path = raw("", sale.as_bytes());
    other_path.path_secret = Some("a-secret-of-our-addresS".to_owned());
    let mut no_path = raw("", sale.as_bytes());
    no_path.path_secret = None;
    let euro = sample("sale in euro");
    let cases = [
        ("another price", sale.replace("InitialPrice=9.95", "InitialPrice=9.94")),
        (
            "another currency",
            sale.replace("CurrencyCode=840", "CurrencyCode=978").replace("=USD", "=EUR"),
        ),
        ("another period", sale.replace("initialPeriod=30", "initialPeriod=31")),
        ("another renewal", euro.replace("RecurringPrice\":\"29.95", "RecurringPrice\":\"39.95")),
        ("another digest", sale.replace("75a7c8d5", "75a7c8d6")),
        ("no price to check", sale.replace("InitialPrice=9.95", "InitialPrice=x")),
    ];
    let mut forgeries = vec![
        Forgery { name: "a stranger", raw: stranger, refused: Rejected::Sender },
        Forgery { name: "another path", raw: other_path, refused: Rejected::Path },
        Forgery { name: "no path", raw: no_path, refused: Rejected::Path },
    ];
    forgeries.extend(cases.iter().map(|(name, body)| Forgery {
        name,
        raw: raw("", body.as_bytes()),
        refused: Rejected::Signature,
    }));
    check::refuses_forgeries(account(), &forgeries);
    let genuine = [sample("sale failed").as_bytes(), sample("upgrade").as_bytes()];
    check::reads_garbage_calmly(account(), &genuine, &|body| raw("", &body));
    for range in ["64.38.215.1", "64.38.240.254", "64.38.241.9"] {
        let mut raw = raw("", sale.as_bytes());
        raw.sender = range.parse().unwrap();
        assert!(account().read_postback(&raw).is_ok(), "{range}");
    }
}

proptest! {
    #[test]
    fn random_bytes_are_never_believed(query in ".{0,200}", body: Vec<u8>) {
        let mut raw = raw(&query, b"");
        raw.body = body;
        match account().read_postback(&raw) {
            Err(rejected) => prop_assert!(matches!(rejected, Rejected::Unreadable(_))),
            Ok(notices) => prop_assert!(notices.iter().all(|notice| notice.kind == NoticeKind::Waiting)),
        }
    }

    #[test]
    fn any_other_event_is_not_a_payment(word in "[A-Za-z]{0,20}") {
        let body = sample("sale").replace("NewSaleSuccess", &word);
        if let Ok(notice) = read(&body) {
            let known = ["newsalesuccess", "upgradesuccess", "upsalesuccess", "crosssalesuccess"];
            let known = known.contains(&word.to_lowercase().as_str());
            prop_assert_eq!(notice.kind == NoticeKind::Paid, known, "{}", word);
        }
    }
}
