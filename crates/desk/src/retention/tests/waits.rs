//! What stands in the way, and that it is told.

use base::Actor;
use base::id::PersonId;

use super::dump;
use super::house::{House, TRACES};
use crate::cases::{Change, Origin};
use crate::people::AddressKind;
use crate::retention::{self, Delay, ErasureState};
use crate::scene::ENGINES;
use crate::watch;

async fn plan(house: &House, person: PersonId) -> retention::Plan {
    let mut reader = house.scene.store.read().await.unwrap();
    let now = house.env().now();
    retention::plan(&mut reader, person, now).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_legal_hold_delays_and_says_so_until_it_is_released() {
    for engine in ENGINES {
        let house = House::open(engine).await;
        let left = house.left_everywhere().await;
        house.changes(left.mailed.id, Change::Hold("a court asked".into())).await;
        assert_eq!(plan(&house, left.person).await.delays, [Delay::LegalHold]);
        let before = dump::found(&house.scene.store, &["cardamom", "lavender"]).await.len();
        let erasure = house.asks(left.person).await;
        house.works().await;
        house.round().await;
        let waits = house.stands(&erasure).await;
        assert_eq!((waits.state, waits.delays), (ErasureState::Delayed, vec![Delay::LegalHold]));
        let after = dump::found(&house.scene.store, &["cardamom", "lavender"]).await.len();
        assert_eq!(after, before, "nothing was touched");
        assert_eq!(house.counts("SELECT COUNT(*) AS many FROM jobs").await, 0);
        house.changes(left.mailed.id, Change::Release).await;
        house.round().await;
        assert_eq!(house.stands(&erasure).await.state, ErasureState::Done);
        assert_eq!(dump::found(&house.scene.store, &TRACES).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_dispute_delays_until_it_is_over_and_an_open_case_about_money_until_it_is_closed() {
    for engine in ENGINES {
        let house = House::open(engine).await;
        let left = house.left_everywhere().await;
        let (payment, case) = house.paid(&left).await;
        house.scene.needs(payment, Some("the bank took 10.00 USD back"), 1000).await;
        let erasure = house.asks(left.person).await;
        house.works().await;
        let waits = house.stands(&erasure).await;
        assert_eq!(waits.delays, [Delay::Dispute, Delay::Money]);
        house.closes(case.id).await;
        house.round().await;
        assert_eq!(house.stands(&erasure).await.delays, [Delay::Dispute]);
        house.scene.needs(payment, None, 1000).await;
        house.round().await;
        assert_eq!(house.stands(&erasure).await.state, ErasureState::Done);
        assert_eq!(dump::found(&house.scene.store, &TRACES).await, Vec::<String>::new());
        let payments = house.counts("SELECT COUNT(*) AS many FROM payments").await;
        assert_eq!(payments, 1, "the books keep the payment");
    }
}

#[tokio::test]
async fn an_answer_that_is_about_to_leave_leaves_first() {
    let house = House::open(ENGINES[0]).await;
    let ana = house.person(AddressKind::Mail, "ana@example.org", "Ana").await;
    let case = house.case(&ana, Origin::Form, "please forget me").await;
    let by = crate::cases::Author::Rule;
    let answer = crate::cases::NewMessage {
        undo: Some(base::SignedDuration::from_secs(15)),
        ..crate::cases::NewMessage::answer(by, Origin::Staff, base::Language::En, "We will.")
    };
    house.says(case.id, answer).await;
    let erasure = house.asks(ana.id).await;
    house.works().await;
    assert_eq!(house.stands(&erasure).await.delays, [Delay::OnItsWay]);
    house.scene.pass(1);
    house.works().await;
    house.round().await;
    assert_eq!(house.stands(&erasure).await.state, ErasureState::Done);
}

#[tokio::test]
async fn a_wish_can_be_taken_back_and_the_house_itself_is_never_forgotten() {
    for engine in ENGINES {
        let house = House::open(engine).await;
        let (store, env) = (&house.scene.store, house.env());
        let ana = house.person(AddressKind::Mail, "ana@example.org", "Ana").await;
        let ask = async |person, why: &str| {
            store::write!(store, |tx| {
                retention::ask(tx, env, person, (Actor::System, why)).await
            })
        };
        let no = ask(ana.id, "  ").await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "erasure_reason");
        let erasure = house.asks(ana.id).await;
        store::write!(store, |tx| retention::withdraw(tx, env, erasure.id, Actor::System).await)
            .unwrap();
        house.works().await;
        assert!(!dump::found(store, &["ana@example.org"]).await.is_empty(), "she stays");
        let desk = &house.scene.desk;
        let own = store::write!(store, |tx| watch::house(tx, desk).await).unwrap();
        let no = ask(own.id, "why not").await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "person_is_the_house");
        assert!(plan(&house, own.id).await.is_the_house);
    }
}
