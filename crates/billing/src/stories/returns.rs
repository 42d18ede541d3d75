//! Money that goes back: refunds by us and by the processor, chargebacks, and disputes we win.

use crate::notices::Filed;
use crate::payments::{self, OperationState};
use crate::{reversals, tokens};
use base::Actor;
use processor::{Answer, Decline, DeclineClass, Done, Found, FoundState, Notice, NoticeKind};
use store::Page;

use super::house::{House, dollars, stories};

async fn refund(house: &House, id: base::id::PaymentId, minor: Option<i64>) -> payments::Operation {
    let amount = minor.map(dollars);
    payments::refund(&house.billing, id, amount, "asked", Actor::System).await.unwrap()
}

stories! {
    a_refund_by_us_takes_the_tokens_back(house) {
        let (payment, attempt) = house.paid().await;
        let done = Done { transaction: Some("back-1".to_owned()), amount: Some(dollars(1000)) };
        house.fake.refunds_with(Answer::Done(done));
        let operation = refund(house, payment.id, None).await;
        assert_eq!(operation.state, OperationState::Succeeded);
        assert_eq!(operation.transaction.as_deref(), Some("back-1"));
        assert_eq!(house.balance().await, 0);
        assert_eq!(house.payment(payment.id).await.refunded, dollars(1000));
        let told = house.tells(&attempt, NoticeKind::Refunded, 1000);
        let told = processor::Notice { transaction: Some("back-1".to_owned()), ..told };
        let row = house.hears(&[told]).await;
        assert_eq!(row.filed, Filed::Stale, "the notice only confirms it");
        let no = payments::refund(&house.billing, payment.id, None, "again", Actor::System).await;
        assert_eq!(no.unwrap_err().refusal().unwrap().code, "nothing_to_refund");
    }

    a_refund_whose_answer_has_no_transaction_is_known_again_in_its_notice(house) {
        let (payment, attempt) = house.paid().await;
        let operation = refund(house, payment.id, Some(400)).await;
        assert_eq!(operation.transaction, None);
        let row = house.hears(&[house.tells(&attempt, NoticeKind::Refunded, 400)]).await;
        assert_eq!(row.filed, Filed::Stale);
        assert_eq!(house.payment(payment.id).await.refunded, dollars(400));
        assert_eq!(house.balance().await, 60);
    }

    a_refund_that_nobody_numbers_is_booked_once_however_it_is_told(house) {
        let (payment, attempt) = house.paid().await;
        refund(house, payment.id, Some(300)).await;
        let told = |nth: u32| {
            let told = house.tells(&attempt, NoticeKind::Refunded, 300);
            Notice { transaction: None, dedupe: format!("refund {nth}"), ..told }
        };
        assert_eq!(house.hears(&[told(1)]).await.filed, Filed::Stale, "ours, confirmed");
        assert_eq!(house.payment(payment.id).await.refunded, dollars(300));
        // A second notice of the same sum is another refund, made at the processor.
        assert_eq!(house.hears(&[told(2)]).await.filed, Filed::Applied);
        assert_eq!(house.payment(payment.id).await.refunded, dollars(600));
        // And a second refund of ours is not taken for the first.
        refund(house, payment.id, Some(300)).await;
        assert_eq!(house.payment(payment.id).await.refunded, dollars(900));
        assert_eq!(house.balance().await, 10);
    }

    a_refund_of_something_else_is_not_taken_from_the_payment_it_refers_to(house) {
        let (payment, attempt) = house.paid().await;
        let told = house.tells(&attempt, NoticeKind::Refunded, 1000);
        let reference = Some(attempt.reference.clone());
        let told = Notice { parent: Some("a-renewal-77".to_owned()), reference, ..told };
        let row = house.hears(&[told]).await;
        assert_eq!(row.filed, Filed::Unmatched);
        assert!(row.reason.unwrap().contains("a-renewal-77"));
        assert_eq!(house.payment(payment.id).await.refunded, dollars(0));
        assert_eq!(house.balance().await, 100);
    }

    a_chargeback_of_what_was_refunded_calls_a_person(house) {
        let (payment, attempt) = house.paid().await;
        refund(house, payment.id, None).await;
        let row = house.hears(&[house.tells(&attempt, NoticeKind::ChargedBack, 1000)]).await;
        assert_eq!(row.filed, Filed::Stale);
        let why = house.payment(payment.id).await.needs_attention.unwrap();
        assert!(why.contains("contest it"), "{why}");
    }

    a_notice_is_faster_than_the_answer_to_our_refund(house) {
        let (payment, attempt) = house.paid().await;
        house.fake.refunds_with(Answer::Unknown("time-out".to_owned()));
        let operation = refund(house, payment.id, Some(400)).await;
        assert_eq!(operation.state, OperationState::Unknown);
        let no = payments::refund(&house.billing, payment.id, None, "again", Actor::System).await;
        assert_eq!(no.unwrap_err().refusal().unwrap().code, "refund_under_way");
        let row = house.hears(&[house.tells(&attempt, NoticeKind::Refunded, 400)]).await;
        assert_eq!(row.filed, Filed::Applied);
        let mut reader = house.billing.store.read().await.unwrap();
        let calls = payments::operations_of(&mut reader, payment.id).await.unwrap();
        assert_eq!(calls[1].state, OperationState::Succeeded);
        let backs = reversals::of_payment(&mut reader, payment.id).await.unwrap();
        assert_eq!((backs.len(), backs[0].operation), (1, Some(operation.id)));
        assert_eq!(house.balance().await, 60);
    }

    a_refund_of_unknown_outcome_ends_by_look_up(house) {
        let (payment, attempt) = house.paid().await;
        house.fake.refunds_with(Answer::Unknown("time-out".to_owned()));
        refund(house, payment.id, None).await;
        house.fake.finds(Answer::Done(Some(Found {
            state: FoundState::Refunded,
            transaction: attempt.transaction.clone().unwrap(),
            reference: None,
            amount: Some(dollars(1000)),
            occurred_at: None,
        })));
        house.later(11).await;
        assert_eq!(house.payment(payment.id).await.refunded, dollars(1000));
        assert_eq!(house.balance().await, 0);
    }

    a_refund_that_is_declined_or_cannot_be_done_changes_nothing(house) {
        let (payment, _) = house.paid().await;
        house.fake.refunds_with(Answer::Declined(Decline {
            raw: "x".to_owned(),
            cause: "too_late".to_owned(),
            class: DeclineClass::Hard,
        }));
        let operation = refund(house, payment.id, None).await;
        assert_eq!(operation.state, OperationState::Declined);
        assert_eq!(operation.reason.as_deref(), Some("declined: too_late"));
        house.fake.can.lock().unwrap().refund_partial = false;
        let no = payments::refund(&house.billing, payment.id, Some(dollars(1)), "x", Actor::System);
        assert_eq!(no.await.unwrap_err().refusal().unwrap().code, "cannot_refund");
        let no = payments::refund(
            &house.billing, payment.id, Some(dollars(1001)), "x", Actor::System,
        );
        assert_eq!(no.await.unwrap_err().refusal().unwrap().code, "refund_too_large");
        assert_eq!(house.balance().await, 100);
    }

    parts_given_back_at_the_processor_add_up(house) {
        let (payment, attempt) = house.paid().await;
        for part in [333, 334, 133, 200] {
            let row = house.hears(&[house.tells(&attempt, NoticeKind::Refunded, part)]).await;
            assert_eq!(row.filed, Filed::Applied, "{part}");
        }
        assert_eq!(house.payment(payment.id).await.refunded, dollars(1000));
        assert_eq!(house.balance().await, 0);
        let row = house.hears(&[house.tells(&attempt, NoticeKind::Voided, 1000)]).await;
        assert_eq!(row.filed, Filed::Stale);
    }

    a_chargeback_after_the_tokens_were_spent_is_our_loss(house) {
        let (payment, attempt) = house.paid().await;
        house.leaves(house.tip(25)).await.outcome.unwrap();
        let row = house.hears(&[house.tells(&attempt, NoticeKind::ChargedBack, 1000)]).await;
        assert_eq!(row.filed, Filed::Applied);
        assert_eq!(house.balance().await, 0, "never below zero");
        let now = house.payment(payment.id).await;
        assert_eq!(now.disputed, dollars(1000));
        assert!(now.needs_attention.is_some());
        let mut reader = house.billing.store.read().await.unwrap();
        let backs = reversals::of_payment(&mut reader, payment.id).await.unwrap();
        assert_eq!((backs[0].tokens, backs[0].lost), (75, dollars(250)));
        drop(reader);
        house.prove().await;
        let row = house.hears(&[house.tells(&attempt, NoticeKind::ChargebackReversed, 1000)]).await;
        assert_eq!(row.filed, Filed::Applied);
        assert_eq!(house.balance().await, 75);
        assert_eq!(house.payment(payment.id).await.disputed, dollars(0));
        let history = tokens::history(&house.billing, house.customer, Page::first(10)).await;
        let tokens: Vec<i64> = history.unwrap().iter().map(|entry| entry.tokens).collect();
        assert_eq!(tokens, [75, -75, -25, 100]);
    }

    what_goes_back_before_the_yes_waits_for_it_and_follows_at_once(house) {
        let (payment, attempt) = house.started().await;
        let back = house.tells(&attempt, NoticeKind::Refunded, 1000);
        let back = processor::Notice { reference: Some(attempt.reference.clone()), ..back };
        assert_eq!(house.hears(&[back]).await.filed, Filed::Unmatched);
        house.hears(&[house.yes(&attempt)]).await;
        let now = house.payment(payment.id).await;
        assert_eq!((now.captured, now.refunded), (dollars(1000), dollars(1000)));
        assert_eq!(house.balance().await, 0);
    }
}
