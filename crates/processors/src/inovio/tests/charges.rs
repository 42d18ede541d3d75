//! Charges, captures, reversals and credits: the exact form, and every class of answer.

use processor::{Answer, Card, ChargeOutcome, GoTo};

use super::*;

#[tokio::test]
async fn a_kept_card_is_charged_once_under_our_reference() {
    let (house, account) = house(said(&sample("approved"))).await;
    let answer = account.charge(&charging(usd(995))).await;
    let charged = Charged {
        outcome: ChargeOutcome::Paid,
        transaction: Some("17171717".to_owned()),
        amount: Some(usd(995)),
        stored: Some("212121:101011".to_owned()),
        card: Some(Card { brand: Some("Visa".to_owned()), last4: Some("1111".to_owned()) }),
    };
    assert_eq!(answer, Answer::Done(charged));
    let expected = pairs(
        "CCAUTHCAP",
        &[
            ("li_prod_id_1", "1001"),
            ("li_value_1", "9.95"),
            ("li_count_1", "1"),
            ("request_currency", "USD"),
            ("cust_id", "212121"),
            ("pmt_id", "101011"),
            ("xtl_order_id", ATTEMPT),
            ("unique_xtl_order_id", "2"),
            ("proc_success_url", "https://shop.example/checkouts/chk_1?done=1"),
            ("proc_error_url", "https://shop.example/checkouts/chk_1?done=1"),
            ("merch_acct_id", "100"),
            ("pmt_descriptor", "EXAMPLE TOKENS"),
            ("xtl_cust_id", "cus_1"),
            ("xtl_ip", "192.0.2.7"),
        ],
    );
    assert_eq!(form(&house).await, expected);
}

#[tokio::test]
async fn a_hold_and_another_product_are_said_so() {
    let (house, account) =
        house(with("approved", &[("REQUEST_ACTION", "CCAUTHORIZE".into())])).await;
    let mut charge = charging(usd(995));
    charge.capture = CaptureWhen::Later;
    charge.product = "tokens-500".to_owned();
    charge.instrument = stored("212121:101011", None);
    let Answer::Done(held) = account.charge(&charge).await else { panic!("not held") };
    assert_eq!(held.outcome, ChargeOutcome::Authorized);
    let form = form(&house).await;
    let said = |name: &str| form.iter().find(|(key, _)| key == name).unwrap().1.clone();
    assert_eq!(said("request_action"), "CCAUTHORIZE");
    assert_eq!(said("li_prod_id_1"), "1005");
    assert_eq!((said("cust_id"), said("pmt_id")), ("212121".to_owned(), "101011".to_owned()));
}

#[derive(Debug, PartialEq)]
enum Place {
    Declined(String),
    NotExecuted,
    Unknown,
}

fn declined(cause: &str) -> Place {
    Place::Declined(cause.to_owned())
}

/// What Inovio may answer to a charge that is no yes, and what it proves.
fn answers_and_places() -> Vec<(ResponseTemplate, Place)> {
    use Place::{NotExecuted, Unknown};
    let service = |code: u16| with("declined", &[("SERVICE_RESPONSE", code.into())]);
    let bare = |api: u16, code: u16| {
        let changes = [("API_RESPONSE", api.into()), ("SERVICE_RESPONSE", code.into())];
        with("turned down", &changes)
    };
    let yes = |field: &str, value: Value| with("approved", &[(field, value)]);
    vec![
        (service(635), declined("insufficient_funds")),
        (service(603), declined("fraud")),
        (service(219), declined("customer_stopped")),
        (service(530), declined("processor_unavailable")),
        (service(999), declined("unknown")),
        (service(0), declined("declined")),
        (bare(0, 500), declined("merchant_error")),
        (bare(0, 200), declined("invalid_cvc")),
        (bare(101, 0), NotExecuted),
        (bare(110, 0), NotExecuted),
        (bare(113, 0), NotExecuted),
        (bare(0, 503), NotExecuted),
        (bare(120, 0), Unknown),
        (bare(999, 0), Unknown),
        (bare(0, 999), Unknown),
        (bare(0, 0), Unknown),
        (service(680), Unknown),
        (service(685), Unknown),
        (with("declined", &[("API_RESPONSE", 120.into())]), Unknown),
        (yes("TRANS_STATUS_NAME", "FAILED".into()), Unknown),
        (yes("TRANS_STATUS_NAME", "SURPRISED".into()), Unknown),
        (yes("SERVICE_RESPONSE", 600.into()), Unknown),
        (yes("API_RESPONSE", 101.into()), Unknown),
        (yes("TRANS_VALUE", json!(9.94)), Unknown),
        (yes("TRANS_VALUE", json!(9.955)), Unknown),
        (yes("TRANS_VALUE", json!(-9.95)), Unknown),
        (yes("TRANS_VALUE", "".into()), Unknown),
        (yes("CURR_CODE_ALPHA", "EUR".into()), Unknown),
        (yes("CURR_CODE_ALPHA", "".into()), Unknown),
        (yes("XTL_ORDER_ID", "att_another".into()), Unknown),
        (yes("PO_ID", "".into()), Unknown),
        (with("approved", &[("SERVICE_RESPONSE", 660.into()), ("TRANS_VALUE", 5.into())]), Unknown),
        (text("<html>502 Bad Gateway</html>"), Unknown),
        (text("<?xml version=\"1.0\"?><RESPONSE/>"), Unknown),
        (text("{\"TRANS_STATUS_NAME\":\"APPR"), Unknown),
        (text("[]"), Unknown),
        (text("{}"), Unknown),
        (text(""), Unknown),
        (ResponseTemplate::new(200).set_body_bytes([0xff, 0xfe]), Unknown),
        (ResponseTemplate::new(302), Unknown),
        (ResponseTemplate::new(403), Unknown),
        (ResponseTemplate::new(502).set_body_string("<html>"), Unknown),
        (said(&sample("approved")).set_delay(Duration::from_secs(5)), Unknown),
    ]
}

#[tokio::test]
async fn answers_to_a_charge_are_placed_by_what_they_prove() {
    for (answer, place) in answers_and_places() {
        let label = format!("{answer:?}");
        let (_house, account) = house(answer).await;
        let answer = account.charge(&charging(usd(995))).await;
        let shown = format!("{answer:?}");
        assert!(!shown.contains(PASSWORD), "{shown}");
        let placed = match answer {
            Answer::Declined(decline) => Place::Declined(decline.cause),
            Answer::NotExecuted(_) => Place::NotExecuted,
            Answer::Unknown(_) => Place::Unknown,
            other => panic!("{label}: {other:?}"),
        };
        assert_eq!(placed, place, "{label}: {shown}");
    }
    let answer = account().charge(&charging(usd(995))).await;
    assert!(matches!(answer, Answer::NotExecuted(_)), "a refused connection: {answer:?}");
}

#[tokio::test]
async fn a_customer_who_must_act_is_sent_over_a_safe_line_only() {
    let charged = async |answer: ResponseTemplate| {
        let (_house, account) = house(answer).await;
        account.charge(&charging(usd(995))).await
    };
    let Answer::Done(acting) = charged(said(&sample("pending with a page"))).await else {
        panic!("not pending")
    };
    let page = "https://acs.bank.example/challenge?id=1".to_owned();
    assert_eq!(acting.outcome, ChargeOutcome::MustAct(GoTo::Link(page)));
    assert_eq!((acting.transaction.as_deref(), acting.stored), (Some("17171717"), None));
    for status in ["PENDING", "RUNNING"] {
        let quiet = with("approved", &[("TRANS_STATUS_NAME", status.into())]);
        let Answer::Done(pending) = charged(quiet).await else { panic!("not pending") };
        assert_eq!(pending.outcome, ChargeOutcome::Pending, "{status}");
    }
    for page in ["http://acs.bank.example/", "javascript:alert(1)", "here"] {
        let odd = with("pending with a page", &[("PROC_REDIRECT_URL", page.into())]);
        let answer = charged(odd).await;
        assert!(matches!(answer, Answer::Unknown(_)), "{page}: {answer:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_charged_is_not_even_asked_for() {
    let token = || "{}".to_owned();
    let mut charges: Vec<Charge> = [
        stored("101011", None),
        stored("1:2", Some("3")),
        stored("a:b", None),
        stored("", Some("")),
        Instrument::GooglePay { token: token() },
        Instrument::Token { token: token() },
    ]
    .map(|instrument| Charge { instrument, ..charging(usd(995)) })
    .to_vec();
    charges.push(charging(Money::new(995, Currency::GBP)));
    charges.push(Charge { reference: "att 1".to_owned(), ..charging(usd(995)) });
    let (house, account) = house(said(&sample("approved"))).await;
    for charge in charges {
        let answer = account.charge(&charge).await;
        assert!(matches!(answer, Answer::NotExecuted(_)), "{charge:?}: {answer:?}");
    }
    assert!(house.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_capture_names_its_order_and_its_amount() {
    let (house, account) = house(said(&sample("captured"))).await;
    let done = Done { transaction: Some("124447".to_owned()), amount: Some(usd(995)) };
    assert_eq!(account.capture(KEY, "17171717", usd(995)).await, Answer::Done(done));
    let more = [("request_ref_po_id", "17171717"), ("li_value_1", "9.95")];
    assert_eq!(form(&house).await, pairs("CCCAPTURE", &more));
    let answer = account.capture(KEY, "17171717", usd(500)).await;
    assert!(matches!(answer, Answer::Unknown(_)), "it says another amount: {answer:?}");
}

fn refunding(minor: i64) -> Refunding {
    Refunding {
        key: KEY.to_owned(),
        transaction: "17171717".to_owned(),
        amount: usd(minor),
        paid: usd(995),
        reason: "asked for".to_owned(),
    }
}

#[tokio::test]
async fn a_void_releases_and_a_whole_refund_reverses_or_credits() {
    let (house, account) = house(said(&sample("reversed"))).await;
    let done = Done { transaction: Some("69462".to_owned()), amount: Some(usd(995)) };
    assert_eq!(account.void(KEY, "17171717").await, Answer::Done(done.clone()));
    let order = ("request_ref_po_id", "17171717");
    assert_eq!(form(&house).await, pairs("CCREVERSE", &[order]));
    assert_eq!(account.refund(&refunding(995)).await, Answer::Done(done));
    assert_eq!(form(&house).await, pairs("CCREVERSE", &[order, ("credit_on_fail", "1")]));
}

#[tokio::test]
async fn a_part_is_given_back_by_credit_once_the_payment_is_settled() {
    let (house, account) = house(said(&sample("credited"))).await;
    let done = Done { transaction: Some("21089".to_owned()), amount: Some(usd(400)) };
    assert_eq!(account.refund(&refunding(400)).await, Answer::Done(done));
    let more = [("request_ref_po_id", "17171717"), ("li_value_1", "4.00")];
    assert_eq!(form(&house).await, pairs("CCCREDIT", &more));
}

#[tokio::test]
async fn answers_to_a_refund_are_placed_by_what_they_prove() {
    use Place::{NotExecuted, Unknown};
    let service = |code: u16| with("declined", &[("SERVICE_RESPONSE", code.into())]);
    let table = [
        (service(515), declined("duplicate")),
        (service(516), declined("refund_not_possible")),
        (service(511), declined("refund_not_possible")),
        (service(512), declined("transaction_not_found")),
        (service(536), NotExecuted),
        (with("turned down", &[]), NotExecuted),
        (with("credited", &[("TRANS_VALUE", json!(-4.01))]), Unknown),
        (with("credited", &[("TRANS_VALUE", "".into())]), Unknown),
        (text("<html>"), Unknown),
        (ResponseTemplate::new(500), Unknown),
        (said(&sample("credited")).set_delay(Duration::from_secs(5)), Unknown),
    ];
    for (answer, place) in table {
        let label = format!("{answer:?}");
        let (_house, account) = house(answer).await;
        let placed = match account.refund(&refunding(400)).await {
            Answer::Declined(decline) => Place::Declined(decline.cause),
            Answer::NotExecuted(_) => Place::NotExecuted,
            Answer::Unknown(_) => Place::Unknown,
            other => panic!("{label}: {other:?}"),
        };
        assert_eq!(placed, place, "{label}");
    }
    let pending = with("credited", &[("TRANS_STATUS_NAME", "PENDING".into())]);
    let (_house, account) = house(pending).await;
    assert_eq!(account.refund(&refunding(400)).await, Answer::Accepted);
}
