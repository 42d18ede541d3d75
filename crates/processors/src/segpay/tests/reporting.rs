//! SRS: what it answers, what it might answer, and what it must never be taken for.

use base::Timestamp;
use processor::{FindBy, Finding, FoundState, Standing};
use wiremock::matchers::{method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const ROW: &str = include_str!("../samples/transaction.xml");

fn refunding(minor: i64) -> Refunding {
    Refunding {
        key: "op_1".to_owned(),
        transaction: "90022001".to_owned(),
        amount: usd(minor),
        paid: usd(995),
        reason: "asked for".to_owned(),
    }
}

fn ending(at_once: bool) -> Cancellation {
    Cancellation {
        key: "op_1".to_owned(),
        subscription: "70011001".to_owned(),
        at_once,
        reason: "asked for".to_owned(),
    }
}

fn said(word: &str) -> ResponseTemplate {
    let text = format!("<?xml version=\"1.0\"?>\n<string xmlns=\"http://a/\">{word}</string>");
    ResponseTemplate::new(200).set_body_string(text)
}

async fn house(at: &str, answer: ResponseTemplate) -> (MockServer, SegPay) {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path(at))
        .and(query_param("UserID", "desk"))
        .and(query_param("UserAccessKey", KEY))
        .respond_with(answer)
        .mount(&server)
        .await;
    let account = account_of(config(&server.uri()));
    (server, account)
}

#[tokio::test]
async fn answers_are_placed_by_the_list_and_nothing_else() {
    enum Place {
        Done,
        NotExecuted,
        Unknown,
    }
    let table = [
        (said("Successful"), Place::Done),
        (said("SUCCESSFUL."), Place::Done),
        (said("PurchaseID/MerchantID Mismatch"), Place::NotExecuted),
        (said("Invalid Merchant"), Place::NotExecuted),
        (said("Missing Parameter"), Place::NotExecuted),
        (said("Subscription not active, cancel failed"), Place::NotExecuted),
        (ResponseTemplate::new(403), Place::NotExecuted),
        (said("Successful?"), Place::Unknown),
        (said("Not Successful"), Place::Unknown),
        (said(""), Place::Unknown),
        (ResponseTemplate::new(200).set_body_string("<html>Successful"), Place::Unknown),
        (ResponseTemplate::new(200).set_body_string("<a><b>Successful</b></a>"), Place::Unknown),
        (ResponseTemplate::new(200).set_body_bytes([0xff, 0xfe]), Place::Unknown),
        (ResponseTemplate::new(204), Place::Unknown),
        (ResponseTemplate::new(302), Place::Unknown),
        (ResponseTemplate::new(429), Place::Unknown),
        (ResponseTemplate::new(500), Place::Unknown),
        (said("Successful").set_delay(Duration::from_secs(5)), Place::Unknown),
    ];
    for (answer, place) in table {
        let label = format!("{answer:?}");
        let (_server, account) = house("/ADM.asmx/RefundTransaction", answer).await;
        let answer = account.refund(&refunding(995)).await;
        let text = format!("{answer:?}");
        let placed = match place {
            Place::Done => matches!(answer, Answer::Done(_)),
            Place::NotExecuted => matches!(answer, Answer::NotExecuted(_)),
            Place::Unknown => matches!(answer, Answer::Unknown(_)),
        };
        assert!(placed, "{label} was placed as {text}");
        assert!(!text.contains(KEY), "the key leaked: {text}");
    }
}

#[tokio::test]
async fn a_refund_names_the_transaction_and_a_part_is_not_even_asked_for() {
    let server = MockServer::start().await;
    Mock::given(path("/ADM.asmx/RefundTransaction"))
        .and(query_param("TransID", "90022001"))
        .and(query_param("RefundReason", "asked for"))
        .respond_with(said("Successful"))
        .expect(1)
        .mount(&server)
        .await;
    let account = account_of(config(&server.uri()));
    let done = Done { transaction: None, amount: None };
    assert_eq!(account.refund(&refunding(995)).await, Answer::Done(done));
    let part = account.refund(&refunding(500)).await;
    assert!(matches!(&part, Answer::NotExecuted(why) if why.contains("whole")), "{part:?}");
}

#[tokio::test]
async fn cancelling_and_expiring_are_two_calls() {
    for (at_once, name) in [(false, "CancelMembership"), (true, "ExpireMembership")] {
        let (server, account) = house(&format!("/ADM.asmx/{name}"), said("Successful")).await;
        assert!(matches!(account.cancel(&ending(at_once)).await, Answer::Done(_)), "{name}");
        let calls = server.received_requests().await.unwrap();
        assert!(calls[0].url.query().unwrap().contains("PurchaseID=70011001"));
    }
}

async fn looked_up(row: &str, purchase: &str) -> Answer<Option<Found>> {
    let xml = |text: &str| ResponseTemplate::new(200).set_body_string(text);
    let server = MockServer::start().await;
    Mock::given(path("/MWS.asmx/TransactionByTransID"))
        .and(query_param("TransID", "90022001"))
        .respond_with(xml(row))
        .mount(&server)
        .await;
    Mock::given(path("/MWS.asmx/TransactionByPurchaseID"))
        .and(query_param("PurchaseID", "70011001"))
        .respond_with(xml(purchase))
        .mount(&server)
        .await;
    let by = FindBy::Transaction("90022001".to_owned());
    account_of(config(&server.uri())).find(&by).await
}

async fn state(row: &str, purchase: &str) -> FoundState {
    match looked_up(row, purchase).await {
        Answer::Done(Some(found)) => found.state,
        other => panic!("not found: {other:?}"),
    }
}

#[tokio::test]
async fn a_transaction_is_looked_up_exactly() {
    let found = Found {
        state: FoundState::Paid,
        transaction: "90022001".to_owned(),
        reference: Some(ATTEMPT.to_owned()),
        amount: Some(usd(995)),
        occurred_at: Some("2025-11-21T15:04:05Z".parse().unwrap()),
    };
    assert_eq!(looked_up(ROW, ROW).await, Answer::Done(Some(found)));
}

#[tokio::test]
async fn a_look_up_tells_what_became_of_it() {
    let changed = |from: &str, to: &str| ROW.replace(from, to);
    let table = [
        (changed(">Yes<", ">No<"), FoundState::Declined),
        (changed(">Active<", ">Temporary Approval<"), FoundState::Waiting),
        (changed(">Sale<", ">Refund<"), FoundState::Refunded),
        (changed(">Sale<", ">Chargeback<"), FoundState::ChargedBack),
        (changed(">Sale<", ">Void<"), FoundState::Voided),
        (changed(">Sale<", ">Surprise<"), FoundState::Waiting),
        (changed(">Yes<", ">Maybe<"), FoundState::Waiting),
    ];
    for (row, expected) in table {
        assert_eq!(state(&row, ROW).await, expected);
    }
    let undoing = |kind: &str| {
        ROW.replace(">90022001<", ">90022008<")
            .replace("<RelatedTransID>0<", "<RelatedTransID>90022001<")
            .replace(">Sale<", &format!(">{kind}<"))
    };
    assert_eq!(state(ROW, &undoing("Refund")).await, FoundState::Refunded);
    assert_eq!(state(ROW, &undoing("Void")).await, FoundState::Voided);
    assert_eq!(state(ROW, &undoing("Chargeback")).await, FoundState::ChargedBack);
    let of_another = undoing("Refund").replace(">90022001<", ">90055555<");
    assert_eq!(state(ROW, &of_another).await, FoundState::Paid);
}

#[tokio::test]
async fn a_look_up_that_shows_nothing_proves_nothing() {
    let surprises = [
        "<DataSet/>".to_owned(),
        "<string>No data</string>".to_owned(),
        "<html>oops".to_owned(),
        String::new(),
        ROW.replace(">90022001<", ">90022002<"),
        ROW.replace("9.9500", "9.9555"),
        ROW.replace(">USD<", ">?<"),
        ROW.replace("<TransAmount>9.9500</TransAmount>", ""),
    ];
    for row in surprises {
        let answer = looked_up(&row, ROW).await;
        assert!(matches!(answer, Answer::Unknown(_)), "{row}: {answer:?}");
    }
    let answer = looked_up(ROW, "<html>oops").await;
    assert!(matches!(answer, Answer::Unknown(_)), "the purchase is part of the proof: {answer:?}");
    let by = FindBy::Reference(ATTEMPT.to_owned());
    let answer = account().find(&by).await;
    assert!(matches!(answer, Answer::NotExecuted(_)), "{answer:?}");
}

#[tokio::test]
async fn the_list_of_senders_is_held_against_ours() {
    let at = "/ADM.asmx/GetPostbackIPList";
    let (_server, account) = house(at, said("192.0.2.7, 192.0.2.8")).await;
    let found = account.check(Timestamp::UNIX_EPOCH).await;
    assert!(found.iter().any(|one| one.what == "locks.senders" && one.standing == Standing::Good));
    let bad = async |account: SegPay| {
        Finding::worst(&account.check(Timestamp::UNIX_EPOCH).await).unwrap()
    };
    let (_server, account) = house(at, said("192.0.2.7,198.51.100.3")).await;
    let why = bad(account).await;
    assert!(why.contains("locks.senders") && why.contains("198.51.100.3"), "{why}");
    let (_server, account) = house(at, said("Invalid Merchant")).await;
    assert!(bad(account).await.contains("Invalid Merchant"));
    let (_server, account) = house(at, ResponseTemplate::new(500)).await;
    let why = bad(account).await;
    assert!(why.starts_with("srs: ") && !why.contains(KEY), "{why}");
}
