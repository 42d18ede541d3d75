//! Charges: purchase and confirmation, exact bodies, and every class of answer.

use processor::{ChargeOutcome, Instrument};

use super::*;

fn charge_of(instrument: Instrument) -> Charge {
    let wish = wish(usd(1990));
    Charge {
        key: wish.key,
        reference: wish.reference,
        amount: wish.amount,
        product: wish.product,
        description: wish.description,
        buyer: wish.buyer,
        instrument,
        capture: CaptureWhen::AtOnce,
        return_url: wish.return_url,
        postback_url: wish.postback_url,
    }
}

fn stored(id: &str) -> Instrument {
    Instrument::Stored { id: id.to_owned(), customer: None }
}

#[tokio::test]
async fn a_charge_is_a_purchase_and_its_confirmation() {
    let google = Instrument::GooglePay { token: "{\"signature\":\"a<b&c\"}".to_owned() };
    let elsewhere = Instrument::Stored { id: GUID.to_owned(), customer: Some("cus_9".to_owned()) };
    let table = [
        (stored(GUID), "cus_1", format!("<payInfoTransactID>{GUID}</payInfoTransactID>")),
        (elsewhere, "cus_9", format!("<payInfoTransactID>{GUID}</payInfoTransactID>")),
        (stored("m77xlHZ+hash/="), "cus_1", "<cardHash>m77xlHZ+hash/=</cardHash>".to_owned()),
        (
            google,
            "cus_1",
            "<GOOGLEPAYTOKEN>{\"signature\":\"a&lt;b&amp;c\"}</GOOGLEPAYTOKEN>".to_owned(),
        ),
    ];
    for (instrument, customer, element) in table {
        let (server, account) = gateway(vec![yes()]).await;
        let answer = account.charge(&charge_of(instrument)).await;
        let Answer::Done(charged) = answer else { panic!("{answer:?}") };
        assert_eq!(charged.outcome, ChargeOutcome::Paid);
        assert_eq!(charged.transaction.as_deref(), Some("1000144C2A1D3F0"));
        assert_eq!(charged.amount, Some(usd(1990)));
        assert_eq!(charged.stored, charged.transaction);
        assert_eq!(charged.card.unwrap().last4.as_deref(), Some("1111"));
        let calls = sent(&server).await;
        assert_eq!(
            calls[0],
            format!(
                "{HEAD}<transactionType>CC_PURCHASE</transactionType>\
                 <merchantCustomerID>{customer}</merchantCustomerID>\
                 <merchantInvoiceID>{ATTEMPT}</merchantInvoiceID><amount>19.90</amount>\
                 <currency>USD</currency>{element}<merchantProductID>7</merchantProductID>\
                 <email>ana+shop@example.com</email><ipAddress>198.51.100.9</ipAddress>\
                 <billingCountry>DK</billingCountry></gatewayRequest>"
            )
        );
        assert_eq!(
            calls[1],
            format!(
                "{HEAD}<transactionType>CC_CONFIRM</transactionType>\
                 <merchantCustomerID>{customer}</merchantCustomerID>\
                 <merchantInvoiceID>{ATTEMPT}</merchantInvoiceID>\
                 <referenceGUID>1000144C2A1D3F0</referenceGUID></gatewayRequest>"
            )
        );
        assert_eq!(calls.len(), 2);
    }
}

#[tokio::test]
async fn a_hold_is_an_authorisation_where_holds_are_on() {
    let later = Charge { capture: CaptureWhen::Later, ..charge_of(stored(GUID)) };
    let refused = account().charge(&later).await;
    assert!(matches!(&refused, Answer::NotExecuted(why) if why.contains("holds")), "{refused:?}");
    let (server, _) = gateway(vec![yes()]).await;
    let mut config = config(&server.uri());
    config["holds"] = true.into();
    config["version"] = "PD1".into();
    config["site_id"] = "3".into();
    let answer = account_of(config).charge(&later).await;
    let Answer::Done(charged) = answer else { panic!("{answer:?}") };
    assert_eq!(charged.outcome, ChargeOutcome::Authorized);
    let call = &sent(&server).await[0];
    assert!(call.contains("<transactionType>CC_AUTH</transactionType>"), "{call}");
    assert!(call.contains("<gatewayRequest><version>PD1</version><merchantID>"), "{call}");
    assert!(call.contains("<merchantSiteID>3</merchantSiteID>"), "{call}");
}

#[tokio::test]
async fn a_charge_whose_confirmation_failed_is_not_known() {
    let surprises = [
        no("3", "303"),
        no("4", "410"),
        no("1", "104"),
        ResponseTemplate::new(500),
        ResponseTemplate::new(200).set_body_string("<html>502</html>"),
        yes().set_delay(Duration::from_secs(5)),
    ];
    for surprise in surprises {
        let (_server, account) = gateway(vec![yes(), surprise]).await;
        let answer = account.charge(&charge_of(stored(GUID))).await;
        let text = format!("{answer:?}");
        assert!(matches!(answer, Answer::Unknown(_)), "{text}");
        assert!(text.contains("not confirmed") && text.contains("1000144C2A1D3F0"), "{text}");
    }
}

/// Every class of answer, and where it belongs.
fn answers() -> Vec<(ResponseTemplate, &'static str)> {
    let body = |text: &str| ResponseTemplate::new(200).set_body_string(text);
    vec![
        (no("1", "104"), "declined"),
        (no("1", "105"), "over_limit"),
        (no("1", "107"), "expired_card"),
        (no("1", "161"), "restricted_card"),
        (no("1", "199"), "unknown"),
        (no("2", "200"), "risk"),
        (no("2", "202"), "authentication_required"),
        (no("2", "208"), "already_subscribed"),
        (no("2", "212"), "duplicate"),
        (no("3", "303"), "Unknown"),
        (no("3", "315"), "Unknown"),
        (no("4", "403"), "invalid_number"),
        (no("4", "406"), "NotExecuted"),
        (no("4", "410"), "NotExecuted"),
        (no("4", "499"), "NotExecuted"),
        (no("4", "439"), "Unknown"),
        (no("5", "0"), "Unknown"),
        (no("", "0"), "Unknown"),
        (no("00", "0"), "Unknown"),
        (said(&[("responseCode", "0"), ("reasonCode", "0")]), "Unknown"),
        (said(&[("responseCode", "0"), ("guidNo", "../x")]), "Unknown"),
        (said(&[("responseCode", "1"), ("responseCode", "0"), ("guidNo", GUID)]), "Unknown"),
        (said(&[("reasonCode", "0"), ("guidNo", GUID)]), "Unknown"),
        (body("<gatewayResponse><responseCode>0"), "Unknown"),
        (body("<html><body>0</body></html>"), "Unknown"),
        (body("{\"responseCode\":0}"), "Unknown"),
        (
            body("<!DOCTYPE a [<!ENTITY b \"0\">]><a><responseCode>&b;</responseCode></a>"),
            "Unknown",
        ),
        (body(""), "Unknown"),
        (ResponseTemplate::new(200).set_body_bytes([0xff, 0xfe]), "Unknown"),
        (ResponseTemplate::new(302), "Unknown"),
        (ResponseTemplate::new(403), "Unknown"),
        (ResponseTemplate::new(500), "Unknown"),
        (yes().set_delay(Duration::from_secs(5)), "Unknown"),
    ]
}

#[tokio::test]
async fn answers_to_a_charge_are_placed_by_the_list_and_nothing_else() {
    let text = |answer: &Answer<Charged>| match answer {
        Answer::Done(_) => "Done".to_owned(),
        Answer::Accepted => "Accepted".to_owned(),
        Answer::Declined(decline) => decline.cause.clone(),
        Answer::NotExecuted(_) => "NotExecuted".to_owned(),
        Answer::Unknown(_) => "Unknown".to_owned(),
    };
    let table = answers();
    for (nth, (answer, place)) in table.into_iter().enumerate() {
        let (server, account) = gateway(vec![answer]).await;
        let answer = account.charge(&charge_of(stored(GUID))).await;
        assert_eq!(text(&answer), place, "{nth}: {answer:?}");
        assert!(SECRETS.iter().all(|secret| !format!("{answer:?}").contains(secret)));
        assert_eq!(sent(&server).await.len(), 1, "{nth}: nothing is confirmed");
    }
}

#[tokio::test]
async fn what_cannot_be_charged_is_refused_before_anything_is_sent() {
    let mut bare = config("http://127.0.0.1:9/");
    bare.as_object_mut().unwrap().remove("google_pay");
    let bare = account_of(bare);
    let google = Instrument::GooglePay { token: "t".to_owned() };
    let token = Instrument::Token { token: "t".to_owned() };
    let table = [
        (Charge { reference: "a b".to_owned(), ..charge_of(stored(GUID)) }, "ids"),
        (Charge { amount: Money::new(1, Currency::EUR), ..charge_of(stored(GUID)) }, "USD"),
        (charge_of(token), "token"),
        (charge_of(google), "google_pay"),
    ];
    for (charge, word) in table {
        let answer = bare.charge(&charge).await;
        assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains(word)), "{answer:?}");
    }
}

/// The vendor's client goes on to the next server after a read time-out; that may charge twice.
#[tokio::test]
async fn another_server_is_asked_only_while_nobody_was_reached() {
    let (spare, _) = gateway(vec![yes()]).await;
    let (slow, _) = gateway(vec![yes().set_delay(Duration::from_secs(5))]).await;
    let mut first_is_slow = config(&slow.uri());
    first_is_slow["addresses"]["fail_over"] = json!([spare.uri()]);
    let answer = account_of(first_is_slow).charge(&charge_of(stored(GUID))).await;
    assert!(matches!(answer, Answer::Unknown(_)), "{answer:?}");
    assert!(sent(&spare).await.is_empty(), "a time-out must not go on");
    let mut first_is_away = config("http://127.0.0.1:9/");
    first_is_away["addresses"]["fail_over"] = json!([spare.uri()]);
    let answer = account_of(first_is_away).charge(&charge_of(stored(GUID))).await;
    // The purchase went on; its confirmation belongs to the site, which here is away.
    assert!(matches!(&answer, Answer::Unknown(why) if why.contains("not confirmed")), "{answer:?}");
    assert_eq!(sent(&spare).await.len(), 1);
    let answer = account().charge(&charge_of(stored(GUID))).await;
    assert!(matches!(answer, Answer::NotExecuted(_)), "{answer:?}");
}
