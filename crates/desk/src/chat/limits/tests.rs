//! What a visitor cannot do over and over, on both databases.

use base::{Language, Secret, SignedDuration, Stop};
use store::Reads as _;

use crate::chat::settings::{Channel, ChatSettings};
use crate::chat::{Arrival, Started, by_mail, start};
use crate::scene::{ENGINES, Scene};
use crate::{DeskSettings, mail_in};

async fn scene(engine: store::Engine) -> Scene {
    let channel = Channel {
        key: "site".to_owned(),
        name: "House".to_owned(),
        origins: Vec::new(),
        secret: None,
    };
    let chat = ChatSettings { channels: vec![channel], ..ChatSettings::default() };
    Scene::with(engine, DeskSettings { chat, ..DeskSettings::default() }).await
}

async fn arrives(scene: &Scene, kept: Option<&Secret>) -> Result<Started, Stop> {
    let channel = scene.desk.settings.chat.channel("site").unwrap();
    let language = Language::De;
    let network = "192.0.2.1";
    start(&scene.desk, Arrival { channel, kept, identity: None, language, page: None, network })
        .await
}

fn code<T: std::fmt::Debug>(answer: Result<T, Stop>) -> &'static str {
    answer.unwrap_err().refusal().unwrap().code
}

#[tokio::test]
async fn a_made_up_token_begins_no_more_sessions_than_none() {
    for engine in ENGINES {
        let scene = scene(engine).await;
        let first = arrives(&scene, None).await.unwrap();
        for nth in 1..30 {
            let made_up = Secret::from_text(format!("guess-{nth}"));
            arrives(&scene, Some(&made_up)).await.unwrap();
        }
        let made_up = Secret::from_text("one more");
        assert_eq!(code(arrives(&scene, Some(&made_up)).await), "too_many_requests");
        let again = arrives(&scene, Some(&first.token)).await.unwrap();
        assert!(again.resumed, "whoever has begun goes on");
    }
}

#[tokio::test]
async fn nobody_floods_a_mail_box_from_the_chat() {
    for engine in ENGINES {
        let scene = scene(engine).await;
        let session = arrives(&scene, None).await.unwrap().session;
        let asks = async |to: &str| {
            scene.env.clock.advance(SignedDuration::from_mins(2));
            by_mail::ask(&scene.desk, &session, to).await
        };
        for _ in 0..5 {
            asks("ana@example.org").await.unwrap();
            asks("ben@example.org").await.unwrap();
        }
        assert_eq!(code(asks("Ana@example.org").await), "mail_too_often");
        let written = async || {
            let mut reader = scene.store.read().await.unwrap();
            let sql = "SELECT COUNT(*) AS many FROM mails";
            reader.fetch_one(sql, ()).await.unwrap().int("many").unwrap()
        };
        assert_eq!(written().await, 10);
        let env = &scene.env;
        store::write!(scene.store, |tx| {
            mail_in::suppress(tx, env, "eve@example.org", "complaint", None, None).await
        })
        .unwrap();
        asks("eve@example.org").await.unwrap();
        assert_eq!(written().await, 10, "who does not want our mail gets none");
    }
}
