//! Settlement in both forms, events fetched again, and the check of an account.

use processor::{LineKind, Standing};
use wiremock::matchers::{path, query_param, query_param_is_missing};

use super::*;

const LISTED: &str = include_str!("../samples/balance_transactions.json");
const REPORT: &str = include_str!("../samples/payout_reconciliation.csv");

#[test]
fn a_list_of_balance_transactions_is_read_to_the_cent() {
    let lines = account().read_settlement(LISTED.as_bytes()).unwrap();
    insta::assert_debug_snapshot!(lines);
    let net: i64 = lines.iter().map(|line| line.gross.minor - line.fee.minor).sum();
    assert_eq!(net, 995 - 59 - 500 - 26_500 + 26_500 - 200 - 1000);
}

#[test]
fn the_report_says_the_same_in_decimals() {
    let lines = account().read_settlement(REPORT.as_bytes()).unwrap();
    let listed = account().read_settlement(LISTED.as_bytes()).unwrap();
    assert_eq!((lines[0].gross, lines[0].fee), (listed[0].gross, listed[0].fee));
    assert_eq!(lines[0].transaction, listed[0].transaction);
    assert_eq!(lines[0].reference.as_deref(), Some(ATTEMPT));
    assert_eq!(lines[0].occurred_at, Some("2026-11-20T09:15:00Z".parse().unwrap()));
    assert_eq!((lines[2].kind, lines[2].gross), (LineKind::Chargeback, usd(-25_000)));
    assert_eq!(lines[2].fee, usd(1500));
    assert_eq!(lines[3].gross, Money::new(500, Currency::JPY));
    assert_eq!((lines[4].kind, lines[4].transaction.as_deref()), (LineKind::Fee, None));
    let marked = format!("\u{feff}{REPORT}");
    assert_eq!(account().read_settlement(marked.as_bytes()).unwrap(), lines);
}

#[test]
fn a_settlement_that_is_not_whole_is_refused_with_its_line() {
    let table = [
        (REPORT.replace(",refund,", ",levitation,"), "line 3: the category \"levitation\""),
        (REPORT.replace("-5.00,0.00", "-5.001,0.00"), "line 3"),
        (REPORT.replace("reporting_category", "category"), "column reporting_category"),
        (REPORT.replace(",gross,", ",net,"), "column gross"),
        (LISTED.replace("\"has_more\": false", "\"has_more\": true"), "first page"),
        (LISTED.replace("\"amount\": 995", "\"amount\": 9.95"), "no list"),
        (LISTED.replace("\"fee\": 59", "\"cost\": 59"), "line 1: there is no fee"),
        ("{}".to_owned(), "no list"),
        ("a,b\n1,2\n".to_owned(), "column reporting_category"),
        ("<html>502 Bad Gateway</html>".to_owned(), "column reporting_category"),
        ("[]".to_owned(), "column reporting_category"),
        (String::new(), "column reporting_category"),
    ];
    for (file, sentence) in table {
        let why = account().read_settlement(file.as_bytes()).unwrap_err().to_string();
        assert!(why.contains(sentence), "{sentence}: {why}");
    }
}

#[tokio::test]
async fn events_are_fetched_page_by_page_and_heard_as_if_posted() {
    let server = MockServer::start().await;
    let event = |name| serde_json::from_str::<Value>(sample(name)).unwrap();
    let first = json!({"object": "list", "has_more": true,
                       "data": [event("paid"), event("charge of an intent")]});
    let second = json!({"object": "list", "has_more": false, "data": [event("refunded in part")]});
    let pages = [(None, first), (Some("evt_1Pdesk0040"), second)];
    for (after, page) in pages {
        let mock = Mock::given(path("/v1/events"))
            .and(query_param("created[gte]", "1795300000"))
            .and(query_param("created[lt]", "1795386400"));
        let mock = match after {
            Some(id) => mock.and(query_param("starting_after", id)),
            None => mock.and(query_param_is_missing("starting_after")),
        };
        mock.respond_with(answered(200, &page)).expect(1).mount(&server).await;
    }
    let account = account_of(config(&server.uri()));
    let at = |second| Timestamp::from_second(second).unwrap();
    let Answer::Done(files) = account.pull(at(1_795_300_000), at(1_795_386_400)).await else {
        panic!("nothing was fetched")
    };
    let heard: Vec<Notice> =
        files.iter().flat_map(|file| account.read_report(file).unwrap()).collect();
    let posted: Vec<Notice> =
        ["paid", "refunded in part"].iter().flat_map(|name| read(sample(name)).unwrap()).collect();
    assert_eq!(heard, posted);
    assert!(account.read_report(b"{\"data\":[{\"id\":\"evt_1\"}]}").is_err());
    let (_server, account) = house(ResponseTemplate::new(500)).await;
    assert!(matches!(account.pull(at(0), at(1)).await, Answer::Unknown(_)));
}

#[test]
fn every_event_that_is_asked_for_has_a_sample_and_stands_in_the_guide() {
    let guide = include_str!("../../../../../docs/guides/processors/stripe.md");
    for kind in report::TELLING {
        let quoted = format!("\"type\":\"{kind}\"");
        assert!(samples().any(|(_, body)| body.contains(&quoted)), "{kind} has no sample");
        assert!(guide.contains(&format!("`{kind}`")), "{kind} is not in the guide");
    }
}

#[tokio::test]
async fn a_check_says_line_by_line_what_is_missing() {
    let good = answered(200, &json!({"object": "balance", "livemode": false}))
        .insert_header("date", "Sun, 22 Nov 2026 10:00:07 GMT");
    let (_server, account) = house(good.clone()).await;
    let findings = account.check(now()).await;
    assert_eq!(Finding::worst(&findings), None, "{findings:?}");
    assert_eq!(findings.len(), 5, "{findings:?}");
    let (server, _) = house(good).await;
    let mut live = config(&server.uri());
    live["secret_key"] = "sk_live_made_up_0001".into();
    live["mode"] = "live".into();
    live["publishable_key"] = Value::Null;
    live["webhook_secrets"] = json!([]);
    live["support"] = json!({});
    let findings = account_of(live).check(now()).await;
    let says = Finding::worst(&findings).unwrap();
    assert!(says.contains("one mode") && says.contains("webhook_secrets: none"), "{says}");
    let noticed =
        |what| findings.iter().any(|one| one.what == what && one.standing == Standing::Notice);
    assert!(noticed("publishable_key") && noticed("support"), "{findings:?}");
    let no = json!({"type": "invalid_request_error", "message": format!("Invalid: {KEY}")});
    let (_server, account) = house(error(401, &no)).await;
    let says = Finding::worst(&account.check(now()).await).unwrap();
    assert!(says.contains("secret_key") && says.contains("401") && !says.contains(KEY), "{says}");
    let says = Finding::worst(&super::account().check(now()).await).unwrap();
    assert!(says.contains("no connection"), "{says}");
}
