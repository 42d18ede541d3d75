//! Beginning: exactly what is sent, and every class of answer.

use processor::{GoTo, Period, Renewal};

use super::*;

fn page() -> Value {
    json!({"id": "cs_test_a1Pdesk0001", "object": "checkout.session", "status": "open",
           "url": "https://checkout.stripe.com/c/pay/cs_test_a1Pdesk0001"})
}

fn monthly(first: Period, amount: Money) -> Renewal {
    Renewal { first, amount, every: Period::Months(1), times: None }
}

async fn asked(with: impl FnOnce(&mut Value), request: &StartRequest) -> String {
    let server = MockServer::start().await;
    let answer = answered(200, &page());
    Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&server).await;
    let mut config = config(&server.uri());
    with(&mut config);
    let started = check::starts(&account_of(config), request, &[KEY, SECRET]).await;
    let link = "https://checkout.stripe.com/c/pay/cs_test_a1Pdesk0001".to_owned();
    assert_eq!(started.go_to, GoTo::Link(link));
    assert_eq!(started.transaction.as_deref(), Some("cs_test_a1Pdesk0001"));
    sent(&server).await
}

#[tokio::test]
async fn a_payment_is_a_page_that_carries_our_reference_twice() {
    insta::assert_snapshot!(asked(|_| {}, &wish(usd(995))).await);
}

#[tokio::test]
async fn a_hold_asks_to_grow_and_a_card_is_kept_if_the_account_keeps_cards() {
    let request = StartRequest { capture: CaptureWhen::Later, ..wish(usd(995)) };
    let with = |config: &mut Value| {
        config["keep_cards"] = true.into();
        config["statement_suffix"] = "TOKENS".into();
        config["methods"] = json!(["card", "link"]);
    };
    insta::assert_snapshot!(asked(with, &request).await);
    let ceiling = asked(|config| config["tab"] = "ceiling".into(), &request).await;
    assert!(!ceiling.contains("if_available"), "{ceiling}");
    assert!(ceiling.contains("[capture_method]=manual"), "{ceiling}");
}

#[tokio::test]
async fn a_subscription_renews_by_a_price_of_its_own() {
    let renews = Some(monthly(Period::Months(1), eur(1999)));
    let request = StartRequest { renews, ..wish(eur(1999)) };
    insta::assert_snapshot!("every_month", asked(|_| {}, &request).await);
    let renews = Some(monthly(Period::Days(3), eur(1999)));
    let request = StartRequest { renews, ..wish(eur(295)) };
    insta::assert_snapshot!("another_first_period", asked(|_| {}, &request).await);
}

async fn refused(config: Value, request: &StartRequest) -> String {
    match account_of(config).start(request).await {
        Answer::NotExecuted(why) => why,
        other => panic!("begun: {other:?}"),
    }
}

#[tokio::test]
async fn what_stripe_cannot_sell_is_refused_before_a_call() {
    let out_of_reach = || config("http://127.0.0.1:9");
    let counted = Renewal { times: Some(3), ..monthly(Period::Months(1), usd(995)) };
    let mixed = monthly(Period::Months(1), eur(995));
    let long = Renewal { every: Period::Years(4), ..monthly(Period::Years(4), usd(995)) };
    let late = Renewal { every: Period::Months(1), ..monthly(Period::Years(3), usd(995)) };
    let renewing = |renews| StartRequest { renews: Some(renews), ..wish(usd(995)) };
    let table = [
        (renewing(counted), "number of periods"),
        (renewing(mixed), "one currency"),
        (renewing(long), "every 1 to 3"),
        (renewing(late), "trials"),
        (wish(usd(0)), "0.00 USD"),
        (StartRequest { reference: "att' OR".to_owned(), ..wish(usd(1)) }, "references"),
    ];
    for (request, sentence) in table {
        let why = refused(out_of_reach(), &request).await;
        assert!(why.contains(sentence), "{sentence}: {why}");
    }
    let mut dollars = out_of_reach();
    dollars["currencies"] = json!(["USD"]);
    assert!(refused(dollars.clone(), &wish(eur(995))).await.contains("EUR"));
    check::keeps_its_abilities(account(), &wish(usd(995))).await;
    dollars["tab"] = "ceiling".into();
    check::keeps_its_abilities(&account_of(dollars), &wish(usd(995))).await;
}

/// The address of a page is in the answer only: who does not have it cannot pay there.
#[tokio::test]
async fn a_page_that_was_not_handed_out_is_no_payment() {
    for answer in surprises() {
        let label = format!("{answer:?}");
        let (_server, account) = house(answer).await;
        let answer = account.start(&wish(usd(995))).await;
        let calm = matches!(&answer, Answer::NotExecuted(why) if !why.contains(KEY));
        assert!(calm, "{label}: {answer:?}");
    }
    let mut elsewhere = page();
    elsewhere["url"] = "http://checkout.example/".into();
    let (_server, account) = house(answered(200, &elsewhere)).await;
    assert!(matches!(account.start(&wish(usd(995))).await, Answer::NotExecuted(_)));
    let refusals = [
        error(400, &json!({"type": "invalid_request_error", "code": "url_invalid"})),
        error(401, &json!({"type": "invalid_request_error", "message": "Invalid API Key"})),
        error(403, &json!({"type": "invalid_request_error"})),
        error(429, &json!({"type": "invalid_request_error", "code": "rate_limit"})),
    ];
    for answer in refusals {
        let (_server, account) = house(answer).await;
        let answer = account.start(&wish(usd(995))).await;
        assert!(matches!(answer, Answer::NotExecuted(_)), "{answer:?}");
    }
    let small = json!({"type": "invalid_request_error", "code": "amount_too_small"});
    let (_server, account) = house(error(400, &small)).await;
    let answer = account.start(&wish(usd(1))).await;
    assert!(
        matches!(&answer, Answer::Declined(no) if no.cause == "amount_too_small"),
        "{answer:?}"
    );
    let answer = super::account().start(&wish(usd(995))).await;
    assert!(matches!(answer, Answer::NotExecuted(_)), "nobody is there: {answer:?}");
}
