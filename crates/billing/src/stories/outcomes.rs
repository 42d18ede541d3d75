//! Outcomes that are not a plain yes: no, not at all, nobody knows, too late, twice.

use crate::payments::{self, AttemptState, OperationState, PaymentState};
use crate::{checkouts, notices::Filed, tokens};
use base::Actor;
use processor::{Answer, Decline, DeclineClass, Found, FoundState, NoticeKind};

use super::house::{House, dollars, stories};

fn decline() -> Decline {
    Decline {
        raw: "51".to_owned(),
        cause: "insufficient_funds".to_owned(),
        class: DeclineClass::Soft,
    }
}

fn found(state: FoundState, minor: i64) -> Answer<Option<Found>> {
    Answer::Done(Some(Found {
        state,
        transaction: "t-found".to_owned(),
        reference: None,
        amount: Some(dollars(minor)),
        occurred_at: None,
    }))
}

stories! {
    a_decline_allows_another_try(house) {
        house.fake.starts_with(Answer::Declined(decline()));
        let payment = house.checkout().await;
        let no = house.start(payment.id).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "payment_declined");
        assert_eq!(house.state(payment.id).await,
            (PaymentState::RequiresMethod, Some("declined".to_owned())));
        house.prove().await;
        let (attempt, _) = house.start(payment.id).await.unwrap();
        house.hears(&[house.yes(&attempt)]).await;
        assert_eq!(house.payment(payment.id).await.state, PaymentState::Captured);
        assert_eq!(house.balance().await, 100);
    }

    what_was_not_executed_may_be_tried_again(house) {
        for _ in house.billing.accounts.all() {
            house.fake.starts_with(Answer::NotExecuted("connection refused".to_owned()));
        }
        let payment = house.checkout().await;
        let no = house.start(payment.id).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "processor_unavailable");
        let mut reader = house.billing.store.read().await.unwrap();
        let calls = payments::operations_of(&mut reader, payment.id).await.unwrap();
        assert_eq!(calls[0].state, OperationState::NotExecuted);
        assert_eq!(calls[0].proof.as_deref(), Some("connection refused"));
        house.start(payment.id).await.unwrap();
    }

    while_nobody_knows_nothing_else_may_be_tried(house) {
        house.fake.starts_with(Answer::Unknown("time-out".to_owned()));
        let payment = house.checkout().await;
        let no = house.start(payment.id).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "outcome_unknown");
        let now = house.payment(payment.id).await;
        assert_eq!((now.state, now.outcome_known), (PaymentState::Processing, false));
        let no = house.start(payment.id).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "outcome_unknown");
        let no = payments::cancel(&house.billing, payment.id, Actor::System).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "payment_not_cancelable");
        assert_eq!(house.fake.started(), 1);
    }

    unknown_ends_by_a_look_up_that_finds_it_paid(house) {
        house.fake.starts_with(Answer::Unknown("time-out".to_owned()));
        let payment = house.checkout().await;
        house.start(payment.id).await.unwrap_err();
        house.fake.finds(found(FoundState::Paid, 1000));
        house.later(11).await;
        let now = house.payment(payment.id).await;
        assert_eq!((now.state, now.outcome_known), (PaymentState::Captured, true));
        assert_eq!(house.balance().await, 100);
        let mut reader = house.billing.store.read().await.unwrap();
        let calls = payments::operations_of(&mut reader, payment.id).await.unwrap();
        assert!(calls[0].proof.as_ref().unwrap().starts_with("look-up by reference att_"));
    }

    absence_is_proof_only_after_the_time_it_takes_to_show(house) {
        house.fake.starts_with(Answer::Unknown("time-out".to_owned()));
        let payment = house.checkout().await;
        house.start(payment.id).await.unwrap_err();
        house.fake.finds(Answer::Done(None));
        house.later(11).await;
        assert_eq!(house.payment(payment.id).await.state, PaymentState::Processing);
        house.fake.finds(Answer::Done(None));
        house.later(60).await;
        house.fake.finds(Answer::Done(None));
        house.later(60).await;
        assert_eq!(house.state(payment.id).await,
            (PaymentState::RequiresMethod, Some("not_executed".to_owned())));
        house.start(payment.id).await.unwrap();
    }

    a_look_up_that_finds_it_taken_and_given_back_books_both(house) {
        let (payment, _) = house.started().await;
        house.fake.finds(found(FoundState::Refunded, 1000));
        house.later(11).await;
        let now = house.payment(payment.id).await;
        assert_eq!((now.captured, now.refunded), (dollars(1000), dollars(1000)));
        assert_eq!(house.balance().await, 0);
    }

    a_look_up_with_another_amount_books_nothing_and_asks_for_attention(house) {
        let (payment, _) = house.started().await;
        house.fake.finds(found(FoundState::Paid, 900));
        house.later(11).await;
        let now = house.payment(payment.id).await;
        assert_eq!(now.captured, dollars(0));
        assert!(now.needs_attention.unwrap().contains("9.00 USD"));
        assert_eq!(house.balance().await, 0);
    }

    a_process_that_died_after_the_call_left_goes_on_by_look_up(house) {
        // The answer comes so late that the process is gone: nobody writes it down.
        *house.fake.slow.lock().unwrap() = std::time::Duration::from_secs(3_600);
        let payment = house.checkout().await;
        let start = house.start(payment.id);
        let gone = tokio::time::timeout(std::time::Duration::from_millis(300), start).await;
        assert!(gone.is_err());
        house.later(11).await;
        assert_eq!(house.payment(payment.id).await.state, PaymentState::Processing);
        house.later(100).await;
        let mut reader = house.billing.store.read().await.unwrap();
        let attempt = payments::attempts_of(&mut reader, payment.id).await.unwrap().remove(0);
        assert_eq!(attempt.state, AttemptState::Unknown);
        house.fake.finds(found(FoundState::Paid, 1000));
        house.later(600).await;
        assert_eq!(house.payment(payment.id).await.state, PaymentState::Captured);
    }

    an_address_that_was_never_handed_out_cannot_be_paid_at(house) {
        house.fake.can.lock().unwrap().find = false;
        house.fake.starts_with(Answer::Unknown("time-out".to_owned()));
        let payment = house.checkout().await;
        house.start(payment.id).await.unwrap_err();
        house.later(3 * 3_600).await;
        house.later(3 * 3_600).await;
        assert_eq!(house.state(payment.id).await,
            (PaymentState::RequiresMethod, Some("not_executed".to_owned())));
    }

    nobody_acted_in_time(house) {
        let (payment, attempt) = house.started().await;
        house.later(2 * 3_600).await;
        house.later(5 * 3_600).await;
        assert_eq!(house.attempt(&attempt).await.state, AttemptState::Expired);
        assert_eq!(house.payment(payment.id).await.state, PaymentState::RequiresMethod);
        house.later(20 * 3_600).await;
        assert_eq!(house.state(payment.id).await,
            (PaymentState::Canceled, Some("expired".to_owned())));
        let mut reader = house.billing.store.read().await.unwrap();
        let checkout = checkouts::of_payment(&mut reader, payment.id).await.unwrap().unwrap();
        assert_eq!(checkout.state, checkouts::CheckoutState::Expired);
        drop(reader);
        let row = house.hears(&[house.yes(&attempt)]).await;
        assert_eq!(row.filed, Filed::Applied);
        assert_eq!(house.state(payment.id).await,
            (PaymentState::Captured, Some("late".to_owned())));
        assert_eq!(house.balance().await, 100);
    }

    a_customer_who_comes_back_when_the_page_is_over_gets_a_new_one(house) {
        let (payment, first) = house.started().await;
        house.billing.env.clock.advance(base::SignedDuration::from_hours(3));
        let (second, _) = house.start(payment.id).await.unwrap();
        assert_ne!(first.id, second.id);
        assert_eq!(house.attempt(&first).await.state, AttemptState::Expired);
        house.hears(&[house.yes(&second)]).await;
        assert_eq!(house.balance().await, 100);
    }

    not_decided_is_no_news_while_the_customer_is_on_the_page(house) {
        let (payment, attempt) = house.started().await;
        house.fake.finds(found(FoundState::Waiting, 1000));
        house.later(11).await;
        assert_eq!(house.attempt(&attempt).await.state, AttemptState::ActionRequired);
        assert_eq!(house.payment(payment.id).await.state, PaymentState::RequiresAction);
    }

    a_yes_after_the_customer_gave_up_is_booked(house) {
        let (payment, attempt) = house.started().await;
        let actor = Actor::Customer(house.customer);
        payments::cancel(&house.billing, payment.id, actor).await.unwrap();
        assert_eq!(house.state(payment.id).await,
            (PaymentState::Canceled, Some("canceled_by_customer".to_owned())));
        house.prove().await;
        house.hears(&[house.yes(&attempt)]).await;
        assert_eq!(house.state(payment.id).await,
            (PaymentState::Captured, Some("late".to_owned())));
        assert_eq!(house.balance().await, 100);
    }

    two_attempts_that_both_succeed_are_both_booked_and_somebody_must_look(house) {
        let (payment, first) = house.started().await;
        let no = house.tells(&first, NoticeKind::Declined, 1000);
        let no = processor::Notice { reference: Some(first.reference.clone()), ..no };
        house.hears(&[no]).await;
        let (second, _) = house.start(payment.id).await.unwrap();
        assert_ne!(first.id, second.id);
        house.hears(&[house.yes(&second)]).await;
        house.hears(&[house.yes(&first)]).await;
        let now = house.payment(payment.id).await;
        assert_eq!((now.state, now.captured), (PaymentState::Captured, dollars(2000)));
        assert!(now.needs_attention.unwrap().starts_with("paid twice"));
        let mut reader = house.billing.store.read().await.unwrap();
        assert_eq!(tokens::lots_of(&mut reader, house.customer).await.unwrap().len(), 2);
    }

    a_payment_open_for_three_days_asks_for_attention(house) {
        let (payment, attempt) = house.started().await;
        let waiting = house.tells(&attempt, NoticeKind::Waiting, 1000);
        let waiting = processor::Notice { reference: Some(attempt.reference.clone()), ..waiting };
        house.hears(&[waiting]).await;
        for _ in 0..5 {
            house.later(86_400).await;
        }
        let now = house.payment(payment.id).await;
        assert_eq!(now.state, PaymentState::Processing);
        assert!(now.needs_attention.unwrap().contains("three days"));
    }
}
