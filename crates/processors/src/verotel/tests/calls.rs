//! The status, ending a subscription, and the check: what they answer, what they might answer, and
//! what must never be taken for something else.

use processor::{FoundState, Standing};
use wiremock::matchers::{method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const STATUS: &str = include_str!("../samples/status.txt");
const SALE: &str = "700100200";

fn text(body: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_string(body)
}

async fn house(answers: &[(&str, ResponseTemplate)]) -> (MockServer, Verotel) {
    let server = MockServer::start().await;
    for (page, answer) in answers {
        Mock::given(method("GET"))
            .and(path(format!("/{page}")))
            .and(query_param("shopID", "64233"))
            .respond_with(answer.clone())
            .mount(&server)
            .await;
    }
    let account = account_of(config(Some(&server.uri())));
    (server, account)
}

fn by_reference() -> FindBy {
    FindBy::Reference(ATTEMPT.to_owned())
}

fn by_sale() -> FindBy {
    FindBy::Transaction(SALE.to_owned())
}

async fn looked_up(answer: ResponseTemplate, by: &FindBy) -> Answer<Option<Found>> {
    let (_server, account) = house(&[("salestatus", answer)]).await;
    account.find(by).await
}

#[tokio::test]
async fn a_look_up_is_exactly_this_call() {
    let (server, account) = house(&[("salestatus", text(STATUS))]).await;
    let paid = Found {
        state: FoundState::Paid,
        transaction: SALE.to_owned(),
        reference: Some(ATTEMPT.to_owned()),
        amount: Some(usd(995)),
        occurred_at: None,
    };
    assert_eq!(account.find(&by_reference()).await, Answer::Done(Some(paid.clone())));
    assert_eq!(account.find(&by_sale()).await, Answer::Done(Some(paid)));
    let calls = server.received_requests().await.unwrap();
    let queries: Vec<&str> = calls.iter().map(|call| call.url.query().unwrap()).collect();
    let by_reference = format!(
        "referenceID={ATTEMPT}&shopID=64233&version=4\
         &signature=e97ff83024c9299d525c80926e96530051a01242f0815f1eb871bd783b138bfd"
    );
    let by_sale = "saleID=700100200&shopID=64233&version=4\
         &signature=af25de1c4ac92bc4a1b815b6eb719bdea21327e1c4a8fca36658bc4c46335bb3";
    assert_eq!(queries, [by_reference.as_str(), by_sale]);
}

#[tokio::test]
async fn only_approved_is_taken_for_money() {
    for result in ["DECLINED", "PENDING", "APPROVED?", "NOT APPROVED", "", "1"] {
        let body = STATUS.replace("APPROVED", result);
        let answer = looked_up(text(&body), &by_sale()).await;
        let Answer::Done(Some(found)) = answer else { panic!("{result}: {answer:?}") };
        assert_eq!(found.state, FoundState::Waiting, "{result}");
    }
    let trial = format!("{STATUS}trialAmount: 2.00\n");
    let Answer::Done(Some(found)) = looked_up(text(&trial), &by_sale()).await else {
        panic!("a trial")
    };
    assert_eq!((found.state, found.amount), (FoundState::Paid, None));
}

#[tokio::test]
async fn what_is_not_this_sale_is_no_payment() {
    let strange = [
        text("response: NOTFOUND\n"),
        text("response: ERROR\nerror: Invalid signature\n"),
        text(&STATUS.replace("700100200", "700100201")),
        text(&STATUS.replace("shopID: 64233", "shopID: 64234")),
        text(&STATUS.replace("'9.95'", "'9.955'")),
        text(&STATUS.replace("priceCurrency: USD", "priceCurrency: ZZZ")),
        text(&format!("{STATUS}saleResult: DECLINED\n")),
        text(&format!("{STATUS}and so on\n")),
        text("<html><body>saleResult: APPROVED</body></html>"),
        text("<?xml version=\"1.0\"?><saleResult>APPROVED</saleResult>"),
        text("{\"saleResult\": \"APPROVED\"}"),
        text("APPROVED"),
        text(""),
        text(&"a: b\n".repeat(200)),
        ResponseTemplate::new(200).set_body_bytes([0xff, 0xfe]),
        ResponseTemplate::new(302),
        ResponseTemplate::new(500),
        text(STATUS).set_delay(Duration::from_secs(5)),
    ];
    for answer in strange {
        let label = format!("{answer:?}");
        let answer = looked_up(answer, &by_sale()).await;
        assert!(matches!(answer, Answer::Unknown(_)), "{label}: {answer:?}");
        assert!(!format!("{answer:?}").contains(KEY));
    }
    let other = STATUS.replace(ATTEMPT, "att_01k2m8y4v0000000000000000z");
    let answer = looked_up(text(&other), &by_reference()).await;
    assert!(matches!(answer, Answer::Unknown(_)), "{answer:?}");
    let refused = looked_up(ResponseTemplate::new(403), &by_sale()).await;
    assert!(matches!(refused, Answer::NotExecuted(_)), "{refused:?}");
    let odd = account().find(&FindBy::Transaction("1 or 1".to_owned())).await;
    assert!(matches!(odd, Answer::NotExecuted(_)), "{odd:?}");
}

fn ending() -> Cancellation {
    Cancellation {
        key: "op_1".to_owned(),
        subscription: SALE.to_owned(),
        at_once: false,
        reason: "asked for".to_owned(),
    }
}

#[tokio::test]
async fn ending_is_called_and_then_looked_at() {
    enum Place {
        Done,
        Accepted,
        NotExecuted,
        Unknown,
    }
    let page = || text("<html><body>Your subscription was cancelled</body></html>");
    let status = |end: &str| text(&format!("{STATUS}{end}"));
    let table = [
        (page(), status("cancelled: yes\n"), Place::Done),
        (page(), status("cancelled: no\n"), Place::Accepted),
        (page(), status(""), Place::Accepted),
        (page(), text(&format!("{}cancelled: yes\n", STATUS.replace(SALE, "7"))), Place::Accepted),
        (page(), text("<html>"), Place::Accepted),
        (page(), ResponseTemplate::new(500), Place::Accepted),
        (ResponseTemplate::new(403), status("cancelled: yes\n"), Place::NotExecuted),
        (ResponseTemplate::new(302), status("cancelled: yes\n"), Place::Unknown),
        (ResponseTemplate::new(500), status("cancelled: yes\n"), Place::Unknown),
        (page().set_delay(Duration::from_secs(5)), status("cancelled: yes\n"), Place::Unknown),
    ];
    for (answer, status, place) in table {
        let label = format!("{answer:?} {status:?}");
        let answers = [("cancel-subscription", answer), ("salestatus", status)];
        let (_server, account) = house(&answers).await;
        let answer = account.cancel(&ending()).await;
        let placed = match place {
            Place::Done => matches!(answer, Answer::Done(_)),
            Place::Accepted => matches!(answer, Answer::Accepted),
            Place::NotExecuted => matches!(answer, Answer::NotExecuted(_)),
            Place::Unknown => matches!(answer, Answer::Unknown(_)),
        };
        assert!(placed, "{label} was placed as {answer:?}");
    }
    let strange = Cancellation { subscription: "7&shopID=1".to_owned(), ..ending() };
    assert!(matches!(account().cancel(&strange).await, Answer::NotExecuted(_)));
}

#[test]
fn the_link_that_ends_a_subscription_is_signed() {
    let expected = "https://secure.verotel.com/cancel-subscription?saleID=700100200&shopID=64233\
                    &version=4\
                    &signature=af25de1c4ac92bc4a1b815b6eb719bdea21327e1c4a8fca36658bc4c46335bb3";
    assert_eq!(account().cancel_link(SALE).as_deref(), Ok(expected));
    assert!(account().cancel_link("").is_err());
}

fn standing(findings: &[Finding], what: &str) -> Standing {
    let found = findings.iter().find(|finding| finding.what == what);
    found.unwrap_or_else(|| panic!("{what}: {findings:?}")).standing
}

#[tokio::test]
async fn the_check_looks_at_the_senders_the_clock_and_the_line() {
    let now: Timestamp = "2025-11-21T15:04:06Z".parse().unwrap();
    let said = text("response: ERROR\nerror: Invalid signature\n")
        .insert_header("date", "Fri, 21 Nov 2025 15:04:00 GMT");
    let (_server, account) = house(&[("salestatus", said)]).await;
    let findings = account.check(now).await;
    assert_eq!(standing(&findings, "locks.senders"), Standing::Good);
    assert_eq!(standing(&findings, "clock"), Standing::Good);
    assert_eq!(standing(&findings, "signature_key"), Standing::Notice);
    assert!(findings.iter().any(|finding| finding.says.contains("Invalid-signature")));
    for answer in [text("<html>"), ResponseTemplate::new(403), ResponseTemplate::new(500)] {
        let (_server, account) = house(&[("salestatus", answer)]).await;
        assert_eq!(standing(&account.check(now).await, "signature_key"), Standing::Bad);
    }
    let mut few = config(Some("http://127.0.0.1:9/"));
    few["locks"]["senders"] = json!(["195.20.32.0/24", "89.185.232.210"]);
    let worst = Finding::worst(&account_of(few).check(now).await).unwrap();
    assert!(worst.contains("83.223.52.202") && !worst.contains("89.185"), "{worst}");
}
