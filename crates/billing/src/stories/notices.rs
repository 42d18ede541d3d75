//! Postbacks that come twice, late, wrong, from nowhere, or about nothing we know.

use crate::notices::{self, Filed};
use crate::payments::PaymentState;
use base::Actor;
use processor::{Answer, Found, FoundState, Notice, NoticeKind, Verdict};

use super::house::{House, dollars, stories};

stories! {
    the_same_again_changes_nothing(house) {
        let (_, attempt) = house.paid().await;
        for _ in 0..3 {
            let row = house.hears(&[house.yes(&attempt)]).await;
            assert_eq!(row.filed, Filed::Duplicate);
            assert!(row.reason.unwrap().starts_with("told before by ntc_"));
        }
        assert_eq!(house.balance().await, 100);
    }

    another_amount_is_rejected_and_the_right_one_is_booked_after_it(house) {
        let (payment, attempt) = house.started().await;
        let wrong = Notice { amount: Some(dollars(100)), ..house.yes(&attempt) };
        let row = house.hears(&[wrong]).await;
        assert_eq!(row.filed, Filed::Rejected);
        assert!(row.reason.unwrap().contains("1.00 USD"));
        let euros = base::Money::new(1000, base::Currency::EUR);
        let wrong = Notice { amount: Some(euros), ..house.yes(&attempt) };
        assert_eq!(house.hears(&[wrong]).await.filed, Filed::Rejected);
        let now = house.payment(payment.id).await;
        assert!(now.needs_attention.is_some());
        assert_eq!((now.captured, house.balance().await), (dollars(0), 0));
        assert!(house.events().await.contains(&"payment.needs_attention".to_owned()));
        assert_eq!(house.hears(&[house.yes(&attempt)]).await.filed, Filed::Applied);
        assert_eq!(house.balance().await, 100);
    }

    what_is_not_signed_is_kept_and_not_believed(house) {
        let (payment, attempt) = house.started().await;
        let mut raw = house.raw(&[house.yes(&attempt)]);
        raw.headers.clear();
        let row = house.hears_raw(raw.clone(), Verdict::Refused).await;
        assert_eq!((row.filed, row.reason.as_deref()), (Filed::Rejected, Some("bad_signature")));
        let mut reader = house.billing.store.read().await.unwrap();
        assert_eq!(notices::raw_body(&mut reader, &row).await.unwrap(), raw.body);
        drop(reader);
        let broken = processor::RawNotice { body: vec![0xff, 0x7b], ..house.raw(&[]) };
        let row = house.hears_raw(broken, Verdict::Refused).await;
        assert_eq!((row.filed, row.reason.as_deref()), (Filed::Rejected, Some("unreadable")));
        assert_eq!(house.payment(payment.id).await.state, PaymentState::RequiresAction);
        let no = notices::replay(&house.billing, row.id, Actor::System).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "notice_not_read");
    }

    refused_messages_cannot_fill_the_disk(house) {
        let mut raw = house.raw(&[]);
        raw.headers.clear();
        for _ in 0..120 {
            notices::receive(&house.billing, "fake", raw.clone()).await.unwrap();
        }
        let mut reader = house.billing.store.read().await.unwrap();
        let counts = notices::counts(&mut reader).await.unwrap();
        assert_eq!(counts, [(Filed::Rejected, 100)]);
    }

    a_body_that_is_too_large_and_an_unknown_account_are_refused(house) {
        let mut raw = house.raw(&[]);
        raw.body = vec![b' '; notices::LARGEST_BODY + 1];
        let no = notices::receive(&house.billing, "fake", raw.clone()).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "body_too_large");
        raw.body.clear();
        let no = notices::receive(&house.billing, "nobody", raw).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "processor_account_not_found");
    }

    a_notice_about_nothing_we_know_waits_three_days_and_rests(house) {
        let (_, attempt) = house.started().await;
        let stranger = base::id::AttemptId::from_uuid(base::Id::uuid(house.customer));
        let lost = Notice { reference: Some(stranger.to_string()), ..house.yes(&attempt) };
        let row = house.hears(&[lost]).await;
        assert_eq!(row.filed, Filed::Unmatched);
        for _ in 0..15 {
            house.later(21_600).await;
        }
        let mut reader = house.billing.store.read().await.unwrap();
        let row = notices::find(&mut reader, row.id).await.unwrap().unwrap();
        assert_eq!(row.filed, Filed::Unmatched);
        assert!(row.reason.unwrap().contains("no attempt"));
    }

    a_notice_for_the_attempt_of_another_account_is_rejected(house) {
        let payment = house.checkout().await;
        let links = crate::payments::Links {
            return_url: "https://house.example/".to_owned(),
            cancel_url: "https://house.example/".to_owned(),
        };
        let started =
            crate::payments::start(&house.billing, payment.id, Some("other"), links).await;
        let (attempt, _) = started.unwrap();
        let row = house.hears(&[house.yes(&attempt)]).await;
        assert_eq!(row.filed, Filed::Rejected);
        assert_eq!(house.balance().await, 0);
    }

    our_reference_comes_back_in_capitals(house) {
        let (_, attempt) = house.started().await;
        let reference = Some(attempt.reference.to_uppercase());
        let row = house.hears(&[Notice { reference, ..house.yes(&attempt) }]).await;
        assert_eq!(row.filed, Filed::Applied);
    }

    a_provisional_yes_gives_no_tokens_and_the_final_one_does(house) {
        let (payment, attempt) = house.started().await;
        let provisional = Notice { provisional: true, ..house.yes(&attempt) };
        let row = house.hears(&[provisional]).await;
        assert_eq!(row.filed, Filed::Applied);
        assert_eq!(house.state(payment.id).await,
            (PaymentState::Processing, Some("provisional".to_owned())));
        assert_eq!(house.balance().await, 0);
        assert_eq!(house.hears(&[house.yes(&attempt)]).await.filed, Filed::Applied);
        assert_eq!(house.balance().await, 100);
    }

    a_provisional_yes_that_is_withdrawn_leaves_nothing(house) {
        let (payment, attempt) = house.started().await;
        let provisional = Notice { provisional: true, ..house.yes(&attempt) };
        house.hears(&[provisional]).await;
        let no = house.tells(&attempt, NoticeKind::Declined, 1000);
        let reference = Some(attempt.reference.clone());
        assert_eq!(house.hears(&[Notice { reference, ..no }]).await.filed, Filed::Applied);
        assert_eq!(house.state(payment.id).await,
            (PaymentState::RequiresMethod, Some("declined".to_owned())));
        assert_eq!(house.balance().await, 0);
    }

    what_has_no_effect_on_money_is_filed_with_its_reason(house) {
        let (_, attempt) = house.paid().await;
        let table = [
            (NoticeKind::Ignored, Filed::Stale),
            (NoticeKind::Cancelled, Filed::Stale),
            (NoticeKind::RebillDeclined, Filed::Stale),
            (NoticeKind::RebillPaid, Filed::Unmatched),
            (NoticeKind::Declined, Filed::Stale),
            (NoticeKind::Waiting, Filed::Stale),
        ];
        for (kind, filed) in table {
            let row = house.hears(&[house.tells(&attempt, kind, 1000)]).await;
            assert_eq!(row.filed, filed, "{kind:?}");
            assert!(row.reason.is_some(), "{kind:?}");
        }
        assert_eq!(house.balance().await, 100);
    }

    a_poisoned_message_blocks_nobody(house) {
        let (_, one) = house.started().await;
        let (_, two) = house.started().await;
        let broken = Notice { amount: None, ..house.yes(&one) };
        let row = house.hears(&[broken, house.yes(&two)]).await;
        assert_eq!(row.filed, Filed::Rejected);
        assert_eq!(house.balance().await, 100, "the other half was booked");
    }

    where_a_postback_is_only_a_hint_the_processor_is_asked_first(house) {
        house.fake.can.lock().unwrap().look_up_before_booking = true;
        let (payment, attempt) = house.started().await;
        let found = |minor, reference: &str| {
            Answer::Done(Some(Found {
                state: FoundState::Paid,
                transaction: format!("tran-{}", attempt.id),
                reference: Some(reference.to_owned()),
                amount: Some(dollars(minor)),
                occurred_at: None,
            }))
        };
        house.fake.finds(Answer::Done(None));
        let row = house.hears(&[house.yes(&attempt)]).await;
        assert_eq!(row.filed, Filed::Unmatched, "the processor does not know it yet");
        house.fake.finds(found(500, &attempt.reference));
        house.later(6).await;
        let mut reader = house.billing.store.read().await.unwrap();
        let row = notices::find(&mut reader, row.id).await.unwrap().unwrap();
        assert_eq!(row.filed, Filed::Rejected, "it says another amount");
        drop(reader);
        assert_eq!(house.payment(payment.id).await.captured, dollars(0));
        house.fake.finds(found(1000, "somebody else's"));
        let row = house.hears(&[house.yes(&attempt)]).await;
        assert_eq!(row.filed, Filed::Rejected, "it says another reference");
        house.fake.finds(found(1000, &attempt.reference));
        let row = house.hears(&[house.yes(&attempt)]).await;
        assert_eq!(row.filed, Filed::Applied, "it says the same");
        assert_eq!(house.balance().await, 100);
    }

    a_notice_is_heard_again_by_hand(house) {
        let (payment, attempt) = house.started().await;
        house.fake.can.lock().unwrap().look_up_before_booking = true;
        let row = house.hears(&[house.yes(&attempt)]).await;
        assert_eq!(row.filed, Filed::Unmatched);
        house.fake.can.lock().unwrap().look_up_before_booking = false;
        let row = notices::replay(&house.billing, row.id, Actor::System).await.unwrap();
        assert_eq!(row.filed, Filed::Applied);
        let row = notices::replay(&house.billing, row.id, Actor::System).await.unwrap();
        assert_eq!(row.filed, Filed::Applied, "it stays what it was");
        assert_eq!(house.payment(payment.id).await.captured, dollars(1000));
        assert_eq!(house.balance().await, 100);
    }
}
