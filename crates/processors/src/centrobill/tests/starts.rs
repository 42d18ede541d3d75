//! Beginning: the exact body, the keys, schedules, and what is refused before anything is sent.

use processor::{GoTo, Period, Renewal};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const PAGE: &str = "https://pay.example/page/0123456789abcdef";

async fn house(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/paymentPage"))
        .and(header("authorization", KEY))
        .and(header("content-type", "application/json"))
        .and(header("x-request-id", "op_01k2m8y4v0000000000000000b"))
        .respond_with(answer)
        .mount(&server)
        .await;
    server
}

fn page() -> ResponseTemplate {
    ResponseTemplate::new(201).set_body_json(json!({"url": PAGE}))
}

/// The body that was sent, as text, once the page was given.
async fn told(request: &StartRequest) -> String {
    let server = house(page()).await;
    let account = account_of(config(&server.uri()));
    let Answer::Done(started) = account.start(request).await else { panic!("not begun") };
    let calls = server.received_requests().await.unwrap();
    let told = String::from_utf8(calls[0].body.clone()).unwrap();
    check::is_sound_start(&started, request, &[KEY, PATH, AUTH], &told);
    assert_eq!(started.go_to, GoTo::Link(PAGE.to_owned()));
    told
}

async fn refused(account: &CentroBill, request: &StartRequest) -> String {
    match account.start(request).await {
        Answer::NotExecuted(why) => why,
        other => panic!("begun: {other:?}"),
    }
}

#[tokio::test]
async fn a_price_of_ours_is_written_digit_by_digit() {
    let body = told(&wish("tokens-7", usd(1990))).await;
    assert_eq!(
        body,
        "{\"sku\":[{\"title\":\"100 tokens & more\",\"siteId\":\"983759353\",\"price\":[{\
         \"offset\":\"0d\",\"amount\":19.90,\"currency\":\"USD\",\"repeat\":false}],\"url\":{\
         \"ipnUrl\":\"https://shop.example/postbacks/cb/a-secret\",\
         \"redirectUrl\":\"https://shop.example/checkouts/chk_1?done=1\"}}],\"consumer\":{\
         \"externalId\":\"cus_1\",\"email\":\"ana+shop@example.com\",\"ip\":\"198.51.100.9\",\
         \"country\":\"DNK\"},\"metadata\":{\"paydesk_reference\":\
         \"att_01k2m8y4v0000000000000000a\"}}"
    );
    let yen = told(&wish("tokens-7", Money::new(500, Currency::JPY))).await;
    assert!(yen.contains("\"amount\":500,\"currency\":\"JPY\""), "{yen}");
}

#[tokio::test]
async fn a_product_of_theirs_is_named_and_its_price_must_be_ours() {
    let body = told(&wish("tokens-100", usd(995))).await;
    assert!(body.contains("{\"name\":\"TOKENS_100_USD\",\"url\""), "{body}");
    assert!(!body.contains("price"), "{body}");
    let why = refused(account(), &wish("tokens-100", usd(999))).await;
    assert!(why.contains("9.95 USD") && why.contains("9.99 USD"), "{why}");
}

#[tokio::test]
async fn a_renewal_is_a_second_price_that_repeats() {
    let renewal = |first, every, times| Renewal { first, amount: usd(2995), every, times };
    let month = Period::Months(1);
    let table = [
        (renewal(month, month, None), "30d", "true"),
        (renewal(Period::Days(7), Period::Days(7), Some(3)), "7d", "3"),
        (renewal(Period::Years(1), Period::Years(1), None), "365d", "true"),
    ];
    for (renews, offset, repeat) in table {
        let request = StartRequest { renews: Some(renews), ..wish("tokens-100", usd(995)) };
        let body = told(&request).await;
        let prices = format!(
            "\"price\":[{{\"offset\":\"0d\",\"amount\":9.95,\"currency\":\"USD\",\"repeat\":false}},\
             {{\"offset\":\"{offset}\",\"amount\":29.95,\"currency\":\"USD\",\"repeat\":{repeat}}}]"
        );
        assert!(body.contains(&prices), "{body}");
    }
    let trial = renewal(Period::Days(3), month, None);
    let request = StartRequest { renews: Some(trial), ..wish("tokens-100", usd(995)) };
    let why = refused(account(), &request).await;
    assert!(why.contains("first period"), "{why}");
}

#[tokio::test]
async fn a_hold_is_a_price_that_falls_due_later() {
    let held = StartRequest { capture: CaptureWhen::Later, ..wish("tokens-7", eur(10_000)) };
    let body = told(&held).await;
    assert!(body.contains("\"offset\":\"3d\",\"amount\":100.00,\"currency\":\"EUR\""), "{body}");
    let mut bare = config("http://127.0.0.1:9/");
    bare.as_object_mut().unwrap().remove("capture_days");
    let why = refused(&account_of(bare), &held).await;
    assert!(why.contains("capture_days"), "{why}");
}

#[tokio::test]
async fn long_titles_are_cut_and_unknown_countries_left_out() {
    let mut request = wish("tokens-7", usd(500));
    request.description = "é".repeat(80);
    request.buyer.country = Some("XX".to_owned());
    let body = told(&request).await;
    assert!(body.contains(&format!("\"title\":\"{}\"", "é".repeat(64))), "{body}");
    assert!(!body.contains("country"), "{body}");
}

#[tokio::test]
async fn a_page_that_is_not_given_charges_nothing() {
    let answers = [
        ResponseTemplate::new(400).set_body_json(json!({"message": "no"})),
        ResponseTemplate::new(401),
        ResponseTemplate::new(403),
        ResponseTemplate::new(422),
        ResponseTemplate::new(500),
        ResponseTemplate::new(302),
        ResponseTemplate::new(200).set_body_string("<html>oops</html>"),
        ResponseTemplate::new(200).set_body_string("{}"),
        ResponseTemplate::new(200).set_body_json(json!({"url": null})),
        ResponseTemplate::new(200).set_body_json(json!({"url": "http://pay.example/"})),
        ResponseTemplate::new(200).set_body_json(json!({"url": "javascript:alert(1)"})),
        page().set_delay(Duration::from_secs(5)),
    ];
    for answer in answers {
        let server = house(answer).await;
        let why = refused(&account_of(config(&server.uri())), &wish("tokens-7", usd(500))).await;
        assert!(!why.contains(KEY), "{why}");
    }
    refused(account(), &wish("tokens-7", usd(500))).await;
}

#[tokio::test]
async fn the_suite_of_abilities_is_passed_however_it_is_configured() {
    check::keeps_its_abilities(account(), &wish("tokens-100", usd(995))).await;
    let mut other = config("http://127.0.0.1:9/");
    other["look_up"] = true.into();
    other["currencies"] = json!(["USD", "EUR"]);
    check::keeps_its_abilities(&account_of(other), &wish("tokens-100", usd(995))).await;
}
