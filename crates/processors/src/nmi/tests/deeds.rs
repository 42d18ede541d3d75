//! Taking, letting go and giving back: exactly what is sent, and which way back is chosen.

use wiremock::matchers::body_string_contains;

use super::*;

fn refunding(minor: i64) -> Refunding {
    Refunding {
        key: OPERATION.to_owned(),
        transaction: "8800000001".to_owned(),
        amount: usd(minor),
        paid: usd(995),
        reason: "asked for".to_owned(),
    }
}

fn done(id: &str, amount: Option<Money>) -> Answer<Done> {
    Answer::Done(Done { transaction: Some(id.to_owned()), amount })
}

/// A stand-in that answers a void and a refund each in its own way.
async fn two_ways(void: ResponseTemplate, refund: ResponseTemplate) -> (MockServer, Nmi) {
    let server = MockServer::start().await;
    for (kind, answer) in [("type=void", void), ("type=refund", refund)] {
        Mock::given(body_string_contains(kind)).respond_with(answer).mount(&server).await;
    }
    let account = account_of(config(&server.uri()));
    (server, account)
}

#[tokio::test]
async fn a_hold_is_taken_in_part_or_let_go() {
    let (server, account) = house(reply("approved")).await;
    let answer = account.capture(OPERATION, "8800000001", usd(700)).await;
    assert_eq!(answer, done("8800000001", Some(usd(700))));
    assert_eq!(account.void(OPERATION, "8800000001").await, done("8800000001", None));
    insta::assert_snapshot!(sent(&server).await);
    let (_server, account) = house(reply("settled")).await;
    let answer = account.void(OPERATION, "8800000001").await;
    assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains("refund")), "{answer:?}");
}

#[tokio::test]
async fn all_of_a_payment_is_voided_if_it_can_be_and_else_refunded() {
    let (server, account) = two_ways(reply("voided"), ResponseTemplate::new(500)).await;
    assert_eq!(account.refund(&refunding(995)).await, done("8800000001", None));
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
    let (server, account) = two_ways(reply("settled"), reply("refunded")).await;
    assert_eq!(account.refund(&refunding(995)).await, done("8800000007", Some(usd(995))));
    insta::assert_snapshot!(sent(&server).await);
}

#[tokio::test]
async fn a_part_is_refunded_and_never_voided() {
    let (server, account) = two_ways(ResponseTemplate::new(500), reply("refunded")).await;
    assert_eq!(account.refund(&refunding(500)).await, done("8800000007", Some(usd(500))));
    let calls = sent(&server).await;
    assert!(!calls.contains("type=void") && calls.contains("amount=5.00"), "{calls}");
}

/// A void whose answer was lost may have given all of it back: a refund on top would give it
/// back twice.
#[tokio::test]
async fn a_refund_follows_only_the_proof_that_nothing_was_voided() {
    let mut answers = surprises();
    answers.extend(["line lost", "rejected", "declined", "authentication"].map(reply));
    for void in answers {
        let label = format!("{void:?}");
        let (server, account) = two_ways(void, reply("refunded")).await;
        let answer = account.refund(&refunding(995)).await;
        assert!(!matches!(answer, Answer::Done(_)), "{label}: {answer:?}");
        assert_eq!(server.received_requests().await.unwrap().len(), 1, "{label}");
    }
    for refund in surprises() {
        let (_server, account) = two_ways(reply("settled"), refund).await;
        let answer = account.refund(&refunding(995)).await;
        assert!(matches!(answer, Answer::Unknown(_)), "{answer:?}");
    }
}

#[tokio::test]
async fn what_is_no_transaction_is_refused_before_a_call() {
    for id in ["", "1&type=refund", "8800000001 ", &"8".repeat(65)] {
        let answers = [
            account().capture(OPERATION, id, usd(1)).await,
            account().void(OPERATION, id).await,
            account().refund(&Refunding { transaction: id.to_owned(), ..refunding(995) }).await,
        ];
        for answer in answers {
            let calm =
                matches!(&answer, Answer::NotExecuted(why) if why.contains("no transaction"));
            assert!(calm, "{id}: {answer:?}");
        }
    }
    let answer = account().capture(OPERATION, "8800000001", usd(0)).await;
    assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains("0.00")), "{answer:?}");
}
