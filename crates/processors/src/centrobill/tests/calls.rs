//! Calls: exact requests, every class of answer, and what must never be taken for a yes.

use processor::{ChangeTo, ChargeOutcome, FoundState, GoTo, Instrument, Rejected, Standing};
use wiremock::matchers::{body_json, body_string, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

fn charge_of(instrument: Instrument, amount: Money) -> Charge {
    let wish = wish("tokens-7", amount);
    Charge {
        key: wish.key,
        reference: wish.reference,
        amount,
        product: wish.product,
        description: wish.description,
        buyer: wish.buyer,
        instrument,
        capture: CaptureWhen::AtOnce,
        return_url: wish.return_url,
        postback_url: wish.postback_url,
    }
}

fn stored() -> Instrument {
    Instrument::Stored { id: "0f0f0f0f-1111-4222-8333-444444444444".to_owned(), customer: None }
}

fn payment(change: impl Fn(&mut Value)) -> Value {
    let mut payment = json!({"payment": {
        "code": 0, "description": "Approved", "action": "charge", "mode": "sale",
        "status": "success", "amount": 19.90, "currency": "USD", "transactionId": "400000101",
        "orderId": "2300000101", "source": {"method": "card", "number": "420000****1111",
        "brand": "visa", "paymentAccountId": "0f0f0f0f-1111-4222-8333-444444444444"},
    }, "metadata": {"paydesk_reference": ATTEMPT}});
    change(&mut payment["payment"]);
    payment
}

async fn house(at: &str, verb: &str, answer: ResponseTemplate) -> (MockServer, CentroBill) {
    let server = MockServer::start().await;
    Mock::given(method(verb))
        .and(path(at))
        .and(header("authorization", KEY))
        .respond_with(answer)
        .mount(&server)
        .await;
    let account = account_of(config(&server.uri()));
    (server, account)
}

async fn charged(answer: ResponseTemplate) -> Answer<Charged> {
    let (_server, account) = house("/payment", "POST", answer).await;
    account.charge(&charge_of(stored(), usd(1990))).await
}

fn made(value: &Value) -> ResponseTemplate {
    ResponseTemplate::new(201).set_body_json(value)
}

#[tokio::test]
async fn a_charge_is_exactly_this_request() {
    let table = [
        (
            stored(),
            r#"{"type":"paymentAccountId","paymentAccountId":"0f0f0f0f-1111-4222-8333-444444444444"}"#,
        ),
        (
            Instrument::Stored { id: "55000001".to_owned(), customer: Some("55000001".to_owned()) },
            r#"{"type":"consumer","value":"55000001"}"#,
        ),
        (Instrument::Token { token: "tok-1".to_owned() }, r#"{"type":"token","value":"tok-1"}"#),
    ];
    for (instrument, source) in table {
        let server = MockServer::start().await;
        let body = format!(
            "{{\"paymentSource\":{source},\"sku\":{{\"title\":\"100 tokens & more\",\
             \"siteId\":\"983759353\",\"price\":[{{\"offset\":\"0d\",\"amount\":19.90,\
             \"currency\":\"USD\",\"repeat\":false}}]}},\"consumer\":{{\"externalId\":\"cus_1\",\
             \"email\":\"ana+shop@example.com\",\"ip\":\"198.51.100.9\",\"country\":\"DNK\"}},\
             \"url\":{{\"ipnUrl\":\"https://shop.example/postbacks/cb/a-secret\",\
             \"redirectUrl\":\"https://shop.example/checkouts/chk_1?done=1\"}},\"metadata\":{{\
             \"paydesk_reference\":\"{ATTEMPT}\"}}}}"
        );
        Mock::given(method("POST"))
            .and(path("/payment"))
            .and(header("authorization", KEY))
            .and(header("x-request-id", "op_01k2m8y4v0000000000000000b"))
            .and(header("content-type", "application/json"))
            .and(body_string(body))
            .respond_with(made(&payment(|_| ())))
            .expect(1)
            .mount(&server)
            .await;
        let account = account_of(config(&server.uri()));
        let Answer::Done(charged) = account.charge(&charge_of(instrument, usd(1990))).await else {
            panic!("not charged")
        };
        assert_eq!(charged.outcome, ChargeOutcome::Paid);
        assert_eq!(charged.transaction.as_deref(), Some("400000101"));
        assert_eq!(charged.amount, Some(usd(1990)));
        assert_eq!(charged.card.unwrap().last4.as_deref(), Some("1111"));
        assert!(charged.stored.is_some());
    }
}

/// Every class of answer, and where it belongs.
fn answers() -> Vec<(ResponseTemplate, &'static str)> {
    let with =
        |key: &'static str, value: Value| made(&payment(|payment| payment[key] = value.clone()));
    let without = |key: &'static str| {
        made(&payment(|payment| drop(payment.as_object_mut().unwrap().remove(key))))
    };
    let transfer = payment(|payment| payment["source"]["method"] = "ideal".into());
    vec![
        (made(&payment(|_| ())), "Paid"),
        (ResponseTemplate::new(200).set_body_json(payment(|_| ())), "Paid"),
        (with("code", "0".into()), "Paid"),
        (with("mode", "auth".into()), "Authorized"),
        (with("mode", "settle".into()), "Paid"),
        (made(&transfer), "Pending"),
        (with("status", "pending".into()), "Pending"),
        (with("status", "fail".into()), "unknown"),
        (
            made(&payment(|payment| {
                payment["status"] = "fail".into();
                payment["code"] = 51.into();
                payment["description"] = "Insufficient Funds".into();
            })),
            "insufficient_funds",
        ),
        (with("code", 51.into()), "Unknown"),
        (without("code"), "Unknown"),
        (without("transactionId"), "Unknown"),
        (without("status"), "Unknown"),
        (with("status", "successful".into()), "Unknown"),
        (with("mode", "payout".into()), "Unknown"),
        (with("action", "credit".into()), "Unknown"),
        (with("action", "redirect".into()), "Unknown"),
        (made(&json!({"message": "ok"})), "Unknown"),
        (ResponseTemplate::new(201).set_body_string("<html>Approved</html>"), "Unknown"),
        (ResponseTemplate::new(201).set_body_string("<?xml version=\"1.0\"?><a>0</a>"), "Unknown"),
        (ResponseTemplate::new(201).set_body_bytes([0xff, 0xfe]), "Unknown"),
        (ResponseTemplate::new(204), "Unknown"),
        (ResponseTemplate::new(400), "NotExecuted"),
        (ResponseTemplate::new(401), "NotExecuted"),
        (ResponseTemplate::new(403), "NotExecuted"),
        (ResponseTemplate::new(404), "NotExecuted"),
        (ResponseTemplate::new(409), "Unknown"),
        (ResponseTemplate::new(422), "Unknown"),
        (ResponseTemplate::new(429), "Unknown"),
        (ResponseTemplate::new(302), "Unknown"),
        (ResponseTemplate::new(500), "Unknown"),
        (made(&payment(|_| ())).set_delay(Duration::from_secs(5)), "Unknown"),
    ]
}

#[tokio::test]
async fn answers_to_a_charge_are_placed_by_the_list_and_nothing_else() {
    let text = |answer: &Answer<Charged>| match answer {
        Answer::Done(charged) => format!("{:?}", charged.outcome),
        Answer::Accepted => "Accepted".to_owned(),
        Answer::Declined(decline) => decline.cause.clone(),
        Answer::NotExecuted(_) => "NotExecuted".to_owned(),
        Answer::Unknown(_) => "Unknown".to_owned(),
    };
    let table = answers();
    for (nth, (answer, place)) in table.into_iter().enumerate() {
        let answer = charged(answer).await;
        assert_eq!(text(&answer), place, "{nth}: {answer:?}");
        assert!(!format!("{answer:?}").contains(KEY), "the key leaked: {answer:?}");
    }
    let far = account().charge(&charge_of(stored(), usd(1990))).await;
    assert!(matches!(far, Answer::NotExecuted(_)), "nobody listens: {far:?}");
    let google = Instrument::GooglePay { token: "t".to_owned() };
    let google = account().charge(&charge_of(google, usd(1990))).await;
    assert!(matches!(&google, Answer::NotExecuted(why) if why.contains("Google")), "{google:?}");
}

#[tokio::test]
async fn a_customer_who_must_confirm_is_sent_there() {
    let link = "https://acs.example/challenge?id=1";
    let redirect = |url: &str| {
        made(&payment(|payment| {
            payment["action"] = "redirect".into();
            payment["status"] = "pending".into();
            payment["url"] = url.into();
        }))
    };
    let Answer::Done(charged_now) = charged(redirect(link)).await else { panic!("not done") };
    assert_eq!(charged_now.outcome, ChargeOutcome::MustAct(GoTo::Link(link.to_owned())));
    for bad in ["", "http://acs.example/", "javascript:alert(1)", "acs"] {
        let answer = charged(redirect(bad)).await;
        assert!(matches!(answer, Answer::Unknown(_)), "{bad}: {answer:?}");
    }
}

fn refunding(minor: i64) -> Refunding {
    Refunding {
        key: "op_2".to_owned(),
        transaction: "400000001".to_owned(),
        amount: usd(minor),
        paid: usd(995),
        reason: "asked for".to_owned(),
    }
}

/// As the open SDK's own fixture answers, with made-up values.
fn credited(status: &str) -> Value {
    json!({"payment": {"code": if status == "fail" { 7 } else { 0 }, "description": "APPROVED",
        "mode": "credit", "status": status, "transactionId": "400000011",
        "descriptor": "example.com", "source": {"method": "card", "number": "420000****1111"}}})
}

#[tokio::test]
async fn a_refund_names_the_part_and_a_void_names_nothing() {
    let done = Answer::Done(Done { transaction: Some("400000011".to_owned()), amount: None });
    for (minor, body) in [
        (995, "{\"reason\":\"asked for\"}"),
        (500, "{\"reason\":\"asked for\",\"amount\":5.00}"),
        (0, "{\"reason\":\"released\"}"),
    ] {
        let server = MockServer::start().await;
        Mock::given(method("POST"))
            .and(path("/payment/400000001/credit"))
            .and(header("authorization", KEY))
            .and(header("x-request-id", "op_2"))
            .and(body_string(body))
            .respond_with(made(&credited("success")))
            .expect(1)
            .mount(&server)
            .await;
        let account = account_of(config(&server.uri()));
        let answer = match minor {
            0 => account.void("op_2", "400000001").await,
            minor => account.refund(&refunding(minor)).await,
        };
        assert_eq!(answer, done, "{body}");
    }
}

#[tokio::test]
async fn answers_to_a_refund_are_placed_by_the_list_and_nothing_else() {
    let mut coded = credited("success");
    coded["payment"]["code"] = 3.into();
    let mut sale = credited("success");
    sale["payment"]["mode"] = "sale".into();
    let table = [
        (made(&credited("pending")), "Accepted"),
        (made(&credited("fail")), "Declined"),
        (made(&credited("done")), "Unknown"),
        (made(&coded), "Unknown"),
        (made(&sale), "Unknown"),
        (made(&json!({})), "Unknown"),
        (ResponseTemplate::new(200).set_body_string("<html/>"), "Unknown"),
        (ResponseTemplate::new(404), "NotExecuted"),
        (ResponseTemplate::new(500), "Unknown"),
        (made(&credited("success")).set_delay(Duration::from_secs(5)), "Unknown"),
    ];
    for (nth, (answer, place)) in table.into_iter().enumerate() {
        let (_server, account) = house("/payment/400000001/credit", "POST", answer).await;
        let answer = account.refund(&refunding(995)).await;
        assert!(format!("{answer:?}").starts_with(place), "{nth}: {answer:?}");
    }
    let crooked = Refunding { transaction: "../ips".to_owned(), ..refunding(995) };
    let answer = account().refund(&crooked).await;
    assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains("no id")), "{answer:?}");
}

fn ending(at_once: bool) -> Cancellation {
    Cancellation {
        key: "op_3".to_owned(),
        subscription: "1276034".to_owned(),
        at_once,
        reason: "asked for".to_owned(),
    }
}

#[tokio::test]
async fn subscriptions_are_ended_recovered_and_moved() {
    let subscription = json!({"id": 1_276_034, "status": "active", "cycle": 2});
    let put = async |at: &str, body: Value| {
        let server = MockServer::start().await;
        Mock::given(method("PUT"))
            .and(path(at))
            .and(header("authorization", KEY))
            .and(header("x-request-id", "op_3"))
            .and(body_json(body))
            .respond_with(ResponseTemplate::new(200).set_body_json(&subscription))
            .expect(1)
            .mount(&server)
            .await;
        server
    };
    for at_once in [false, true] {
        let body = json!({"reason": "asked for", "sendEmail": false,
            "keepActiveUntilNextRebill": !at_once});
        let server = put("/subscription/1276034/cancel", body).await;
        let answer = account_of(config(&server.uri())).cancel(&ending(at_once)).await;
        assert!(matches!(answer, Answer::Done(_)), "{answer:?}");
    }
    let change = |change| SubscriptionChange {
        key: "op_3".to_owned(),
        subscription: "1276034".to_owned(),
        change,
        reason: "asked for".to_owned(),
    };
    let server = put("/subscription/1276034/recover", json!({})).await;
    let answer = account_of(config(&server.uri())).change(&change(ChangeTo::Renewing)).await;
    assert!(matches!(answer, Answer::Done(_)), "{answer:?}");
    let body = json!({"paymentSource": {"type": "paymentAccountId", "paymentAccountId": "acc-1"},
        "consumer": {}});
    let server = put("/subscription/1276034/paymentAccount", body).await;
    let other = change(ChangeTo::Instrument("acc-1".to_owned()));
    let answer = account_of(config(&server.uri())).change(&other).await;
    assert!(matches!(answer, Answer::Done(_)), "{answer:?}");
    for cannot in [ChangeTo::Longer(3), ChangeTo::Price(usd(500))] {
        let answer = account().change(&change(cannot)).await;
        assert!(matches!(answer, Answer::NotExecuted(_)), "{answer:?}");
    }
    for (answer, place) in [
        (ResponseTemplate::new(200).set_body_json(json!({"id": "999"})), "Unknown"),
        (ResponseTemplate::new(200).set_body_string("<html/>"), "Unknown"),
        (ResponseTemplate::new(404), "NotExecuted"),
        (ResponseTemplate::new(500), "Unknown"),
    ] {
        let (_server, account) = house("/subscription/1276034/cancel", "PUT", answer).await;
        let answer = account.cancel(&ending(true)).await;
        assert!(format!("{answer:?}").starts_with(place), "{answer:?}");
    }
}

async fn with_copy(copy: ResponseTemplate) -> (MockServer, CentroBill) {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/transaction/400000001/ipn"))
        .and(header("authorization", KEY))
        .respond_with(copy)
        .mount(&server)
        .await;
    let mut config = config(&server.uri());
    config["look_up"] = true.into();
    let account = account_of(config);
    (server, account)
}

fn copy_of(text: &str) -> ResponseTemplate {
    ResponseTemplate::new(200)
        .set_body_json(json!({"url": "https://shop.example/", "request": text,
        "response": "OK", "transactionId": "400000001", "httpCode": "200", "attemptNumber": 1}))
}

#[tokio::test]
async fn their_own_copy_tells_the_state() {
    let by = FindBy::Transaction("400000001".to_owned());
    let (_, paid) = sample("sale approved");
    let (_server, account) = with_copy(copy_of(paid)).await;
    let found = Found {
        state: FoundState::Paid,
        transaction: "400000001".to_owned(),
        reference: Some(ATTEMPT.to_owned()),
        amount: Some(usd(995)),
        occurred_at: Some("2026-08-31T00:15:33Z".parse().unwrap()),
    };
    assert_eq!(account.find(&by).await, Answer::Done(Some(found)));
    for (from, to, state) in [
        ("\"success\"", "\"fail\"", FoundState::Declined),
        ("\"success\"", "\"pending\"", FoundState::Waiting),
        ("\"sale\"", "\"auth\"", FoundState::Authorized),
        ("\"card\"", "\"ideal\"", FoundState::Waiting),
    ] {
        let (_server, account) = with_copy(copy_of(&paid.replace(from, to))).await;
        let Answer::Done(Some(found)) = account.find(&by).await else { panic!("{to}") };
        assert_eq!(found.state, state, "{to}");
    }
    for surprise in [
        copy_of(&paid.replace("400000001", "400000002")),
        copy_of("<html/>"),
        ResponseTemplate::new(200).set_body_json(json!({"request": null})),
        ResponseTemplate::new(200).set_body_json(json!([])),
        ResponseTemplate::new(404),
        ResponseTemplate::new(500),
    ] {
        let (_server, account) = with_copy(surprise).await;
        let answer = account.find(&by).await;
        assert!(matches!(answer, Answer::Unknown(_)), "{answer:?}");
    }
    let by = FindBy::Reference(ATTEMPT.to_owned());
    assert!(matches!(account.find(&by).await, Answer::NotExecuted(_)));
}

#[tokio::test]
async fn a_replayed_signature_with_another_amount_is_not_proven() {
    let (signature, paid) = sample("sale approved");
    let (_server, account) = with_copy(copy_of(paid)).await;
    assert_eq!(account.prove(&genuine("sale approved")).await, Ok(()));
    for (from, to) in [
        ("\"amount\":9.95", "\"amount\":995"),
        ("\"action\":\"charge\"", "\"action\":\"credit\""),
        ("\"mode\":\"sale\"", "\"mode\":\"auth\""),
        ("0000000000a\"", "0000000000b\""),
        ("\"currency\":\"USD\"", "\"currency\":\"EUR\""),
    ] {
        let forged = paid.replace(from, to);
        assert_ne!(forged, paid);
        let raw = raw(signature, forged.as_bytes());
        assert!(account.read_postback(&raw).is_ok(), "the signature does not cover {from}");
        let verdict = account.prove(&raw).await;
        assert_eq!(verdict, Err(Unproven::Rejected(Rejected::Signature)), "{to}");
    }
    let legacy = include_str!("../samples/legacy.txt").lines().next().unwrap();
    let (_, form) = legacy.split_once('\t').unwrap();
    assert_eq!(account.prove(&raw("", form.as_bytes())).await, Ok(()), "all of it is signed");
    let later = paid.replace("\"success\"", "\"confirmed\"");
    let (_server, account) = with_copy(copy_of(&later)).await;
    assert_eq!(account.prove(&genuine("sale approved")).await, Ok(()), "the status is signed");
    let (_server, account) = with_copy(ResponseTemplate::new(500)).await;
    let verdict = account.prove(&genuine("sale approved")).await;
    assert!(matches!(verdict, Err(Unproven::Unknown(_))), "{verdict:?}");
}

#[tokio::test]
async fn the_list_of_senders_is_held_against_ours() {
    let now = Timestamp::UNIX_EPOCH;
    let ips = |list: Value| ResponseTemplate::new(200).set_body_json(list);
    let standing = |found: &[Finding], what: &str| {
        found.iter().find(|one| one.what == what).map(|one| one.standing)
    };
    let (_server, account) = house("/ips", "GET", ips(json!(["192.0.2.7", "192.0.2.8"]))).await;
    let found = account.check(now).await;
    assert_eq!(standing(&found, "locks.senders"), Some(Standing::Good));
    assert_eq!(standing(&found, "credentials"), Some(Standing::Notice));
    let (_server, account) = house("/ips", "GET", ips(json!(["192.0.2.7", "203.0.113.4"]))).await;
    let why = Finding::worst(&account.check(now).await).unwrap();
    assert!(why.contains("locks.senders") && why.contains("203.0.113.4"), "{why}");
    let (_server, account) = house("/ips", "GET", ResponseTemplate::new(401)).await;
    let why = Finding::worst(&account.check(now).await).unwrap();
    assert!(why.contains("credentials") && !why.contains(KEY), "{why}");
    let (_server, account) = house("/ips", "GET", ips(json!({"ips": 1}))).await;
    assert_eq!(standing(&account.check(now).await, "locks.senders"), Some(Standing::Notice));
    let why = Finding::worst(&super::account().check(now).await).unwrap();
    assert!(why.contains("address"), "{why}");
}
