//! Calls: exactly what is sent, and every class of answer in every kind of body.

use processor::{ChargeOutcome, FoundState, Instrument};
use wiremock::matchers::{body_string, header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Done,
    Accepted,
    Declined,
    NotExecuted,
    Unknown,
}

fn place<T>(answer: &Answer<T>) -> Place {
    match answer {
        Answer::Done(_) => Place::Done,
        Answer::Accepted => Place::Accepted,
        Answer::Declined(_) => Place::Declined,
        Answer::NotExecuted(_) => Place::NotExecuted,
        Answer::Unknown(_) => Place::Unknown,
    }
}

fn said(body: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_string(body)
}

async fn house(answer: ResponseTemplate) -> (MockServer, Described) {
    let server = MockServer::start().await;
    Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&server).await;
    let account = account_at(&server.uri());
    (server, account)
}

fn refunding(minor: i64) -> Refunding {
    Refunding {
        key: "op_1".to_owned(),
        transaction: "tx-1".to_owned(),
        amount: eur(minor),
        paid: eur(1995),
        reason: "asked for, and then some more words than the house takes".to_owned(),
    }
}

fn charge(capture: CaptureWhen) -> Charge {
    let wish = wish(eur(995));
    Charge {
        key: wish.key,
        reference: wish.reference,
        amount: wish.amount,
        product: wish.product,
        description: wish.description,
        buyer: wish.buyer,
        instrument: Instrument::Stored { id: "tok-7".to_owned(), customer: None },
        capture,
        return_url: wish.return_url,
        postback_url: wish.postback_url,
    }
}

#[tokio::test]
async fn a_refund_is_a_signed_form_and_its_answer_is_placed_by_the_rules() {
    let server = MockServer::start().await;
    // The check is the MD5 of id, sum and key, made with Python's hashlib.
    let form = "id=tx-1&sum=995&unique=op_1&why=asked+for%2C+and+then+some+more+words+than\
                &check=3df2267ffb8a221b03a764f58bef35ca";
    Mock::given(method("POST"))
        .and(path("/refund"))
        .and(header("authorization", "Basic NDcxMTphY21lLWFwaS1rZXktMDAwMQ=="))
        .and(header("content-type", "application/x-www-form-urlencoded"))
        .and(body_string(form))
        .respond_with(said("<answer><result>1</result><refundId>r-1</refundId></answer>"))
        .expect(1)
        .mount(&server)
        .await;
    let done = Done { transaction: Some("r-1".to_owned()), amount: None };
    assert_eq!(account_at(&server.uri()).refund(&refunding(995)).await, Answer::Done(done));
    let answer = |body: &str| said(&format!("<answer>{body}</answer>"));
    let table = [
        (answer("<result>2</result>"), Place::Accepted),
        (answer("<result>0</result><code>51</code>"), Place::Declined),
        (answer("<result>0</result><code>Unknown ID</code>"), Place::NotExecuted),
        (answer("<result>0</result><code>99</code>"), Place::Unknown),
        (answer("<result>1</result><refundid>a b</refundid>"), Place::Unknown),
        (answer("<deep><result>1</result></deep>"), Place::Unknown),
        (answer(""), Place::Unknown),
        (said("1"), Place::Unknown),
        (said(""), Place::Unknown),
        (said("<html><body>1</body>"), Place::Unknown),
        (said("<!DOCTYPE a [<!ENTITY e '1'>]><a><result>&e;</result></a>"), Place::Unknown),
        (ResponseTemplate::new(200).set_body_bytes([0xff, 0xfe]), Place::Unknown),
        (ResponseTemplate::new(200).set_body_string("x".repeat(70_000)), Place::Unknown),
        (ResponseTemplate::new(302), Place::Unknown),
        (ResponseTemplate::new(401), Place::Unknown),
        (ResponseTemplate::new(429), Place::Unknown),
        (ResponseTemplate::new(500), Place::Unknown),
        (answer("<result>1</result>").set_delay(Duration::from_secs(5)), Place::Unknown),
    ];
    for (answer, expected) in table {
        let label = format!("{answer:?}");
        let (_server, account) = house(answer).await;
        let answer = account.refund(&refunding(995)).await;
        assert_eq!(place(&answer), expected, "{label}: {answer:?}");
        assert!(!format!("{answer:?}").contains(API), "a key leaked");
    }
    assert_eq!(place(&account().refund(&refunding(995)).await), Place::NotExecuted);
}

#[tokio::test]
async fn a_decline_has_the_cause_of_the_record() {
    let answer = said("<a><result>0</result><code>51</code></a>");
    let (_server, account) = house(answer).await;
    let Answer::Declined(decline) = account.refund(&refunding(995)).await else { panic!() };
    assert_eq!((decline.raw.as_str(), decline.cause.as_str()), ("51", "insufficient_funds"));
}

#[tokio::test]
async fn ending_is_json_below_an_escaped_address() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/contracts/con%2F1/end"))
        .and(header("authorization", "Key acme-api-key-0001"))
        .and(header("content-type", "application/json"))
        .and(body_string(r#"{"contract":{"now":1,"reason":"asked \"for\""}}"#))
        .respond_with(said(r#"{"contract":{"state":"Ended"}}"#))
        .expect(1)
        .mount(&server)
        .await;
    let ending = Cancellation {
        key: "op_1".to_owned(),
        subscription: "con/1".to_owned(),
        at_once: true,
        reason: "asked \"for\"".to_owned(),
    };
    let answer = account_at(&server.uri()).cancel(&ending).await;
    assert_eq!(place(&answer), Place::Done, "{answer:?}");
    let table = [
        (said(r#"{"contract":{"state":"ending"}}"#), Place::Done),
        (said(r#"{"contract":{"state":"running"}}"#), Place::Unknown),
        (said(r#"{"contract":{"state":"ended","state":"running"}}"#), Place::Unknown),
        (said(r#"{"contract":"ended"}"#), Place::Unknown),
        (said(r#"["ended"]"#), Place::Unknown),
        (ResponseTemplate::new(404), Place::NotExecuted),
        (ResponseTemplate::new(404).set_body_string("<html>gone</html>"), Place::NotExecuted),
        (ResponseTemplate::new(400), Place::Unknown),
    ];
    for (answer, expected) in table {
        let label = format!("{answer:?}");
        let (_server, account) = house(answer).await;
        let answer = account.cancel(&ending).await;
        assert_eq!(place(&answer), expected, "{label}: {answer:?}");
    }
}

#[tokio::test]
async fn a_charge_of_a_stored_card_is_paid_held_pending_or_refused() {
    let server = MockServer::start().await;
    let body = format!(
        "{{\"token\":\"tok-7\",\"order\":\"{ATTEMPT}\",\"unique\":\"op_01k2m8y4v0000000000000000b\",\
         \"money\":{{\"sum\":995,\"cur\":\"978\"}},\"hold\":true}}"
    );
    Mock::given(path("/charge"))
        .and(body_string(body))
        .respond_with(said(r#"{"state":"held","tx":"tx-1","sum":995,"cur":978,"token":"tok-8"}"#))
        .expect(1)
        .mount(&server)
        .await;
    let answer = account_at(&server.uri()).charge(&charge(CaptureWhen::Later)).await;
    let charged = Charged {
        outcome: ChargeOutcome::Authorized,
        transaction: Some("tx-1".to_owned()),
        amount: Some(eur(995)),
        stored: Some("tok-8".to_owned()),
        card: None,
    };
    assert_eq!(answer, Answer::Done(charged));
    let at_once = [
        (r#"{"state":"paid","tx":"t","sum":995,"cur":978}"#, Place::Done),
        (r#"{"state":"open","tx":"t"}"#, Place::Done),
        (r#"{"state":"held","tx":"t"}"#, Place::Unknown),
        (r#"{"state":"refused","code":"43"}"#, Place::Declined),
        (r#"{"state":"bad request"}"#, Place::NotExecuted),
        (r#"{"state":"surprise"}"#, Place::Unknown),
        (r#"{"state":"paid","tx":"t","sum":9.95,"cur":978}"#, Place::Unknown),
        ("", Place::Unknown),
    ];
    for (body, expected) in at_once {
        let (_server, account) = house(said(body)).await;
        let answer = account.charge(&charge(CaptureWhen::AtOnce)).await;
        assert_eq!(place(&answer), expected, "{body}: {answer:?}");
        if let (true, Answer::Done(charged)) = (body.contains("open"), answer) {
            assert_eq!(charged.outcome, ChargeOutcome::Pending);
        }
    }
    let mut wallet = charge(CaptureWhen::AtOnce);
    wallet.instrument = Instrument::Token { token: "t".to_owned() };
    assert_eq!(place(&account().charge(&wallet).await), Place::NotExecuted);
}

#[tokio::test]
async fn a_capture_reads_lines() {
    let table = [
        ("status=accepted\r\ntx=tx-9\r\n", Place::Done),
        ("status=Queued\nnote=a=b", Place::Accepted),
        ("status=declined", Place::Declined),
        ("status=accepted\nstatus=declined", Place::Unknown),
        ("accepted", Place::Unknown),
        ("", Place::Unknown),
    ];
    for (body, expected) in table {
        let (server, account) = house(said(body)).await;
        let answer = account.capture("op_1", "tx-1", eur(500)).await;
        assert_eq!(place(&answer), expected, "{body}: {answer:?}");
        let calls = server.received_requests().await.unwrap();
        assert_eq!(calls[0].body, b"id=tx-1&sum=500");
    }
}

#[tokio::test]
async fn a_look_up_tells_what_became_of_it() {
    let found = |state: &str| {
        format!(
            "{{\"payment\":{{\"tx\":\"tx-1\",\"order\":\"{ATTEMPT}\",\"state\":\"{state}\",\
             \"sum\":\"995\",\"cur\":978,\"at\":\"{NOW}\"}}}}"
        )
    };
    let table = [
        ("paid", FoundState::Paid),
        ("held", FoundState::Authorized),
        ("refused", FoundState::Declined),
        ("open", FoundState::Waiting),
        ("Returned", FoundState::Refunded),
        ("charged back", FoundState::ChargedBack),
    ];
    for (word, state) in table {
        let (_server, account) = house(said(&found(word))).await;
        let expected = Found {
            state,
            transaction: "tx-1".to_owned(),
            reference: Some(ATTEMPT.to_owned()),
            amount: Some(eur(995)),
            occurred_at: Some(now()),
        };
        let by = FindBy::Reference(ATTEMPT.to_owned());
        assert_eq!(account.find(&by).await, Answer::Done(Some(expected)), "{word}");
    }
    let (_server, account) = house(said(&found("paid"))).await;
    for other in [FindBy::Transaction("tx-2".to_owned()), FindBy::Reference("att_x".to_owned())] {
        let answer = account.find(&other).await;
        assert_eq!(place(&answer), Place::Unknown, "about another payment: {answer:?}");
    }
    let (_server, account) = house(said(&found("lost"))).await;
    let answer = account.find(&FindBy::Transaction("tx-1".to_owned())).await;
    assert_eq!(place(&answer), Place::Unknown, "{answer:?}");
}

#[tokio::test]
async fn absence_is_what_the_house_calls_absence() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/payments"))
        .and(query_param("order", ATTEMPT))
        .respond_with(said(r#"{"error":"no such payment"}"#))
        .expect(1)
        .mount(&server)
        .await;
    let by = FindBy::Reference(ATTEMPT.to_owned());
    assert_eq!(account_at(&server.uri()).find(&by).await, Answer::Done(None));
    let none = [
        said("{}"),
        said("no such payment"),
        said(r#"{"error":"try later"}"#),
        ResponseTemplate::new(404),
    ];
    for answer in none {
        let (_server, account) = house(answer).await;
        assert_eq!(place(&account.find(&by).await), Place::Unknown);
    }
}

#[tokio::test]
async fn what_a_person_does_is_said_and_not_sent() {
    let answer = account().void("op_1", "tx-1").await;
    assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains("Holds")), "{answer:?}");
}

#[tokio::test]
async fn a_whole_refund_only_is_kept() {
    let whole = acme("http://127.0.0.1:9").replace("partial = true\nbasic", "basic");
    let account = Described::new("described", None, settings(whole), http()).unwrap();
    let answer = account.refund(&refunding(995)).await;
    assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains("whole")), "{answer:?}");
    assert!(!account.capabilities().refund_partial && account.capabilities().refund_full);
}
