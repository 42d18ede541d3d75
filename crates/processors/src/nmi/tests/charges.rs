//! Charging: exactly what is sent, and every class of answer.

use processor::{ChargeOutcome, Charged};

use super::*;

async fn call(charge: &Charge, answer: &str) -> (String, Answer<Charged>) {
    let (server, account) = house(reply(answer)).await;
    let answer = account.charge(charge).await;
    (sent(&server).await, answer)
}

#[tokio::test]
async fn every_instrument_is_sent_as_the_record_says() {
    let token = "eyJzaWduYXR1cmUiOiJNRVVDIn0=+/&".to_owned();
    let google = Instrument::GooglePay { token };
    let typed = Instrument::Token { token: "3455zJms-7qA2K2-VdVrSu-Rv7WpvPuG7s8".to_owned() };
    let mut present = charge(stored("700000001:8800000001"));
    present.buyer.ip = Some("192.0.2.7".parse().unwrap());
    present.buyer.country = Some("dk".to_owned());
    present.capture = CaptureWhen::Later;
    let charges = [charge(google), charge(typed), charge(stored("700000001")), present];
    let mut all = Vec::new();
    for charge in charges {
        all.push(call(&charge, "approved").await.0);
    }
    insta::assert_snapshot!(all.join("\n\n"));
}

#[tokio::test]
async fn what_is_configured_goes_along() {
    let (server, _) = house(reply("approved")).await;
    let mut config = config(&server.uri());
    config["keep_cards"] = false.into();
    config["processor_id"] = "ccprocessorb".into();
    config["descriptor"] = "EXAMPLE TOKENS".into();
    config["duplicate_seconds"] = 0.into();
    let token = Instrument::Token { token: "a-token".to_owned() };
    assert!(matches!(account_of(config).charge(&charge(token)).await, Answer::Done(_)));
    let asked = sent(&server).await;
    for line in ["processor_id=ccprocessorb", "descriptor=EXAMPLE TOKENS", "dup_seconds=0"] {
        assert!(asked.contains(line), "{line}: {asked}");
    }
    assert!(!asked.contains("customer_vault"), "{asked}");
}

#[tokio::test]
async fn a_yes_says_what_was_taken_and_what_was_kept() {
    let typed = charge(Instrument::Token { token: "a-token".to_owned() });
    let mut paid = Charged {
        outcome: ChargeOutcome::Paid,
        transaction: Some("8800000001".to_owned()),
        amount: Some(usd(995)),
        stored: None,
        card: None,
    };
    assert_eq!(call(&typed, "approved").await.1, Answer::Done(paid.clone()));
    paid.stored = Some("700000001:8800000001".to_owned());
    assert_eq!(call(&typed, "approved and kept").await.1, Answer::Done(paid.clone()));
    let hold = Charge { capture: CaptureWhen::Later, ..typed.clone() };
    paid.outcome = ChargeOutcome::Authorized;
    assert_eq!(call(&hold, "approved and kept").await.1, Answer::Done(paid));
    let part = "response=1&response_code=100&transactionid=88&amount_authorized=5.00";
    let (_server, account) = house(ResponseTemplate::new(200).set_body_string(part)).await;
    let answer = account.charge(&typed).await;
    assert!(matches!(&answer, Answer::Done(charged) if charged.amount == Some(usd(500))));
}

#[tokio::test]
async fn answers_are_placed_by_the_list_and_nothing_else() {
    let typed = charge(Instrument::Token { token: "a-token".to_owned() });
    for (name, cause) in [
        ("declined", "insufficient_funds"),
        ("duplicate", "duplicate"),
        ("processor error", "processor_error"),
    ] {
        let answer = call(&typed, name).await.1;
        assert!(matches!(&answer, Answer::Declined(no) if no.cause == cause), "{name}: {answer:?}");
    }
    for (name, sentence) in
        [("rejected", "is not accepted"), ("authentication", "Authentication Failed")]
    {
        let answer = call(&typed, name).await.1;
        assert!(
            matches!(&answer, Answer::NotExecuted(why) if why.contains(sentence)),
            "{answer:?}"
        );
        assert!(!format!("{answer:?}").contains("123456789"), "{answer:?}");
    }
    let answer = call(&typed, "line lost").await.1;
    assert!(matches!(answer, Answer::Unknown(_)), "{answer:?}");
    let text = |text: &str| ResponseTemplate::new(200).set_body_string(text);
    let odd = [
        text("response=1&response_code=100"),
        text("response=1&response_code=200&transactionid=88"),
        text("response=1&response=2&response_code=100&transactionid=88"),
        text("response=4&response_code=100&transactionid=88"),
        text("response=3&response_code=999&transactionid=88"),
        text("response_code=100&transactionid=88"),
    ];
    for answer in surprises().into_iter().chain(odd) {
        let label = format!("{answer:?}");
        let (_server, account) = house(answer).await;
        let answer = account.charge(&typed).await;
        let said = format!("{answer:?}");
        assert!(matches!(answer, Answer::Unknown(_)), "{label}: {said}");
        assert!(!said.contains(KEY), "the key leaked: {said}");
    }
    let answer = account().charge(&typed).await;
    assert!(matches!(answer, Answer::NotExecuted(_)), "nobody is there: {answer:?}");
}

#[tokio::test]
async fn what_cannot_be_charged_is_refused_before_a_call() {
    let token = |token: &str| Instrument::Token { token: token.to_owned() };
    let with = |change: fn(&mut Charge)| {
        let mut charge = charge(token("a-token"));
        change(&mut charge);
        charge
    };
    let table = [
        (charge(stored("")), "vault"),
        (charge(stored("7&amount=1")), "vault"),
        (charge(stored("700000001:")), "vault"),
        (charge(token("")), "token"),
        (charge(token(&"x".repeat(9000))), "token"),
        (with(|charge| charge.amount = usd(0)), "0.00 USD"),
        (with(|charge| charge.amount = Money::new(1, Currency::EUR)), "EUR"),
        (with(|charge| charge.reference = "att 1".to_owned()), "references"),
    ];
    for (charge, sentence) in table {
        let answer = account().charge(&charge).await;
        assert!(
            matches!(&answer, Answer::NotExecuted(why) if why.contains(sentence)),
            "{answer:?}"
        );
    }
    let plain = account_of(json!({"security_key": KEY, "currencies": ["USD"]}));
    let google = charge(Instrument::GooglePay { token: "{}".to_owned() });
    let answer = plain.charge(&google).await;
    assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains("google_pay")));
}
