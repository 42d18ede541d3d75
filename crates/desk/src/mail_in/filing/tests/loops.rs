//! Two desks that answer each other, and an address that never stops.

use super::office::HELP;
use super::{ENGINES, Office, mail};
use crate::cases::{self, EventKind};
use crate::mail::message::bytes;
use crate::mail_in::filing::Filed;
use crate::mail_in::is_muted;
use crate::mail_in::raw::{Reason, State};

#[tokio::test]
async fn two_desks_that_answer_each_other_stop() {
    for engine in ENGINES {
        let near = Office::open(engine).await;
        let far = Office::with(engine, "care@other.example").await;
        // A mail in the name of the one comes to the other.
        near.files(mail("care@other.example", "Hello", "", "please answer")).await;
        let (mut from_near, mut from_far) = (0, 0);
        for _ in 0..30 {
            near.works().await;
            far.works().await;
            let now = near.scene.env.now();
            let (out, back) = (near.sent().await, far.sent().await);
            if (out.len(), back.len()) == (from_near, from_far) {
                break;
            }
            for one in &out[from_near..] {
                far.arrives(bytes(one, HELP, now)).await;
            }
            for one in &back[from_far..] {
                near.arrives(bytes(one, "care@other.example", now)).await;
            }
            (from_near, from_far) = (out.len(), back.len());
            near.pass(1);
            far.pass(1);
        }
        near.works().await;
        far.works().await;
        assert_eq!(near.sent().await.len(), 1, "one acknowledgment, and no more");
        assert_eq!(far.sent().await.len(), 0, "what a program wrote is not acknowledged");
        let held = far.in_state(State::Quarantined).await;
        assert_eq!((held.len(), held[0].reason), (1, Some(Reason::Automatic)));
    }
}

#[tokio::test]
async fn a_desk_that_hides_that_it_is_one_is_stopped_by_counting() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case_of(mail("bot@other.example", "Hello", "", "0 begins")).await;
        let mut filed = Vec::new();
        for nth in 1..=14 {
            let subject = format!("Re: Hello [{}]", case.reference);
            let raw = mail("bot@other.example", &subject, "", &format!("{nth} goes on"));
            filed.push(office.files(raw).await);
        }
        let through = filed.iter().filter(|one| matches!(one, Filed::Case(..))).count();
        assert_eq!(through, 9, "ten in ten minutes, the first one included: {filed:?}");
        assert!(filed[9..].iter().all(|one| *one == Filed::Quarantined(Reason::Loop)));
        let mut reader = office.scene.store.read().await.unwrap();
        let now = office.scene.env.now();
        assert!(is_muted(&mut reader, case.id, "x@y.example", now).await.unwrap());
        let events = cases::events(&mut reader, case.id, 0, 100).await.unwrap();
        let told = events.iter().filter(|one| one.kind == EventKind::Held).count();
        assert_eq!(told, 1, "a lead is told once");
        assert_eq!(office.sent().await.len(), 1, "the acknowledgment of the first");
    }
}

#[tokio::test]
async fn an_address_that_opens_case_after_case_is_held_back_after_twenty_in_an_hour() {
    let office = Office::open(ENGINES[0]).await;
    for nth in 0..25 {
        office
            .arrives(mail("bot@other.example", &format!("n{nth}"), "", &format!("{nth} x")))
            .await;
    }
    office.files_jobs().await;
    assert_eq!(office.in_state(State::Filed).await.len(), 20);
    let held = office.in_state(State::Quarantined).await;
    assert_eq!(held.len(), 5);
    assert!(held.iter().all(|raw| raw.reason == Some(Reason::Loop)));
    assert_eq!(office.sent().await.len(), 1, "one acknowledgment a day");
    office.pass(61);
    assert!(matches!(
        office.files(mail("bot@other.example", "later", "", "an hour later")).await,
        Filed::Case(..)
    ));
}
