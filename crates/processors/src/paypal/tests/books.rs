//! Settlement, the transaction search, and what a check finds.

use processor::{Answer, Finding, LineKind, NoticeKind, Standing};
use wiremock::matchers::query_param;

use super::*;

const STL: &str = include_str!("../samples/STL-20261121.01.009.CSV");

#[test]
fn every_row_of_a_settlement_is_a_line_with_its_sign() {
    let lines = account().read_settlement(STL.as_bytes()).unwrap();
    let short: Vec<_> = lines.iter().map(|line| (line.kind, line.gross, line.fee.minor)).collect();
    let expected = [
        (LineKind::Sale, usd(995), 64),
        (LineKind::Refund, usd(-400), -10),
        (LineKind::Chargeback, usd(-595), 0),
        (LineKind::Fee, usd(-2000), 0),
        (LineKind::Reserve, usd(-595), 0),
        (LineKind::Payout, usd(-100_000), 0),
        (LineKind::Sale, jpy(500), 58),
    ];
    assert_eq!(short, expected);
    assert_eq!(lines[0].transaction.as_deref(), Some("3C100000FF000001A"));
    assert_eq!(lines[0].reference.as_deref(), Some(ATTEMPT));
    assert_eq!(lines[0].occurred_at, Some("2026-11-21T15:04:03Z".parse().unwrap()));
    assert_eq!(lines[2].reference, None);
}

#[test]
fn a_settlement_that_cannot_be_placed_names_its_row() {
    let table = [
        (STL.replace("\"T0006\"", "\"T9900\""), "T9900"),
        (STL.replace("\"T0006\"", "\"Sale\""), "row 5"),
        (STL.replace("\"995\"", "\"9.95\""), "row 5"),
        (STL.replace("\"995\"", "\"-995\""), "row 5"),
        (STL.replace("\"995\"", "\"99999999999999999999\""), "row 5"),
        (STL.replace("\"995\"", "\"\""), "row 5"),
        (STL.replace("\"CR\",\"995\"", "\"XX\",\"995\""), "row 5"),
        (STL.replace("\"CR\",\"995\"", "\"DR\",\"995\""), "row 5"),
        (STL.replace("\"USD\"", "\"ZZZ\""), "row 5"),
        (STL.replace("\"JPY\"", "\"TWD\""), "TWD"),
        (STL.replace("\"64\",\"USD\"", "\"64\",\"EUR\""), "fee"),
        (STL.replace("\"RH\"", "\"XX\""), "row 1"),
        (STL.replace("\"CH\"", "\"SC\""), "before its columns"),
        ("<html>502</html>".to_owned(), "row 1"),
        (String::new(), "no row"),
    ];
    for (file, names) in table {
        let why = account().read_settlement(file.as_bytes()).unwrap_err().to_string();
        assert!(why.contains(names), "{names}: {why}");
    }
    assert!(account().read_settlement(&[0xff, 0xfe, b'\n', 0xff]).is_err());
}

#[test]
fn columns_are_known_by_their_names() {
    let moved =
        STL.replace("\"Gross Transaction Amount\",\"Gross Transaction Currency\"", "\"x\",\"y\"");
    assert!(account().read_settlement(moved.as_bytes()).is_err());
    let one_blank = STL.replace("Transaction  Debit or Credit", "Transaction Debit or Credit");
    assert_eq!(
        account().read_settlement(one_blank.as_bytes()),
        account().read_settlement(STL.as_bytes())
    );
}

fn row(id: &str, code: &str, status: &str, value: &str, of: Option<&str>) -> Value {
    json!({"transaction_info": {
        "transaction_id": id,
        "paypal_reference_id": of,
        "paypal_reference_id_type": of.map(|_| "TXN"),
        "transaction_event_code": code,
        "transaction_status": status,
        "transaction_initiation_date": "2026-11-21T15:04:01+0000",
        "transaction_updated_date": "2026-11-21T15:04:01+0000",
        "transaction_amount": {"currency_code": "USD", "value": value},
        "custom_field": if of.is_none() { Some(ATTEMPT) } else { None },
        "payer_info": {"email_address": "ana@example.com"},
    }})
}

fn page(rows: &[Value], total: u32) -> Value {
    json!({"transaction_details": rows, "page": 1, "total_items": rows.len(), "total_pages": total})
}

#[test]
fn a_report_tells_the_same_facts_as_the_messages() {
    let capture = "3C100000FF000001A";
    let rows = [
        row(capture, "T0006", "S", "9.95", None),
        row("1R100000FF000001A", "T1107", "S", "-4.00", Some(capture)),
        row("1C100000FF000001A", "T1201", "S", "-5.95", Some(capture)),
        row("1D100000FF000001A", "T1202", "S", "5.95", Some(capture)),
        row("3C100000FF000002A", "T0006", "P", "9.95", None),
        row("3C100000FF000003A", "T0006", "D", "9.95", None),
        row("1H100000FF000001A", "T1110", "S", "-5.95", Some(capture)),
        row("1W100000FF000001A", "T0400", "S", "-100.00", None),
    ];
    let report = page(&rows, 1).to_string();
    let notices = account().read_report(report.as_bytes()).unwrap();
    let kinds: Vec<NoticeKind> = notices.iter().map(|notice| notice.kind).collect();
    let expected = [
        NoticeKind::Paid,
        NoticeKind::Refunded,
        NoticeKind::ChargedBack,
        NoticeKind::ChargebackReversed,
    ];
    assert_eq!(kinds, expected);
    let told = |name: &str| account().read_postback(&raw(sample(name))).unwrap().remove(0);
    for (nth, name) in ["capture completed", "capture refunded", "dispute lost"].iter().enumerate()
    {
        let told = told(name);
        assert_eq!(notices[nth].dedupe, told.dedupe, "{name}");
        assert_eq!(notices[nth].amount, told.amount, "{name}");
        assert_eq!(notices[nth].parent, told.parent, "{name}");
    }
    assert_eq!(notices[0].occurred_at, Some("2026-11-21T15:04:01Z".parse().unwrap()));
    let odd = page(&[row(capture, "T0006", "S", "9.955", None)], 1).to_string();
    let why = account().read_report(odd.as_bytes()).unwrap_err().to_string();
    assert!(why.contains("row 1"), "{why}");
    assert!(account().read_report(b"<html>").is_err());
    assert!(account().read_report(b"{}").is_err());
}

#[tokio::test]
async fn long_spans_are_asked_for_in_pieces_and_pages() {
    let house = house(1).await;
    let at = "/v1/reporting/transactions";
    for (from, to, number, total) in [
        ("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", "1", 2),
        ("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", "2", 2),
        ("2026-11-01T00:00:00Z", "2026-11-21T15:04:10Z", "1", 1),
    ] {
        Mock::given(method("GET"))
            .and(path(at))
            .and(query_param("start_date", from))
            .and(query_param("end_date", to))
            .and(query_param("page", number))
            .and(query_param("page_size", "500"))
            .and(query_param("fields", "transaction_info"))
            .respond_with(said(200, &page(&[], total)))
            .expect(1)
            .mount(&house)
            .await;
    }
    let account = account_of(config(&house.uri()));
    let from: Timestamp = "2026-10-01T00:00:00Z".parse().unwrap();
    let Answer::Done(pages) = account.pull(from, now()).await else { panic!("not pulled") };
    assert_eq!(pages.len(), 3);
    assert!(pages.iter().all(|page| account.read_report(page).is_ok_and(|all| all.is_empty())));
    let answer = account.pull(now(), from).await;
    assert!(matches!(answer, Answer::NotExecuted(_)), "{answer:?}");
}

#[tokio::test]
async fn a_search_that_breaks_off_is_not_half_a_report() {
    for answer in [
        ResponseTemplate::new(500),
        ResponseTemplate::new(200).set_body_string("<html>"),
        error(403, "NOT_AUTHORIZED", "PERMISSION_DENIED"),
    ] {
        let house = house(1).await;
        answers(&house, "GET", "/v1/reporting/transactions", answer).await;
        let from: Timestamp = "2026-11-20T00:00:00Z".parse().unwrap();
        let answer = account_of(config(&house.uri())).pull(from, now()).await;
        let calm = matches!(answer, Answer::Unknown(_) | Answer::NotExecuted(_));
        assert!(calm, "{answer:?}");
    }
}

async fn checked(webhook: ResponseTemplate) -> Vec<Finding> {
    let house = house(1).await;
    let at = format!("/v1/notifications/webhooks/{WEBHOOK}");
    answers(&house, "GET", &at, webhook).await;
    account_of(config(&house.uri())).check(now()).await
}

#[tokio::test]
async fn a_check_tries_the_token_the_clock_and_the_webhook() {
    let events = |names: &[&str]| {
        let names: Vec<Value> = names.iter().map(|name| json!({"name": name})).collect();
        said(200, &json!({"id": WEBHOOK, "url": "https://shop.example/p", "event_types": names}))
    };
    let standing = |found: &[Finding], what: &str| {
        found.iter().find(|one| one.what == what).map(|one| one.standing)
    };
    let found = checked(events(&["*"])).await;
    for what in ["credentials", "webhook_id", "webhook events"] {
        assert_eq!(standing(&found, what), Some(Standing::Good), "{what}: {found:?}");
    }
    assert!(standing(&found, "clock").is_some());
    let found = checked(events(&["PAYMENT.CAPTURE.COMPLETED"])).await;
    let why = Finding::worst(&found).unwrap();
    assert!(why.contains("CHECKOUT.ORDER.APPROVED"), "{why}");
    assert!(!why.contains("PAYMENT.CAPTURE.COMPLETED"), "{why}");
    for webhook in [
        error(404, "RESOURCE_NOT_FOUND", ""),
        ResponseTemplate::new(500),
        ResponseTemplate::new(200).set_body_string("<html>"),
    ] {
        let why = Finding::worst(&checked(webhook).await).unwrap();
        assert!(why.contains("webhook_id"), "{why}");
    }
    let why = Finding::worst(&account().check(now()).await).unwrap();
    assert!(why.starts_with("credentials: ") && !why.contains(SECRET), "{why}");
}
