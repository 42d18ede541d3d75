//! What is done afterwards: taking, raising, letting go, giving back, ending, changing.

use processor::ChangeTo;

use super::*;

fn intent(status: &str) -> Value {
    json!({"id": "pi_3Pdesk0001", "amount": 1295, "amount_received": 700,
           "amount_capturable": 1295, "currency": "usd", "status": status,
           "capture_method": "manual", "latest_charge": "ch_3Pdesk0001", "metadata": {}})
}

fn refunding(transaction: &str, minor: i64) -> Refunding {
    Refunding {
        key: OPERATION.to_owned(),
        transaction: transaction.to_owned(),
        amount: usd(minor),
        paid: usd(995),
        reason: "asked for".to_owned(),
    }
}

fn ending(at_once: bool) -> Cancellation {
    Cancellation {
        key: OPERATION.to_owned(),
        subscription: "sub_1Pdesk0001".to_owned(),
        at_once,
        reason: "asked for".to_owned(),
    }
}

fn changing(change: ChangeTo) -> SubscriptionChange {
    SubscriptionChange {
        key: OPERATION.to_owned(),
        subscription: "sub_1Pdesk0001".to_owned(),
        change,
        reason: "asked for".to_owned(),
    }
}

fn subscription(status: &str) -> Value {
    json!({"id": "sub_1Pdesk0001", "status": status, "cancel_at_period_end": status == "ending",
           "current_period_end": 1_797_900_000,
           "items": {"data": [{"id": "si_Pdesk0001", "price": {"product": "prod_Pdesk",
                     "recurring": {"interval": "month", "interval_count": 1}}}]}})
}

fn done(transaction: Option<&str>, amount: Option<Money>) -> Answer<Done> {
    Answer::Done(Done { transaction: transaction.map(str::to_owned), amount })
}

#[tokio::test]
async fn every_deed_is_sent_as_the_reference_says() {
    let mut all = Vec::new();
    let (server, account) = house(answered(200, &intent("succeeded"))).await;
    let answer = account.capture(OPERATION, "pi_3Pdesk0001", usd(700)).await;
    assert_eq!(answer, done(Some("pi_3Pdesk0001"), Some(usd(700))));
    all.push(sent(&server).await);
    let (server, account) = house(answered(200, &intent("requires_capture"))).await;
    let answer = account.increment(OPERATION, "pi_3Pdesk0001", usd(1295)).await;
    assert_eq!(answer, done(Some("pi_3Pdesk0001"), Some(usd(1295))));
    all.push(sent(&server).await);
    let (server, account) = house(answered(200, &intent("canceled"))).await;
    assert_eq!(account.void(OPERATION, "pi_3Pdesk0001").await, done(Some("pi_3Pdesk0001"), None));
    all.push(sent(&server).await);
    let closed = json!({"id": "cs_test_a1", "status": "expired"});
    let (server, account) = house(answered(200, &closed)).await;
    assert_eq!(account.void(OPERATION, "cs_test_a1").await, done(Some("cs_test_a1"), None));
    all.push(sent(&server).await);
    let refund =
        json!({"id": "re_3Pdesk", "amount": 500, "currency": "usd", "status": "succeeded"});
    let (server, account) = house(answered(200, &refund)).await;
    let answer = account.refund(&refunding("pi_3Pdesk0001", 500)).await;
    assert_eq!(answer, done(Some("re_3Pdesk"), Some(usd(500))));
    assert!(matches!(account.refund(&refunding("ch_3Pdesk0001", 500)).await, Answer::Done(_)));
    all.push(sent(&server).await);
    let (server, account) = house(answered(200, &subscription("ending"))).await;
    assert_eq!(account.cancel(&ending(false)).await, done(None, None));
    all.push(sent(&server).await);
    let (server, account) = house(answered(200, &subscription("canceled"))).await;
    assert_eq!(account.cancel(&ending(true)).await, done(None, None));
    all.push(sent(&server).await);
    insta::assert_snapshot!(all.join("\n\n"));
}

#[tokio::test]
async fn a_subscription_is_changed_for_the_time_to_come() {
    let card = "cus_Pdesk01:pm_1Pdesk0002".to_owned();
    let changes = [
        ChangeTo::Renewing,
        ChangeTo::Longer(7),
        ChangeTo::Price(usd(2495)),
        ChangeTo::Instrument(card),
    ];
    let mut all = Vec::new();
    for change in changes {
        let (server, account) = house(answered(200, &subscription("active"))).await;
        assert_eq!(account.change(&changing(change)).await, done(None, None));
        all.push(sent(&server).await);
    }
    insta::assert_snapshot!(all.join("\n\n"));
    let mut two = subscription("active");
    let item = two["items"]["data"][0].clone();
    two["items"]["data"].as_array_mut().unwrap().push(item);
    let (server, account) = house(answered(200, &two)).await;
    let answer = account.change(&changing(ChangeTo::Price(usd(1)))).await;
    assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains("one thing")), "{answer:?}");
    assert_eq!(server.received_requests().await.unwrap().len(), 1, "only read");
    let (_server, account) = house(ResponseTemplate::new(500)).await;
    let answer = account.change(&changing(ChangeTo::Longer(1))).await;
    assert!(matches!(answer, Answer::NotExecuted(_)), "reading changes nothing: {answer:?}");
    let answer = account.change(&changing(ChangeTo::Renewing)).await;
    assert!(matches!(answer, Answer::Unknown(_)), "{answer:?}");
}

#[tokio::test]
async fn a_refund_that_is_not_through_is_not_called_through() {
    let refund = |status: &str| {
        json!({"id": "re_3Pdesk", "amount": 500, "currency": "usd", "status": status,
               "failure_reason": "expired_or_canceled_card"})
    };
    let of = async |status: &str| {
        let (_server, account) = house(answered(200, &refund(status))).await;
        account.refund(&refunding("pi_3Pdesk0001", 500)).await
    };
    assert_eq!(of("pending").await, Answer::Accepted);
    assert_eq!(of("requires_action").await, Answer::Accepted);
    for status in ["failed", "canceled"] {
        let answer = of(status).await;
        let right = matches!(&answer, Answer::Declined(no)
            if no.cause == "refund_not_possible" && no.raw == "expired_or_canceled_card");
        assert!(right, "{answer:?}");
    }
    assert!(matches!(of("levitating").await, Answer::Unknown(_)));
    let code = json!({"type": "invalid_request_error", "code": "charge_already_refunded"});
    let (_server, account) = house(error(400, &code)).await;
    let answer = account.refund(&refunding("pi_3Pdesk0001", 500)).await;
    assert!(matches!(&answer, Answer::Declined(no) if no.cause == "refund_not_possible"));
}

#[tokio::test]
async fn an_increment_that_the_bank_declines_is_a_no() {
    let body = json!({"type": "card_error", "code": "card_declined", "decline_code": null});
    let (_server, account) = house(error(402, &body)).await;
    let answer = account.increment(OPERATION, "pi_3Pdesk0001", usd(1295)).await;
    assert!(matches!(&answer, Answer::Declined(no) if no.cause == "declined"), "{answer:?}");
    let body = json!({"type": "invalid_request_error", "code": "payment_intent_unexpected_state"});
    let (_server, account) = house(error(400, &body)).await;
    let answer = account.capture(OPERATION, "pi_3Pdesk0001", usd(995)).await;
    assert!(matches!(answer, Answer::NotExecuted(_)), "{answer:?}");
    let body = json!({"type": "invalid_request_error",
                      "code": "capture_charge_authorization_expired"});
    let (_server, account) = house(error(400, &body)).await;
    let answer = account.capture(OPERATION, "pi_3Pdesk0001", usd(995)).await;
    assert!(matches!(&answer, Answer::Declined(no) if no.cause == "authorisation_expired"));
}

#[tokio::test]
async fn a_deed_whose_answer_tells_nothing_is_unknown() {
    for answer in surprises() {
        let label = format!("{answer:?}");
        let (_server, account) = house(answer).await;
        let answers = [
            account.capture(OPERATION, "pi_3Pdesk0001", usd(995)).await,
            account.void(OPERATION, "pi_3Pdesk0001").await,
            account.refund(&refunding("pi_3Pdesk0001", 995)).await,
        ];
        for answer in answers {
            assert!(matches!(answer, Answer::Unknown(_)), "{label}: {answer:?}");
        }
    }
    for status in ["requires_capture", "levitating"] {
        let (_server, account) = house(answered(200, &intent(status))).await;
        let answer = account.capture(OPERATION, "pi_3Pdesk0001", usd(995)).await;
        assert!(matches!(answer, Answer::Unknown(_)), "{status}: {answer:?}");
    }
    let (_server, account) = house(answered(200, &intent("processing"))).await;
    assert_eq!(account.capture(OPERATION, "pi_3Pdesk0001", usd(995)).await, Answer::Accepted);
    let (_server, account) = house(answered(200, &subscription("active"))).await;
    assert!(matches!(account.cancel(&ending(false)).await, Answer::Unknown(_)));
}

#[tokio::test]
async fn ids_that_are_not_stripes_are_refused_before_a_call() {
    for id in ["1", "", "pi_", "pi_1/cancel", "pi_1?x=1", "re_1", "90022001"] {
        let answers = [
            account().capture(OPERATION, id, usd(995)).await,
            account().increment(OPERATION, id, usd(995)).await,
            account().void(OPERATION, id).await,
            account().refund(&refunding(id, 995)).await,
            account().cancel(&Cancellation { subscription: id.to_owned(), ..ending(true) }).await,
        ];
        for answer in answers {
            let calm = matches!(&answer, Answer::NotExecuted(why) if why.contains("must begin"));
            assert!(calm, "{id}: {answer:?}");
        }
    }
}
