//! How answers behave on both databases.

use std::collections::BTreeMap;

use base::id::StaffId;
use base::{Env, Language, Stop};
use store::Engine;
use store::scratch::Scratch;

use super::{Written, add, all, bring_back, change, find, retire, ship, shipped};
use crate::audit;

fn texts(pairs: &[(Language, &str)]) -> BTreeMap<Language, String> {
    pairs.iter().map(|(language, text)| (*language, (*text).to_owned())).collect()
}

fn env() -> Env {
    Env::fixed("2026-05-01T10:00:00Z".parse().unwrap(), 5)
}

#[test]
fn every_answer_that_ships_speaks_five_languages_with_the_same_places() {
    for written in shipped::read().unwrap() {
        let places = |text: &String| {
            let mut found: Vec<String> = super::Place::ALL
                .iter()
                .filter(|place| text.contains(&format!("{{{place}}}")))
                .map(ToString::to_string)
                .collect();
            found.sort();
            found
        };
        let english = places(&written.texts[&Language::En]);
        for language in Language::ALL {
            let text = &written.texts[&language];
            assert_eq!(places(text), english, "{} in {language}", written.key);
        }
    }
}

#[test]
fn what_cannot_be_used_is_refused() {
    let english = || texts(&[(Language::En, "Hello {customer}")]);
    let code =
        |key: &str, title: &str, texts| Written::checked(key, title, texts).unwrap_err().code;
    assert_eq!(code("x", "Title", english()), "answer_key_invalid");
    assert_eq!(code("Two Words", "Title", english()), "answer_key_invalid");
    assert_eq!(code("good-key", " ", english()), "answer_title_invalid");
    assert_eq!(code("good-key", "Title", texts(&[])), "answer_text_invalid");
    let danish = texts(&[(Language::Da, "Hej")]);
    assert_eq!(code("good-key", "Title", danish), "answer_text_invalid");
    let typo = texts(&[(Language::En, "Hello {custmer}")]);
    assert_eq!(code("good-key", "Title", typo), "answer_place_unknown");
    let long = texts(&[(Language::En, &"a".repeat(8_001))]);
    assert_eq!(code("good-key", "Title", long), "answer_text_invalid");
}

#[tokio::test]
async fn shipping_twice_writes_once_and_keeps_what_staff_changed() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        shipping(Scratch::new(engine).await).await;
    }
}

async fn shipping(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    ship(store, &env).await.unwrap();
    let before = all(&mut store.read().await.unwrap()).await.unwrap();
    assert!(before.len() >= 7);
    let staff = member(&scratch, &env).await;
    let mine = Written::checked("looking", "Mine", texts(&[(Language::En, "Wait.")])).unwrap();
    let looking = before.iter().find(|answer| answer.key == "looking").unwrap();
    let changed: Result<_, Stop> =
        store::write!(store, |tx| change(tx, &env, looking.id, 1, mine.clone(), staff).await);
    assert_eq!(changed.unwrap().version, 2);
    ship(store, &env).await.unwrap();
    let after = all(&mut store.read().await.unwrap()).await.unwrap();
    assert_eq!(after.len(), before.len());
    let known = find(&mut store.read().await.unwrap(), looking.id).await.unwrap().unwrap();
    assert_eq!(known.text(Language::Fr), (Language::En, "Wait."), "English where it is missing");
    let stale: Result<_, Stop> =
        store::write!(store, |tx| change(tx, &env, looking.id, 1, mine.clone(), staff).await);
    assert!(matches!(stale, Err(Stop::Refused(refusal)) if refusal.code == "answer_changed"));
}

#[tokio::test]
async fn a_key_is_taken_once_and_an_answer_can_be_retired() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        a(Scratch::new(engine).await).await;
    }
}

async fn a(scratch: Scratch) {
    let (store, env) = (&scratch.store, env());
    let staff = member(&scratch, &env).await;
    let written = Written::checked(";mine", "Mine", texts(&[(Language::En, "Yes.")])).unwrap();
    let add_it = || async {
        let added: Result<_, Stop> =
            store::write!(store, |tx| add(tx, &env, written.clone(), Some(staff)).await);
        added
    };
    let mine = add_it().await.unwrap();
    assert_eq!(mine.key, "mine");
    assert!(
        matches!(add_it().await, Err(Stop::Refused(refusal)) if refusal.code == "answer_key_taken")
    );
    for _ in 0..2 {
        let gone: Result<_, Stop> =
            store::write!(store, |tx| retire(tx, &env, mine.id, staff).await);
        assert!(gone.unwrap().retired_at.is_some(), "pressing twice does not bring it back");
    }
    let back: Result<_, Stop> =
        store::write!(store, |tx| bring_back(tx, &env, mine.id, staff).await);
    assert!(back.unwrap().retired_at.is_none());
    let about = audit::Filter { about: mine.id.to_string(), ..audit::Filter::default() };
    let page = store::Page::first(9);
    let lines = audit::list(&mut store.read().await.unwrap(), &about, page).await.unwrap();
    let told: Vec<_> = lines.iter().map(|line| line.what.as_str()).collect();
    assert_eq!(told, ["answer.brought_back", "answer.retired", "answer.added"]);
}

async fn member(scratch: &Scratch, env: &Env) -> StaffId {
    use identity::staff::{self, NewStaff, Role};
    let new = NewStaff {
        email: identity::Email::checked("tom@shop.example").unwrap(),
        name: identity::Name::checked("Tom").unwrap(),
        role: Role::Lead,
    };
    let added: Result<_, Stop> =
        store::write!(scratch.store, |tx| staff::add(tx, env, new.clone()).await);
    added.unwrap().0.id
}
