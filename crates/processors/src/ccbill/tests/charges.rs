//! Charging from the server: payment tokens by REST, earlier customers by DataLink.

use processor::ChargeOutcome;
use wiremock::matchers::{body_string, header, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use super::*;

const TOKEN: &str = "01047ed6f3b440c7a2ccc6abc1ad0a84";
const YES: &str = r#"{"declineCode":null,"declineText":null,"denialId":null,"approved":true,
    "paymentUniqueId":"aBc123","sessionId":null,"subscriptionId":125325401000018190,
    "newPaymentTokenId":null}"#;

fn charge(instrument: Instrument) -> Charge {
    let wish = wish(eur(1250));
    Charge {
        key: wish.key,
        reference: wish.reference,
        amount: wish.amount,
        product: wish.product,
        description: wish.description,
        buyer: wish.buyer,
        instrument,
        capture: CaptureWhen::AtOnce,
        return_url: wish.return_url,
        postback_url: wish.postback_url,
    }
}

fn by_token(token: &str) -> Charge {
    charge(Instrument::Token { token: token.to_owned() })
}

fn by_subscription(id: &str) -> Charge {
    charge(Instrument::Stored { id: id.to_owned(), customer: None })
}

fn text(body: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_string(body)
}

async fn rest(login: ResponseTemplate, answer: ResponseTemplate) -> (MockServer, CcBill) {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/ccbill-auth/oauth/token"))
        .and(header("authorization", "Basic YXBwLTE6cmVzdC1zZWNyZXQta2V5LTAwMDE="))
        .and(body_string("grant_type=client_credentials"))
        .respond_with(login)
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .and(path(format!("/transactions/payment-tokens/{TOKEN}")))
        .respond_with(answer)
        .mount(&server)
        .await;
    let account = account_of(config(&server.uri()));
    (server, account)
}

fn key() -> ResponseTemplate {
    text(r#"{"access_token":"key-1","token_type":"bearer","expires_in":86400}"#)
}

#[tokio::test]
async fn a_token_is_charged_with_exactly_this_call() {
    let (server, account) = rest(key(), text(YES)).await;
    let Answer::Done(charged) = account.charge(&by_token(TOKEN)).await else { panic!("not done") };
    assert_eq!(charged.outcome, ChargeOutcome::Paid);
    assert_eq!(charged.transaction.as_deref(), Some(SUBSCRIPTION), "with its zero again");
    let calls = server.received_requests().await.unwrap();
    let named = |call: &Request, name: &str| call.headers[name].to_str().unwrap().to_owned();
    assert_eq!(named(&calls[1], "authorization"), "Bearer key-1");
    let accepted = "application/vnd.mcn.transaction-service.api.v.1+json";
    assert_eq!(named(&calls[1], "accept"), accepted);
    assert_eq!(named(&calls[1], "content-type"), "application/json");
    let body = format!(
        "{{\"clientAccnum\":900123,\"clientSubacc\":5,\"initialPrice\":12.50,\"initialPeriod\":30,\
         \"currencyCode\":978,\"passThroughInfo\":[{{\"name\":\"reference\",\"value\":\"{ATTEMPT}\"}}]}}"
    );
    assert_eq!(String::from_utf8(calls[1].body.clone()).unwrap(), body);
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Done,
    Declined(&'static str),
    NotExecuted,
    Unknown,
}

fn place(answer: &Answer<Charged>) -> Place {
    match answer {
        Answer::Done(_) => Place::Done,
        Answer::Declined(decline) => {
            Place::Declined(Box::leak(decline.cause.clone().into_boxed_str()))
        }
        Answer::NotExecuted(_) => Place::NotExecuted,
        Answer::Accepted | Answer::Unknown(_) => Place::Unknown,
    }
}

#[tokio::test]
async fn answers_to_a_token_charge_are_placed_by_what_is_known() {
    let no = r#"{"approved":false,"declineCode":51,"declineText":"Insufficient funds"}"#;
    let table = [
        (text(YES), Place::Done),
        (text(no), Place::Declined("insufficient_funds")),
        (text(r#"{"approved":false,"errorCode":"BE-103"}"#), Place::Declined("do_not_honor")),
        (text(r#"{"approved":false}"#), Place::Declined("unknown")),
        (text(&YES.replace("125325401000018190", "null")), Place::Unknown),
        (text(&YES.replace("125325401000018190", "1.2e17")), Place::Unknown),
        (text(r#"{"approved":null}"#), Place::Unknown),
        (text("{}"), Place::Unknown),
        (text("[]"), Place::Unknown),
        (text("<html>approved</html>"), Place::Unknown),
        (text("<results>1</results>"), Place::Unknown),
        (ResponseTemplate::new(400).set_body_string(r#"{"errorCode":100102}"#), Place::NotExecuted),
        (ResponseTemplate::new(401), Place::NotExecuted),
        (ResponseTemplate::new(403), Place::NotExecuted),
        (ResponseTemplate::new(404).set_body_string("<html>"), Place::NotExecuted),
        (ResponseTemplate::new(409), Place::Unknown),
        (ResponseTemplate::new(302), Place::Unknown),
        (ResponseTemplate::new(500), Place::Unknown),
        (text(YES).set_delay(Duration::from_secs(5)), Place::Unknown),
    ];
    for (answer, expected) in table {
        let label = format!("{answer:?}");
        let (_server, account) = rest(key(), answer).await;
        let answer = account.charge(&by_token(TOKEN)).await;
        assert_eq!(place(&answer), expected, "{label}: {answer:?}");
        assert!(!format!("{answer:?}").contains(SECRET));
    }
}

#[tokio::test]
async fn without_a_key_nothing_is_charged() {
    let logins = [
        ResponseTemplate::new(401),
        ResponseTemplate::new(500),
        text("{}"),
        text("<html>"),
        text("{}").set_delay(Duration::from_secs(5)),
    ];
    for login in logins {
        let (server, account) = rest(login, text(YES)).await;
        let answer = account.charge(&by_token(TOKEN)).await;
        assert_eq!(place(&answer), Place::NotExecuted, "{answer:?}");
        let calls = server.received_requests().await.unwrap();
        assert!(calls.iter().all(|call| !call.url.path().contains("transactions")));
    }
}

#[tokio::test]
async fn what_cannot_be_charged_is_refused_before_a_call() {
    let table = [
        (by_token("../../oauth"), "payment token"),
        (by_token(""), "payment token"),
        (by_subscription("12 or 1"), "subscription id"),
        (charge(Instrument::GooglePay { token: "t".to_owned() }), "Google Pay"),
        (Charge { capture: CaptureWhen::Later, ..by_token(TOKEN) }, "hold money"),
        (Charge { amount: Money::new(1, Currency::GBP), ..by_token(TOKEN) }, "GBP"),
        (Charge { amount: eur(-1), ..by_subscription("1") }, "positive"),
        (Charge { reference: "A B".to_owned(), ..by_token(TOKEN) }, "references"),
    ];
    for (charge, sentence) in table {
        match account().charge(&charge).await {
            Answer::NotExecuted(why) => assert!(why.contains(sentence), "{sentence}: {why}"),
            other => panic!("{sentence}: {other:?}"),
        }
    }
    let mut bare = config("http://127.0.0.1:9");
    bare.as_object_mut().unwrap().remove("rest");
    bare["datalink"].as_object_mut().unwrap().remove("charge_again");
    let bare = account_of(bare);
    for charge in [by_token(TOKEN), by_subscription("1")] {
        let answer = bare.charge(&charge).await;
        assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains("not configured")));
    }
}

async fn again(answer: ResponseTemplate) -> (MockServer, CcBill) {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/jpost/billingApi.cgi"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let account = account_of(config(&server.uri()));
    (server, account)
}

#[tokio::test]
async fn an_earlier_customer_is_charged_with_exactly_this_call() {
    let yes = "<?xml version='1.0' standalone='yes'?>\n<results>\n<approved>1</approved>\n\
               <subscriptionId>0125400401000019000</subscriptionId>\n</results>";
    let (server, account) = again(text(yes)).await;
    let answer = account.charge(&by_subscription(SUBSCRIPTION)).await;
    let Answer::Done(charged) = answer else { panic!("{answer:?}") };
    assert_eq!(charged.outcome, ChargeOutcome::Paid);
    assert_eq!(charged.transaction.as_deref(), Some("0125400401000019000"));
    assert_eq!(charged.stored.as_deref(), Some("0125400401000019000"));
    let calls = server.received_requests().await.unwrap();
    let query = format!(
        "clientAccnum=900123&username=desk&password={PASSWORD}\
         &action=chargeByPreviousTransactionId&newClientAccnum=900123&newClientSubacc=0005\
         &sharedAuthentication=1&initialPrice=12.50&initialPeriod=30\
         &subscriptionId={SUBSCRIPTION}&currencyCode=978&returnXML=1&reference={ATTEMPT}"
    );
    assert_eq!(calls[0].url.query(), Some(query.as_str()));
}

#[tokio::test]
async fn answers_to_charging_again_are_placed_by_what_is_known() {
    let xml = |inside: &str| text(&format!("<results>{inside}</results>"));
    let denied = "<approved>0</approved><denialId>1</denialId><declineCode>54</declineCode>";
    let table = [
        (text("\"approved\",\"subscriptionId\"\n\"1\",\"0125400401000019000\""), Place::Done),
        (xml(denied), Place::Declined("expired_card")),
        (xml("<approved>0</approved>"), Place::Declined("unknown")),
        (xml("-23"), Place::Declined("frequency_limit")),
        (xml("-24"), Place::Declined("frequency_limit")),
        (xml("-1"), Place::NotExecuted),
        (xml("-12"), Place::NotExecuted),
        (xml("0"), Place::NotExecuted),
        (xml("1"), Place::Unknown),
        (xml("-7"), Place::Unknown),
        (xml("-99"), Place::Unknown),
        (xml("<approved>1</approved>"), Place::Unknown),
        (xml("<approved>2</approved><subscriptionId>1</subscriptionId>"), Place::Unknown),
        (
            text("<html><approved>1</approved><subscriptionId>1</subscriptionId></html>"),
            Place::Unknown,
        ),
        (text("oops"), Place::Unknown),
        (ResponseTemplate::new(403), Place::NotExecuted),
        (ResponseTemplate::new(500), Place::Unknown),
        (xml("1").set_delay(Duration::from_secs(5)), Place::Unknown),
    ];
    for (answer, expected) in table {
        let label = format!("{answer:?}");
        let (_server, account) = again(answer).await;
        let answer = account.charge(&by_subscription(SUBSCRIPTION)).await;
        assert_eq!(place(&answer), expected, "{label}: {answer:?}");
        assert!(!format!("{answer:?}").contains(PASSWORD), "the password leaked: {answer:?}");
    }
}
