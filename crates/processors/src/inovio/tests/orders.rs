//! Looking orders up, and what a check finds.

use processor::{Answer, Finding, FoundState, Standing};
use wiremock::matchers::body_string_contains;

use super::*;

const COLUMNS: [&str; 6] = [
    "REQUEST_ACTION",
    "TRANS_STATUS_NAME",
    "TRANS_VALUE",
    "PO_ID",
    "XTL_ORDER_ID",
    "CURR_CODE_ALPHA",
];

/// A leg: action, status and value.
type Leg<'a> = (&'a str, &'a str, f64);

/// A table of legs, all of one order.
fn table(legs: &[Leg]) -> Value {
    let row =
        |(action, status, value): &Leg| json!([action, status, value, 17_171_717, ATTEMPT, "USD"]);
    json!({"COLUMNS": COLUMNS, "DATA": legs.iter().map(row).collect::<Vec<Value>>()})
}

fn by_order() -> FindBy {
    FindBy::Transaction("17171717".to_owned())
}

fn by_reference() -> FindBy {
    FindBy::Reference(ATTEMPT.to_owned())
}

async fn looked_up(by: &FindBy, answer: ResponseTemplate) -> Answer<Option<Found>> {
    let (_house, account) = house(answer).await;
    account.find(by).await
}

#[tokio::test]
async fn an_order_is_found_by_its_id_and_by_our_reference() {
    let found = Found {
        state: FoundState::Paid,
        transaction: "17171717".to_owned(),
        reference: Some(ATTEMPT.to_owned()),
        amount: Some(usd(6050)),
        occurred_at: None,
    };
    for (by, name, id) in [
        (by_order(), "request_ref_po_id", "17171717"),
        (by_reference(), "request_ref_po_id_xtl", ATTEMPT),
    ] {
        let (house, account) = house(said(&sample("status"))).await;
        assert_eq!(account.find(&by).await, Answer::Done(Some(found.clone())));
        assert_eq!(form(&house).await, pairs("CCSTATUS", &[(name, id)]));
    }
}

#[tokio::test]
async fn the_legs_together_tell_what_became_of_it() {
    use FoundState::{Authorized, Declined, Paid, Refunded, Voided, Waiting};
    let (auth, sale, capture) = ("CCAUTHORIZE", "CCAUTHCAP", "CCCAPTURE");
    let (reverse, credit, yes) = ("CCREVERSE", "CCCREDIT", "APPROVED");
    let cases: [(&[Leg], FoundState, i64); 15] = [
        (&[(sale, yes, 9.95)], Paid, 995),
        (&[(auth, yes, 9.95)], Authorized, 995),
        (&[(auth, yes, 9.95), (capture, yes, 4.0)], Paid, 400),
        (&[(auth, yes, 9.95), (capture, yes, 4.0), (capture, yes, 5.0)], Paid, 900),
        (&[(auth, yes, 9.95), (reverse, yes, -9.95)], Voided, 995),
        (&[(sale, yes, 9.95), (reverse, yes, -9.95)], Voided, 995),
        (&[(sale, yes, 9.95), (credit, yes, -9.95)], Refunded, 995),
        (&[(sale, yes, 9.95), (credit, yes, -4.0)], Paid, 995),
        (&[(sale, yes, 9.95), (credit, "DECLINED", -9.95)], Paid, 995),
        (&[(auth, yes, 9.95), (capture, yes, 9.95), ("CCREVERSECAP", yes, -9.95)], Voided, 995),
        (&[(sale, "DECLINED", 9.95)], Declined, 0),
        (&[(sale, "PENDING", 9.95)], Waiting, 0),
        (&[(sale, "RUNNING", 9.95)], Waiting, 0),
        (&[(sale, "FAILED", 9.95)], Waiting, 0),
        (&[(sale, yes, 9.95), ("CCRDR", yes, -9.95)], Waiting, 995),
    ];
    for (legs, state, minor) in cases {
        let answer = looked_up(&by_order(), said(&table(legs))).await;
        let Answer::Done(Some(found)) = answer else { panic!("{legs:?}: {answer:?}") };
        assert_eq!(found.state, state, "{legs:?}");
        assert_eq!(found.amount, (minor > 0).then(|| usd(minor)), "{legs:?}");
    }
}

#[tokio::test]
async fn a_reference_that_was_declined_once_and_then_approved_is_paid() {
    let mut legs = table(&[("CCAUTHCAP", "DECLINED", 9.95), ("CCAUTHCAP", "APPROVED", 9.95)]);
    legs["DATA"][0][3] = 17_171_716.into();
    let answer = looked_up(&by_reference(), said(&legs)).await;
    let Answer::Done(Some(found)) = answer else { panic!("{answer:?}") };
    assert_eq!((found.state, found.transaction.as_str()), (FoundState::Paid, "17171717"));
    legs["DATA"][0][1] = "APPROVED".into();
    let answer = looked_up(&by_reference(), said(&legs)).await;
    assert!(matches!(&answer, Answer::Unknown(why) if why.contains("several")), "{answer:?}");
}

#[tokio::test]
async fn what_inovio_does_not_know_is_its_word_and_what_it_garbles_is_nothing() {
    let gone =
        with("declined", &[("TRANS_STATUS_NAME", "".into()), ("SERVICE_RESPONSE", 512.into())]);
    assert_eq!(looked_up(&by_reference(), gone).await, Answer::Done(None));
    assert_eq!(account().capabilities().find_proves_absence, None);
    let sale = table(&[("CCAUTHCAP", "APPROVED", 9.95)]);
    let changed = |at: &str, value: Value| {
        let mut table = sale.clone();
        *table.pointer_mut(at).unwrap() = value;
        said(&table)
    };
    let table = [
        changed("/DATA", json!([])),
        changed("/DATA/0", json!(["CCAUTHCAP"])),
        changed("/DATA/0/2", "9.955".into()),
        changed("/DATA/0/2", "".into()),
        changed("/DATA/0/3", "".into()),
        changed("/DATA/0/3", 5.into()),
        changed("/DATA/0/5", "".into()),
        with("turned down", &[]),
        text("<html>502</html>"),
        text("{}"),
        ResponseTemplate::new(500),
        said(&sale).set_delay(Duration::from_secs(5)),
    ];
    for answer in table {
        let label = format!("{answer:?}");
        let answer = looked_up(&by_order(), answer).await;
        assert!(matches!(answer, Answer::Unknown(_)), "{label}: {answer:?}");
    }
    let answer = looked_up(&by_reference(), changed("/DATA/0/4", "att_another".into())).await;
    assert!(matches!(answer, Answer::Unknown(_)), "{answer:?}");
}

async fn checked(auth: ResponseTemplate, service: ResponseTemplate) -> Vec<Finding> {
    let house = MockServer::start().await;
    for (action, answer) in [("TESTAUTH", auth), ("TESTGW", service)] {
        Mock::given(method("POST"))
            .and(body_string_contains(format!("request_action={action}&")))
            .respond_with(answer)
            .mount(&house)
            .await;
    }
    account_of(config(&house.uri())).check(Timestamp::UNIX_EPOCH).await
}

#[tokio::test]
async fn a_check_tries_the_credentials_the_service_and_the_clock() {
    let (user, there) = (sample("authorized user"), sample("available"));
    let found = checked(said(&user), said(&there)).await;
    let standing = |found: &[Finding], what: &str| {
        found.iter().find(|one| one.what == what).map(|one| one.standing)
    };
    assert_eq!(standing(&found, "credentials"), Some(Standing::Good), "{found:?}");
    assert_eq!(standing(&found, "service"), Some(Standing::Good), "{found:?}");
    assert!(standing(&found, "clock").is_some());
    let wrong = with("turned down", &[("API_RESPONSE", 101.into())]);
    let why = Finding::worst(&checked(wrong, said(&there)).await).unwrap();
    assert!(why.contains("credentials") && why.contains("101"), "{why}");
    let why = Finding::worst(&checked(said(&user), said(&user)).await).unwrap();
    assert!(why.contains("service"), "{why}");
    let why = Finding::worst(&checked(ResponseTemplate::new(500), said(&there)).await).unwrap();
    assert!(why.contains("credentials") && !why.contains(PASSWORD), "{why}");
    let why = Finding::worst(&checked(said(&user), text("<html>")).await).unwrap();
    assert!(why.contains("service"), "{why}");
}
