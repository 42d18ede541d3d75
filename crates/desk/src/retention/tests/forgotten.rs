//! Somebody asks to be forgotten, and nothing of them is found anywhere.

use base::{Actor, Tokens};
use billing::tokens::{self, Credit};

use super::dump;
use super::house::{House, TRACES};
use crate::audit::{self, Seal};
use crate::cases;
use crate::people;
use crate::retention::{self, ERASED, ErasureState, erase};
use crate::scene::ENGINES;

#[tokio::test]
async fn a_customer_asks_to_be_forgotten_and_nothing_of_hers_is_found_anywhere() {
    for engine in ENGINES {
        let house = House::open(engine).await;
        let left = house.left_everywhere().await;
        let (store, billing) = (&house.scene.store, &house.scene.desk.billing);
        let credit = Credit {
            customer: left.customer,
            tokens: Tokens::new(40).unwrap(),
            reason: "a broken show".to_owned(),
            by: Actor::System,
            key: "k".to_owned(),
        };
        store::write!(store, |tx| tokens::credit(tx, billing, &credit).await).unwrap();
        for trace in TRACES {
            assert!(!dump::found(store, &[trace]).await.is_empty(), "{trace} is there before");
        }
        let erasure = house.asks(left.person).await;
        let again = store::write!(store, |tx| {
            retention::ask(tx, house.env(), left.person, (Actor::System, "twice")).await
        });
        assert_eq!(again.unwrap_err().refusal().unwrap().code, "erasure_known");
        house.works().await;
        let done = house.stands(&erasure).await;
        assert_eq!((done.state, done.delays.len()), (ErasureState::Done, 0), "{done:?}");
        assert_eq!(dump::found(store, &TRACES).await, Vec::<String>::new(), "{engine:?}");
        assert!((done.gone.cases, done.gone.messages, done.gone.raw) == (2, 1, 2), "{done:?}");
        assert_eq!((done.gone.files, done.gone.mails), (2, 2), "{done:?}");

        // Ben, the books and the customer's id stay.
        assert!(!dump::found(store, &["oregano"]).await.is_empty());
        assert!(!dump::found(store, &["the same bytes of both"]).await.is_empty());
        assert!(!dump::found(store, &["user-4711"]).await.is_empty(), "the site's own id");
        let wallet = tokens::wallet(billing, left.customer).await.unwrap();
        assert_eq!(wallet.balance.count(), 40);
        billing.ledger.prove().await.unwrap();
        let mut reader = store.read().await.unwrap();
        let case = cases::find(&mut reader, left.mailed.id).await.unwrap().unwrap();
        assert_eq!((case.subject.as_str(), case.reference), ("—", left.mailed.reference));
        let other = cases::find(&mut reader, left.others.id).await.unwrap().unwrap();
        assert_eq!(other.subject, left.others.subject);
        let person = people::find(&mut reader, left.person).await.unwrap().unwrap();
        assert!(person.erased_at.is_some() && person.name.is_none());
        drop(reader);

        // It is noted, the chain holds, and no job is left.
        let vault = house.scene.desk.identity.vault.clone();
        Seal::new(store.clone(), vault.clone()).all().await.unwrap();
        let filter = audit::Filter { what: ERASED.to_owned(), ..audit::Filter::default() };
        let mut reader = store.read().await.unwrap();
        let lines = audit::list(&mut reader, &filter, store::Page::first(9)).await.unwrap();
        assert_eq!(lines.len(), 1);
        assert_eq!(house.counts("SELECT COUNT(*) AS many FROM jobs").await, 0);
    }
}

#[tokio::test]
async fn whoever_is_stopped_in_the_middle_goes_on() {
    for engine in ENGINES {
        let house = House::open(engine).await;
        let left = house.left_everywhere().await;
        let store = &house.scene.store;
        let erasure = house.asks(left.person).await;
        // One step, and the program dies: the job is gone with it.
        erase::one_step(store, house.env(), erasure.id).await.unwrap();
        house.runs("DELETE FROM jobs").await;
        assert!(!dump::found(store, &TRACES).await.is_empty(), "there is more to do");
        assert_eq!(house.stands(&erasure).await.state, ErasureState::Waiting);
        house.two_rounds().await;
        assert_eq!(house.stands(&erasure).await.state, ErasureState::Done);
        assert_eq!(dump::found(store, &TRACES).await, Vec::<String>::new());
        assert_eq!(house.counts("SELECT COUNT(*) AS many FROM jobs").await, 0);
    }
}

#[tokio::test]
async fn somebody_who_was_forgotten_and_writes_again_is_somebody_new() {
    let house = House::open(ENGINES[0]).await;
    let left = house.left_everywhere().await;
    house.asks(left.person).await;
    house.works().await;
    let raw = "From: hortensia@example.org\r\nTo: help@house.example\r\nSubject: Hello\r\n\
               Message-ID: <2@example.org>\r\n\r\nIt is me again.\r\n";
    house.arrives(raw).await;
    let mut reader = house.scene.store.read().await.unwrap();
    let kind = people::AddressKind::Mail;
    let met = people::find_address(&mut reader, kind, "hortensia@example.org").await.unwrap();
    let met = met.expect("she is known again");
    assert!(met.person != left.person && met.verified_at.is_none());
}
