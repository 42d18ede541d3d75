//! Beginning: links for fixed and dynamic prices, and what is refused before a link is made.

use base::Language;
use processor::GoTo;
use wiremock::matchers::{header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;

const SECRETS: [&str; 3] = [KEY, PATH, "a password of length"];

async fn link_of(account: &SegPay, request: &StartRequest) -> String {
    let started = check::starts(account, request, &SECRETS).await;
    let GoTo::Link(link) = started.go_to else { panic!("a link was expected") };
    link
}

async fn refused(account: &SegPay, request: &StartRequest) -> String {
    match account.start(request).await {
        Answer::NotExecuted(why) => why,
        other => panic!("begun: {other:?}"),
    }
}

#[tokio::test]
async fn a_fixed_price_is_a_link_to_its_price_point() {
    let request = wish("tokens-100", usd(995));
    insta::assert_snapshot!(link_of(account(), &request).await.replace('&', "\n&"));
}

#[tokio::test]
async fn the_page_speaks_what_it_can() {
    let table = [
        (Language::En, None, "Continue"),
        (Language::Fr, Some("FR"), "Continuer"),
        (Language::De, Some("DE"), "Weiter"),
        (Language::Da, None, "Forts%C3%A6t"),
        (Language::Fil, None, "Magpatuloy"),
    ];
    for (language, code, button) in table {
        let mut request = wish("tokens-100", usd(995));
        request.buyer.language = language;
        let link = link_of(account(), &request).await;
        assert!(link.contains(&format!("x-auth-text={button}&")), "{link}");
        assert_eq!(link.contains("paypagelanguage="), code.is_some(), "{link}");
        if let Some(code) = code {
            assert!(link.contains(&format!("paypagelanguage={code}&")), "{link}");
        }
    }
}

#[tokio::test]
async fn a_price_that_is_not_segpays_is_refused() {
    let why = refused(account(), &wish("tokens-100", usd(999))).await;
    assert!(why.contains("9.95 USD") && why.contains("9.99 USD"), "{why}");
    let why = refused(account(), &wish("tokens-100", eur(995))).await;
    assert!(why.contains("9.95 USD"), "{why}");
    for amount in [eur(199), eur(15_001), usd(500)] {
        let why = refused(account(), &wish("tokens-7", amount)).await;
        assert!(why.contains("2.00 EUR to 150.00 EUR"), "{why}");
    }
    let mut fixed_only = config("http://127.0.0.1:9/");
    fixed_only.as_object_mut().unwrap().remove("dynamic");
    let why = refused(&account_of(fixed_only), &wish("tokens-7", eur(500))).await;
    assert!(why.contains("tokens-7"), "{why}");
    for reference in ["", "1att", "att-1", "ATT_1", &"a".repeat(33)] {
        let request =
            StartRequest { reference: reference.to_owned(), ..wish("tokens-100", usd(995)) };
        let why = refused(account(), &request).await;
        assert!(why.contains("references"), "{reference}: {why}");
    }
}

#[tokio::test]
async fn a_dynamic_price_is_asked_for_first() {
    let srs = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/MerchantServices/DynamicPricing/"))
        .and(query_param("merchantId", "4321"))
        .and(query_param("amount", "12.50"))
        .and(header("authorization", "Basic ZGVzazpzcnMtYWNjZXNzLWtleS0wMDAx"))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_string(r#"{"dynamicPricingId":"0f8fad5b-d9cb-469f-a165-70867728950e"}"#),
        )
        .expect(1)
        .mount(&srs)
        .await;
    let account = account_of(config(&srs.uri()));
    let link = link_of(&account, &wish("tokens-7", eur(1250))).await;
    insta::assert_snapshot!(link.replace('&', "\n&"));
}

#[tokio::test]
async fn the_first_generation_asks_for_a_hash() {
    let srs = MockServer::start().await;
    let hash = "<string xmlns=\"http://example.invalid/\">gX35hP2N+RVW/Dtv95vWWymKqcY=</string>";
    Mock::given(path("/PricingHash/PricingHash.svc/GetDynamicTrans"))
        .and(query_param("value", "12.50"))
        .respond_with(ResponseTemplate::new(200).set_body_string(hash))
        .expect(1)
        .mount(&srs)
        .await;
    let mut config = config(&srs.uri());
    config["dynamic"]["generation"] = 1.into();
    let link = link_of(&account_of(config), &wish("tokens-7", eur(1250))).await;
    assert!(link.contains("&amount=12.50&"), "{link}");
    assert!(link.contains("&dynamictrans=gX35hP2N%2BRVW%2FDtv95vWWymKqcY%3D&"), "{link}");
}

#[tokio::test]
async fn a_price_that_cannot_be_asked_for_charges_nothing() {
    let answers = [
        ResponseTemplate::new(500),
        ResponseTemplate::new(401),
        ResponseTemplate::new(200).set_body_string("<html>oops</html>"),
        ResponseTemplate::new(200).set_body_string("{}"),
        ResponseTemplate::new(200).set_body_string(r#"{"dynamicPricingId":null}"#),
        ResponseTemplate::new(200).set_body_string(r#"{"dynamicPricingId":"a&amount=0.01"}"#),
        ResponseTemplate::new(200).set_delay(Duration::from_secs(5)),
    ];
    for answer in answers {
        let srs = MockServer::start().await;
        Mock::given(method("GET")).respond_with(answer).mount(&srs).await;
        let why = refused(&account_of(config(&srs.uri())), &wish("tokens-7", eur(1250))).await;
        assert!(!why.contains(KEY), "{why}");
    }
    refused(account(), &wish("tokens-7", eur(1250))).await;
}

#[tokio::test]
async fn the_suite_of_abilities_is_passed_with_and_without_srs() {
    check::keeps_its_abilities(account(), &wish("tokens-100", usd(995))).await;
    let mut bare = config("http://127.0.0.1:9/");
    bare["look_up"] = false.into();
    bare.as_object_mut().unwrap().remove("srs");
    bare.as_object_mut().unwrap().remove("dynamic");
    check::keeps_its_abilities(&account_of(bare), &wish("tokens-100", usd(995))).await;
}
