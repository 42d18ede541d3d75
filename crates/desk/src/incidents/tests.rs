//! Incidents on both databases.

use base::SignedDuration;
use store::Page;

use super::*;
use crate::cases::{CaseState, Priority, RefKind, Team};
use crate::scene::{ENGINES, Scene};

impl Scene {
    /// The account is seen to do badly, or well.
    async fn sees(&self, account: &str, why: Option<&str>) {
        let seen = [(account.to_owned(), why.map(str::to_owned))];
        Observe::new(self.desk.clone()).take_in(&seen).await.unwrap();
    }

    async fn incidents(&self) -> Vec<Incident> {
        let mut reader = self.store.read().await.unwrap();
        list(&mut reader, Page::first(10)).await.unwrap()
    }

    async fn shown(&self) -> Vec<String> {
        let open = self.desk.banners.open(&self.store, self.env.now()).await.unwrap();
        open.iter().map(|one| one.account.clone()).collect()
    }
}

#[tokio::test]
async fn an_incident_has_one_case_and_ends_when_the_account_has_been_well_for_a_while() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        scene.sees("fake", None).await;
        assert!(scene.incidents().await.is_empty());
        for _ in 0..3 {
            scene.sees("fake", Some("9 of our calls failed")).await;
            scene.pass(1);
        }
        let [incident] = &scene.incidents().await[..] else { panic!("one incident") };
        assert_eq!((incident.account.as_str(), incident.ended_at), ("fake", None));
        assert!(incident.bad_at > incident.began_at);
        let found = scene.cases_of(RefKind::Incident, &incident.id.to_string()).await;
        let [case] = &found[..] else { panic!("one case: {found:?}") };
        assert_eq!((case.id, case.team), (incident.case, Team::Support));
        assert_eq!(
            (case.priority, case.tags.clone()),
            (Priority::Urgent, vec!["incident".to_owned()])
        );
        assert_eq!(scene.shown().await, ["fake"]);
        scene.pass(8);
        scene.sees("fake", None).await;
        assert!(scene.case(case).await.state.is_open(), "not yet");
        scene.pass(2);
        scene.sees("fake", None).await;
        assert_eq!(scene.case(case).await.state, CaseState::Solved);
        assert_eq!(scene.told(case).await, ["incident_over"]);
        assert!(scene.shown().await.is_empty(), "what has ended is shown no longer");
        let found = find(&mut scene.store.read().await.unwrap(), incident.id).await.unwrap();
        assert!(found.unwrap().ended_at.is_some());
        scene.sees("fake", Some("again")).await;
        assert_eq!(scene.incidents().await.len(), 2);
    }
}

#[tokio::test]
async fn each_account_has_its_own_and_one_that_is_not_configured_any_more_comes_to_its_end() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        scene.sees("one", Some("bad")).await;
        scene.pass(1);
        let both =
            [("one".to_owned(), Some("bad".to_owned())), ("two".to_owned(), Some("b".into()))];
        Observe::new(scene.desk.clone()).take_in(&both).await.unwrap();
        assert_eq!(scene.shown().await, ["one", "two"]);
        scene.pass(11);
        // No account is configured in this scene.
        Observe::new(scene.desk.clone()).round().await.unwrap();
        assert!(scene.shown().await.is_empty());
    }
}

#[tokio::test]
async fn pages_hear_of_it_within_seconds_even_if_another_node_saw_it() {
    let scene = Scene::open(store::Engine::Sqlite).await;
    assert!(scene.shown().await.is_empty());
    let other = Banners::default();
    let desk = crate::Desk { banners: other, ..scene.desk.clone() };
    let seen = [("fake".to_owned(), Some("bad".to_owned()))];
    Observe::new(desk).take_in(&seen).await.unwrap();
    assert!(scene.shown().await.is_empty(), "remembered for fifteen seconds");
    scene.env.clock.advance(SignedDuration::from_secs(15));
    assert_eq!(scene.shown().await, ["fake"]);
}
