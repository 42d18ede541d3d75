//! What people do: give back where a house has no call, vouch for an outcome; and what is given
//! back without them.

use crate::notices::Filed;
use crate::payments::{self, OperationState, Outcome, PaymentState, Vouched};
use base::Actor;
use base::id::StaffId;
use processor::{Answer, ByHand, Done, HandTask, Notice, NoticeKind};

use super::house::{House, dollars, stories};

const SEEN: &str = "seen in the client area, order 4711";

fn somebody(house: &House) -> Actor {
    let id: StaffId = house.billing.env.id();
    Actor::Staff(id)
}

fn no_call(house: &House) {
    let mut can = house.fake.can.lock().unwrap();
    (can.refund_full, can.refund_partial) = (false, false);
    let how = "in the client area".to_owned();
    can.by_hand = vec![ByHand { what: HandTask::Refund, how }];
}

/// An attempt of which nobody knows what became.
async fn unknown(house: &House) -> (payments::Payment, payments::Attempt) {
    house.fake.starts_with(Answer::Unknown("time-out".to_owned()));
    let payment = house.checkout().await;
    house.start(payment.id).await.unwrap_err();
    let mut reader = house.billing.store.read().await.unwrap();
    let attempt = payments::attempts_of(&mut reader, payment.id).await.unwrap().remove(0);
    (payment, attempt)
}

stories! {
    a_refund_by_hand_is_booked_when_somebody_confirms_it(house) {
        no_call(house);
        let (payment, _) = house.paid().await;
        let by = somebody(house);
        let refund = payments::refund(&house.billing, payment.id, None, "asked", by).await.unwrap();
        assert_eq!(refund.state, OperationState::Pending);
        let now = house.payment(payment.id).await;
        assert_eq!(now.refunded, dollars(0), "nothing is booked before it is done");
        assert!(now.needs_attention.unwrap().starts_with("give back by hand:"));
        let no = payments::confirm(&house.billing, refund.id, "yes", by).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "evidence_not_valid");
        let done = payments::confirm(&house.billing, refund.id, SEEN, by).await.unwrap();
        assert_eq!(done.state, OperationState::Succeeded);
        assert!(done.proof.unwrap().contains("order 4711"));
        let now = house.payment(payment.id).await;
        assert_eq!((now.refunded, now.needs_attention), (dollars(1000), None));
        assert_eq!(house.balance().await, 0);
        let no = payments::confirm(&house.billing, refund.id, SEEN, by).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "not_by_hand");
    }

    a_lost_refund_is_read_again_under_its_key_and_not_where_no_key_is_kept(house) {
        let (payment, attempt) = house.paid().await;
        house.fake.refunds_with(Answer::Unknown("time-out".to_owned()));
        let by = somebody(house);
        let lost = payments::refund(&house.billing, payment.id, None, "asked", by).await.unwrap();
        let transaction = Some("back-1".to_owned());
        house.fake.refunds_with(Answer::Done(Done { transaction, amount: Some(dollars(1000)) }));
        payments::resolve(&house.billing, attempt.id).await.unwrap();
        assert_eq!(house.payment(payment.id).await.refunded, dollars(0), "that might pay twice");
        house.fake.can.lock().unwrap().keeps_keys = Some(86_400);
        payments::resolve(&house.billing, attempt.id).await.unwrap();
        let mut reader = house.billing.store.read().await.unwrap();
        let calls = payments::operations_of(&mut reader, payment.id).await.unwrap();
        let known = calls.iter().find(|call| call.id == lost.id).unwrap();
        assert_eq!(known.state, OperationState::Succeeded);
        assert_eq!(known.transaction.as_deref(), Some("back-1"));
        assert_eq!(house.payment(payment.id).await.refunded, dollars(1000));
        assert_eq!(house.balance().await, 0);
    }

    a_lost_refund_that_was_never_made_may_be_asked_for_again(house) {
        let (payment, _) = house.paid().await;
        house.fake.refunds_with(Answer::Unknown("time-out".to_owned()));
        let by = somebody(house);
        let lost = payments::refund(&house.billing, payment.id, None, "asked", by).await.unwrap();
        assert_eq!(lost.state, OperationState::Unknown);
        let denied = payments::deny(&house.billing, lost.id, SEEN, by).await.unwrap();
        assert_eq!(denied.state, OperationState::NotExecuted);
        assert_eq!(house.payment(payment.id).await.refunded, dollars(0));
        let no = payments::confirm(&house.billing, lost.id, SEEN, by).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "not_by_hand");
        house.fake.refunds_with(Answer::Done(Done { transaction: None, amount: None }));
        let again = payments::refund(&house.billing, payment.id, None, "asked", by).await.unwrap();
        assert_eq!(again.state, OperationState::Succeeded);
        assert_eq!(house.balance().await, 0);
    }

    a_refund_by_hand_is_booked_when_the_house_tells_of_it(house) {
        no_call(house);
        let (payment, attempt) = house.paid().await;
        let by = somebody(house);
        let refund = payments::refund(&house.billing, payment.id, None, "asked", by).await.unwrap();
        let told = house.tells(&attempt, NoticeKind::Refunded, 1000);
        assert_eq!(house.hears(&[told]).await.filed, Filed::Applied);
        let mut reader = house.billing.store.read().await.unwrap();
        let done = payments::find_operation(&mut reader, refund.id).await.unwrap().unwrap();
        assert_eq!(done.state, OperationState::Succeeded);
        drop(reader);
        assert_eq!(house.payment(payment.id).await.needs_attention, None);
    }

    what_was_collected_twice_is_given_back(house) {
        let (payment, first) = house.started().await;
        let no = house.tells(&first, NoticeKind::Declined, 1000);
        house.hears(&[Notice { reference: Some(first.reference.clone()), ..no }]).await;
        let (second, _) = house.start(payment.id).await.unwrap();
        house.hears(&[house.yes(&second)]).await;
        house.hears(&[house.yes(&first)]).await;
        house.fake.refunds_with(Answer::Done(Done {
            transaction: Some("ref-1".to_owned()), amount: Some(dollars(1000)),
        }));
        house.later(1).await;
        let now = house.payment(payment.id).await;
        assert_eq!((now.captured, now.refunded), (dollars(2000), dollars(1000)));
        assert_eq!(now.needs_attention, None, "it is mended");
        assert_eq!(house.attempt(&first).await.refunded, dollars(1000), "the later one");
        assert_eq!(house.attempt(&second).await.refunded, dollars(0));
        assert_eq!(house.balance().await, 100);
    }

    what_was_collected_twice_and_cannot_be_given_back_asks_for_somebody(house) {
        house.fake.can.lock().unwrap().refund_full = false;
        let (payment, first) = house.started().await;
        let no = house.tells(&first, NoticeKind::Declined, 1000);
        house.hears(&[Notice { reference: Some(first.reference.clone()), ..no }]).await;
        let (second, _) = house.start(payment.id).await.unwrap();
        house.hears(&[house.yes(&second)]).await;
        house.hears(&[house.yes(&first)]).await;
        house.later(1).await;
        let why = house.payment(payment.id).await.needs_attention.unwrap();
        assert!(why.starts_with("paid twice") && why.contains("could not be given back"), "{why}");
    }

    one_person_vouches_for_a_small_sum_with_evidence(house) {
        let (payment, attempt) = unknown(house).await;
        let by = somebody(house);
        let no = payments::prove_by_hand(
            &house.billing, attempt.id, Outcome::Paid, SEEN, Actor::System).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "not_a_person");
        let vouched = payments::prove_by_hand(
            &house.billing, attempt.id, Outcome::NotExecuted, SEEN, by).await.unwrap();
        assert!(matches!(vouched, Vouched::Settled(_)));
        assert_eq!(house.payment(payment.id).await.state, PaymentState::RequiresMethod);
        let mut reader = house.billing.store.read().await.unwrap();
        let calls = payments::operations_of(&mut reader, payment.id).await.unwrap();
        let proof = calls[0].proof.clone().unwrap();
        assert!(proof.contains("4711") && proof.contains(&by.to_string()), "{proof}");
        drop(reader);
        let no = payments::prove_by_hand(
            &house.billing, attempt.id, Outcome::Paid, SEEN, by).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "outcome_not_open");
    }
}
