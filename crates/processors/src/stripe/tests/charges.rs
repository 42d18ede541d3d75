//! Charging from the server: exactly what is sent, how far a charge comes, and every class of
//! answer.

use processor::{Card, Charge, ChargeOutcome, Charged, GoTo, Instrument};

use super::*;

fn charge(instrument: Instrument) -> Charge {
    let request = wish(usd(995));
    Charge {
        key: request.key,
        reference: request.reference,
        amount: request.amount,
        product: request.product,
        description: request.description,
        buyer: request.buyer,
        instrument,
        capture: request.capture,
        return_url: request.return_url,
        postback_url: request.postback_url,
    }
}

fn stored() -> Instrument {
    Instrument::Stored { id: "pm_1Pdesk0001".to_owned(), customer: Some("cus_Pdesk01".to_owned()) }
}

fn intent(status: &str) -> Value {
    json!({
        "id": "pi_3Pdesk0001", "object": "payment_intent", "amount": 995, "amount_received": 995,
        "amount_capturable": 995, "currency": "usd", "status": status,
        "capture_method": "automatic", "customer": "cus_Pdesk01", "payment_method": "pm_1Pdesk0001",
        "setup_future_usage": null, "metadata": {"paydesk_reference": ATTEMPT},
        "latest_charge": {"id": "ch_3Pdesk0001", "payment_method_details": {
            "type": "card", "card": {"brand": "visa", "last4": "4242"}}},
    })
}

async fn call(charge: &Charge) -> (String, Answer<Charged>) {
    let (server, account) = house(answered(200, &intent("succeeded"))).await;
    let answer = account.charge(charge).await;
    (sent(&server).await, answer)
}

#[tokio::test]
async fn a_stored_card_is_charged_without_the_customer() {
    let (asked, answer) = call(&charge(stored())).await;
    insta::assert_snapshot!(asked);
    let card = Card { brand: Some("visa".to_owned()), last4: Some("4242".to_owned()) };
    let paid = Charged {
        outcome: ChargeOutcome::Paid,
        transaction: Some("pi_3Pdesk0001".to_owned()),
        amount: Some(usd(995)),
        stored: None,
        card: Some(card),
    };
    assert_eq!(answer, Answer::Done(paid));
    let joined = Instrument::Stored { id: "cus_Pdesk01:pm_1Pdesk0001".to_owned(), customer: None };
    assert_eq!(call(&charge(joined)).await.0, asked, "as a notice wrote it");
}

#[tokio::test]
async fn a_token_and_google_pays_token_are_charged_while_the_customer_waits() {
    let token = json!({"id": "tok_1Pdesk", "object": "token", "type": "card"}).to_string();
    let (google, _) = call(&charge(Instrument::GooglePay { token })).await;
    insta::assert_snapshot!(google);
    let (token, _) = call(&charge(Instrument::Token { token: "tok_1Pdesk".to_owned() })).await;
    assert_eq!(token, google);
    let (method, _) = call(&charge(Instrument::Token { token: "pm_1Pdesk".to_owned() })).await;
    assert!(method.contains("  payment_method=pm_1Pdesk\n"), "{method}");
    assert!(!method.contains("off_session"), "{method}");
}

#[tokio::test]
async fn a_hold_asks_to_grow() {
    let mut charge = charge(stored());
    charge.capture = CaptureWhen::Later;
    let (asked, _) = call(&charge).await;
    for line in [
        "capture_method=manual",
        "payment_method_options[card][request_incremental_authorization]=if_available",
        "payment_method_options[card][request_overcapture]=if_available",
    ] {
        assert!(asked.contains(line), "{line}: {asked}");
    }
}

#[tokio::test]
async fn what_is_no_instrument_of_stripes_is_refused_before_a_call() {
    let stored = |id: &str| Instrument::Stored { id: id.to_owned(), customer: None };
    let token = |token: &str| Instrument::Token { token: token.to_owned() };
    let google = |token: &str| Instrument::GooglePay { token: token.to_owned() };
    let table = [
        stored("1"),
        stored("pm_"),
        stored("pm_1/../refunds"),
        stored("acct_1:pm_1Pdesk"),
        token("4242424242424242"),
        token("tok_1&amount=1"),
        google("{\"signature\":\"MEUC\",\"protocolVersion\":\"ECv2\",\"signedMessage\":\"{}\"}"),
        google("{\"id\":\"pm_1Pdesk\"}"),
        google("tok_1Pdesk"),
        google(""),
    ];
    for instrument in table {
        let answer = account().charge(&charge(instrument)).await;
        assert!(
            matches!(&answer, Answer::NotExecuted(why) if !why.contains("connection")),
            "{answer:?}"
        );
    }
    let mut plain = config("http://127.0.0.1:9");
    plain.as_object_mut().unwrap().remove("publishable_key");
    let plain = account_of(plain);
    assert_eq!(plain.capabilities().google_pay, None);
    let answer = plain.charge(&charge(google("{\"id\":\"tok_1Pdesk\"}"))).await;
    assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains("publishable_key")));
}

#[tokio::test]
async fn how_far_a_charge_comes_is_told_by_its_status() {
    let of = async |intent: Value| {
        let (_server, account) = house(answered(200, &intent)).await;
        account.charge(&charge(stored())).await
    };
    let outcome = async |value: Value| match of(value).await {
        Answer::Done(charged) => (charged.outcome, charged.amount),
        other => panic!("{other:?}"),
    };
    assert_eq!(outcome(intent("succeeded")).await, (ChargeOutcome::Paid, Some(usd(995))));
    let held = (ChargeOutcome::Authorized, Some(usd(995)));
    assert_eq!(outcome(intent("requires_capture")).await, held);
    assert_eq!(outcome(intent("processing")).await, (ChargeOutcome::Pending, None));
    let mut act = intent("requires_action");
    let url = "https://hooks.stripe.com/3d_secure_2/hosted?merchant=acct";
    act["next_action"] = json!({"type": "redirect_to_url", "redirect_to_url": {"url": url}});
    let must_act = ChargeOutcome::MustAct(GoTo::Link(url.to_owned()));
    assert_eq!(outcome(act.clone()).await, (must_act, None));
    act["next_action"] = json!({"type": "use_stripe_sdk", "use_stripe_sdk": {}});
    let answer = of(act).await;
    assert!(matches!(&answer, Answer::Declined(no) if no.cause == "authentication_required"));
    let mut refused = intent("requires_payment_method");
    refused["last_payment_error"] = json!({"code": "card_declined", "decline_code": "lost_card"});
    let answer = of(refused).await;
    assert!(matches!(&answer, Answer::Declined(no) if no.cause == "lost_card"), "{answer:?}");
    let mut kept = intent("succeeded");
    kept["setup_future_usage"] = "off_session".into();
    let Answer::Done(charged) = of(kept).await else { panic!("not charged") };
    assert_eq!(charged.stored.as_deref(), Some("cus_Pdesk01:pm_1Pdesk0001"));
    for odd in [intent("levitating"), json!({"id": "pi_1", "status": "succeeded"})] {
        assert!(matches!(of(odd).await, Answer::Unknown(_)));
    }
    let mut nothing = intent("succeeded");
    nothing["amount_received"] = 0.into();
    assert!(matches!(of(nothing).await, Answer::Unknown(_)));
}

#[tokio::test]
async fn a_no_is_told_with_its_cause() {
    let card = |code: &str, decline: Value| {
        let mut error = json!({"type": "card_error", "code": code, "message": "No."});
        error["decline_code"] = decline;
        error
    };
    let table = [
        (card("card_declined", "insufficient_funds".into()), "insufficient_funds"),
        (card("card_declined", "fraudulent".into()), "fraud"),
        (card("card_declined", "nobody_has_seen_this".into()), "unknown"),
        (card("expired_card", Value::Null), "expired_card"),
        (card("authentication_required", Value::Null), "authentication_required"),
        (json!({"type": "invalid_request_error", "code": "card_declined"}), "declined"),
    ];
    for (body, cause) in table {
        let (_server, account) = house(error(402, &body)).await;
        let answer = account.charge(&charge(stored())).await;
        assert!(
            matches!(&answer, Answer::Declined(no) if no.cause == cause),
            "{cause}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn answers_that_tell_nothing_leave_the_outcome_unknown() {
    for answer in surprises() {
        let label = format!("{answer:?}");
        let (_server, account) = house(answer).await;
        let answer = account.charge(&charge(stored())).await;
        let text = format!("{answer:?}");
        assert!(matches!(answer, Answer::Unknown(_)), "{label}: {text}");
        assert!(!text.contains(KEY), "the key leaked: {text}");
    }
    let no = json!({"type": "invalid_request_error", "code": "parameter_missing",
                    "param": "amount", "message": "ana@example.com"});
    let (_server, account) = house(error(400, &no)).await;
    match account.charge(&charge(stored())).await {
        Answer::NotExecuted(why) => {
            assert!(why.contains("parameter_missing amount") && !why.contains("ana"), "{why}");
        }
        other => panic!("{other:?}"),
    }
}
