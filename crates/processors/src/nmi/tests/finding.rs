//! Looking up: exactly what is asked, every condition, and what proves nothing.

use processor::{FindBy, FoundState};

use super::*;

const SALE: &str = include_str!("../samples/sale.xml");

async fn of(xml: &str, by: &FindBy) -> Answer<Option<Found>> {
    let (_server, account) = house(ResponseTemplate::new(200).set_body_string(xml)).await;
    account.find(by).await
}

fn by_id() -> FindBy {
    FindBy::Transaction("8800000001".to_owned())
}

fn by_reference() -> FindBy {
    FindBy::Reference(ATTEMPT.to_owned())
}

async fn state(xml: &str) -> FoundState {
    match of(xml, &by_id()).await {
        Answer::Done(Some(found)) => found.state,
        other => panic!("not found: {other:?} in {xml}"),
    }
}

fn action(kind: &str, amount: &str, success: &str) -> String {
    format!(
        "<action><amount>{amount}</amount><action_type>{kind}</action_type>\
         <date>20261123100000</date><success>{success}</success></action></transaction>"
    )
}

fn and(xml: &str, action: &str) -> String {
    xml.replacen("</transaction>", action, 1)
}

fn other(id: &str, original: &str, action: &str) -> String {
    let one = format!(
        "<transaction><transaction_id>{id}</transaction_id><condition>pendingsettlement\
         </condition><order_id>{ATTEMPT}</order_id><currency>USD</currency>\
         <original_transaction_id>{original}</original_transaction_id>{action}</nm_response>"
    );
    SALE.replace("</nm_response>", &one)
}

#[tokio::test]
async fn a_sale_is_looked_up_exactly() {
    let (server, account) = house(ResponseTemplate::new(200).set_body_string(SALE)).await;
    let found = Found {
        state: FoundState::Paid,
        transaction: "8800000001".to_owned(),
        reference: Some(ATTEMPT.to_owned()),
        amount: Some(usd(995)),
        occurred_at: Some(now()),
    };
    assert_eq!(account.find(&by_id()).await, Answer::Done(Some(found.clone())));
    assert_eq!(account.find(&by_reference()).await, Answer::Done(Some(found)));
    insta::assert_snapshot!(sent(&server).await);
}

#[tokio::test]
async fn literal_parts_are_texts_and_never_tags() {
    let literal = SALE
        .replace(">SUCCESS<", "><![CDATA[a < b & </transaction><transaction>]]><")
        .replace(">USD<", "><![CDATA[USD]]><");
    assert_eq!(of(&literal, &by_id()).await, of(SALE, &by_id()).await);
    let open = SALE.replace(">SUCCESS<", "><![CDATA[SUCCESS<");
    assert!(matches!(of(&open, &by_id()).await, Answer::Unknown(_)));
}

#[tokio::test]
async fn a_condition_tells_what_became_of_it() {
    let with = |condition: &str| SALE.replace("pendingsettlement", condition);
    let held = with("pending").replace(">sale<", ">auth<");
    let failed = SALE.replace("<success>1<", "<success>0<");
    let table = [
        (SALE.to_owned(), FoundState::Paid),
        (with("complete"), FoundState::Paid),
        (held.clone(), FoundState::Authorized),
        (
            and(&held.replace("pending", "complete"), &action("capture", "7.00", "1")),
            FoundState::Paid,
        ),
        (with("pending"), FoundState::Waiting),
        (with("in_progress"), FoundState::Waiting),
        (with("unknown"), FoundState::Waiting),
        (with("levitating"), FoundState::Waiting),
        (failed.clone(), FoundState::Waiting),
        (failed.replace("pendingsettlement", "failed"), FoundState::Declined),
        (with("abandoned"), FoundState::Declined),
        (with("canceled"), FoundState::Voided),
        (and(SALE, &action("refund", "-9.95", "1")), FoundState::Refunded),
        (and(SALE, &action("refund", "-5.00", "1")), FoundState::Paid),
        (and(SALE, &action("refund", "-9.95", "0")), FoundState::Paid),
        (other("8800000007", "8800000001", &action("refund", "-9.95", "1")), FoundState::Refunded),
        (other("8800000007", "8800000099", &action("refund", "-9.95", "1")), FoundState::Paid),
    ];
    for (xml, expected) in table {
        assert_eq!(state(&xml).await, expected, "{xml}");
    }
    let captured = and(&held.replace("pending", "complete"), &action("capture", "7.00", "1"));
    let answer = of(&captured, &by_id()).await;
    assert!(matches!(&answer, Answer::Done(Some(found)) if found.amount == Some(usd(700))));
}

#[tokio::test]
async fn one_reference_leads_to_one_payment_or_to_a_person() {
    let refund = other("8800000007", "8800000001", &action("refund", "-9.95", "1"));
    let answer = of(&refund, &by_reference()).await;
    assert!(matches!(&answer, Answer::Done(Some(found)) if found.state == FoundState::Refunded));
    let declined = other("8800000002", "", &action("sale", "9.95", "0"));
    let declined = declined.replacen("pendingsettlement", "complete", 1);
    let declined = declined.replace("pendingsettlement", "failed");
    let answer = of(&declined, &by_reference()).await;
    let right = matches!(&answer, Answer::Done(Some(found)) if found.transaction == "8800000001");
    assert!(right, "the one that took the money: {answer:?}");
    let twice = other("8800000002", "", &action("sale", "9.95", "1"));
    let answer = of(&twice, &by_reference()).await;
    assert!(matches!(&answer, Answer::Unknown(why) if why.contains("several")), "{answer:?}");
}

#[tokio::test]
async fn a_look_up_that_shows_nothing_is_told_apart_from_no_answer() {
    for empty in [
        "<nm_response></nm_response>",
        "<?xml version=\"1.0\"?>\n<nm_response>\n</nm_response>",
        "<nm_response/>",
    ] {
        assert_eq!(of(empty, &by_reference()).await, Answer::Done(None), "{empty}");
    }
    let refused = "<nm_response><error_response>Invalid key REFID:1</error_response></nm_response>";
    let answer = of(refused, &by_reference()).await;
    assert!(matches!(&answer, Answer::NotExecuted(why) if why.contains("Invalid key")));
    let odd = [
        SALE.replace("8800000001", "8800000002"),
        SALE.replace(">9.95<", ">9.955<"),
        SALE.replace(">9.95<", "><"),
        SALE.replace(">USD<", ">ZZZ<"),
        SALE.replace("</transaction>", ""),
        SALE.replace("<condition>pendingsettlement</condition>", ""),
        SALE.replace("nm_response", "html"),
        "<nm_response><transaction>".to_owned(),
        "<!DOCTYPE a [<!ENTITY b 'c'>]><nm_response>&b;</nm_response>".to_owned(),
    ];
    let odd = odd.iter().map(|xml| ResponseTemplate::new(200).set_body_string(xml));
    for answer in surprises().into_iter().chain(odd) {
        let label = format!("{answer:?}");
        let (_server, account) = house(answer).await;
        let answer = account.find(&by_id()).await;
        let text = format!("{answer:?}");
        assert!(matches!(answer, Answer::Unknown(_)), "{label}: {text}");
        assert!(!text.contains(KEY), "the key leaked: {text}");
    }
    let odd = FindBy::Reference("att 1".to_owned());
    assert!(matches!(account().find(&odd).await, Answer::NotExecuted(_)));
}
