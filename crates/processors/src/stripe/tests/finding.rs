//! Looking up: by every id, and what becomes of every state.

use processor::{FindBy, FoundState};
use wiremock::matchers::{path, query_param};

use super::*;

fn intent(status: &str) -> Value {
    json!({"id": "pi_3Pdesk0001", "amount": 995, "amount_received": 995, "amount_capturable": 995,
           "currency": "usd", "status": status, "created": 1_795_300_000,
           "metadata": {"paydesk_reference": ATTEMPT},
           "latest_charge": {"id": "ch_3Pdesk0001", "refunded": false, "disputed": true}})
}

async fn of(id: &str, body: &Value) -> Answer<Option<Found>> {
    let (_server, account) = house(answered(200, body)).await;
    account.find(&FindBy::Transaction(id.to_owned())).await
}

async fn state(id: &str, body: &Value) -> FoundState {
    match of(id, body).await {
        Answer::Done(Some(found)) => found.state,
        other => panic!("not found: {other:?}"),
    }
}

#[tokio::test]
async fn an_intent_is_looked_up_exactly() {
    let (server, account) = house(answered(200, &intent("succeeded"))).await;
    let answer = account.find(&FindBy::Transaction("pi_3Pdesk0001".to_owned())).await;
    let found = Found {
        state: FoundState::Paid,
        transaction: "pi_3Pdesk0001".to_owned(),
        reference: Some(ATTEMPT.to_owned()),
        amount: Some(usd(995)),
        occurred_at: Some(Timestamp::from_second(1_795_300_000).unwrap()),
    };
    assert_eq!(answer, Answer::Done(Some(found)));
    insta::assert_snapshot!(sent(&server).await);
}

#[tokio::test]
async fn a_look_up_tells_what_became_of_it() {
    let with = |status: &str, change: Value| {
        let mut body = intent(status);
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        body
    };
    let failed = json!({"code": "card_declined"});
    let page = json!({"paydesk_reference": ATTEMPT, "paydesk_page": "checkout"});
    let back = json!({"latest_charge": {"id": "ch_1", "refunded": true}});
    let held = json!({"capture_method": "manual"});
    let never = json!({"latest_charge": null});
    let no = json!({"last_payment_error": failed});
    let no_yet = json!({"last_payment_error": failed, "metadata": page});
    let table = [
        (with("succeeded", json!({})), FoundState::Paid),
        (with("succeeded", back), FoundState::Refunded),
        (with("requires_capture", json!({})), FoundState::Authorized),
        (with("canceled", held), FoundState::Voided),
        (with("canceled", never), FoundState::Declined),
        (with("requires_payment_method", no), FoundState::Declined),
        (with("requires_payment_method", no_yet), FoundState::Waiting),
        (with("requires_payment_method", json!({})), FoundState::Waiting),
        (with("requires_action", json!({})), FoundState::Waiting),
        (with("processing", json!({})), FoundState::Waiting),
        (with("levitating", json!({})), FoundState::Waiting),
    ];
    for (body, expected) in table {
        assert_eq!(state("pi_3Pdesk0001", &body).await, expected, "{body}");
    }
}

#[tokio::test]
async fn a_page_leads_to_its_payment() {
    let page = |status: &str, intent: Value| {
        json!({"id": "cs_test_a1", "status": status, "client_reference_id": ATTEMPT,
               "payment_intent": intent})
    };
    let mut bare = intent("succeeded");
    bare["metadata"] = json!({});
    match of("cs_test_a1", &page("complete", bare)).await {
        Answer::Done(Some(found)) => {
            assert_eq!((&*found.transaction, found.state), ("pi_3Pdesk0001", FoundState::Paid));
            assert_eq!(found.reference.as_deref(), Some(ATTEMPT));
        }
        other => panic!("{other:?}"),
    }
    let waiting = intent("requires_payment_method");
    let table = [
        (page("open", Value::Null), FoundState::Waiting),
        (page("expired", Value::Null), FoundState::Declined),
        (page("expired", waiting.clone()), FoundState::Declined),
        (page("open", waiting), FoundState::Waiting),
        (page("levitating", Value::Null), FoundState::Waiting),
    ];
    for (body, expected) in table {
        assert_eq!(state("cs_test_a1", &body).await, expected, "{body}");
    }
    let bill = json!({"id": "in_1Pdesk", "status": "paid", "amount_paid": 1999, "currency": "eur",
                      "payment_intent": "pi_3Pdesk1001"});
    let mut first = page("complete", Value::Null);
    first["invoice"] = bill.clone();
    match of("cs_test_a1", &first).await {
        Answer::Done(Some(found)) => {
            assert_eq!((&*found.transaction, found.amount), ("pi_3Pdesk1001", Some(eur(1999))));
            assert_eq!(found.reference.as_deref(), Some(ATTEMPT));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(state("in_1Pdesk", &bill).await, FoundState::Paid);
}

/// A stand-in whose two searches answer what is given.
async fn searched(intents: Value, subscriptions: Value) -> (String, Answer<Option<Found>>) {
    let server = MockServer::start().await;
    let wanted = format!("metadata['paydesk_reference']:'{ATTEMPT}'");
    for (at, list) in [("payment_intents", intents), ("subscriptions", subscriptions)] {
        Mock::given(path(format!("/v1/{at}/search")))
            .and(query_param("query", &wanted))
            .respond_with(answered(200, &json!({"data": list})))
            .mount(&server)
            .await;
    }
    let account = account_of(config(&server.uri()));
    let answer = account.find(&FindBy::Reference(ATTEMPT.to_owned())).await;
    (sent(&server).await, answer)
}

#[tokio::test]
async fn our_reference_is_searched_for_and_nothing_found_proves_nothing() {
    let refused = intent("requires_payment_method");
    let (calls, answer) = searched(json!([refused, intent("succeeded")]), json!([])).await;
    insta::assert_snapshot!(calls);
    assert!(matches!(&answer, Answer::Done(Some(found)) if found.state == FoundState::Paid));
    let (_, answer) = searched(json!([]), json!([])).await;
    assert_eq!(answer, Answer::Done(None));
    assert_eq!(account().capabilities().find_proves_absence, None);
    let bill = |reason: &str| {
        json!([{"id": "sub_1", "latest_invoice": {"id": "in_1", "status": "paid",
                "amount_paid": 1999, "currency": "eur", "billing_reason": reason}}])
    };
    let (_, answer) = searched(json!([]), bill("subscription_create")).await;
    assert!(matches!(&answer, Answer::Done(Some(found)) if found.amount == Some(eur(1999))));
    let (_, answer) = searched(json!([]), bill("subscription_cycle")).await;
    assert!(matches!(answer, Answer::Unknown(_)), "{answer:?}");
    let odd = FindBy::Reference("a' OR metadata['x']:'".to_owned());
    assert!(matches!(account().find(&odd).await, Answer::NotExecuted(_)));
}

#[tokio::test]
async fn what_does_not_exist_is_told_apart_from_what_was_not_answered() {
    let missing = json!({"type": "invalid_request_error", "code": "resource_missing"});
    let by = FindBy::Transaction("pi_3Pdesk0001".to_owned());
    let (_server, account) = house(error(404, &missing)).await;
    assert_eq!(account.find(&by).await, Answer::Done(None));
    let mut answers = surprises();
    answers.push(ResponseTemplate::new(404).set_body_string("<html>404</html>"));
    answers.push(answered(200, &json!({"id": "pi_1", "status": "succeeded"})));
    for answer in answers {
        let label = format!("{answer:?}");
        let (_server, account) = house(answer).await;
        let answer = account.find(&by).await;
        assert!(matches!(answer, Answer::Unknown(_)), "{label}: {answer:?}");
    }
}
