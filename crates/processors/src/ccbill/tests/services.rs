//! DataLink's operations and the check of an account: what they answer, what they might answer,
//! and what must never be taken for something else.

use processor::{FoundState, Standing};
use wiremock::matchers::{method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const AT: &str = "/utils/subscriptionManagement.cgi";

fn text(body: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_string(body)
}

fn code(code: i32) -> ResponseTemplate {
    text(&format!("<?xml version='1.0' standalone='yes'?>\n<results>{code}</results>\n"))
}

async fn house(answers: &[(&str, ResponseTemplate)]) -> (MockServer, CcBill) {
    let server = MockServer::start().await;
    for (action, answer) in answers {
        Mock::given(method("GET"))
            .and(path(AT))
            .and(query_param("action", *action))
            .and(query_param("username", "desk"))
            .and(query_param("password", PASSWORD))
            .respond_with(answer.clone())
            .mount(&server)
            .await;
    }
    let account = account_of(config(&server.uri()));
    (server, account)
}

fn refunding(minor: i64) -> Refunding {
    Refunding {
        key: "op_1".to_owned(),
        transaction: SUBSCRIPTION.to_owned(),
        amount: usd(minor),
        paid: usd(995),
        reason: "asked for".to_owned(),
    }
}

fn ending() -> Cancellation {
    Cancellation {
        key: "op_1".to_owned(),
        subscription: SUBSCRIPTION.to_owned(),
        at_once: false,
        reason: "asked for".to_owned(),
    }
}

async fn queries(server: &MockServer) -> Vec<String> {
    let calls = server.received_requests().await.unwrap();
    calls.iter().map(|call| call.url.query().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn calls_are_exactly_these() {
    let all = ["cancelSubscription", "voidTransaction"].map(|action| (action, code(1)));
    let (server, account) = house(&all).await;
    assert!(matches!(account.cancel(&ending()).await, Answer::Done(_)));
    assert!(matches!(account.void("op", SUBSCRIPTION).await, Answer::Done(_)));
    let query = |action: &str| {
        format!(
            "clientAccnum=900123&usingSubacc=0005&username=desk&password={PASSWORD}\
             &action={action}&subscriptionId={SUBSCRIPTION}&returnXML=1"
        )
    };
    let expected = [query("cancelSubscription"), query("voidTransaction")];
    assert_eq!(queries(&server).await, expected);
    let mut sub = config(&server.uri());
    sub["datalink"]["login"] = "sub".into();
    assert!(matches!(account_of(sub).cancel(&ending()).await, Answer::Done(_)));
    let last = queries(&server).await.pop().unwrap();
    assert!(last.starts_with("clientAccnum=900123&clientSubacc=0005&username="), "{last}");
}

#[tokio::test]
async fn answers_are_placed_by_the_list_and_nothing_else() {
    enum Place {
        Done,
        NotExecuted(&'static str),
        Unknown,
    }
    let table = [
        (code(1), Place::Done),
        (text("\"results\"\n\"1\"\n"), Place::Done),
        (text("results\r\n1\r\n"), Place::Done),
        (code(0), Place::NotExecuted("failed")),
        (code(-1), Place::NotExecuted("password")),
        (code(-2), Place::NotExecuted("subscription id")),
        (code(-3), Place::NotExecuted("no such record")),
        (code(-4), Place::NotExecuted("another account")),
        (code(-5), Place::NotExecuted("argument")),
        (code(-6), Place::NotExecuted("action")),
        (code(-7), Place::Unknown),
        (code(-8), Place::NotExecuted("address")),
        (code(-9), Place::NotExecuted("deactivated")),
        (code(-10), Place::NotExecuted("not set up")),
        (code(-12), Place::NotExecuted("locked for an hour")),
        (text("\"results\"\n\"-12\""), Place::NotExecuted("locked for an hour")),
        (code(-15), Place::NotExecuted("refund")),
        (code(-16), Place::NotExecuted("void")),
        (code(-17), Place::Unknown),
        (code(2), Place::Unknown),
        (text("1"), Place::Unknown),
        (text(""), Place::Unknown),
        (text("\"results\""), Place::Unknown),
        (text("\"result\"\n\"1\""), Place::Unknown),
        (text("\"results\"\n\"1\"\n\"1\""), Place::Unknown),
        (text("<results>1"), Place::Unknown),
        (text("<results><a>1</a></results>"), Place::Unknown),
        (text("<results>one</results>"), Place::Unknown),
        (text("<html>1</html>"), Place::Unknown),
        (text("<html><body>Service unavailable</body></html>"), Place::Unknown),
        (text("<string>1</string>"), Place::Unknown),
        (ResponseTemplate::new(200).set_body_bytes([0xff, 0xfe]), Place::Unknown),
        (ResponseTemplate::new(204), Place::Unknown),
        (ResponseTemplate::new(302), Place::Unknown),
        (ResponseTemplate::new(403), Place::NotExecuted("403")),
        (ResponseTemplate::new(429), Place::Unknown),
        (ResponseTemplate::new(503), Place::Unknown),
        (code(1).set_delay(Duration::from_secs(5)), Place::Unknown),
    ];
    for (answer, place) in table {
        let label = format!("{answer:?}");
        let (_server, account) = house(&[("cancelSubscription", answer)]).await;
        let answer = account.cancel(&ending()).await;
        let said = format!("{answer:?}");
        let placed = match place {
            Place::Done => matches!(answer, Answer::Done(_)),
            Place::NotExecuted(word) => {
                matches!(&answer, Answer::NotExecuted(why) if why.contains(word))
            }
            Place::Unknown => matches!(answer, Answer::Unknown(_)),
        };
        assert!(placed, "{label} was placed as {said}");
        assert!(!said.contains(PASSWORD), "the password leaked: {said}");
    }
}

#[tokio::test]
async fn a_whole_payment_is_voided_or_else_refunded() {
    let table = [
        (code(1), 1, true),
        (code(-16), 2, true),
        (code(0), 2, true),
        (code(-4), 1, false),
        (code(-12), 1, false),
        (code(-7), 1, false),
        (text("<html>1</html>"), 1, false),
    ];
    for (void, calls, done) in table {
        let answers = [("voidTransaction", void), ("refundTransaction", code(1))];
        let (server, account) = house(&answers).await;
        let answer = account.refund(&refunding(995)).await;
        assert_eq!(matches!(answer, Answer::Done(_)), done, "{answer:?}");
        assert_eq!(queries(&server).await.len(), calls, "{answer:?}");
    }
    let answers = [("voidTransaction", code(-16)), ("refundTransaction", code(-15))];
    let (_server, account) = house(&answers).await;
    let late = account.refund(&refunding(995)).await;
    assert!(matches!(&late, Answer::NotExecuted(why) if why.contains("too late")), "{late:?}");
}

#[tokio::test]
async fn a_part_is_refunded_only_where_it_is_switched_on() {
    let (server, account) = house(&[("refundTransaction", code(1))]).await;
    let off = account.refund(&refunding(200)).await;
    assert!(matches!(&off, Answer::NotExecuted(why) if why.contains("partial_refunds")), "{off:?}");
    assert!(queries(&server).await.is_empty());
    let mut on = config(&server.uri());
    on["datalink"]["partial_refunds"] = true.into();
    let on = account_of(on);
    assert!(on.capabilities().refund_partial);
    assert!(matches!(on.refund(&refunding(200)).await, Answer::Done(_)));
    let query = queries(&server).await.remove(0);
    assert!(query.ends_with("&returnXML=1&amount=2.00"), "{query}");
    let foreign = Refunding { amount: eur(200), ..refunding(200) };
    assert!(matches!(on.refund(&foreign).await, Answer::NotExecuted(_)));
}

const STATUS: &str = "<results><cancelDate/><chargebacksIssued>0</chargebacksIssued>\
    <expirationDate>20251221235959</expirationDate>\
    <recurringSubscription>1</recurringSubscription><refundsIssued>0</refundsIssued>\
    <signupDate>20251121080405</signupDate><subscriptionStatus>2</subscriptionStatus>\
    <timesRebilled>0</timesRebilled><voidsIssued>0</voidsIssued></results>";

async fn looked_up(answer: ResponseTemplate) -> Answer<Option<Found>> {
    let (_server, account) = house(&[("viewSubscriptionStatus", answer)]).await;
    account.find(&FindBy::Transaction(SUBSCRIPTION.to_owned())).await
}

#[tokio::test]
async fn a_look_up_tells_what_became_of_the_first_payment() {
    let with = |name: &str| STATUS.replace(&format!("<{name}>0"), &format!("<{name}>1"));
    let both = with("refundsIssued").replace("<timesRebilled>0", "<timesRebilled>3");
    let table = [
        (STATUS.to_owned(), FoundState::Paid),
        (with("timesRebilled"), FoundState::Paid),
        (with("refundsIssued"), FoundState::Refunded),
        (with("voidsIssued"), FoundState::Voided),
        (with("chargebacksIssued"), FoundState::ChargedBack),
        (both, FoundState::Waiting),
    ];
    for (body, state) in table {
        let Answer::Done(Some(found)) = looked_up(text(&body)).await else { panic!("{body}") };
        assert_eq!((found.state, found.transaction.as_str()), (state, SUBSCRIPTION), "{body}");
        assert_eq!(found.occurred_at, Some("2025-11-21T15:04:05Z".parse().unwrap()));
        assert_eq!(found.amount, None);
    }
    let csv =
        "\"signupDate\",\"subscriptionStatus\",\"refundsIssued\"\n\"20251121080405\",\"2\",\"1\"";
    let Answer::Done(Some(found)) = looked_up(text(csv)).await else { panic!("CSV") };
    assert_eq!(found.state, FoundState::Refunded);
}

#[tokio::test]
async fn what_is_no_status_is_no_payment() {
    assert_eq!(looked_up(code(-3)).await, Answer::Done(None));
    for refused in [code(-1), code(-2), code(-12), ResponseTemplate::new(401)] {
        let answer = looked_up(refused).await;
        assert!(matches!(answer, Answer::NotExecuted(_)), "{answer:?}");
    }
    let strange = [
        code(1),
        code(-7),
        text(&STATUS.replace("20251121080405", "")),
        text(&STATUS.replace("<subscriptionStatus>2", "<subscriptionStatus>two")),
        text(&STATUS.replace("results", "html")),
        text("<html>"),
        text("{}"),
        ResponseTemplate::new(500),
        text(STATUS).set_delay(Duration::from_secs(5)),
    ];
    for answer in strange {
        let label = format!("{answer:?}");
        let answer = looked_up(answer).await;
        assert!(matches!(answer, Answer::Unknown(_)), "{label}: {answer:?}");
    }
    let ours = account().find(&FindBy::Reference(ATTEMPT.to_owned())).await;
    assert!(matches!(ours, Answer::NotExecuted(_)), "{ours:?}");
    let odd = account().find(&FindBy::Transaction("1 or 1".to_owned())).await;
    assert!(matches!(odd, Answer::NotExecuted(_)), "{odd:?}");
}

fn standing(findings: &[Finding], what: &str) -> Standing {
    let found = findings.iter().find(|finding| finding.what == what);
    found.unwrap_or_else(|| panic!("{what}: {findings:?}")).standing
}

#[tokio::test]
async fn the_check_tries_both_logins_the_senders_and_the_clock() {
    let now: Timestamp = "2025-11-21T15:04:06Z".parse().unwrap();
    let key =
        || text(r#"{"access_token":"k"}"#).insert_header("date", "Fri, 21 Nov 2025 15:04:00 GMT");
    let table = [
        (code(-3), key(), Standing::Good, Standing::Good),
        (code(-2), key(), Standing::Good, Standing::Good),
        (text(STATUS), key(), Standing::Good, Standing::Good),
        (code(-1), key(), Standing::Bad, Standing::Good),
        (code(-8), key(), Standing::Bad, Standing::Good),
        (code(-12), ResponseTemplate::new(401), Standing::Bad, Standing::Bad),
        (text("<html>"), text("<html>"), Standing::Bad, Standing::Bad),
    ];
    for (answer, login, datalink, rest) in table {
        let (server, account) = house(&[("viewSubscriptionStatus", answer)]).await;
        Mock::given(path("/ccbill-auth/oauth/token")).respond_with(login).mount(&server).await;
        let findings = account.check(now).await;
        assert_eq!(standing(&findings, "datalink"), datalink, "{findings:?}");
        assert_eq!(standing(&findings, "rest"), rest, "{findings:?}");
        assert_eq!(standing(&findings, "locks.senders"), Standing::Good);
        if rest == Standing::Good {
            assert_eq!(standing(&findings, "clock"), Standing::Good);
        }
    }
    let mut few = config("http://127.0.0.1:9");
    few["locks"]["senders"] = json!(["64.38.212.0/24"]);
    few.as_object_mut().unwrap().remove("rest");
    few.as_object_mut().unwrap().remove("datalink");
    let findings = account_of(few).check(now).await;
    let worst = Finding::worst(&findings).unwrap();
    assert!(worst.contains("64.38.215.0/24") && !worst.contains("64.38.212"), "{worst}");
    assert_eq!(standing(&findings, "datalink"), Standing::Notice);
    assert_eq!(standing(&findings, "rest"), Standing::Notice);
}
