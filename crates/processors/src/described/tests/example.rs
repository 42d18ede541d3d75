//! The guide's example passes the conformance suite: a form, a signed start, notices of every kind.

use processor::check::{Forgery, Sample};
use processor::{GoTo, HandTask, NoticeKind, Period, Renewal, Standing};
use proptest::prelude::*;

use super::*;

const SECRETS: [&str; 3] = [KEY, API, PATH];

const SAMPLES: &str = include_str!("samples.txt");

fn sample(name: &str) -> &'static str {
    let mut lines = SAMPLES.lines().filter_map(|line| line.split_once('\t'));
    lines.find(|(label, _)| *label == name).unwrap_or_else(|| panic!("no sample {name}")).1
}

fn read(body: &str) -> Result<Notice, Rejected> {
    account().read_postback(&signed(body.as_bytes())).map(|mut notices| notices.remove(0))
}

async fn form(account: &Described, request: &StartRequest) -> (String, Vec<(String, String)>) {
    match check::starts(account, request, &SECRETS).await.go_to {
        GoTo::Form { action, fields } => (action, fields),
        GoTo::Link(link) => panic!("a form was expected: {link}"),
    }
}

fn field<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
}

#[tokio::test]
async fn a_start_is_a_form_with_the_digest_of_its_recipe() {
    let (action, fields) = form(account(), &wish(eur(995))).await;
    assert_eq!(action, "https://pay.acme.example/checkout");
    let expected = [
        ("shop", "4711"),
        ("order", ATTEMPT),
        ("sum", "995"),
        ("cur", "978"),
        ("text", "100 tokens & more"),
        ("article", "A100"),
        ("mail", "ana+shop@example.com"),
        ("land", "DNK"),
        ("lang", "ENG"),
        ("mode", "sale"),
        ("back", "https://shop.example/done"),
        ("notify", "https://pay.example/postbacks/acme"),
        // Made with Python's hashlib over the sorted pairs.
        ("sign", "426586fd6e749eab05c2bbdcbe904c5761f298dad1933cd639b3bab9630aa120"),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(fields, expected);
}

#[tokio::test]
async fn amounts_texts_terms_and_test_mode_follow_the_record() {
    let (_, fields) = form(account(), &wish(Money::new(500, Currency::JPY))).await;
    assert_eq!((field(&fields, "sum"), field(&fields, "cur")), ("500", "392"));
    let mut held = wish(eur(995));
    held.capture = CaptureWhen::Later;
    held.description = "one hundred tokens and more".to_owned();
    held.product = "something else".to_owned();
    held.buyer.country = Some("zz".to_owned());
    let (_, fields) = form(account(), &held).await;
    assert_eq!(field(&fields, "mode"), "hold");
    assert_eq!(field(&fields, "text"), "one hundred tokens a");
    assert_eq!((field(&fields, "article"), field(&fields, "land")), ("", ""));
    let mut renewing = wish(eur(100));
    renewing.renews = Some(Renewal {
        first: Period::Days(3),
        amount: eur(1995),
        every: Period::Months(1),
        times: None,
    });
    let (_, fields) = form(account(), &renewing).await;
    assert_eq!(field(&fields, "plan"), "100|3|1995|30");
    let mut test = settings(acme("https://api.acme.example"));
    test["test"] = true.into();
    let test = Described::new("described", None, test, http()).unwrap();
    let (action, _) = form(&test, &wish(eur(995))).await;
    assert_eq!(action, "https://test.acme.example/checkout");
}

#[tokio::test]
async fn what_the_house_cannot_take_is_refused_before_anything_is_sent() {
    let refused = async |request: &StartRequest| match account().start(request).await {
        Answer::NotExecuted(why) => why,
        other => panic!("begun: {other:?}"),
    };
    let mut long = wish(eur(995));
    long.reference = "a".repeat(33);
    assert!(refused(&long).await.contains("order takes 32 characters"));
    let mut nameless = wish(eur(995));
    nameless.reference = String::new();
    assert!(refused(&nameless).await.contains("order"));
    let php = wish(Money::new(995, Currency::PHP));
    assert!(refused(&php).await.contains("currencies does not have PHP"));
    let mut mixed = wish(eur(100));
    let (first, every) = (Period::Days(3), Period::Days(30));
    let amount = Money::new(1995, Currency::USD);
    mixed.renews = Some(Renewal { first, amount, every, times: None });
    assert!(refused(&mixed).await.contains("another currency"));
}

#[tokio::test]
async fn the_suite_of_abilities_is_passed() {
    let able = account().capabilities();
    assert!(able.hosted_page && able.refund_partial && able.find && able.recurring);
    assert_eq!(able.find_proves_absence, Some(600));
    assert_eq!(able.tab, Some(TabKind::FixedCeiling));
    assert!(able.by_hand(HandTask::Void).is_some_and(|task| task.how.contains("Holds")));
    check::keeps_its_abilities(account(), &wish(eur(995))).await;
}

#[test]
fn the_suite_of_reading_is_passed() {
    use NoticeKind::{
        Authorized, Cancelled, ChargebackReversed, ChargedBack, Declined, DisputeOpened, Expired,
        Ignored, Paid, Reactivated, RebillDeclined, RebillPaid, RefundFailed, Refunded, Voided,
        Waiting,
    };
    let jpy = Some(Money::new(500, Currency::JPY));
    let some = Some(eur(995));
    let table = [
        ("paid", Paid, some, Some(ATTEMPT)),
        ("paid for now", Paid, some, Some(ATTEMPT)),
        ("held", Authorized, jpy, Some(ATTEMPT)),
        ("declined", Declined, some, Some(ATTEMPT)),
        ("declined for a reason nobody knows", Declined, None, Some(ATTEMPT)),
        ("waiting", Waiting, some, Some(ATTEMPT)),
        ("rebill paid", RebillPaid, Some(eur(1995)), None),
        ("rebill declined", RebillDeclined, Some(eur(1995)), None),
        ("refunded", Refunded, Some(eur(500)), None),
        ("refund failed", RefundFailed, Some(eur(500)), None),
        ("voided", Voided, None, None),
        ("charged back", ChargedBack, some, None),
        ("won back", ChargebackReversed, some, None),
        ("asked about", DisputeOpened, some, None),
        ("cancelled", Cancelled, None, None),
        ("expired", Expired, None, None),
        ("renewing again", Reactivated, None, None),
        ("ping", Ignored, None, None),
        ("a word nobody knows", Waiting, some, Some(ATTEMPT)),
    ];
    let samples = table.map(|(name, kind, amount, reference)| Sample {
        name,
        raw: signed(sample(name).as_bytes()),
        kind,
        amount,
        reference,
    });
    assert_eq!(SAMPLES.lines().count(), samples.len(), "every sample is looked at");
    check::reads_samples(account(), &samples);
}

#[test]
fn ids_times_cards_and_reasons_are_read() {
    let paid = read(sample("paid")).unwrap();
    assert_eq!(paid.transaction.as_deref(), Some("tx-1"));
    assert_eq!(paid.stored.as_deref(), Some("tok-7"));
    assert_eq!(paid.occurred_at, Some("2025-11-21T15:04:00Z".parse().unwrap()));
    let card = paid.card.unwrap();
    assert_eq!((card.brand.as_deref(), card.last4.as_deref()), (Some("Visa"), Some("1111")));
    assert!(!paid.provisional && read(sample("paid for now")).unwrap().provisional);
    assert_eq!(paid.words, "sale ok");
    let refunded = read(sample("refunded")).unwrap();
    assert_eq!(refunded.parent.as_deref(), Some("tx-1"));
    assert_eq!(read(sample("cancelled")).unwrap().subscription.as_deref(), Some("con-1"));
    let decline = read(sample("declined")).unwrap().decline.unwrap();
    assert_eq!((decline.raw.as_str(), decline.cause.as_str()), ("51", "insufficient_funds"));
    let unknown = read(sample("declined for a reason nobody knows")).unwrap().decline.unwrap();
    assert_eq!(unknown.cause, "unknown");
}

#[test]
fn one_fact_is_one_and_two_are_two() {
    let one = signed(sample("paid").as_bytes());
    let shouted = sample("paid").replace("event=sale", "event=SALE");
    check::sees_one_fact(
        account(),
        &one,
        &signed(sample("paid").replace("&at=", "&x=1&at=").as_bytes()),
    );
    let again = read(&shouted).unwrap();
    assert_eq!(again.kind, NoticeKind::Paid, "letter case is free");
    let two = |other: &str| check::sees_two_facts(account(), &one, &signed(other.as_bytes()));
    two(sample("paid for now"));
    two(sample("refunded"));
    two(&sample("paid").replace("tx=tx-1", "tx=tx-2"));
}

#[test]
fn forgeries_are_refused_and_garbage_is_read_calmly() {
    let paid = sample("paid").as_bytes();
    let with = |change: &dyn Fn(&mut RawNotice)| {
        let mut raw = signed(paid);
        change(&mut raw);
        raw
    };
    let forgery = |name, raw, refused| Forgery { name, raw, refused };
    let forgeries = [
        forgery("no digest", with(&|raw| raw.headers.clear()), Rejected::Signature),
        forgery("another body", with(&|raw| raw.body.push(b'0')), Rejected::Signature),
        forgery(
            "late",
            with(&|raw| raw.received_at = "2024-11-21T15:09:06Z".parse().unwrap()),
            Rejected::Stale,
        ),
        forgery(
            "a stranger",
            with(&|raw| raw.sender = "192.0.2.16".parse().unwrap()),
            Rejected::Sender,
        ),
        forgery("no path", with(&|raw| raw.path_secret = None), Rejected::Path),
        forgery(
            "another key",
            with(&|raw| {
                let digest = hmac_sha256_hex(b"another key", &[b"1732201445.", paid]);
                raw.headers[0].1 = format!("t=1732201445,s={digest}");
            }),
            Rejected::Signature,
        ),
    ];
    check::refuses_forgeries(account(), &forgeries);
    check::reads_garbage_calmly(account(), &[paid], &|body| signed(&body));
}

#[test]
fn amounts_that_make_no_sense_are_unreadable() {
    let paid = sample("paid");
    for (from, to) in [
        ("sum=995", "sum=9.95"),
        ("sum=995", "sum=-995"),
        ("sum=995", "sum=1e3"),
        ("sum=995", "sum=%2B995"),
        ("sum=995", "sum=99999999999999999999"),
        ("sum=995", "sum="),
        ("cur=978", "cur=EUR"),
        ("cur=978", "cur=000"),
        ("cur=978", ""),
        ("tx=tx-1", "tx=a%20b"),
        ("tx=tx-1", "tx=tx-1&tx=tx-1"),
    ] {
        let read = read(&paid.replace(from, to));
        assert!(matches!(read, Err(Rejected::Unreadable(_))), "{to}: {read:?}");
    }
    let words = format!("{paid}&event2={}", "x".repeat(90)).replace("event=sale", "event=void");
    assert_eq!(read(&words).unwrap().kind, NoticeKind::Voided, "other fields may be long");
}

#[test]
fn answers_are_what_the_record_says() {
    for (verdict, status, body) in [
        (Verdict::Stored, 200, "{\"result\":\"OK\"}"),
        (Verdict::Again, 503, "{\"result\":\"NOK\"}"),
        (Verdict::Refused, 403, "{\"result\":\"NOK\"}"),
    ] {
        let answer = account().answer(verdict);
        assert_eq!((answer.status, answer.body.as_str()), (status, body));
        assert_eq!(answer.content_type, "application/json");
    }
}

#[tokio::test]
async fn check_says_what_is_described_and_what_is_by_hand() {
    let found = account().check(now()).await;
    assert_eq!(Finding::worst(&found), None, "{found:?}");
    let of = |what: &str| found.iter().find(|one| one.what == what).unwrap();
    assert_eq!(of("record.postback.digest").standing, Standing::Good);
    assert!(of("record.operations.void").says.contains("Holds"));
    assert!(of("record.postback.retries").says.contains("every hour"));
    assert!(found.iter().all(|one| !one.says.contains(KEY) && !one.says.contains(API)));
}

proptest! {
    #[test]
    fn words_nobody_knows_never_move_money(event in "[a-z]{1,8}", result in "[a-z]{0,4}") {
        let known = ["sale", "hold", "rebill", "refund", "void", "chargeback", "representment",
            "inquiry", "cancel", "expiry", "uncancel", "ping"];
        prop_assume!(!known.contains(&event.as_str()));
        let body = format!("event={event}&result={result}&tx=t&sum=1&cur=978");
        prop_assert_eq!(read(&body).unwrap().kind, NoticeKind::Waiting);
    }

    #[test]
    fn random_bytes_are_never_believed(body: Vec<u8>) {
        match account().read_postback(&signed(&body)) {
            Err(rejected) => prop_assert!(matches!(rejected, Rejected::Unreadable(_))),
            Ok(notices) => prop_assert!(notices.iter().all(|one| one.kind == NoticeKind::Waiting)),
        }
    }
}
