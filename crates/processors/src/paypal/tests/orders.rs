//! Orders: the exact request, the link, the last call, and every class of answer.

use base::Language;
use processor::{Answer, ChargeOutcome, GoTo};

use super::*;

const ORDERS: &str = "/v2/checkout/orders";
const CAPTURE: &str = "/v2/checkout/orders/5O100000TN364000A/capture";
const AUTHORIZE: &str = "/v2/checkout/orders/5O100000TN364000A/authorize";
const PAGE: &str = "https://www.paypal.com/checkoutnow?token=5O100000TN364000A";

fn unit(value: &str, payments: &Value) -> Value {
    json!({
        "reference_id": ATTEMPT,
        "custom_id": ATTEMPT,
        "invoice_id": ATTEMPT,
        "amount": {"currency_code": "USD", "value": value},
        "payments": payments,
    })
}

fn begun() -> Value {
    json!({
        "id": "5O100000TN364000A",
        "intent": "CAPTURE",
        "status": "PAYER_ACTION_REQUIRED",
        "purchase_units": [unit("9.95", &json!({}))],
        "links": [
            {"href": "https://api-m.paypal.com/v2/checkout/orders/5O", "rel": "self"},
            {"href": PAGE, "rel": "payer-action", "method": "GET"},
        ],
    })
}

fn captured(status: &str) -> Value {
    let capture = json!({
        "id": "3C100000FF000001A",
        "status": status,
        "amount": {"currency_code": "USD", "value": "9.95"},
        "custom_id": ATTEMPT,
    });
    json!({
        "id": "5O100000TN364000A",
        "status": "COMPLETED",
        "payment_source": {"paypal": {
            "email_address": "ana@example.com",
            "attributes": {"vault": {"id": "8kk8451t", "status": "VAULTED"}},
        }},
        "purchase_units": [unit("9.95", &json!({"captures": [capture]}))],
    })
}

fn authorized(status: &str) -> Value {
    let hold = json!({
        "id": "0A100000FF000003A",
        "status": status,
        "amount": {"currency_code": "USD", "value": "9.95"},
    });
    json!({
        "id": "5O100000TN364000A",
        "status": "COMPLETED",
        "purchase_units": [unit("9.95", &json!({"authorizations": [hold]}))],
    })
}

#[tokio::test]
async fn an_order_is_made_and_its_link_handed_out() {
    let house = house(1).await;
    answers(&house, "POST", ORDERS, said(201, &begun())).await;
    let account = account_of(config(&house.uri()));
    let secrets = [SECRET, "A21AAF-token"];
    let started = check::starts(&account, &wish(usd(995)), &secrets).await;
    assert_eq!(started.go_to, GoTo::Link(PAGE.to_owned()));
    assert_eq!(started.transaction.as_deref(), Some("5O100000TN364000A"));
    let expected = json!({
        "intent": "CAPTURE",
        "purchase_units": [{
            "reference_id": ATTEMPT,
            "custom_id": ATTEMPT,
            "invoice_id": ATTEMPT,
            "amount": {"currency_code": "USD", "value": "9.95"},
            "description": "100 tokens & more",
            "soft_descriptor": "EXAMPLE.TOKENS",
        }],
        "payment_source": {"paypal": {
            "attributes": {"vault": {"store_in_vault": "ON_SUCCESS", "usage_type": "MERCHANT"}},
            "experience_context": {
                "return_url": "https://shop.example/checkouts/chk_1?done=1",
                "cancel_url": "https://shop.example/checkouts/chk_1",
                "user_action": "PAY_NOW",
                "shipping_preference": "NO_SHIPPING",
                "locale": "en-US",
                "brand_name": "Example Shop",
            },
        }},
    });
    assert_eq!(sent_to(&house, ORDERS).await, expected);
    let calls = house.received_requests().await.unwrap();
    let call = calls.iter().find(|call| call.url.path() == ORDERS).unwrap();
    assert_eq!(call.headers["paypal-request-id"], KEY);
    assert_eq!(call.headers["prefer"], "return=representation");
    // The token lasts: a second order asks for no other.
    assert!(matches!(account.start(&wish(usd(995))).await, Answer::Done(_)));
}

#[tokio::test]
async fn holds_amounts_and_languages_are_written_as_paypal_reads_them() {
    let house = house(1).await;
    answers(&house, "POST", ORDERS, ResponseTemplate::new(400)).await;
    let account = account_of(config(&house.uri()));
    let mut request = wish(jpy(500));
    request.capture = CaptureWhen::Later;
    account.start(&request).await;
    let sent = sent_to(&house, ORDERS).await;
    assert_eq!(sent["intent"], "AUTHORIZE");
    assert_eq!(sent["purchase_units"][0]["amount"]["value"], "500");
    let table = [
        (Language::En, "en-US"),
        (Language::Fr, "fr-FR"),
        (Language::De, "de-DE"),
        (Language::Da, "da-DK"),
        (Language::Fil, "en-PH"),
    ];
    for (language, locale) in table {
        request.buyer.language = language;
        account.start(&request).await;
        let sent = sent_to(&house, ORDERS).await;
        let context = &sent["payment_source"]["paypal"]["experience_context"];
        assert_eq!(context["locale"], locale);
    }
}

#[tokio::test]
async fn an_order_that_cannot_be_handed_out_charges_nobody() {
    let other = |at: &str, value: Value| {
        let mut order = begun();
        *order.pointer_mut(at).unwrap() = value;
        said(201, &order)
    };
    let table = [
        ResponseTemplate::new(500),
        ResponseTemplate::new(502).set_body_string("<html>Bad Gateway</html>"),
        ResponseTemplate::new(201).set_body_string("<html>"),
        ResponseTemplate::new(201).set_body_string("{\"id\":"),
        said(201, &json!({})),
        said(201, &begun()).set_delay(Duration::from_secs(5)),
        error(422, "UNPROCESSABLE_ENTITY", "PAYEE_ACCOUNT_RESTRICTED"),
        error(422, "UNPROCESSABLE_ENTITY", "DUPLICATE_INVOICE_ID"),
        error(400, "INVALID_REQUEST", "INVALID_PARAMETER_VALUE"),
        other("/links", json!([])),
        other("/links/1/href", "https://paypal.com.example.net/".into()),
        other("/id", "".into()),
        other("/purchase_units/0/amount/value", "9.96".into()),
        other("/purchase_units/0/amount/currency_code", "EUR".into()),
        other("/purchase_units/0/custom_id", "att_another".into()),
        other("/purchase_units", json!([])),
    ];
    for answer in table {
        let label = format!("{answer:?}");
        let house = house(1).await;
        answers(&house, "POST", ORDERS, answer).await;
        let started = account_of(config(&house.uri())).start(&wish(usd(995))).await;
        let Answer::NotExecuted(why) = started else { panic!("{label}: {started:?}") };
        assert!(!why.contains(SECRET) && !why.contains("A21AAF"), "{why}");
    }
    let down = account().start(&wish(usd(995))).await;
    assert!(matches!(down, Answer::NotExecuted(_)), "{down:?}");
}

#[tokio::test]
async fn a_rehearsal_shows_the_order_without_making_it() {
    let (http, calls) = Http::rehearsing().unwrap();
    let config = serde_json::from_value(config("https://api-m.paypal.com")).unwrap();
    let account = PayPal::new(config, http).unwrap();
    let started = account.start(&wish(usd(995))).await;
    assert!(matches!(started, Answer::NotExecuted(_)), "{started:?}");
    let calls = calls.lock().unwrap();
    let addresses: Vec<&str> = calls.iter().map(|call| call.url.as_str()).collect();
    assert_eq!(
        addresses,
        ["https://api-m.paypal.com/v1/oauth2/token", "https://api-m.paypal.com/v2/checkout/orders"]
    );
    assert!(calls[1].body.as_ref().unwrap().contains(ATTEMPT));
    assert!(!format!("{calls:?}").contains(SECRET));
}

#[tokio::test]
async fn a_token_that_paypal_takes_back_is_asked_for_again_once() {
    let house = house(2).await;
    Mock::given(path(ORDERS))
        .respond_with(said(401, &json!({"error": "invalid_token"})))
        .up_to_n_times(1)
        .mount(&house)
        .await;
    answers(&house, "POST", ORDERS, said(201, &begun())).await;
    let account = account_of(config(&house.uri()));
    assert!(matches!(account.start(&wish(usd(995))).await, Answer::Done(_)));
}

#[tokio::test]
async fn without_a_token_nothing_is_executed() {
    for answer in [
        ResponseTemplate::new(401).set_body_json(json!({"error": "invalid_client"})),
        ResponseTemplate::new(500),
        ResponseTemplate::new(200).set_body_string("<html>"),
        ResponseTemplate::new(200).set_body_json(json!({"expires_in": 1})),
    ] {
        let house = MockServer::start().await;
        Mock::given(path("/v1/oauth2/token")).respond_with(answer).mount(&house).await;
        let account = account_of(config(&house.uri()));
        let answer = account.complete(&completing(CaptureWhen::AtOnce)).await;
        assert!(matches!(answer, Answer::NotExecuted(_)), "{answer:?}");
    }
}

async fn completed(capture: CaptureWhen, answer: ResponseTemplate) -> Answer<Charged> {
    let house = house(1).await;
    let at = if capture == CaptureWhen::AtOnce { CAPTURE } else { AUTHORIZE };
    answers(&house, "POST", at, answer).await;
    account_of(config(&house.uri())).complete(&completing(capture)).await
}

#[tokio::test]
async fn the_last_call_takes_or_holds_the_money() {
    let answer = completed(CaptureWhen::AtOnce, said(201, &captured("COMPLETED"))).await;
    let charged = Charged {
        outcome: ChargeOutcome::Paid,
        transaction: Some("3C100000FF000001A".to_owned()),
        amount: Some(usd(995)),
        stored: Some("paypal:8kk8451t".to_owned()),
        card: None,
    };
    assert_eq!(answer, Answer::Done(charged));
    let answer = completed(CaptureWhen::Later, said(201, &authorized("CREATED"))).await;
    let Answer::Done(held) = answer else { panic!("{answer:?}") };
    assert_eq!(held.outcome, ChargeOutcome::Authorized);
    assert_eq!(held.transaction.as_deref(), Some("0A100000FF000003A"));
    let answer = completed(CaptureWhen::AtOnce, said(201, &captured("PENDING"))).await;
    let Answer::Done(pending) = answer else { panic!("{answer:?}") };
    assert_eq!(pending.outcome, ChargeOutcome::Pending);
}

#[derive(Debug, PartialEq)]
enum Place {
    Declined(&'static str),
    NotExecuted,
    Unknown,
}

/// What PayPal may answer to the last call, and what it proves.
fn answers_and_places() -> Vec<(ResponseTemplate, Place)> {
    use Place::{Declined, NotExecuted, Unknown};
    let semantic = |issue: &str| error(422, "UNPROCESSABLE_ENTITY", issue);
    let other = |at: &str, value: Value| {
        let mut order = captured("COMPLETED");
        *order.pointer_mut(at).unwrap() = value;
        said(201, &order)
    };
    let mut refused = captured("DECLINED");
    refused["purchase_units"][0]["payments"]["captures"][0]["processor_response"] =
        json!({"response_code": "9500"});
    let capture = "/purchase_units/0/payments/captures";
    vec![
        (said(201, &captured("DECLINED")), Declined("declined")),
        (said(201, &refused), Declined("fraud")),
        (said(201, &captured("FAILED")), Declined("processor_error")),
        (semantic("INSTRUMENT_DECLINED"), Declined("declined")),
        (semantic("PAYER_CANNOT_PAY"), Declined("declined")),
        (semantic("TRANSACTION_BLOCKED_BY_PAYEE"), Declined("risk")),
        (semantic("PAYER_ACTION_REQUIRED"), Declined("authentication_required")),
        (semantic("ORDER_NOT_APPROVED"), NotExecuted),
        (error(404, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID"), NotExecuted),
        (error(403, "NOT_AUTHORIZED", "PERMISSION_DENIED"), NotExecuted),
        (error(400, "INVALID_REQUEST", "MISSING_REQUIRED_PARAMETER"), NotExecuted),
        (error(429, "RATE_LIMIT_REACHED", ""), NotExecuted),
        (semantic("DUPLICATE_INVOICE_ID"), Unknown),
        (semantic("A_WORD_NOBODY_KNOWS"), Unknown),
        (semantic(""), Unknown),
        (error(409, "RESOURCE_CONFLICT", "PREVIOUS_REQUEST_IN_PROGRESS"), Unknown),
        (error(500, "INTERNAL_SERVER_ERROR", ""), Unknown),
        (ResponseTemplate::new(403).set_body_string("<html>blocked</html>"), Unknown),
        (ResponseTemplate::new(502).set_body_string("<html>Bad Gateway</html>"), Unknown),
        (ResponseTemplate::new(302), Unknown),
        (ResponseTemplate::new(201).set_body_string("<html>"), Unknown),
        (ResponseTemplate::new(201).set_body_string("{\"id\":\"5O"), Unknown),
        (ResponseTemplate::new(201).set_body_bytes([0xff, 0xfe]), Unknown),
        (ResponseTemplate::new(204), Unknown),
        (said(201, &json!({})), Unknown),
        (said(201, &captured("SURPRISED")), Unknown),
        (said(201, &authorized("CREATED")), Unknown),
        (other(capture, json!([])), Unknown),
        (other(&format!("{capture}/0/amount/value"), "9.94".into()), Unknown),
        (other(&format!("{capture}/0/amount/value"), "9.9500001".into()), Unknown),
        (other(&format!("{capture}/0/amount/currency_code"), "CAD".into()), Unknown),
        (other(&format!("{capture}/0/amount"), Value::Null), Unknown),
        (other("/purchase_units/0/custom_id", "att_another".into()), Unknown),
        (said(201, &captured("COMPLETED")).set_delay(Duration::from_secs(5)), Unknown),
    ]
}

#[tokio::test]
async fn answers_to_the_last_call_are_placed_by_what_they_prove() {
    for (answer, place) in answers_and_places() {
        let label = format!("{answer:?}");
        let answer = completed(CaptureWhen::AtOnce, answer).await;
        let text = format!("{answer:?}");
        let placed = match &answer {
            Answer::Declined(decline) => Place::Declined(Box::leak(decline.cause.clone().into())),
            Answer::NotExecuted(_) => Place::NotExecuted,
            Answer::Unknown(_) => Place::Unknown,
            other => panic!("{label}: {other:?}"),
        };
        assert_eq!(placed, place, "{label}: {text}");
        assert!(!text.contains(SECRET) && !text.contains("A21AAF"), "{text}");
    }
}

#[tokio::test]
async fn an_order_that_was_captured_before_is_looked_up() {
    let house = house(1).await;
    let no = error(422, "UNPROCESSABLE_ENTITY", "ORDER_ALREADY_CAPTURED");
    answers(&house, "POST", CAPTURE, no).await;
    let at = "/v2/checkout/orders/5O100000TN364000A";
    answers(&house, "GET", at, said(200, &captured("COMPLETED"))).await;
    let account = account_of(config(&house.uri()));
    let answer = account.complete(&completing(CaptureWhen::AtOnce)).await;
    let Answer::Done(charged) = answer else { panic!("{answer:?}") };
    assert_eq!(charged.outcome, ChargeOutcome::Paid);
    assert_eq!(charged.transaction.as_deref(), Some("3C100000FF000001A"));
}

/// PayPal answers a request id it knows with what it answered first, whatever is asked now.
#[tokio::test]
async fn the_last_call_has_a_request_id_of_its_own_and_keeps_it() {
    for (capture, at, word) in
        [(CaptureWhen::AtOnce, CAPTURE, "capture"), (CaptureWhen::Later, AUTHORIZE, "authorize")]
    {
        let house = house(1).await;
        answers(&house, "POST", at, ResponseTemplate::new(500)).await;
        let account = account_of(config(&house.uri()));
        account.complete(&completing(capture)).await;
        account.complete(&completing(capture)).await;
        let calls = house.received_requests().await.unwrap();
        let calls = calls.iter().filter(|call| call.url.path() == at);
        let ids: Vec<&str> =
            calls.map(|call| call.headers["paypal-request-id"].to_str().unwrap()).collect();
        let own = format!("{KEY}-{word}");
        assert_eq!(ids, [own.as_str(), own.as_str()]);
    }
}

#[tokio::test]
async fn a_customer_who_must_act_is_sent_to_paypals_page() {
    let no = json!({
        "name": "UNPROCESSABLE_ENTITY",
        "details": [{"issue": "PAYER_ACTION_REQUIRED"}],
        "links": [{"href": PAGE, "rel": "payer-action"}],
    });
    let answer = completed(CaptureWhen::AtOnce, said(422, &no)).await;
    let Answer::Done(charged) = answer else { panic!("{answer:?}") };
    assert_eq!(charged.outcome, ChargeOutcome::MustAct(GoTo::Link(PAGE.to_owned())));
    let mut elsewhere = no.clone();
    elsewhere["links"][0]["href"] = "https://evil.example/".into();
    let answer = completed(CaptureWhen::AtOnce, said(422, &elsewhere)).await;
    assert!(matches!(answer, Answer::Declined(_)), "{answer:?}");
}

#[tokio::test]
async fn what_is_kept_is_charged_as_what_it_is() {
    let table = [
        ("8kk8451t", "paypal", "8kk8451t"),
        ("paypal:8kk8451t", "paypal", "8kk8451t"),
        ("card:7nn7", "card", "7nn7"),
    ];
    for (id, kind, vault_id) in table {
        let house = house(1).await;
        answers(&house, "POST", ORDERS, said(201, &captured("COMPLETED"))).await;
        let account = account_of(config(&house.uri()));
        let stored = Instrument::Stored { id: id.to_owned(), customer: None };
        let answer = account.charge(&charging(stored)).await;
        let Answer::Done(charged) = answer else { panic!("{answer:?}") };
        assert_eq!(charged.outcome, ChargeOutcome::Paid);
        let sent = sent_to(&house, ORDERS).await;
        assert_eq!(sent["payment_source"], json!({kind: {"vault_id": vault_id}}));
    }
    let begun = begun();
    let house = house(1).await;
    answers(&house, "POST", ORDERS, said(201, &begun)).await;
    let account = account_of(config(&house.uri()));
    let stored = Instrument::Stored { id: "8kk8451t".to_owned(), customer: None };
    let answer = account.charge(&charging(stored)).await;
    let Answer::Done(charged) = answer else { panic!("{answer:?}") };
    assert_eq!(charged.outcome, ChargeOutcome::MustAct(GoTo::Link(PAGE.to_owned())));
}

#[tokio::test]
async fn what_cannot_be_charged_is_not_even_asked_for() {
    let stored = |id: &str| Instrument::Stored { id: id.to_owned(), customer: None };
    let token = || "{\"signature\":\"...\"}".to_owned();
    for instrument in [
        stored("bank:1"),
        stored("a/b"),
        stored(""),
        Instrument::GooglePay { token: token() },
        Instrument::Token { token: token() },
    ] {
        let answer = account().charge(&charging(instrument)).await;
        assert!(matches!(answer, Answer::NotExecuted(_)), "{answer:?}");
    }
    let rouble = Money::new(100, "RUB".parse().unwrap());
    let answer = account().start(&wish(rouble)).await;
    assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains("RUB")), "{answer:?}");
    let mut long = wish(usd(995));
    long.key = "k".repeat(109);
    let answer = account().start(&long).await;
    assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains("request ids")));
}

#[tokio::test]
async fn google_pay_passes_its_token_unchanged_once_its_field_is_known() {
    let house = house(1).await;
    let mut order = captured("COMPLETED");
    let card = json!({"last_digits": "1111", "brand": "VISA", "type": "CREDIT"});
    order["payment_source"] = json!({"google_pay": {"card": card}});
    answers(&house, "POST", ORDERS, said(201, &order)).await;
    let mut config = config(&house.uri());
    config["google_pay"] =
        json!({"gateway": "paypalppcp", "merchant_id": "M1", "token_field": "some_field"});
    let account = account_of(config);
    let expected = ("paypalppcp".to_owned(), "M1".to_owned());
    assert_eq!(account.capabilities().google_pay, Some(expected));
    let token = r#"{"signature":"MEQ\u003d","protocolVersion":"ECv2"}"#.to_owned();
    let answer = account.charge(&charging(Instrument::GooglePay { token: token.clone() })).await;
    let Answer::Done(charged) = answer else { panic!("{answer:?}") };
    let card = charged.card.unwrap();
    assert_eq!((card.brand.as_deref(), card.last4.as_deref()), (Some("VISA"), Some("1111")));
    let sent = sent_to(&house, ORDERS).await;
    assert_eq!(sent["payment_source"]["google_pay"]["some_field"], token);
}
