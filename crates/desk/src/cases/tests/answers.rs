//! Answers on their way: taken back, carried, read, and where they go.

use base::{Language, SignedDuration};

use super::office::{from, ids};
use super::*;
use crate::cases::*;
use crate::people::{self, AddressKind};

fn undo(message: NewMessage) -> NewMessage {
    NewMessage { undo: Some(SignedDuration::from_secs(15)), ..message }
}

#[tokio::test]
async fn an_answer_can_be_taken_back_until_it_leaves() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case().await;
        let env = &office.env;
        let back = async |id| {
            store::write!(office.store, |tx| withdraw(tx, env, id, office.by_agent()).await)
        };
        let sent = office.add(case.id, undo(office.reply("Wrong"))).await.unwrap();
        assert_eq!(sent.message.delivery, Delivery::Waiting);
        assert_eq!(office.work().await, 0);
        let gone = back(sent.message.id).await.unwrap();
        assert_eq!(gone.delivery, Delivery::Withdrawn);
        let after = office.look(case.id).await;
        assert_eq!((after.state, after.first_answer_at), (CaseState::New, None));
        assert_eq!(after.due_at, case.due_at, "the promise stands as it stood");
        assert_eq!(code(back(sent.message.id).await), "message_has_left");
        office.pass(20);
        office.work().await;
        assert!(office.carried().is_empty(), "what was taken back is not carried");

        let sent = office.add(case.id, undo(office.reply("Right"))).await.unwrap();
        let mut reader = office.store.read().await.unwrap();
        assert_eq!(shown(&mut reader, case.id, 0, 10).await.unwrap().len(), 1);
        drop(reader);
        office.pass(15);
        assert_eq!(code(back(sent.message.id).await), "message_has_left");
        assert_eq!(office.work().await, 1);
        assert_eq!(office.carried(), ["ana@example.org"]);
        let mut reader = office.store.read().await.unwrap();
        let seen = shown(&mut reader, case.id, 0, 10).await.unwrap();
        assert_eq!(seen.last().unwrap().id, sent.message.id);
        assert_eq!(seen.last().unwrap().delivery, Delivery::Sent);
        drop(reader);
        office.story(case.id).await;
    }
}

#[tokio::test]
async fn what_leaves_later_is_seen_later_and_never_overtaken() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case().await;
        let slow = office.add(case.id, undo(office.reply("Slow"))).await.unwrap().message;
        let quick = office.add(case.id, office.asked("Quick")).await.unwrap().message;
        let mut reader = office.store.read().await.unwrap();
        let seen = shown(&mut reader, case.id, 0, 10).await.unwrap();
        let last = seen.last().unwrap();
        assert_eq!((last.id, seen.len()), (quick.id, 2));
        let at = last.shown_seq.unwrap();
        drop(reader);
        office.pass(20);
        office.work().await;
        let mut reader = office.store.read().await.unwrap();
        let seen = shown(&mut reader, case.id, at, 10).await.unwrap();
        assert_eq!(seen.iter().map(|it| it.id).collect::<Vec<_>>(), [slow.id]);
    }
}

#[tokio::test]
async fn a_snoozed_case_whose_answer_is_taken_back_is_open() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case().await;
        let until = office.env.now() + SignedDuration::from_hours(5);
        office.change(case.id, Change::Snooze(until)).await.unwrap();
        let sent = office.add(case.id, undo(office.reply("Oh"))).await.unwrap();
        assert_eq!(sent.case.state, CaseState::WaitingCustomer);
        let env = &office.env;
        store::write!(office.store, |tx| {
            withdraw(tx, env, sent.message.id, office.by_agent()).await
        })
        .unwrap();
        let case = office.look(case.id).await;
        assert_eq!((case.state, case.snoozed_until), (CaseState::Open, None));
    }
}

#[tokio::test]
async fn what_nobody_can_carry_is_failed_and_staff_see_why() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.env;
        let refused = office.meet("refused@example.org").await;
        let mut new = office.new_case(from(&refused, "Hello?"));
        new.requester = refused.0.id;
        let case = office.open_case(new).await;
        office.add(case.id, office.reply("Yes?")).await.unwrap();
        let phone = store::write!(office.store, |tx| {
            people::add_address(tx, env, refused.0.id, AddressKind::Phone, "+45 12345678").await
        })
        .unwrap();
        let call = NewMessage { address: Some(phone.id), ..office.reply("Ring ring") };
        office.add(case.id, call).await.unwrap();
        assert_eq!(office.work().await, 2);
        let said = office.said(case.id, &[ThreadKind::Customer]).await;
        assert!(said[1..].iter().all(|message| message.delivery == Delivery::Failed));
        let mut reader = office.store.read().await.unwrap();
        let told = events(&mut reader, case.id, 0, 100).await.unwrap();
        let why: Vec<_> = told
            .iter()
            .filter(|event| event.kind == EventKind::Delivery)
            .map(|event| event.body["why"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(why, ["case_unknown", "no_carrier"]);
    }
}

#[tokio::test]
async fn reports_of_carriers_only_go_forwards() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.env;
        let case = office.case().await;
        let sent = office.add(case.id, office.reply("Yes")).await.unwrap().message;
        office.work().await;
        let told = async |delivery| {
            let noted = store::write!(office.store, |tx| {
                note_delivery(tx, env, sent.id, delivery, None).await
            });
            noted.unwrap().delivery
        };
        assert_eq!(told(Delivery::Sent).await, Delivery::Sent);
        assert_eq!(told(Delivery::Read).await, Delivery::Read);
        assert_eq!(told(Delivery::Delivered).await, Delivery::Read);
        assert_eq!(told(Delivery::Failed).await, Delivery::Read);
        let deliveries = office.story(case.id).await;
        let count = deliveries.iter().filter(|kind| **kind == EventKind::Delivery).count();
        assert_eq!(count, 2, "what changes nothing is not told");
    }
}

#[tokio::test]
async fn an_answer_goes_where_the_customer_last_wrote_from_unless_that_bounced() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.env;
        let case = office.case().await;
        let (person, _) = ids(&office.ana);
        let other = store::write!(office.store, |tx| {
            people::add_address(tx, env, person, AddressKind::Mail, "ana@work.example").await
        })
        .unwrap();
        let wrote = NewMessage { address: Some(other.id), ..office.asked("From work") };
        office.add(case.id, wrote).await.unwrap();
        let sent = office.add(case.id, office.reply("To work")).await.unwrap();
        assert_eq!(sent.message.address, Some(other.id));
        store::write!(office.store, |tx| people::note_bounce(tx, env, other.id, "5.1.1").await)
            .unwrap();
        let sent = office.add(case.id, office.reply("Home, then")).await.unwrap();
        assert_eq!(sent.message.address, Some(office.ana.1.id));
    }
}

#[tokio::test]
async fn imported_answers_are_kept_and_not_sent() {
    let office = Office::open(store::Engine::Sqlite).await;
    let case = office.case().await;
    let old = NewMessage::answer(office.by_agent(), Origin::Import, Language::En, "Long ago");
    let message = office.add(case.id, old).await.unwrap().message;
    assert_eq!((message.delivery, office.work().await), (Delivery::None, 0));
}
