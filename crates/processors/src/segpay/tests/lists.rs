//! Daily lists: read under the same keys as postbacks, fetched day by day; and changes by SRS.

use processor::{ChangeTo, NoticeKind, SubscriptionChange};
use wiremock::matchers::{method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const ROW: &str = include_str!("../samples/transaction.xml");
const LIST: &str = include_str!("../samples/list.xml");

fn said(word: &str) -> ResponseTemplate {
    let text = format!("<?xml version=\"1.0\"?>\n<string xmlns=\"http://a/\">{word}</string>");
    ResponseTemplate::new(200).set_body_string(text)
}

fn listed(file: &str) -> Vec<Notice> {
    account().read_report(file.as_bytes()).unwrap()
}

fn posted(name: &str) -> Notice {
    account().read_postback(&raw(sample(name), b"")).unwrap().remove(0)
}

#[test]
fn a_list_says_what_the_postbacks_said_under_the_same_keys() {
    let all = listed(LIST);
    let names = [
        "signup approved",
        "signup declined",
        "signup by stand-in",
        "first rebill approved",
        "rebill declined",
        "instant conversion approved",
        "void",
        "refund",
        "chargeback",
    ];
    assert_eq!(all.len(), names.len());
    for (listed, name) in all.iter().zip(names) {
        let posted = posted(name);
        assert_eq!(listed.dedupe, posted.dedupe, "{name} would be booked twice");
        assert_eq!(listed.kind, posted.kind, "{name}");
        assert_eq!(listed.amount, posted.amount, "{name}");
        assert_eq!(listed.transaction, posted.transaction, "{name}");
        assert_eq!(listed.subscription, posted.subscription, "{name}");
        assert_eq!(listed.provisional, posted.provisional, "{name}");
        assert_eq!(listed.also, posted.also, "{name}");
    }
    assert_eq!(all[0].reference.as_deref(), Some(ATTEMPT));
    assert_eq!(all[7].parent.as_deref(), Some("90022001"));
    assert_eq!(all[1].decline.as_ref().unwrap().raw, "05");
}

#[test]
fn what_a_list_does_not_tell_clearly_waits_and_blocks_no_postback() {
    let source = ROW.replace(">Signup<", ">Surprise<");
    let notice = listed(&source).remove(0);
    assert_eq!(notice.kind, NoticeKind::Waiting);
    assert_ne!(notice.dedupe, posted("signup approved").dedupe);
    for (from, to) in [(">Sale<", ">Adjustment<"), (">Yes<", ">Maybe<"), (">Sale<", "><")] {
        assert_eq!(listed(&ROW.replace(from, to)).remove(0).kind, NoticeKind::Waiting, "{to}");
    }
    assert_eq!(listed("<DataSet/>"), []);
}

#[test]
fn a_list_that_cannot_be_read_exactly_is_not_read_at_all() {
    let files: [Vec<u8>; 9] = [
        b"<string>Invalid Merchant</string>".to_vec(),
        Vec::new(),
        b"a,b\n1,2\n".to_vec(),
        b"<html>".to_vec(),
        vec![0xff, 0xfe],
        ROW.replace("9.9500", "9.9555").into_bytes(),
        ROW.replace("9.9500", "-9.95").into_bytes(),
        ROW.replace(">USD<", ">?<").into_bytes(),
        ROW.replace(">90022001<", ">9002 2001<").into_bytes(),
    ];
    for file in files {
        let text = String::from_utf8_lossy(&file).into_owned();
        assert!(account().read_report(&file).is_err(), "{text}");
    }
    let whole = ROW.trim_end();
    for end in 0..whole.len() {
        if let Some(cut) = whole.get(..end) {
            let read = account().read_report(cut.as_bytes());
            assert!(read.is_err(), "a list cut after {end} bytes was read: {read:?}");
        }
    }
}

#[tokio::test]
async fn lists_are_fetched_day_by_day_by_the_clock_of_greenwich() {
    let server = MockServer::start().await;
    for name in ["TransactionsList", "TransactionsList_Declined"] {
        for day in ["11202025", "11212025"] {
            Mock::given(method("GET"))
                .and(path(format!("/MWS.asmx/{name}")))
                .and(query_param("UserID", "desk"))
                .and(query_param("UserAccessKey", KEY))
                .and(query_param("BegDate", day))
                .and(query_param("EndDate", day))
                .respond_with(ResponseTemplate::new(200).set_body_string(LIST))
                .expect(1)
                .mount(&server)
                .await;
        }
    }
    let account = account_of(config(&format!("{}/", server.uri())));
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let answer = account.pull(at("2025-11-20T00:00:00Z"), at("2025-11-22T00:00:00Z")).await;
    let Answer::Done(files) = answer else { panic!("{answer:?}") };
    assert_eq!(files.len(), 4);
    assert_eq!(account.read_report(&files[0]).unwrap().len(), 9);
    let none = account.pull(at("2025-11-20T00:00:00Z"), at("2025-11-20T00:00:00Z")).await;
    assert_eq!(none, Answer::Done(Vec::new()));
    let long = account.pull(at("2025-01-01T00:00:00Z"), at("2025-11-20T00:00:00Z")).await;
    assert!(matches!(&long, Answer::NotExecuted(why) if why.contains("31")), "{long:?}");
}

#[tokio::test]
async fn a_list_that_is_none_is_not_taken_for_an_empty_day() {
    for answer in [
        said("Invalid Merchant"),
        ResponseTemplate::new(200).set_body_string("<html>oops"),
        ResponseTemplate::new(500),
        ResponseTemplate::new(401),
    ] {
        let label = format!("{answer:?}");
        let server = MockServer::start().await;
        Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&server).await;
        let account = account_of(config(&server.uri()));
        let day: Timestamp = "2025-11-20T00:00:00Z".parse().unwrap();
        let answer = account.pull(day, "2025-11-21T00:00:00Z".parse().unwrap()).await;
        let text = format!("{answer:?}");
        assert!(matches!(answer, Answer::Unknown(_) | Answer::NotExecuted(_)), "{label}: {text}");
        assert!(!text.contains(KEY), "the key leaked: {text}");
    }
}

#[tokio::test]
async fn changes_are_the_calls_that_srs_names() {
    let change = |change| SubscriptionChange {
        key: "op_1".to_owned(),
        subscription: "70011004".to_owned(),
        change,
        reason: "asked for".to_owned(),
    };
    let table = [
        (ChangeTo::Longer(7), "ExtendMembership", ("Days", "7")),
        (ChangeTo::Price(usd(1995)), "ModifyRebillAmount", ("RecurringAmount", "19.95")),
        (ChangeTo::Renewing, "ReviveThem", ("PurchaseID", "70011004")),
    ];
    for (wish, name, (field, value)) in table {
        let server = MockServer::start().await;
        Mock::given(method("GET"))
            .and(path(format!("/ADM.asmx/{name}")))
            .and(query_param("PurchaseID", "70011004"))
            .and(query_param(field, value))
            .respond_with(said("Successful"))
            .expect(1)
            .mount(&server)
            .await;
        let mut config = config(&server.uri());
        config["srs"]["reactivate"] = "ReviveThem".into();
        let answer = account_of(config).change(&change(wish)).await;
        assert!(matches!(answer, Answer::Done(_)), "{name}: {answer:?}");
    }
    for (wish, key) in [
        (ChangeTo::Renewing, "srs.reactivate"),
        (ChangeTo::Instrument("x".to_owned()), "another card"),
        (ChangeTo::Price(usd(0)), "positive"),
    ] {
        let answer = account().change(&change(wish)).await;
        assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains(key)), "{answer:?}");
    }
    let server = MockServer::start().await;
    Mock::given(wiremock::matchers::any()).respond_with(said("Hm")).mount(&server).await;
    let answer = account_of(config(&server.uri())).change(&change(ChangeTo::Longer(7))).await;
    assert!(matches!(answer, Answer::Unknown(_)), "{answer:?}");
}
