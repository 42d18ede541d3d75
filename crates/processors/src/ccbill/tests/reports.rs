//! The extract: asked for once an hour, read row by row, and the same facts as webhooks.

use std::time::Instant;

use processor::NoticeKind;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const ROWS: &str = include_str!("../samples/extract.csv");

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

async fn pulled(answer: ResponseTemplate) -> (MockServer, CcBill, Answer<Vec<Vec<u8>>>) {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/data/main.cgi"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let account = account_of(config(&server.uri()));
    let answer = account.pull(time("2025-11-21T00:00:00Z"), time("2025-11-22T00:00:00Z")).await;
    (server, account, answer)
}

fn text(body: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_string(body)
}

#[tokio::test]
async fn a_day_is_asked_for_with_exactly_this_call_and_once_an_hour() {
    let (server, account, answer) = pulled(text(ROWS)).await;
    assert_eq!(answer, Answer::Done(vec![ROWS.as_bytes().to_vec()]));
    let again = account.pull(time("2025-11-22T00:00:00Z"), time("2025-11-22T01:00:00Z")).await;
    let refused = matches!(&again, Answer::NotExecuted(why) if why.contains("once an hour"));
    assert!(refused, "{again:?}");
    let calls = server.received_requests().await.unwrap();
    assert_eq!(calls.len(), 1);
    let query = format!(
        "startTime=20251120170000&endTime=20251121170000\
         &transactionTypes=NEW%2CREBILL%2CREFUND%2CVOID%2CCHARGEBACK%2CEXPIRE\
         &clientAccnum=900123&clientSubacc=0005&username=desk&password={PASSWORD}"
    );
    assert_eq!(calls[0].url.query(), Some(query.as_str()));
}

#[test]
fn an_hour_later_it_may_be_asked_for_again() {
    let (pace, start) = (super::super::extract::Pace::default(), Instant::now());
    let minutes = |count: u64| start + Duration::from_secs(60 * count);
    assert_eq!(pace.take(start), Ok(()));
    assert_eq!(pace.take(minutes(1)), Err(59));
    assert_eq!(pace.take(minutes(59) + Duration::from_secs(59)), Err(1));
    assert_eq!(pace.take(minutes(60)), Ok(()));
    assert_eq!(pace.take(minutes(61)), Err(59));
}

#[tokio::test]
async fn answers_to_a_pull_are_placed_by_what_is_known() {
    for nothing in ["1", "", " 1\n"] {
        let (_server, _account, answer) = pulled(text(nothing)).await;
        assert_eq!(answer, Answer::Done(Vec::new()), "{nothing:?}");
    }
    for no in ["Error: Authentication failed.", "Authentication failed"] {
        let (_server, _account, answer) = pulled(text(no)).await;
        assert!(matches!(answer, Answer::NotExecuted(_)), "{no}: {answer:?}");
    }
    let strange = [
        text("<html><body>maintenance</body></html>"),
        text("{\"a\":1}"),
        text(&ROWS.replace("9.95", "9.955")),
        ResponseTemplate::new(200).set_body_bytes([0xff, 0xfe]),
        ResponseTemplate::new(403),
        ResponseTemplate::new(500),
        text(ROWS).set_delay(Duration::from_secs(5)),
    ];
    for answer in strange {
        let label = format!("{answer:?}");
        let (_server, _account, answer) = pulled(answer).await;
        assert!(matches!(answer, Answer::Unknown(_)), "{label}: {answer:?}");
        assert!(!format!("{answer:?}").contains(PASSWORD));
    }
}

#[tokio::test]
async fn a_span_that_ccbill_does_not_give_is_refused_and_a_dead_line_costs_no_turn() {
    let account = account_of(config("http://127.0.0.1:9"));
    let day = time("2025-11-21T00:00:00Z");
    for end in ["2025-11-21T00:00:00Z", "2025-11-20T00:00:00Z", "2025-11-22T00:00:01Z"] {
        let answer = account.pull(day, time(end)).await;
        assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains("a day")), "{answer:?}");
    }
    for _ in 0..2 {
        let answer = account.pull(day, time("2025-11-22T00:00:00Z")).await;
        let dead = matches!(&answer, Answer::NotExecuted(why) if why.contains("no connection"));
        assert!(dead, "{answer:?}");
    }
}

#[test]
fn rows_are_read_by_their_type() {
    use NoticeKind::{
        Cancelled, ChargedBack, Expired, Paid, RebillPaid, Refunded, Voided, Waiting,
    };
    let notices = account().read_report(ROWS.as_bytes()).unwrap();
    let told: Vec<_> = notices.iter().map(|notice| (notice.kind, notice.amount)).collect();
    let expected = [
        (Paid, Some(usd(995))),
        (RebillPaid, Some(usd(2995))),
        (Refunded, Some(usd(995))),
        (Voided, Some(usd(400))),
        (ChargedBack, Some(usd(995))),
        (Expired, None),
        (Cancelled, None),
        (Waiting, None),
    ];
    assert_eq!(told, expected);
    assert_eq!(notices[0].transaction.as_deref(), Some(SUBSCRIPTION));
    assert!(notices.iter().all(|notice| notice.subscription.is_some()));
}

#[test]
fn a_row_tells_the_same_fact_as_its_webhook() {
    let rows = account().read_report(ROWS.as_bytes()).unwrap();
    for (name, row) in [("sale", 0), ("renewal", 1), ("refund", 2), ("chargeback", 4)] {
        let told = account().read_postback(&raw("", sample(name).as_bytes())).unwrap().remove(0);
        assert_eq!(told.dedupe, rows[row].dedupe, "{name}");
        assert_eq!(told.kind, rows[row].kind, "{name}");
    }
}

#[test]
fn a_file_of_another_form_is_refused_by_its_line() {
    let table = [
        ("a,b\n1,2\n".to_owned(), "line 1"),
        (format!("{ROWS}REFUND,900124,0005,1,2025-12-30 10:00:00,9.95\n"), "line 9"),
        (format!("{ROWS}REFUND,900123,0005,x,2025-12-30 10:00:00,9.95\n"), "line 9"),
        (format!("{ROWS}REFUND,900123,0005,1,2025-12-30 10:00:00\n"), "line 9"),
        (format!("{ROWS}NEW,900123,0005,1,2025-12-30 10:00:00,9.95\n"), "line 9"),
        (format!("{ROWS}REBILL,900123,0005,1,2025-12-30 10:00:00,code,9.95\n"), "line 9"),
        ("<html>".to_owned(), "line 1"),
    ];
    for (file, word) in table {
        let why = account().read_report(file.as_bytes()).unwrap_err().to_string();
        assert!(why.contains(word), "{word}: {why}");
    }
    assert_eq!(account().read_report(b"").unwrap(), []);
}
