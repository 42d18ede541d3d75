//! What is not as it should be is found, and is not found any more when it has come right.

use base::{SignedDuration, Timestamp};
use processor::{Answer, Notice, NoticeKind};

use super::house::{House, dollars, stories};
use crate::amiss::{self, Amiss, Concern};
use crate::payments::{self, Outcome};

async fn attention(house: &House) -> Vec<(String, Option<Concern>)> {
    let mut reader = house.billing.store.read().await.unwrap();
    let found = amiss::attention(&mut reader, 10).await.unwrap();
    for one in &found {
        let again = amiss::attended(&mut reader, one.payment.unwrap()).await.unwrap();
        assert!(again.contains(one), "the same alone: {again:?}");
    }
    found.into_iter().map(|one| (one.subject, one.concern)).collect()
}

fn ago(house: &House, hours: i64) -> Timestamp {
    house.billing.env.now().checked_sub(SignedDuration::from_hours(hours)).unwrap()
}

async fn unknown(house: &House, hours: i64) -> Vec<Amiss> {
    let mut reader = house.billing.store.read().await.unwrap();
    amiss::unknown_since(&mut reader, ago(house, hours), 10).await.unwrap()
}

async fn unmatched(house: &House, hours: i64) -> Vec<Amiss> {
    let mut reader = house.billing.store.read().await.unwrap();
    amiss::unmatched_since(&mut reader, ago(house, hours), 10).await.unwrap()
}

stories! {
    a_dispute_is_amiss_until_it_is_won(house) {
        let (payment, attempt) = house.paid().await;
        assert_eq!(attention(house).await, []);
        house.hears(&[house.tells(&attempt, NoticeKind::DisputeOpened, 1000)]).await;
        let dispute = (payment.id.to_string(), Some(Concern::Dispute));
        assert_eq!(attention(house).await, std::slice::from_ref(&dispute));
        house.hears(&[house.tells(&attempt, NoticeKind::ChargedBack, 1000)]).await;
        assert_eq!(attention(house).await, [dispute]);
        house.hears(&[house.tells(&attempt, NoticeKind::ChargebackReversed, 1000)]).await;
        assert_eq!(attention(house).await, []);
    }

    another_sum_differs(house) {
        let (payment, attempt) = house.started().await;
        let other = Notice { amount: Some(dollars(900)), ..house.yes(&attempt) };
        house.hears(&[other]).await;
        assert_eq!(attention(house).await, [(payment.id.to_string(), Some(Concern::Differs))]);
    }

    a_refund_that_came_to_nothing_is_amiss(house) {
        let (payment, attempt) = house.paid().await;
        house.fake.refunds_with(Answer::Accepted);
        let by = base::Actor::System;
        payments::refund(&house.billing, payment.id, None, "asked", by).await.unwrap();
        house.hears(&[house.tells(&attempt, NoticeKind::RefundFailed, 1000)]).await;
        assert_eq!(attention(house).await, [(payment.id.to_string(), Some(Concern::Refund))]);
    }

    an_outcome_nobody_knows_is_amiss_after_a_day_and_not_when_it_is_known(house) {
        house.fake.can.lock().unwrap().find = false;
        house.fake.starts_with(Answer::Unknown("time-out".to_owned()));
        let payment = house.checkout().await;
        house.start(payment.id).await.unwrap_err();
        let mut reader = house.billing.store.read().await.unwrap();
        let attempt = payments::attempts_of(&mut reader, payment.id).await.unwrap().remove(0);
        drop(reader);
        house.billing.env.clock.advance(SignedDuration::from_hours(23));
        assert_eq!(unknown(house, 24).await, []);
        house.billing.env.clock.advance(SignedDuration::from_hours(2));
        let found = unknown(house, 24).await;
        let [one] = &found[..] else { panic!("one: {found:?}") };
        assert_eq!((one.payment, one.customer), (Some(payment.id), Some(house.customer)));
        let mut reader = house.billing.store.read().await.unwrap();
        let alone = amiss::unknown_payment(&mut reader, payment.id, ago(house, 24)).await.unwrap();
        assert_eq!(alone.as_ref(), Some(one));
        drop(reader);
        let outcome = Outcome::NotExecuted;
        let by = base::Actor::Staff(house.billing.env.id());
        let told = "nothing of it in their admin";
        payments::prove_by_hand(&house.billing, attempt.id, outcome, told, by).await.unwrap();
        assert_eq!(unknown(house, 24).await, []);
    }

    a_notice_that_fits_nothing_is_amiss_until_it_does(house) {
        let (_, attempt) = house.started().await;
        house.hears(&[house.tells(&attempt, NoticeKind::Refunded, 1000)]).await;
        assert_eq!(unmatched(house, 4).await, []);
        house.billing.env.clock.advance(SignedDuration::from_hours(5));
        let found = unmatched(house, 4).await;
        let [one] = &found[..] else { panic!("one: {found:?}") };
        assert_eq!(one.account.as_deref(), Some("fake"));
        let id = one.subject.parse().unwrap();
        let mut reader = house.billing.store.read().await.unwrap();
        let alone = amiss::unmatched_notice(&mut reader, id, ago(house, 4)).await.unwrap();
        assert_eq!(alone.as_ref(), Some(one));
        drop(reader);
        house.hears(&[house.yes(&attempt)]).await;
        house.later(86_400).await;
        assert_eq!(unmatched(house, 4).await, []);
    }
}
