//! One-click, instant conversion and Post Pay: what is sent, what is never sent, and every answer.

use processor::{CaptureWhen, ChargeOutcome, GoTo, HandTask, Instrument, NoticeKind};
use wiremock::matchers::{body_string, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const GUID: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";

/// An account with everything that is off by default, its houses at one address.
fn full(house: &str) -> Value {
    let mut config = config(house);
    let reply = json!({
        "field": "status", "approved": ["Approved"], "declined": ["Declined"],
        "transaction": "TransactionId",
    });
    config["one_click"] = json!({"way": "server", "reply": reply});
    config["instant_conversion"] = true.into();
    config["post_pay"] = json!({
        "eticket": "1234:7777", "currency": "USD", "max": "50.00", "reply": reply, "capture": {},
    });
    let below = format!("{}/", house.trim_end_matches('/'));
    config["addresses"] = json!({"srs": below, "service": below, "transactions": below});
    config
}

fn charging(id: &str, amount: Money, capture: CaptureWhen) -> Charge {
    let wish = wish("tokens-100", amount);
    Charge {
        key: wish.key,
        reference: wish.reference,
        amount: wish.amount,
        product: wish.product,
        description: wish.description,
        buyer: wish.buyer,
        instrument: Instrument::Stored { id: id.to_owned(), customer: None },
        capture,
        return_url: wish.return_url,
        postback_url: wish.postback_url,
    }
}

fn answers(body: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_string(body)
}

async fn house(answer: ResponseTemplate) -> (MockServer, SegPay) {
    let server = MockServer::start().await;
    Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&server).await;
    let account = account_of(full(&server.uri()));
    (server, account)
}

fn link(answer: Answer<Charged>) -> String {
    let Answer::Done(charged) = answer else { panic!("{answer:?}") };
    let ChargeOutcome::MustAct(GoTo::Link(link)) = charged.outcome else { panic!("{charged:?}") };
    link
}

fn place<T>(answer: &Answer<T>) -> &'static str {
    match answer {
        Answer::Done(_) => "done",
        Answer::Accepted => "accepted",
        Answer::Declined(_) => "declined",
        Answer::NotExecuted(_) => "not executed",
        Answer::Unknown(_) => "unknown",
    }
}

#[tokio::test]
async fn what_is_not_configured_is_refused_without_a_call() {
    for (id, capture, key) in [
        ("70011001", CaptureWhen::AtOnce, "one_click"),
        (GUID, CaptureWhen::AtOnce, "instant_conversion"),
        ("70011001", CaptureWhen::Later, "post_pay"),
    ] {
        let answer = account().charge(&charging(id, usd(995), capture)).await;
        assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains(key)), "{answer:?}");
    }
    assert!(!account().capabilities().server_charge);
    let mut no_capture = full("http://127.0.0.1:9/");
    no_capture["post_pay"].as_object_mut().unwrap().remove("capture");
    let account = account_of(no_capture);
    assert!(!account.capabilities().manual_capture, "what cannot be captured is not held");
    let answer = account.charge(&charging("70011001", usd(995), CaptureWhen::Later)).await;
    assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains("capture")), "{answer:?}");
    let findings = account.not_public();
    assert!(findings.iter().any(|one| one.what == "post_pay.capture"), "{findings:?}");
}

#[tokio::test]
async fn one_click_on_the_page_is_a_link_with_the_earlier_purchase() {
    let mut config = config("http://127.0.0.1:9/");
    config["one_click"] = json!({});
    let account = account_of(config);
    assert_eq!(account.capabilities().tab, Some(TabKind::StoredCard));
    let link = link(account.charge(&charging("70011001", usd(995), CaptureWhen::AtOnce)).await);
    assert_eq!(
        link,
        "https://secure2.segpay.com/billing/OneClick.aspx?x-eticketid=1234%3A5678\
         &OCToken=70011001&pdclick=att_01k2m8y4v0000000000000000a\
         &x-auth-link=https%3A%2F%2Fshop.example%2Fcheckouts%2Fchk_1%3Fdone%3D1\
         &x-auth-text=Continue\
         &x-decl-link=https%3A%2F%2Fshop.example%2Fcheckouts%2Fchk_1%3Fdone%3D1\
         &x-decl-text=Back+to+the+shop"
    );
    for id in ["", "7001 1001", "../x", "7001&amount=0.01"] {
        let answer = account.charge(&charging(id, usd(995), CaptureWhen::AtOnce)).await;
        assert_eq!(place(&answer), "not executed", "{id}: {answer:?}");
    }
    let answer = account.charge(&charging("70011001", usd(999), CaptureWhen::AtOnce)).await;
    assert_eq!(place(&answer), "not executed", "another price: {answer:?}");
}

#[tokio::test]
async fn a_conversion_is_a_link_with_the_trials_guid() {
    let account = account_of(full("http://127.0.0.1:9/"));
    let link = link(account.charge(&charging(GUID, usd(995), CaptureWhen::AtOnce)).await);
    let expected = format!(
        "https://secure2.segpay.com/billing/InstantConv.aspx?ICToken={GUID}&pdclick={ATTEMPT}"
    );
    assert_eq!(link, expected);
}

#[tokio::test]
async fn one_click_from_the_server_is_a_get_and_only_known_words_count() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/OneClickSales.asmx/SalesService"))
        .and(query_param("eticketid", "1234:5678"))
        .and(query_param("octoken", "70011001"))
        .and(query_param("pdclick", ATTEMPT))
        .respond_with(answers("<r><Status>approved</Status><TransactionId>9</TransactionId></r>"))
        .expect(1)
        .mount(&server)
        .await;
    let account = account_of(full(&server.uri()));
    let answer = account.charge(&charging("70011001", usd(995), CaptureWhen::AtOnce)).await;
    let charged = Charged {
        outcome: ChargeOutcome::Paid,
        transaction: Some("9".to_owned()),
        amount: None,
        stored: Some("70011001".to_owned()),
        card: None,
    };
    assert_eq!(answer, Answer::Done(charged));
    let table = [
        (answers("{\"Status\":\"APPROVED\"}"), "done"),
        (answers("{\"Status\":\"Declined\"}"), "declined"),
        (answers("{\"Status\":\"Approved?\"}"), "unknown"),
        (answers("{\"State\":\"Approved\"}"), "unknown"),
        (answers("{\"Status\":{\"x\":\"Approved\"}}"), "unknown"),
        (answers("Approved"), "unknown"),
        (answers("<html><body>Approved</body></html>"), "unknown"),
        (answers("<r><d><Status>Approved</Status></d></r>"), "unknown"),
        (answers(""), "unknown"),
        (ResponseTemplate::new(200).set_body_bytes([0xff]), "unknown"),
        (ResponseTemplate::new(204), "unknown"),
        (ResponseTemplate::new(302), "unknown"),
        (ResponseTemplate::new(403), "not executed"),
        (ResponseTemplate::new(500), "unknown"),
        (answers("{\"Status\":\"Approved\"}").set_delay(Duration::from_secs(5)), "unknown"),
    ];
    for (answer, expected) in table {
        let label = format!("{answer:?}");
        let (_server, account) = house(answer).await;
        let answer = account.charge(&charging("70011001", usd(995), CaptureWhen::AtOnce)).await;
        assert_eq!(place(&answer), expected, "{label}: {answer:?}");
    }
}

#[tokio::test]
async fn one_click_at_a_price_of_ours_asks_for_the_price_first() {
    let server = MockServer::start().await;
    Mock::given(path("/MerchantServices/DynamicPricing/"))
        .and(query_param("amount", "12.50"))
        .respond_with(answers("{\"dynamicPricingId\":\"0f8fad5b-d9cb-469f-a165\"}"))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(path("/OneClickSales.asmx/SalesServiceDynamic"))
        .and(query_param("eticketid", "1234:9999"))
        .and(query_param("DynamicPricingID", "0f8fad5b-d9cb-469f-a165"))
        .and(query_param("octoken", "70011001"))
        .respond_with(answers("{\"status\":\"declined\"}"))
        .expect(1)
        .mount(&server)
        .await;
    let mut charge = charging("70011001", eur(1250), CaptureWhen::AtOnce);
    charge.product = "tokens-7".to_owned();
    let answer = account_of(full(&server.uri())).charge(&charge).await;
    assert_eq!(place(&answer), "declined", "{answer:?}");
}

#[tokio::test]
async fn post_pay_holds_a_ceiling_and_captures_it_once() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/PostPay/PostPayAuth/"))
        .and(body_string("eticketid=1234%3A7777&purchaseid=70011001&amount=50.00"))
        .respond_with(answers("{\"Status\":\"Approved\",\"TransactionId\":90022777}"))
        .expect(1)
        .mount(&server)
        .await;
    let capture = "TransactionId=90022777&eticketid=1234%3A7777&purchaseid=70011001&amount=12.34";
    Mock::given(method("POST"))
        .and(path("/PostPay/PostPayCapture/"))
        .and(body_string(capture))
        .respond_with(answers("{\"Status\":\"Approved\",\"TransactionId\":\"90022778\"}"))
        .expect(1)
        .mount(&server)
        .await;
    let account = account_of(full(&server.uri()));
    let able = account.capabilities();
    assert_eq!(able.tab, Some(TabKind::FixedCeiling));
    assert!(able.manual_capture && able.by_hand(HandTask::Void).is_some() && !able.void);
    let answer = account.charge(&charging("70011001", usd(5000), CaptureWhen::Later)).await;
    let Answer::Done(charged) = answer else { panic!("{answer:?}") };
    assert_eq!(charged.outcome, ChargeOutcome::Authorized);
    let held = charged.transaction.unwrap();
    let done = Done { transaction: Some("90022778".to_owned()), amount: None };
    assert_eq!(account.capture("op_1", &held, usd(1234)).await, Answer::Done(done));
    for (id, amount) in
        [(held.as_str(), usd(5001)), (&held, eur(100)), (&held, usd(0)), ("90022777", usd(100))]
    {
        let answer = account.capture("op_1", id, amount).await;
        assert_eq!(place(&answer), "not executed", "{id} {amount}: {answer:?}");
    }
    let over = account.charge(&charging("70011001", usd(5001), CaptureWhen::Later)).await;
    assert!(matches!(&over, Answer::NotExecuted(why) if why.contains("50.00 USD")), "{over:?}");
}

#[tokio::test]
async fn a_hold_or_a_capture_that_answers_otherwise_is_not_a_yes() {
    let table = [
        ("{\"status\":\"Declined\"}", "declined", "declined"),
        ("{\"status\":\"Approved\"}", "unknown", "done"),
        ("{\"status\":\"Approved\",\"transactionid\":\"a b\"}", "unknown", "done"),
        ("{\"status\":\"Maybe\",\"transactionid\":\"9\"}", "unknown", "unknown"),
        ("[]", "unknown", "unknown"),
        ("<html>Approved", "unknown", "unknown"),
        ("", "unknown", "unknown"),
    ];
    for (body, held, captured) in table {
        let (_server, account) = house(answers(body)).await;
        let answer = account.charge(&charging("70011001", usd(100), CaptureWhen::Later)).await;
        assert_eq!(place(&answer), held, "{body}: {answer:?}");
        let answer = account.capture("op_1", "9/70011001", usd(100)).await;
        assert_eq!(place(&answer), captured, "{body}: {answer:?}");
    }
}

#[test]
fn notices_find_a_one_click_sale_a_hold_and_what_may_be_charged_again() {
    let account = account_of(full("http://127.0.0.1:9/"));
    let read = |query: &str| account.read_postback(&raw(query, b"")).unwrap().remove(0);
    let paid = read(sample("signup approved"));
    assert_eq!(paid.stored.as_deref(), Some("70011001"));
    assert_eq!(paid.also, ["90022001/70011001"], "as a hold is called");
    let trial = read(&format!("{}&transguid={GUID}", sample("signup approved")));
    assert_eq!(trial.also[1], GUID, "what a conversion names it by");
    assert_eq!(read(sample("signup by stand-in")).stored, None, "not before the bank has said");
    let rebill = sample("first rebill approved").replace("extra+pdref", "extra+pdclick");
    for (query, kind) in [
        (rebill.clone(), NoticeKind::Paid),
        (rebill.replace("approved=yes", "approved=no"), NoticeKind::Declined),
        (rebill.replace("stage=conversion", "stage=InstantConversion"), NoticeKind::Paid),
        (sample("first rebill approved").to_owned(), NoticeKind::RebillPaid),
    ] {
        let notice = read(&query);
        assert_eq!(notice.kind, kind, "{query}");
        assert_eq!(notice.reference.as_deref(), Some("att_01k2m8y4v0000000000000000d"));
    }
}

#[test]
fn a_dispute_is_told_by_the_configured_word_and_moves_no_money() {
    let query = "trantype=Dispute&tranid=90022020&relatedtranid=90022001&purchaseid=70011001\
                 &price=9.95&currencycode=USD&action=Auth&stage=Initial&approved=Yes";
    let waiting = account().read_postback(&raw(query, b"")).unwrap().remove(0);
    assert_eq!(waiting.kind, NoticeKind::Waiting, "the word is not public");
    let mut config = config("http://127.0.0.1:9/");
    config["dispute"] = json!({"field": "trantype", "word": "dispute"});
    let account = account_of(config);
    let notice = account.read_postback(&raw(query, b"")).unwrap().remove(0);
    assert_eq!(notice.kind, NoticeKind::DisputeOpened);
    assert_eq!(notice.parent.as_deref(), Some("90022001"));
    let nameless = account.read_postback(&raw("trantype=dispute", b""));
    assert!(matches!(nameless, Err(Rejected::Unreadable(_))), "{nameless:?}");
    let paid = account.read_postback(&raw(sample("signup approved"), b"")).unwrap().remove(0);
    assert_eq!(paid.kind, NoticeKind::Paid);
}

#[tokio::test]
async fn the_suite_of_abilities_is_passed_with_everything_on() {
    let account = account_of(full("http://127.0.0.1:9/"));
    check::keeps_its_abilities(&account, &wish("tokens-100", usd(995))).await;
    let mut page = config("http://127.0.0.1:9/");
    page["one_click"] = json!({});
    check::keeps_its_abilities(&account_of(page), &wish("tokens-100", usd(995))).await;
}

#[test]
fn what_is_not_public_must_be_written_down_and_sound() {
    let table = [
        ("/one_click/reply", Value::Null, "one_click.reply is missing"),
        ("/one_click/reply/approved", json!([]), "one_click.reply.approved"),
        ("/one_click/reply/declined", json!(["approved "]), "both a yes and a no"),
        ("/one_click/reference_field", json!("pdref"), "must differ"),
        ("/one_click/reference_field", json!("price"), "one_click.reference_field"),
        ("/one_click/way", json!("browser"), "one_click.way"),
        ("/post_pay/reply", Value::Null, "post_pay.reply is missing"),
        ("/post_pay/reply/transaction", Value::Null, "post_pay.reply.transaction"),
        ("/post_pay/eticket", json!("7"), "post_pay.eticket"),
        ("/post_pay/max", json!("0"), "post_pay.max"),
        ("/post_pay/capture/pfad", json!("x"), "pfad"),
        ("/srs/lists", json!(["../x"]), "srs.lists"),
        ("/srs/reactivate", json!(""), "srs.reactivate"),
        ("/addresses/service", json!("service"), "addresses.service"),
        (
            "/products/tokens-100/renewal",
            json!({"amount": "0", "every_days": 30}),
            "products.tokens-100.renewal.amount",
        ),
    ];
    for (path, value, key) in table {
        let mut config = full("http://127.0.0.1:9/");
        let (parent, last) = path.rsplit_once('/').unwrap();
        config.pointer_mut(parent).unwrap()[last] = value.clone();
        let Err(why) = crate::build("segpay", config, http()) else { panic!("{path}: accepted") };
        assert!(why.contains(key), "{path} = {value}: {why}");
    }
}
