//! Beginning: the exact form, rhythms, and every class of answer.

use processor::{GoTo, Period, Renewal};
use wiremock::matchers::{body_string, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const AT: &str = "/cgi-bin/man_trans.cgi";
const VERIFY: &str =
    "status=verify\r\nurl=https://join.example/toast?code=T1&a=b\r\ntoastcode=T1\r\n";

pub(super) async fn house(answer: ResponseTemplate) -> (MockServer, Wts) {
    let server = MockServer::start().await;
    let at = format!("{}{AT}", server.uri());
    Mock::given(method("POST")).and(path(AT)).respond_with(answer).mount(&server).await;
    (server, account_of(config(&at)))
}

pub(super) fn said(text: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_string(text)
}

#[tokio::test]
async fn a_start_is_exactly_this_form_and_leads_to_their_page() {
    let server = MockServer::start().await;
    let form = "parent_id=1001&sub_id=2002&pmt_type=chk&action_code=Q\
                &response_location=https%3A%2F%2Fshop.example%2Fpostbacks%2Fwts%2Fa-secret\
                &initial_amount=19.90&merordernumber=att_01k2m8y4v0000000000000000a\
                &custname=Ana+%26+Co&custemail=ana%2Bshop%40example.com\
                &ip_forward=198.51.100.9&billing_cycle=-1&reseller_code=R1";
    Mock::given(method("POST"))
        .and(path(AT))
        .and(header("content-type", "application/x-www-form-urlencoded"))
        .and(body_string(form))
        .respond_with(said(VERIFY))
        .expect(1)
        .mount(&server)
        .await;
    let mut config = config(&format!("{}{AT}", server.uri()));
    config["fields"] = json!({"reseller_code": "R1"});
    let started = check::starts(&account_of(config), &wish(usd(1990)), &PASSWORDS).await;
    let link = "https://join.example/toast?code=T1&a=b".to_owned();
    assert_eq!(started, Started { go_to: GoTo::Link(link), transaction: Some("T1".to_owned()) });
}

#[tokio::test]
async fn validating_is_another_letter() {
    let (server, _) = house(said(VERIFY)).await;
    let mut config = config(&format!("{}{AT}", server.uri()));
    config["begin"] = "validate".into();
    check::starts(&account_of(config), &wish(usd(1990)), &PASSWORDS).await;
    let calls = server.received_requests().await.unwrap();
    assert!(String::from_utf8_lossy(&calls[0].body).contains("&action_code=V&"));
}

#[tokio::test]
async fn rhythms_are_their_numbers() {
    let table = [
        (Period::Days(7), Some("1")),
        (Period::Days(14), Some("7")),
        (Period::Months(1), Some("2")),
        (Period::Months(2), Some("3")),
        (Period::Months(3), Some("4")),
        (Period::Months(6), Some("5")),
        (Period::Months(12), Some("6")),
        (Period::Years(1), Some("6")),
        (Period::Days(30), None),
        (Period::Months(4), None),
        (Period::Years(2), None),
    ];
    for (every, cycle) in table {
        let renews = Renewal { first: Period::Days(3), amount: usd(2995), every, times: Some(5) };
        let request = StartRequest { renews: Some(renews), ..wish(usd(995)) };
        let (server, account) = house(said(VERIFY)).await;
        let answer = account.start(&request).await;
        let calls = server.received_requests().await.unwrap();
        match cycle {
            Some(cycle) => {
                assert!(matches!(answer, Answer::Done(_)), "{every:?}: {answer:?}");
                let body = String::from_utf8_lossy(&calls[0].body).into_owned();
                let tail = format!(
                    "&billing_cycle={cycle}&recur_amount=29.95&days_til_recur=3&max_num_billing=5"
                );
                assert!(body.ends_with(&tail), "{body}");
            }
            None => {
                assert!(matches!(answer, Answer::NotExecuted(_)), "{every:?}: {answer:?}");
                assert!(calls.is_empty(), "nothing is sent");
            }
        }
    }
}

#[tokio::test]
async fn answers_to_a_start_are_placed_by_the_list_and_nothing_else() {
    let table = [
        (said("Status = VERIFY\nurl=https://join.example/\ntoastcode=T1"), "Done"),
        (said("status=accepted\norder_id=8\nhistory_id=9"), "Accepted"),
        (said("status=declined\nreason=no"), "Declined"),
        (said("status=verify\ntoastcode=T1"), "Unknown"),
        (said("status=verify\nurl=https://join.example/"), "Unknown"),
        (said("status=verify\nurl=http://join.example/\ntoastcode=T1"), "Unknown"),
        (said("status=verify\nurl=javascript:1\ntoastcode=T1"), "Unknown"),
        (said("status=success\norder_id=8"), "Unknown"),
        (said("status=verify\nstatus=accepted"), "Unknown"),
        (said("status=verified"), "Unknown"),
        (said("verify"), "Unknown"),
        (said(""), "Unknown"),
        (said("<html lang=\"en\">status=accepted</html>"), "Unknown"),
        (said("<?xml version=\"1.0\"?><status>accepted</status>"), "Unknown"),
        (ResponseTemplate::new(200).set_body_bytes([0xff, 0xfe]), "Unknown"),
        (ResponseTemplate::new(201).set_body_string(VERIFY), "Unknown"),
        (ResponseTemplate::new(302), "Unknown"),
        (ResponseTemplate::new(400), "Unknown"),
        (ResponseTemplate::new(403), "Unknown"),
        (ResponseTemplate::new(500), "Unknown"),
        (said(VERIFY).set_delay(Duration::from_secs(5)), "Unknown"),
    ];
    for (nth, (answer, place)) in table.into_iter().enumerate() {
        let (_server, account) = house(answer).await;
        let answer = format!("{:?}", account.start(&wish(usd(1990))).await);
        assert!(answer.starts_with(place), "{nth}: {answer}");
    }
    let far = account().start(&wish(usd(1990))).await;
    assert!(matches!(far, Answer::NotExecuted(_)), "nobody listens: {far:?}");
}

#[tokio::test]
async fn what_a_check_cannot_be_is_refused_before_anything_is_sent() {
    let mut abroad = wish(usd(1990));
    abroad.buyer.country = Some("DK".to_owned());
    let mut held = wish(usd(1990));
    held.capture = CaptureWhen::Later;
    let euros = wish(Money::new(1990, Currency::EUR));
    for (request, word) in
        [(abroad, "US"), (held, "held"), (euros, "dollars"), (wish(usd(0)), "dollars")]
    {
        let answer = account().start(&request).await;
        assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains(word)), "{answer:?}");
    }
}

#[tokio::test]
async fn the_suite_of_abilities_is_passed_however_it_is_configured() {
    check::keeps_its_abilities(account(), &wish(usd(1990))).await;
    let mut bare = config("http://127.0.0.1:9/");
    for key in ["login", "history", "one_click"] {
        bare.as_object_mut().unwrap().remove(key);
    }
    check::keeps_its_abilities(&account_of(bare), &wish(usd(1990))).await;
    let mut parts = config("http://127.0.0.1:9/");
    parts["partial_refunds"] = true.into();
    check::keeps_its_abilities(&account_of(parts), &wish(usd(1990))).await;
}
