//! Offers on both databases.

use base::id::{CaseId, StaffId};
use base::{Language, SignedDuration};
use identity::staff::Role;

use super::*;
use crate::cases::{self, Author, Change};
use crate::chat::settings::{Channel, ChatSettings};
use crate::chat::{Arrival, Session, Words, hear_of, leave, queue, say, signs, standing, start};
use crate::scene::{ENGINES, Scene};
use crate::{DeskSettings, chat};

async fn scene(engine: store::Engine) -> Scene {
    let channel = Channel {
        key: "site".to_owned(),
        name: "House".to_owned(),
        origins: Vec::new(),
        secret: None,
    };
    let chat = ChatSettings { channels: vec![channel], misses: 2, ..ChatSettings::default() };
    Scene::with(engine, DeskSettings { chat, ..DeskSettings::default() }).await
}

/// Two of staff, by their ids.
async fn two(scene: &Scene) -> [StaffId; 2] {
    let mut two = [scene.staff(Role::Agent).await.id, scene.staff(Role::Lead).await.id];
    two.sort_unstable();
    two
}

/// Somebody opens the chat and says something; their session and its case.
async fn visitor(scene: &Scene, nth: u8) -> (Session, CaseId) {
    let channel = scene.desk.settings.chat.channel("site").unwrap();
    let language = Language::Da;
    let arrival =
        Arrival { channel, kept: None, identity: None, language, page: None, network: "here" };
    let session = start(&scene.desk, arrival).await.unwrap().session;
    let client_id = format!("00000000-0000-4000-8000-0000000000{nth:02}");
    let words = Words { client_id, text: format!("question {nth}"), files: Vec::new() };
    say(&scene.desk, &session, words).await.unwrap();
    let session = chat::follow(&scene.desk, &session).await.unwrap();
    hear_of(&scene.desk, &session).await.unwrap();
    let case = session.case.unwrap();
    (session, case)
}

/// So many seconds later everybody is still there.
async fn later(scene: &Scene, seconds: i64, there: &[StaffId]) {
    scene.env.clock.advance(SignedDuration::from_secs(seconds));
    for staff in there {
        signs::be_there(&scene.desk, *staff).await.unwrap();
    }
    deal(&scene.desk).await.unwrap();
}

async fn offered(scene: &Scene, staff: StaffId) -> (Option<CaseId>, Stands) {
    let mut reader = scene.store.read().await.unwrap();
    let (offer, stands) = look(&mut reader, staff).await.unwrap();
    (offer.map(|offer| offer.case), stands)
}

async fn takes(scene: &Scene, staff: StaffId, case: CaseId) {
    let by = Author::Staff(staff);
    let change = Change::Assign(Some(staff));
    let done = store::write!(scene.store, |tx| {
        cases::change(tx, &scene.env, case, None, by, change.clone()).await?;
        taken(tx, case, staff).await
    });
    done.unwrap();
}

#[tokio::test]
async fn a_waiting_chat_goes_round_and_whoever_misses_too_many_is_set_away() {
    for engine in ENGINES {
        let scene = scene(engine).await;
        let both = two(&scene).await;
        let [ana, ben] = both;
        later(&scene, 0, &both).await;
        let (_, case) = visitor(&scene, 1).await;
        // Dealt with the first line; Ana is the first of two who are alike.
        assert_eq!(offered(&scene, ana).await, (Some(case), Stands::Takes));
        assert_eq!(offered(&scene, ben).await.0, None);
        later(&scene, 44, &both).await;
        assert_eq!(offered(&scene, ana).await.0, Some(case));
        later(&scene, 1, &both).await;
        assert_eq!(offered(&scene, ben).await.0, Some(case), "the next");
        later(&scene, 45, &both).await;
        assert_eq!(offered(&scene, ana).await.0, None, "it stands open for the team");
        let (_, second) = visitor(&scene, 2).await;
        assert_eq!(offered(&scene, ana).await.0, Some(second), "who was not asked for longest");
        later(&scene, 45, &both).await;
        let away = Stands::Away(AwayBy::Misses);
        assert_eq!(offered(&scene, ana).await, (None, away), "two in a row");
        assert_eq!(offered(&scene, ben).await.0, Some(second));
        takes(&scene, ben, second).await;
        assert_eq!(offered(&scene, ben).await, (None, Stands::Takes));
        come_back(&scene.desk, ana).await.unwrap();
        assert_eq!(offered(&scene, ana).await, (Some(case), Stands::Takes), "what waits still");
    }
}

#[tokio::test]
async fn the_line_moves_when_somebody_is_taken_and_visitors_who_left_are_offered_to_nobody() {
    for engine in ENGINES {
        let scene = scene(engine).await;
        let ana = scene.staff(Role::Agent).await.id;
        let (first, one) = visitor(&scene, 1).await;
        scene.env.clock.advance(SignedDuration::from_secs(1));
        let (second, two) = visitor(&scene, 2).await;
        let stands = async |session: &Session| {
            let mut reader = scene.store.read().await.unwrap();
            let told = standing(&scene.desk, &mut reader, session).await.unwrap();
            (told.position, told.taken, told.waiting.presence)
        };
        assert_eq!(stands(&second).await, (Some(2), None, queue::Presence::Away));
        later(&scene, 0, &[ana]).await;
        assert_eq!(offered(&scene, ana).await.0, Some(one), "an offer changes no place in line");
        assert_eq!(stands(&second).await, (Some(2), None, queue::Presence::There));
        takes(&scene, ana, one).await;
        assert_eq!(stands(&first).await.1.as_deref(), Some("Ben"));
        assert_eq!((stands(&first).await.0, stands(&second).await.0), (None, Some(1)));
        later(&scene, 0, &[ana]).await;
        assert_eq!(offered(&scene, ana).await.0, Some(two));
        leave(&scene.desk, &second).await.unwrap();
        later(&scene, 0, &[ana]).await;
        assert_eq!(offered(&scene, ana).await, (None, Stands::Takes), "no miss either");
    }
}

#[tokio::test]
async fn an_offer_can_be_passed_on_and_whoever_is_away_counts_as_nobody() {
    for engine in ENGINES {
        let scene = scene(engine).await;
        let [ana, ben] = two(&scene).await;
        later(&scene, 0, &[ana, ben]).await;
        let (session, case) = visitor(&scene, 1).await;
        pass_on(&scene.desk, ben, case).await.unwrap();
        assert_eq!(offered(&scene, ana).await.0, Some(case), "only one's own is passed on");
        pass_on(&scene.desk, ana, case).await.unwrap();
        assert_eq!(offered(&scene, ben).await.0, Some(case));
        be_away(&scene.desk, ben).await.unwrap();
        let away = Stands::Away(AwayBy::Themselves);
        assert_eq!(offered(&scene, ben).await, (None, away));
        be_away(&scene.desk, ana).await.unwrap();
        let mut reader = scene.store.read().await.unwrap();
        let told = standing(&scene.desk, &mut reader, &session).await.unwrap();
        assert_eq!(told.waiting.presence, queue::Presence::Away);
        drop(reader);
        // A colleague who went home without a word: the chat goes to who is there.
        come_back(&scene.desk, ben).await.unwrap();
        assert_eq!(offered(&scene, ben).await.0, Some(case), "back, and asked again");
        come_back(&scene.desk, ana).await.unwrap();
        later(&scene, 40, &[ana]).await;
        later(&scene, 40, &[ana]).await;
        assert_eq!(offered(&scene, ana).await.0, Some(case));
        assert_eq!(offered(&scene, ben).await, (None, Stands::Takes));
    }
}
