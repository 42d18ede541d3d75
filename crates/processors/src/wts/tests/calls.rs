//! Calls: drawing again, giving back, ending; exact forms and every class of answer.

use processor::{ChargeOutcome, Instrument};

use super::starts::{house, said};
use super::*;

fn again(id: &str) -> Charge {
    let wish = wish(usd(1990));
    Charge {
        key: wish.key,
        reference: wish.reference,
        amount: wish.amount,
        product: wish.product,
        description: wish.description,
        buyer: wish.buyer,
        instrument: Instrument::Stored { id: id.to_owned(), customer: None },
        capture: CaptureWhen::AtOnce,
        return_url: wish.return_url,
        postback_url: wish.postback_url,
    }
}

fn refunding(minor: i64) -> Refunding {
    Refunding {
        key: "op_1".to_owned(),
        transaction: "88001:99001".to_owned(),
        amount: usd(minor),
        paid: usd(1990),
        reason: "asked for".to_owned(),
    }
}

fn ending(at_once: bool) -> Cancellation {
    Cancellation {
        key: "op_1".to_owned(),
        subscription: "88001:99001".to_owned(),
        at_once,
        reason: "asked for".to_owned(),
    }
}

const YES: &str = "status=accepted\norder_id=88002\nhistory_id=99002\nauthcode=A=B=1\nreason=";

#[tokio::test]
async fn a_check_is_drawn_again_by_order_and_sale() {
    let (server, account) = house(said(YES)).await;
    let answer = account.charge(&again("88001:99001")).await;
    let Answer::Done(charged) = answer else { panic!("{answer:?}") };
    assert_eq!(charged.outcome, ChargeOutcome::Paid);
    assert_eq!(charged.transaction.as_deref(), Some("88002:99002"));
    let calls = server.received_requests().await.unwrap();
    assert_eq!(
        String::from_utf8_lossy(&calls[0].body),
        "parent_id=1001&sub_id=2002&pmt_type=chk&action_code=P&order_id=88001\
         &prev_history_id=99001&initial_amount=19.90&billing_cycle=-1\
         &merordernumber=att_01k2m8y4v0000000000000000a&ip_forward=198.51.100.9"
    );
    for (text, place) in [
        ("status=accepted\norder_id=8", "Unknown"),
        ("status=accepted\norder_id=8\nhistory_id=9\ntesttrans=1", "Unknown"),
        ("status=success\norder_id=8\nhistory_id=9", "Unknown"),
        ("status=verify\ntoastcode=T1", "Unknown"),
        ("status=declined\nreason=no", "Declined"),
        ("<html>accepted</html>", "Unknown"),
    ] {
        let (_server, account) = house(said(text)).await;
        let answer = format!("{:?}", account.charge(&again("88001:99001")).await);
        assert!(answer.starts_with(place), "{text}: {answer}");
    }
    let (_server, account) =
        house(said("status=verify\ntoastcode=T1\nurl=https://join.example/")).await;
    let answer = account.charge(&again("88001:99001")).await;
    let Answer::Done(charged) = answer else { panic!("{answer:?}") };
    assert!(matches!(charged.outcome, ChargeOutcome::MustAct(_)));
    let crooked = super::account().charge(&again("88001")).await;
    assert!(matches!(crooked, Answer::NotExecuted(_)), "{crooked:?}");
}

#[tokio::test]
async fn a_second_check_of_the_same_kind_is_told_as_one() {
    let (_server, account) = house(said("status=declined\nreason=dup\nduplicatetrans=1")).await;
    let Answer::Declined(decline) = account.charge(&again("88001:99001")).await else {
        panic!("not declined")
    };
    assert_eq!((decline.cause.as_str(), decline.raw.as_str()), ("duplicate", "dup"));
    assert!(!decline.may_go_elsewhere());
    let (_server, account) = house(said("status=declined\nreason=acct 123456789")).await;
    let Answer::Declined(decline) = account.charge(&again("88001:99001")).await else {
        panic!("not declined")
    };
    assert_eq!((decline.cause.as_str(), decline.raw.as_str()), ("unknown", "number"));
}

#[tokio::test]
async fn giving_back_is_exactly_this_form() {
    let (server, account) = house(said("status=success\norder_id=88001\nhistory_id=99009")).await;
    let done = Done { transaction: Some("88001:99009".to_owned()), amount: None };
    assert_eq!(account.refund(&refunding(1990)).await, Answer::Done(done));
    let calls = server.received_requests().await.unwrap();
    assert_eq!(
        String::from_utf8_lossy(&calls[0].body),
        "parent_id=1001&sub_id=2002&pmt_type=chk&action_code=R&prev_history_id=99001\
         &order_id=88001&initial_amount=19.90&username=desk&password=desk-password\
         &syspass=system-password"
    );
    let part = account.refund(&refunding(500)).await;
    assert!(matches!(&part, Answer::NotExecuted(why) if why.contains("part")), "{part:?}");
    let other = Refunding { transaction: "T1".to_owned(), ..refunding(1990) };
    assert!(matches!(account.refund(&other).await, Answer::NotExecuted(_)));
}

#[tokio::test]
async fn ending_has_two_types() {
    for (at_once, kind) in [(false, "1"), (true, "2")] {
        let (server, account) = house(said("status=success")).await;
        let answer = account.cancel(&ending(at_once)).await;
        assert_eq!(answer, Answer::Done(Done { transaction: None, amount: None }));
        let calls = server.received_requests().await.unwrap();
        let form = format!(
            "parent_id=1001&sub_id=2002&pmt_type=chk&action_code=C&order_id=88001\
             &prev_history_id=99001&canceltype={kind}&username=desk&password=desk-password\
             &syspass=system-password"
        );
        assert_eq!(String::from_utf8_lossy(&calls[0].body), form);
    }
}

#[tokio::test]
async fn answers_to_calls_are_placed_by_the_list_and_nothing_leaks() {
    let table = [
        ("status=accepted", "Done"),
        ("STATUS=Success", "Done"),
        ("status=declined\nreason=too late", "Declined"),
        ("status=verify\nurl=https://join.example/", "Unknown"),
        ("status=", "Unknown"),
        ("refunded", "Unknown"),
        ("<html>success</html>", "Unknown"),
    ];
    for (text, place) in table {
        let (_server, account) = house(said(text)).await;
        for answer in [
            format!("{:?}", account.refund(&refunding(1990)).await),
            format!("{:?}", account.cancel(&ending(true)).await),
        ] {
            assert!(answer.starts_with(place), "{text}: {answer}");
            assert!(PASSWORDS.iter().all(|secret| !answer.contains(secret)), "{answer}");
        }
    }
    let (_server, account) = house(said("status=success").set_delay(Duration::from_secs(5))).await;
    let late = account.refund(&refunding(1990)).await;
    assert!(matches!(late, Answer::Unknown(_)), "{late:?}");
    let far = super::account().refund(&refunding(1990)).await;
    assert!(matches!(far, Answer::NotExecuted(_)), "{far:?}");
}
