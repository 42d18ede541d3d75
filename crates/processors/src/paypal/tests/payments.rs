//! What is done with money that is held or taken: exact requests and every class of answer.

use processor::{Answer, Found, FoundState};

use super::*;

const HOLD: &str = "/v2/payments/authorizations/0A100000FF000003A";
const TAKEN: &str = "/v2/payments/captures/3C100000FF000001A";

fn paper(id: &str, status: &str, value: &str) -> Value {
    json!({
        "id": id,
        "status": status,
        "amount": {"currency_code": "EUR", "value": value},
        "custom_id": ATTEMPT,
        "create_time": "2026-11-21T15:04:01Z",
    })
}

fn refunding(minor: i64) -> Refunding {
    Refunding {
        key: KEY.to_owned(),
        transaction: "3C100000FF000001A".to_owned(),
        amount: eur(minor),
        paid: eur(2300),
        reason: "asked for".to_owned(),
    }
}

fn ending() -> Cancellation {
    Cancellation {
        key: KEY.to_owned(),
        subscription: "I-BW452GLLEP1G".to_owned(),
        at_once: false,
        reason: "asked for".to_owned(),
    }
}

async fn asked(at: &str, answer: ResponseTemplate) -> (MockServer, PayPal) {
    let house = house(1).await;
    answers(&house, "POST", at, answer).await;
    let account = account_of(config(&house.uri()));
    (house, account)
}

async fn key_of(house: &MockServer, at: &str) -> String {
    let calls = house.received_requests().await.unwrap();
    let call = calls.iter().find(|call| call.url.path() == at).unwrap();
    call.headers["paypal-request-id"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_capture_may_exceed_the_hold_and_names_its_own_invoice() {
    let at = format!("{HOLD}/capture");
    let (house, account) =
        asked(&at, said(201, &paper("3C100000FF000003A", "COMPLETED", "23.00"))).await;
    let done = Done { transaction: Some("3C100000FF000003A".to_owned()), amount: Some(eur(2300)) };
    let answer = account.capture(KEY, "0A100000FF000003A", eur(2300)).await;
    assert_eq!(answer, Answer::Done(done));
    let expected = json!({
        "amount": {"currency_code": "EUR", "value": "23.00"},
        "final_capture": true,
        "invoice_id": KEY,
        "soft_descriptor": "EXAMPLE.TOKENS",
    });
    assert_eq!(sent_to(&house, &at).await, expected);
    assert_eq!(key_of(&house, &at).await, KEY);
}

#[tokio::test]
async fn a_renewal_gives_a_new_hold() {
    let at = format!("{HOLD}/reauthorize");
    let (house, account) = asked(&at, said(201, &paper("0A2", "CREATED", "20.00"))).await;
    let done = Done { transaction: Some("0A2".to_owned()), amount: Some(eur(2000)) };
    let answer = account.renew(KEY, "0A100000FF000003A", eur(2000)).await;
    assert_eq!(answer, Answer::Done(done));
    let expected = json!({"amount": {"currency_code": "EUR", "value": "20.00"}});
    assert_eq!(sent_to(&house, &at).await, expected);
}

#[tokio::test]
async fn a_hold_is_released_whichever_way_paypal_says_so() {
    let at = format!("{HOLD}/void");
    let released =
        Answer::Done(Done { transaction: Some("0A100000FF000003A".to_owned()), amount: None });
    for answer in [
        ResponseTemplate::new(204),
        said(200, &paper("0A100000FF000003A", "VOIDED", "20.00")),
        error(422, "UNPROCESSABLE_ENTITY", "PREVIOUSLY_VOIDED"),
    ] {
        let (_house, account) = asked(&at, answer).await;
        assert_eq!(account.void(KEY, "0A100000FF000003A").await, released);
    }
    let no = error(422, "UNPROCESSABLE_ENTITY", "PREVIOUSLY_CAPTURED");
    let (_house, account) = asked(&at, no).await;
    let answer = account.void(KEY, "0A100000FF000003A").await;
    assert!(matches!(answer, Answer::Declined(_)), "{answer:?}");
    for answer in [
        said(200, &paper("0A100000FF000003A", "CREATED", "20.00")),
        ResponseTemplate::new(200),
        ResponseTemplate::new(500),
        ResponseTemplate::new(204).set_delay(Duration::from_secs(5)),
    ] {
        let (_house, account) = asked(&at, answer).await;
        let answer = account.void(KEY, "0A100000FF000003A").await;
        assert!(matches!(answer, Answer::Unknown(_)), "{answer:?}");
    }
}

#[tokio::test]
async fn a_refund_names_its_amount_and_keeps_the_reason_to_itself() {
    let at = format!("{TAKEN}/refund");
    for (minor, value) in [(2300, "23.00"), (400, "4.00")] {
        let (house, account) =
            asked(&at, said(201, &paper("1R100000FF000001A", "COMPLETED", value))).await;
        let transaction = Some("1R100000FF000001A".to_owned());
        let done = Done { transaction, amount: Some(eur(minor)) };
        assert_eq!(account.refund(&refunding(minor)).await, Answer::Done(done));
        let expected = json!({
            "amount": {"currency_code": "EUR", "value": value},
            "invoice_id": KEY,
        });
        assert_eq!(sent_to(&house, &at).await, expected);
        assert_eq!(key_of(&house, &at).await, KEY);
    }
}

#[tokio::test]
async fn answers_to_a_refund_are_placed_by_what_they_prove() {
    enum Place {
        Accepted,
        Declined,
        NotExecuted,
        Unknown,
    }
    use Place::{Accepted, Declined, NotExecuted, Unknown};
    let semantic = |issue: &str| error(422, "UNPROCESSABLE_ENTITY", issue);
    let made = |status: &str, value: &str| said(201, &paper("1R1", status, value));
    let table = [
        (made("PENDING", "4.00"), Accepted),
        (made("FAILED", "4.00"), Declined),
        (made("CANCELLED", "4.00"), Declined),
        (semantic("CAPTURE_FULLY_REFUNDED"), Declined),
        (semantic("REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK"), Declined),
        (semantic("REFUND_FAILED_INSUFFICIENT_FUNDS"), Declined),
        (semantic("PENDING_CAPTURE"), NotExecuted),
        (semantic("REFUND_CAPTURE_CURRENCY_MISMATCH"), NotExecuted),
        (error(404, "RESOURCE_NOT_FOUND", ""), NotExecuted),
        (made("COMPLETED", "4.01"), Unknown),
        (made("DREAMING", "4.00"), Unknown),
        (semantic("DUPLICATE_INVOICE_ID"), Unknown),
        (semantic("NEW"), Unknown),
        (error(409, "RESOURCE_CONFLICT", "PREVIOUS_REQUEST_IN_PROGRESS"), Unknown),
        (ResponseTemplate::new(404).set_body_string("<html>"), Unknown),
        (ResponseTemplate::new(502).set_body_string("<html>Bad Gateway</html>"), Unknown),
        (ResponseTemplate::new(201).set_body_string("{\"id\":"), Unknown),
        (made("COMPLETED", "4.00").set_delay(Duration::from_secs(5)), Unknown),
    ];
    for (answer, place) in table {
        let label = format!("{answer:?}");
        let (_house, account) = asked(&format!("{TAKEN}/refund"), answer).await;
        let answer = account.refund(&refunding(400)).await;
        let placed = match place {
            Accepted => matches!(answer, Answer::Accepted),
            Declined => matches!(answer, Answer::Declined(_)),
            NotExecuted => matches!(answer, Answer::NotExecuted(_)),
            Unknown => matches!(answer, Answer::Unknown(_)),
        };
        assert!(placed, "{label} was placed as {answer:?}");
    }
}

#[tokio::test]
async fn a_subscription_is_ended() {
    let at = "/v1/billing/subscriptions/I-BW452GLLEP1G/cancel";
    let (house, account) = asked(at, ResponseTemplate::new(204)).await;
    assert!(matches!(account.cancel(&ending()).await, Answer::Done(_)));
    assert_eq!(sent_to(&house, at).await, json!({"reason": "asked for"}));
    let no = error(422, "UNPROCESSABLE_ENTITY", "SUBSCRIPTION_STATUS_INVALID");
    let (_house, account) = asked(at, no).await;
    assert!(matches!(account.cancel(&ending()).await, Answer::NotExecuted(_)));
    let (_house, account) = asked(at, ResponseTemplate::new(200)).await;
    assert!(matches!(account.cancel(&ending()).await, Answer::Unknown(_)));
}

#[tokio::test]
async fn an_id_cannot_lead_to_another_address() {
    let house = house(1).await;
    let account = account_of(config(&house.uri()));
    account.void(KEY, "../../captures/1/refund?x=").await;
    let calls = house.received_requests().await.unwrap();
    let asked = calls.last().unwrap().url.clone();
    assert!(asked.path().starts_with("/v2/payments/authorizations/"), "{asked}");
    assert!(asked.path().ends_with("/void") && asked.query().is_none(), "{asked}");
}

fn order(status: &str, payments: &Value) -> Value {
    json!({
        "id": "5O100000TN364000C",
        "status": status,
        "create_time": "2026-11-21T15:00:00Z",
        "purchase_units": [{
            "custom_id": ATTEMPT,
            "amount": {"currency_code": "EUR", "value": "20.00"},
            "payments": payments,
        }],
    })
}

/// Looks something up at a house that knows these papers and nothing else.
async fn looked_up(id: &str, known: &[(&str, Value)]) -> Answer<Option<Found>> {
    let house = house(1).await;
    for (at, body) in known {
        answers(&house, "GET", at, said(200, body)).await;
    }
    let gone = error(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID");
    Mock::given(method("GET")).respond_with(gone).with_priority(9).mount(&house).await;
    account_of(config(&house.uri())).find(&FindBy::Transaction(id.to_owned())).await
}

const ORDER: &str = "/v2/checkout/orders/5O100000TN364000C";

async fn state_of_order(status: &str, payments: Value) -> (FoundState, Option<Money>, String) {
    match looked_up("5O100000TN364000C", &[(ORDER, order(status, &payments))]).await {
        Answer::Done(Some(found)) => {
            assert_eq!(found.reference.as_deref(), Some(ATTEMPT));
            (found.state, found.amount, found.transaction)
        }
        other => panic!("not found: {other:?}"),
    }
}

#[tokio::test]
async fn an_order_tells_what_became_of_its_money() {
    use FoundState::{Approved, Authorized, Declined, Paid, Refunded, Voided, Waiting};
    let captures = |papers: &[(&str, &str)]| {
        let papers = papers.iter().map(|(status, value)| paper("3C1", status, value));
        json!({"captures": papers.collect::<Vec<Value>>()})
    };
    let holds = |status: &str| json!({"authorizations": [paper("0A1", status, "20.00")]});
    let table = [
        ("CREATED", json!({}), Waiting, 2000),
        ("PAYER_ACTION_REQUIRED", json!({}), Waiting, 2000),
        ("A_NEW_WORD", json!({}), Waiting, 2000),
        ("APPROVED", json!({}), Approved, 2000),
        ("VOIDED", json!({}), Declined, 2000),
        ("COMPLETED", holds("CREATED"), Authorized, 2000),
        ("COMPLETED", holds("VOIDED"), Voided, 2000),
        ("COMPLETED", holds("DENIED"), Declined, 2000),
        ("COMPLETED", holds("PENDING"), Waiting, 2000),
        ("COMPLETED", captures(&[("COMPLETED", "20.00")]), Paid, 2000),
        ("COMPLETED", captures(&[("PARTIALLY_REFUNDED", "20.00")]), Paid, 2000),
        ("COMPLETED", captures(&[("REFUNDED", "20.00")]), Refunded, 2000),
        ("COMPLETED", captures(&[("DECLINED", "20.00")]), Declined, 2000),
        ("COMPLETED", captures(&[("PENDING", "20.00")]), Waiting, 2000),
        ("COMPLETED", captures(&[("COMPLETED", "15.00"), ("COMPLETED", "8.00")]), Paid, 2300),
        ("COMPLETED", captures(&[("COMPLETED", "15.00"), ("PENDING", "8.00")]), Waiting, 2300),
        ("COMPLETED", captures(&[("DECLINED", "15.00"), ("COMPLETED", "8.00")]), Paid, 800),
    ];
    for (status, payments, state, minor) in table {
        let label = format!("{status} {payments}");
        let (found, amount, _) = state_of_order(status, payments).await;
        assert_eq!((found, amount), (state, Some(eur(minor))), "{label}");
    }
    let (_, _, transaction) = state_of_order("APPROVED", json!({})).await;
    assert_eq!(transaction, "5O100000TN364000C");
    let (_, _, transaction) = state_of_order("COMPLETED", holds("CREATED")).await;
    assert_eq!(transaction, "0A1");
}

#[tokio::test]
async fn captures_and_holds_are_found_by_their_own_ids() {
    let capture = paper("3C100000FF000001A", "COMPLETED", "9.95");
    let found = Found {
        state: FoundState::Paid,
        transaction: "3C100000FF000001A".to_owned(),
        reference: Some(ATTEMPT.to_owned()),
        amount: Some(eur(995)),
        occurred_at: Some("2026-11-21T15:04:01Z".parse().unwrap()),
    };
    let answer = looked_up("3C100000FF000001A", &[(TAKEN, capture)]).await;
    assert_eq!(answer, Answer::Done(Some(found)));
    let hold = paper("0A100000FF000003A", "CREATED", "20.00");
    let answer = looked_up("0A100000FF000003A", &[(HOLD, hold)]).await;
    assert!(matches!(answer, Answer::Done(Some(Found { state: FoundState::Authorized, .. }))));
}

#[tokio::test]
async fn a_hold_that_was_captured_leads_to_what_was_taken() {
    let mut hold = paper("0A100000FF000003A", "CAPTURED", "20.00");
    hold["supplementary_data"] = json!({"related_ids": {"order_id": "5O100000TN364000C"}});
    let payments = json!({"captures": [paper("3C9", "COMPLETED", "23.00")]});
    let known = [(HOLD, hold.clone()), (ORDER, order("COMPLETED", &payments))];
    let answer = looked_up("0A100000FF000003A", &known).await;
    let Answer::Done(Some(found)) = answer else { panic!("{answer:?}") };
    assert_eq!((found.state, found.amount), (FoundState::Paid, Some(eur(2300))));
    hold["supplementary_data"] = json!({});
    let answer = looked_up("0A100000FF000003A", &[(HOLD, hold)]).await;
    assert!(matches!(answer, Answer::Unknown(_)), "{answer:?}");
}

#[tokio::test]
async fn what_paypal_does_not_show_is_its_word_and_what_it_garbles_is_nothing() {
    let answer = looked_up("5O000000000000000", &[]).await;
    assert_eq!(answer, Answer::Done(None));
    assert_eq!(account().capabilities().find_proves_absence, None);
    let mut other = order("COMPLETED", &json!({}));
    other["id"] = "5O1".into();
    let mut two = order("COMPLETED", &json!({}));
    two["purchase_units"] = json!([{}, {}]);
    let broken = json!({"captures": [paper("3C1", "COMPLETED", "2e1")]});
    for body in [other, two, order("COMPLETED", &broken), json!([])] {
        let answer = looked_up("5O100000TN364000C", &[(ORDER, body.clone())]).await;
        assert!(matches!(answer, Answer::Unknown(_)), "{body}: {answer:?}");
    }
    for answer in [
        ResponseTemplate::new(404).set_body_string("<html>not here</html>"),
        ResponseTemplate::new(503),
        ResponseTemplate::new(200).set_body_string("<html>"),
    ] {
        let house = house(1).await;
        answers(&house, "GET", ORDER, answer).await;
        let by = FindBy::Transaction("5O100000TN364000C".to_owned());
        let answer = account_of(config(&house.uri())).find(&by).await;
        assert!(matches!(answer, Answer::Unknown(_)), "{answer:?}");
    }
    for by in [FindBy::Reference(ATTEMPT.to_owned()), FindBy::Transaction("a/b".to_owned())] {
        let answer = account().find(&by).await;
        assert!(matches!(answer, Answer::NotExecuted(_)), "{answer:?}");
    }
}
