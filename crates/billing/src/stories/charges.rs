//! Charges from the server, approvals that need a last call, and answers that got lost.

use crate::notices::Filed;
use crate::payments::{self, AttemptState, ChargeAsk, PaymentState};
use processor::{
    Answer, CaptureWhen, ChargeOutcome, Charged, Instrument, Notice, NoticeKind, Started,
};

use super::house::{House, dollars, stories};

fn ask(id: &str) -> ChargeAsk {
    ChargeAsk {
        instrument: Instrument::Stored { id: id.to_owned(), customer: None },
        account: Some("fake".to_owned()),
        capture: CaptureWhen::AtOnce,
        return_url: "https://house.example/return".to_owned(),
    }
}

fn charged(outcome: ChargeOutcome) -> Answer<Charged> {
    Answer::Done(Charged {
        outcome,
        transaction: Some("chg-1".to_owned()),
        amount: Some(dollars(1000)),
        stored: Some("kept-1".to_owned()),
        card: None,
    })
}

fn able(house: &House) {
    let mut can = house.fake.can.lock().unwrap();
    (can.server_charge, can.stored_card) = (true, true);
}

fn charges(house: &House) -> Vec<String> {
    house.fake.charged.lock().unwrap().clone()
}

stories! {
    a_stored_card_is_charged_and_booked(house) {
        able(house);
        house.fake.charges.lock().unwrap().push_back(charged(ChargeOutcome::Paid));
        let payment = house.checkout().await;
        let (attempt, go_to) =
            payments::charge(&house.billing, payment.id, ask("kept-0")).await.unwrap();
        assert_eq!((attempt.state, go_to), (AttemptState::Captured, None));
        assert_eq!(house.balance().await, 100);
        // What the house keeps is known from then on, with its account.
        house.fake.charges.lock().unwrap().push_back(charged(ChargeOutcome::Pending));
        let again = house.checkout().await;
        let by_name = ChargeAsk { account: None, ..ask("kept-1") };
        let (attempt, _) = payments::charge(&house.billing, again.id, by_name).await.unwrap();
        assert_eq!((attempt.state, attempt.account.as_str()), (AttemptState::Pending, "fake"));
        let strange = ChargeAsk { account: None, ..ask("somebody else's") };
        let other = house.checkout().await;
        let no = payments::charge(&house.billing, other.id, strange).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "cannot_charge");
    }

    a_charge_whose_answer_is_lost_is_never_made_twice(house) {
        able(house);
        house.fake.charges.lock().unwrap().push_back(Answer::Unknown("reset".to_owned()));
        let payment = house.checkout().await;
        let no = payments::charge(&house.billing, payment.id, ask("kept-0")).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "outcome_unknown");
        let no = payments::charge(&house.billing, payment.id, ask("kept-0")).await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "attempt_under_way");
        house.later(11).await;
        house.later(200).await;
        assert_eq!(charges(house).len(), 1, "this house keeps no keys");
    }

    where_keys_are_kept_the_lost_answer_is_read_again(house) {
        able(house);
        house.fake.can.lock().unwrap().keeps_keys = Some(86_400);
        house.fake.charges.lock().unwrap().push_back(Answer::Unknown("reset".to_owned()));
        let payment = house.checkout().await;
        payments::charge(&house.billing, payment.id, ask("kept-0")).await.unwrap_err();
        // That the second call was not executed proves nothing about the first.
        let refused = Answer::NotExecuted("connection refused".to_owned());
        house.fake.charges.lock().unwrap().push_back(refused);
        house.later(11).await;
        assert_eq!(house.payment(payment.id).await.state, PaymentState::Processing);
        house.fake.charges.lock().unwrap().push_back(charged(ChargeOutcome::Paid));
        house.later(30).await;
        assert_eq!(house.payment(payment.id).await.state, PaymentState::Captured);
        assert_eq!(house.balance().await, 100);
        let keys = charges(house);
        assert_eq!(keys.len(), 3);
        assert!(keys.iter().all(|key| *key == keys[0]), "always the same key: {keys:?}");
        let mut reader = house.billing.store.read().await.unwrap();
        let calls = payments::operations_of(&mut reader, payment.id).await.unwrap();
        let proof = calls[0].proof.clone().unwrap();
        assert_eq!(proof, format!("the answer that was kept under the key {}", keys[0]));
    }

    a_start_whose_process_died_goes_on_with_the_kept_answer(house) {
        house.fake.can.lock().unwrap().keeps_keys = Some(86_400);
        house.fake.starts_with(Answer::Unknown("reset".to_owned()));
        let payment = house.checkout().await;
        house.start(payment.id).await.unwrap_err();
        house.fake.starts_with(Answer::Done(Started {
            go_to: processor::GoTo::Link("https://pay.example/kept".to_owned()),
            transaction: Some("t-kept".to_owned()),
        }));
        house.later(11).await;
        assert_eq!(house.payment(payment.id).await.state, PaymentState::RequiresAction);
        let asked = house.fake.asked.lock().unwrap().clone();
        assert_eq!(asked.len(), 2);
        assert_eq!(format!("{:?}", asked[0]), format!("{:?}", asked[1]), "the same to the letter");
        let (_, go_to) = house.start(payment.id).await.unwrap();
        assert_eq!(go_to, processor::GoTo::Link("https://pay.example/kept".to_owned()));
    }

    an_approval_makes_the_last_call_once(house) {
        house.fake.can.lock().unwrap().completes = true;
        let (payment, attempt) = house.started().await;
        house.fake.charges.lock().unwrap().push_back(charged(ChargeOutcome::Paid));
        let approved = |nth: u32| Notice {
            kind: NoticeKind::Approved,
            dedupe: format!("approved {nth}"),
            transaction: Some("ord-1".to_owned()),
            ..house.yes(&attempt)
        };
        assert_eq!(house.hears(&[approved(1)]).await.filed, Filed::Applied);
        house.hears(&[approved(2)]).await;
        house.later(11).await;
        house.later(30).await;
        assert_eq!(charges(house).len(), 1, "it left once");
        assert_eq!(house.payment(payment.id).await.state, PaymentState::Captured);
        assert_eq!(house.balance().await, 100);
    }

    a_last_call_whose_answer_is_lost_waits_for_proof(house) {
        house.fake.can.lock().unwrap().completes = true;
        let (payment, attempt) = house.started().await;
        let approved = Notice {
            kind: NoticeKind::Approved,
            dedupe: "approved".to_owned(),
            transaction: Some("ord-1".to_owned()),
            ..house.yes(&attempt)
        };
        house.hears(&[approved]).await;
        house.later(11).await;
        house.later(300).await;
        assert_eq!(charges(house).len(), 1, "it is not made again");
        let now = house.payment(payment.id).await;
        assert_eq!((now.state, now.outcome_known), (PaymentState::Processing, false));
        let known = Notice {
            reference: None,
            transaction: Some("cap-9".to_owned()),
            parent: Some("ord-1".to_owned()),
            ..house.yes(&attempt)
        };
        assert_eq!(house.hears(&[known]).await.filed, Filed::Applied, "by the order's id");
        assert_eq!(house.balance().await, 100);
    }
}
