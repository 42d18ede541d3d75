//! Beginning: links, exactly, with signatures made by Python's hashlib.

use processor::GoTo;

use super::*;

const SECRETS: [&str; 2] = [KEY, PATH];
const BACK: &str = "&successURL=https%3A%2F%2Fshop.example%2Fcheckouts%2Fchk_1%3Fdone%3D1";
const NO: &str = "declineURL=https%3A%2F%2Fshop.example%2Fcheckouts%2Fchk_1";
const TEXT: &str = "100+tokens+%26+m%C3%B8re";

async fn link_of(account: &Verotel, request: &StartRequest) -> String {
    match check::starts(account, request, &SECRETS).await.go_to {
        GoTo::Link(link) => link,
        other => panic!("a link was expected: {other:?}"),
    }
}

fn renewing(first: Money, trial: Period, every: Period) -> StartRequest {
    let renewal = Renewal { first: trial, amount: eur(2995), every, times: None };
    StartRequest { renews: Some(renewal), ..wish(first) }
}

#[tokio::test]
async fn a_purchase_is_a_signed_link() {
    let expected = format!(
        "https://secure.verotel.com/startorder?{NO}&description={TEXT}&priceAmount=9.95\
         &priceCurrency=USD&referenceID={ATTEMPT}&shopID=64233{BACK}&type=purchase&version=4\
         &signature=6feb587e8a7ec440efd6d630426edd372d6b9083854f6ebe432a0435a14e0e58"
    );
    assert_eq!(link_of(account(), &wish(usd(995))).await, expected);
}

#[tokio::test]
async fn mail_goes_along_unsigned_and_a_method_signed() {
    let mut request = wish(usd(995));
    request.buyer.email = Some("ana+shop@example.com".to_owned());
    let link = link_of(account(), &request).await;
    assert!(link.contains("&email=ana%2Bshop%40example.com&"), "{link}");
    let same = "&signature=6feb587e8a7ec440efd6d630426edd372d6b9083854f6ebe432a0435a14e0e58";
    assert!(link.ends_with(same), "{link}");
    request.buyer.email = Some(format!("{}@example.com", "a".repeat(100)));
    assert!(!link_of(account(), &request).await.contains("email="));

    let mut card = config(None);
    card["payment_method"] = "CC".into();
    let link = link_of(&account_of(card), &wish(usd(995))).await;
    let other = "&signature=23c75fae167e363b65900dcc43f6b1c140a91f1eb773478987e0d8dde22d73da";
    assert!(link.contains("&paymentMethod=CC&") && link.ends_with(other), "{link}");
}

#[tokio::test]
async fn what_renews_is_a_subscription_with_or_without_a_trial() {
    let trial = renewing(eur(200), Period::Days(7), Period::Months(1));
    let expected = format!(
        "https://secure.verotel.com/startorder?{NO}&name={TEXT}&period=P1M&priceAmount=29.95\
         &priceCurrency=EUR&referenceID={ATTEMPT}&shopID=64233&subscriptionType=recurring{BACK}\
         &trialAmount=2.00&trialPeriod=P7D&type=subscription&version=4\
         &signature=0f07d71b0c34429f97c72691e1e714e7e939d31f5896ecb4785de00bbdee3804"
    );
    assert_eq!(link_of(account(), &trial).await, expected);
    let plain = renewing(eur(2995), Period::Months(1), Period::Months(1));
    let link = link_of(account(), &plain).await;
    let end = "&signature=4a23304cf5d6d4579967b425c835c205553b54490e635db8f14be180a5b68eb2";
    assert!(!link.contains("trial") && link.ends_with(end), "{link}");
}

#[tokio::test]
async fn each_brand_has_its_own_house() {
    let table = [
        ("9804", "https://secure.verotel.com/", "Verotel"),
        ("9762", "https://secure.billing.creditcard/", "CardBilling"),
        ("9653", "https://secure.bitsafepay.com/", "BitsafePay"),
        ("9511", "https://secure.bill.creditcard/", "Bill"),
        ("9444", "https://secure.paintfestpayments.com/", "PaintFest"),
        ("9388", "https://secure.gaycharge.com/", "GayCharge"),
        ("9001", "https://secure.yoursafedirect.com/", "YoursafeDirect"),
    ];
    for (digits, house, name) in table {
        let mut config = config(None);
        config["merchant"] = format!("{digits}000012345678").into();
        let account = account_of(config);
        let link = link_of(&account, &wish(usd(995))).await;
        assert!(link.starts_with(&format!("{house}startorder?")), "{link}");
        assert_eq!(account.support().name, name);
    }
}

#[tokio::test]
async fn what_verotel_does_not_take_is_refused() {
    let held = StartRequest { capture: CaptureWhen::Later, ..wish(usd(995)) };
    let long = format!("https://shop.example/{}", "a".repeat(250));
    let mut counted = renewing(eur(2995), Period::Months(1), Period::Months(1));
    counted.renews.as_mut().unwrap().times = Some(3);
    let table = [
        (wish(Money::new(995, Currency::JPY)), "JPY"),
        (wish(Money::new(995, Currency::PHP)), "PHP"),
        (wish(usd(0)), "positive"),
        (held, "hold money"),
        (counted, "until it is ended"),
        (renewing(usd(2995), Period::Months(1), Period::Months(1)), "currency of the first"),
        (renewing(eur(2995), Period::Days(6), Period::Days(6)), "7 days"),
        (renewing(eur(200), Period::Days(1), Period::Months(1)), "2 days"),
        (StartRequest { return_url: long.clone(), ..wish(usd(995)) }, "255"),
        (StartRequest { cancel_url: long, ..wish(usd(995)) }, "255"),
        (StartRequest { reference: "a b".to_owned(), ..wish(usd(995)) }, "references"),
        (StartRequest { reference: "a".repeat(33), ..wish(usd(995)) }, "references"),
    ];
    for (request, sentence) in table {
        match account().start(&request).await {
            Answer::NotExecuted(why) => assert!(why.contains(sentence), "{sentence}: {why}"),
            other => panic!("{sentence}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_long_description_is_cut_and_broken_lines_are_mended() {
    let description = format!("a\r\nb{}", "ø".repeat(200));
    let link = link_of(account(), &StartRequest { description, ..wish(usd(995)) }).await;
    let url: url::Url = link.parse().unwrap();
    let sent = url.query_pairs().find(|(name, _)| name == "description").unwrap().1.into_owned();
    assert_eq!(sent, format!("ab{}", "ø".repeat(98)));
}

#[tokio::test]
async fn the_suite_of_abilities_is_passed_however_subscriptions_are_ended() {
    let away = || account_of(config(Some("http://127.0.0.1:9/")));
    check::keeps_its_abilities(&away(), &wish(usd(995))).await;
    let mut by_hand = config(Some("http://127.0.0.1:9/"));
    by_hand["cancel"] = "hand".into();
    let by_hand = account_of(by_hand);
    check::keeps_its_abilities(&by_hand, &wish(usd(995))).await;
    assert!(away().capabilities().by_hand(HandTask::Refund).is_some());
    assert!(away().capabilities().by_hand(HandTask::CancelSubscription).is_none());
    assert!(by_hand.capabilities().by_hand(HandTask::CancelSubscription).is_some());
}
