//! Calls about a transaction or an invoice: exact bodies and every class of answer.

use processor::{ChangeTo, FoundState, Standing};

use super::*;

fn refunding(minor: i64) -> Refunding {
    Refunding {
        key: "op_1".to_owned(),
        transaction: GUID.to_owned(),
        amount: usd(minor),
        paid: usd(1990),
        reason: "asked for".to_owned(),
    }
}

async fn holding(answer: ResponseTemplate) -> (MockServer, RocketGate) {
    let (server, _) = gateway(vec![answer]).await;
    let mut config = config(&server.uri());
    config["holds"] = true.into();
    let account = account_of(config);
    (server, account)
}

#[tokio::test]
async fn calls_about_a_transaction_are_exactly_these() {
    let done = Answer::Done(Done {
        transaction: Some("1000144C2A1D3F0".to_owned()),
        amount: Some(usd(1990)),
    });
    let guid = format!("<referenceGUID>{GUID}</referenceGUID></gatewayRequest>");
    let money = "<amount>5.00</amount><currency>USD</currency>";
    let (server, account) = holding(yes()).await;
    assert_eq!(account.refund(&refunding(500)).await, done);
    assert_eq!(account.void("op_1", GUID).await, done);
    assert_eq!(account.capture("op_1", GUID, usd(500)).await, done);
    let calls = sent(&server).await;
    let kinds = [("CC_CREDIT", money), ("CC_VOID", ""), ("CC_TICKET", money)];
    for (call, (kind, money)) in calls.iter().zip(kinds) {
        let whole = format!("{HEAD}<transactionType>{kind}</transactionType>{money}{guid}");
        assert_eq!(*call, whole);
    }
}

#[tokio::test]
async fn their_answers_are_placed_by_the_list_and_nothing_else() {
    let bad_amount =
        said(&[("responseCode", "0"), ("approvedAmount", "5.005"), ("approvedCurrency", "USD")]);
    let table = [
        (said(&[("responseCode", "0")]), "Done"),
        (no("1", "101"), "Declined"),
        (no("1", "160"), "Declined"),
        (no("4", "410"), "NotExecuted"),
        (no("3", "308"), "Unknown"),
        (bad_amount, "Unknown"),
        (ResponseTemplate::new(200).set_body_string("<html/>"), "Unknown"),
        (ResponseTemplate::new(503), "Unknown"),
        (yes().set_delay(Duration::from_secs(5)), "Unknown"),
    ];
    for (nth, (answer, place)) in table.into_iter().enumerate() {
        let (_server, account) = holding(answer).await;
        for answer in [
            account.refund(&refunding(1990)).await,
            account.void("op_1", GUID).await,
            account.capture("op_1", GUID, usd(1990)).await,
        ] {
            assert!(format!("{answer:?}").starts_with(place), "{nth}: {answer:?}");
        }
    }
    for crooked in ["att_1", "../../x", "", "1000144C2A1D3F0<a>"] {
        let answer = account().void("op_1", crooked).await;
        assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains("no transaction")));
    }
}

#[tokio::test]
async fn renewals_are_ended_and_changed_by_customer_and_invoice() {
    let subscription = format!("cus_1:{ATTEMPT}");
    let ending = |at_once| Cancellation {
        key: "op_1".to_owned(),
        subscription: subscription.clone(),
        at_once,
        reason: "asked for".to_owned(),
    };
    let changing = |change| SubscriptionChange {
        key: "op_1".to_owned(),
        subscription: subscription.clone(),
        change,
        reason: "asked for".to_owned(),
    };
    let (server, account) = gateway(vec![said(&[("responseCode", "0")])]).await;
    let done = Answer::Done(Done { transaction: None, amount: None });
    assert_eq!(account.cancel(&ending(false)).await, done);
    assert_eq!(account.change(&changing(ChangeTo::Renewing)).await, done);
    assert_eq!(account.change(&changing(ChangeTo::Price(usd(2995)))).await, done);
    let ids = format!(
        "<merchantCustomerID>cus_1</merchantCustomerID>\
         <merchantInvoiceID>{ATTEMPT}</merchantInvoiceID>"
    );
    let kinds = [
        ("REBILL_CANCEL", ""),
        ("REBILL_UPDATE", "<REBILLREACTIVATE>TRUE</REBILLREACTIVATE>"),
        ("REBILL_UPDATE", "<rebillAmount>29.95</rebillAmount>"),
    ];
    for (call, (kind, with)) in sent(&server).await.iter().zip(kinds) {
        let whole =
            format!("{HEAD}<transactionType>{kind}</transactionType>{ids}{with}</gatewayRequest>");
        assert_eq!(*call, whole);
    }
    for cannot in [
        ChangeTo::Longer(3),
        ChangeTo::Instrument(GUID.to_owned()),
        ChangeTo::Price(Money::new(500, Currency::EUR)),
    ] {
        let answer = account.change(&changing(cannot)).await;
        assert!(matches!(answer, Answer::NotExecuted(_)), "{answer:?}");
    }
    let now = account.cancel(&ending(true)).await;
    assert!(matches!(&now, Answer::NotExecuted(why) if why.contains("at once")), "{now:?}");
    let crooked = Cancellation { subscription: "cus_1".to_owned(), ..ending(false) };
    assert!(matches!(account.cancel(&crooked).await, Answer::NotExecuted(_)));
    for (answer, place) in [(no("4", "448"), "NotExecuted"), (no("3", "300"), "Unknown")] {
        let (_server, account) = gateway(vec![answer]).await;
        let answer = account.cancel(&ending(false)).await;
        assert!(format!("{answer:?}").starts_with(place), "{answer:?}");
    }
}

#[tokio::test]
async fn an_invoice_is_looked_up_exactly() {
    let by = FindBy::Reference(ATTEMPT.to_owned());
    let found = Found {
        state: FoundState::Paid,
        transaction: "1000144C2A1D3F0".to_owned(),
        reference: Some(ATTEMPT.to_owned()),
        amount: Some(usd(1990)),
        occurred_at: None,
    };
    let (server, account) = gateway(vec![yes()]).await;
    assert_eq!(account.find(&by).await, Answer::Done(Some(found.clone())));
    let other = FindBy::Transaction(GUID.to_owned());
    assert_eq!(account.find(&other).await, Answer::Done(Some(found)));
    let calls = sent(&server).await;
    let lookup = format!("{HEAD}<transactionType>LOOKUP</transactionType>");
    let whole =
        format!("{lookup}<merchantInvoiceID>{ATTEMPT}</merchantInvoiceID></gatewayRequest>");
    assert_eq!(calls[0], whole);
    assert_eq!(calls[1], format!("{lookup}<referenceGUID>{GUID}</referenceGUID></gatewayRequest>"));
}

#[tokio::test]
async fn a_look_up_says_no_more_than_it_knows() {
    let by = FindBy::Reference(ATTEMPT.to_owned());
    let (_server, account) = holding(yes()).await;
    let Answer::Done(Some(found)) = account.find(&by).await else { panic!("not found") };
    assert_eq!(found.state, FoundState::Waiting, "a hold or a payment: it does not say");
    let (_server, account) = gateway(vec![no("1", "104")]).await;
    let Answer::Done(Some(found)) = account.find(&by).await else { panic!("not found") };
    assert_eq!(found.state, FoundState::Declined);
    for reason in ["441", "100"] {
        let (_server, account) = gateway(vec![no("4", reason)]).await;
        assert_eq!(account.find(&by).await, Answer::Done(None), "{reason}");
    }
    assert_eq!(account.capabilities().find_proves_absence, None);
    let other = said(&[
        ("responseCode", "0"),
        ("guidNo", GUID),
        ("merchantInvoiceID", "att_01k2m8y4v0000000000000000b"),
    ]);
    for (surprise, place) in [
        (other, "Unknown"),
        (said(&[("responseCode", "0")]), "Unknown"),
        (said(&[("responseCode", "1"), ("reasonCode", "104")]), "Unknown"),
        (said(&[("responseCode", "4"), ("reasonCode", "406")]), "NotExecuted"),
        (no("3", "300"), "Unknown"),
        (ResponseTemplate::new(200).set_body_string("<html/>"), "Unknown"),
        (ResponseTemplate::new(500), "Unknown"),
    ] {
        let (_server, account) = gateway(vec![surprise]).await;
        let answer = account.find(&by).await;
        assert!(format!("{answer:?}").starts_with(place), "{answer:?}");
    }
}

#[tokio::test]
async fn the_check_tries_the_password_on_an_invoice_that_cannot_exist() {
    let now = Timestamp::UNIX_EPOCH;
    let standing = async |answer: ResponseTemplate| {
        let (_server, account) = gateway(vec![answer]).await;
        let found = account.check(now).await;
        let one = found.iter().find(|one| one.what == "credentials").unwrap();
        (one.standing, one.says.clone())
    };
    assert_eq!(standing(no("4", "441")).await.0, Standing::Good);
    assert_eq!(standing(no("4", "411")).await.0, Standing::Bad);
    assert_eq!(standing(no("4", "406")).await.0, Standing::Bad);
    let (what, says) = standing(no("3", "305")).await;
    assert!(what == Standing::Notice && says.contains("305"), "{says}");
    let why = Finding::worst(&account().check(now).await).unwrap();
    assert!(why.contains("gateway") && !why.contains(PASSWORD), "{why}");
}
