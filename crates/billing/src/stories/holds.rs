//! Money that is held: taken, taken in part, released, and calls about it whose answer is lost.

use crate::notices::Filed;
use crate::payments::{self, AttemptState, OperationState, PaymentState};
use base::Actor;
use processor::{Answer, Decline, DeclineClass, Done, Found, FoundState, Notice, NoticeKind};

use super::house::{House, dollars, stories};

/// A payment whose money is held.
async fn held(house: &House) -> (payments::Payment, payments::Attempt) {
    {
        let mut can = house.fake.can.lock().unwrap();
        (can.manual_capture, can.partial_capture, can.void) = (true, true, true);
    }
    let (payment, attempt) = house.started().await;
    let told = Notice {
        kind: NoticeKind::Authorized,
        dedupe: format!("held {}", attempt.id),
        ..house.yes(&attempt)
    };
    let row = house.hears(&[told]).await;
    assert_eq!(row.filed, Filed::Applied, "{:?}", row.reason);
    (house.payment(payment.id).await, house.attempt(&attempt).await)
}

fn done(minor: i64) -> Answer<Done> {
    Answer::Done(Done { transaction: Some("cap-1".to_owned()), amount: Some(dollars(minor)) })
}

stories! {
    what_is_held_gives_no_tokens_until_it_is_taken(house) {
        let (payment, attempt) = held(house).await;
        assert_eq!((payment.state, payment.authorized), (PaymentState::Authorized, dollars(1000)));
        assert_eq!(attempt.state, AttemptState::Authorized);
        assert_eq!(house.balance().await, 0);
        house.prove().await;
        house.fake.holds.lock().unwrap().push_back(done(1000));
        let call = payments::capture(&house.billing, payment.id, None, Actor::System).await;
        let call = call.unwrap();
        assert_eq!(call.state, OperationState::Succeeded);
        assert_eq!(*house.fake.held.lock().unwrap(), [call.id.to_string()]);
        assert_eq!(house.payment(payment.id).await.captured, dollars(1000));
        assert_eq!(house.balance().await, 100);
        // The house tells of it as well, by its own id of the capture.
        let told = Notice { transaction: Some("cap-1".to_owned()), ..house.yes(&attempt) };
        assert_eq!(house.hears(&[told]).await.filed, Filed::Stale);
        assert_eq!(house.payment(payment.id).await.needs_attention, None);
    }

    a_part_that_is_taken_brings_its_part_of_the_tokens(house) {
        let (payment, _) = held(house).await;
        house.fake.holds.lock().unwrap().push_back(done(600));
        let part = Some(dollars(600));
        payments::capture(&house.billing, payment.id, part, Actor::System).await.unwrap();
        let now = house.payment(payment.id).await;
        assert_eq!((now.state, now.captured), (PaymentState::Captured, dollars(600)));
        assert_eq!(house.balance().await, 60);
        house.prove().await;
        payments::refund(&house.billing, payment.id, None, "asked", Actor::System).await.unwrap();
        assert_eq!(house.balance().await, 0);
    }

    more_than_is_held_or_nothing_cannot_be_taken(house) {
        let (payment, _) = held(house).await;
        for minor in [0, 1001, 9] {
            let ask = Some(dollars(minor));
            let no = payments::capture(&house.billing, payment.id, ask, Actor::System).await;
            assert_eq!(no.unwrap_err().refusal().unwrap().code, "capture_not_valid", "{minor}");
        }
        assert!(house.fake.held.lock().unwrap().is_empty());
    }

    what_is_released_cancels_the_payment(house) {
        let (payment, attempt) = held(house).await;
        let call = payments::void(&house.billing, payment.id, Actor::System).await.unwrap();
        assert_eq!(call.state, OperationState::Succeeded);
        assert_eq!(house.state(payment.id).await,
            (PaymentState::Canceled, Some("voided".to_owned())));
        assert_eq!(house.attempt(&attempt).await.state, AttemptState::Voided);
        assert_eq!(house.balance().await, 0);
    }

    a_capture_that_is_declined_leaves_the_hold(house) {
        let (payment, _) = held(house).await;
        let no = Decline {
            raw: "05".to_owned(), cause: "do_not_honor".to_owned(), class: DeclineClass::Soft,
        };
        house.fake.holds.lock().unwrap().push_back(Answer::Declined(no));
        let call = payments::capture(&house.billing, payment.id, None, Actor::System).await;
        assert_eq!(call.unwrap().state, OperationState::Declined);
        let now = house.payment(payment.id).await;
        assert_eq!(now.state, PaymentState::Authorized);
        assert!(now.needs_attention.unwrap().contains("the hold still stands"));
        payments::capture(&house.billing, payment.id, None, Actor::System).await.unwrap();
        assert_eq!(house.balance().await, 100);
    }

    a_capture_of_unknown_outcome_ends_by_look_up(house) {
        let (payment, _) = held(house).await;
        house.fake.holds.lock().unwrap().push_back(Answer::Unknown("reset".to_owned()));
        payments::capture(&house.billing, payment.id, None, Actor::System).await.unwrap();
        let now = house.payment(payment.id).await;
        assert_eq!((now.state, now.outcome_known), (PaymentState::Processing, false));
        let again = payments::capture(&house.billing, payment.id, None, Actor::System).await;
        assert_eq!(again.unwrap_err().refusal().unwrap().code, "nothing_held");
        house.fake.finds(Answer::Done(Some(Found {
            state: FoundState::Paid, transaction: "cap-1".to_owned(), reference: None,
            amount: Some(dollars(1000)), occurred_at: None,
        })));
        house.later(11).await;
        assert_eq!(house.payment(payment.id).await.state, PaymentState::Captured);
        assert_eq!(house.balance().await, 100);
        assert_eq!(house.fake.held.lock().unwrap().len(), 1, "it was asked once");
    }
}
