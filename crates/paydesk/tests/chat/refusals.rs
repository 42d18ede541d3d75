//! Who may not, and what a visitor never sees.

use base::SignedDuration;
use desk::cases::{self, Author, NewMessage};
use desk::chat::vouch;
use identity::staff::Role;
use reqwest::Method;
use serde_json::{Value, json};
use store::Engine;

use super::desk_end::Mia;
use super::node::Nodes;
use super::visitor::Visitor;

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

async fn open(nodes: &Nodes, origin: &str, token: Option<&str>, body: Value) -> (u16, Value) {
    let url = format!("{}/chat/v1/session", nodes.all[0].base);
    let mut call = nodes.http.post(url).header("origin", origin).json(&body);
    if let Some(token) = token {
        call = call.bearer_auth(token);
    }
    let answer = call.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_listed_pages_may_speak_and_each_on_its_own_channel() {
    for engine in ENGINES {
        let nodes = Nodes::open(engine, 1).await;
        let site = || json!({ "channel": "site" });
        for (origin, body, status, code) in [
            ("https://shop.example", site(), 201, None),
            ("https://evil.example", site(), 403, Some("origin_not_listed")),
            ("https://other.example", site(), 403, Some("origin_not_listed")),
            ("null", site(), 403, Some("origin_not_listed")),
            ("https://shop.example", json!({ "channel": "x" }), 404, Some("channel_unknown")),
            ("https://shop.example", json!({ "chanel": "site" }), 400, Some("body_not_valid")),
        ] {
            let (answered, said) = open(&nodes, origin, None, body).await;
            assert_eq!((answered, said["code"].as_str()), (status, code), "{origin}: {said}");
        }
        let url = format!("{}/chat/v1/messages", nodes.all[0].base);
        let asks = |origin: &str| {
            let call = nodes.http.request(Method::OPTIONS, &url).header("origin", origin);
            call.header("access-control-request-method", "POST").send()
        };
        let answer = asks("https://shop.example").await.unwrap();
        assert_eq!(answer.headers()["access-control-allow-origin"], "https://shop.example");
        let answer = asks("https://evil.example").await.unwrap();
        assert!(answer.headers().get("access-control-allow-origin").is_none());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_comes_as_somebody_else_begins_anew() {
    for engine in ENGINES {
        let nodes = Nodes::open(engine, 1).await;
        let desk = &nodes.all[0].app.desk;
        let channel = desk.settings.chat.channel("site").unwrap();
        let until = nodes.env.now().as_second() + 600;
        let identity = |who: &str| {
            let claims = json!({ "sub": who, "aud": "site", "exp": until, "name": "Ana Lind" });
            vouch(channel, &claims).unwrap()
        };
        let body = |who: Option<&str>| match who {
            Some(who) => json!({ "channel": "site", "identity": identity(who) }),
            None => json!({ "channel": "site" }),
        };
        let origin = "https://shop.example";
        let (_, anonymous) = open(&nodes, origin, None, body(None)).await;
        let token = |answer: &Value| answer["token"].as_str().unwrap().to_owned();
        let (status, again) = open(&nodes, origin, Some(&token(&anonymous)), body(None)).await;
        assert_eq!((status, &again["session"]), (200, &anonymous["session"]));
        let (status, ana) = open(&nodes, origin, Some(&token(&anonymous)), body(Some("ana"))).await;
        assert_eq!(status, 201);
        assert_ne!(ana["session"], anonymous["session"]);
        let (status, ben) = open(&nodes, origin, Some(&token(&ana)), body(Some("ben"))).await;
        assert_eq!(status, 201);
        assert_ne!(ben["session"], ana["session"]);
        let (status, out) = open(&nodes, origin, Some(&token(&ana)), body(None)).await;
        assert_eq!((status, &out["visitor"]["known"]), (201, &Value::Bool(false)));
        let forged = format!("{}x", identity("ana"));
        let forged = json!({ "channel": "site", "identity": forged });
        let (status, said) = open(&nodes, origin, None, forged).await;
        assert_eq!((status, said["code"].as_str()), (401, Some("identity_not_valid")));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn notes_and_what_can_be_taken_back_are_never_read_by_the_visitor() {
    for engine in ENGINES {
        let nodes = Nodes::open(engine, 1).await;
        let mia = Mia::comes(&nodes, Role::Agent).await;
        let mut visitor = Visitor::come(&nodes, 5).await;
        visitor.says("My card is 4242 4242 4242 4242.".to_owned()).await;
        let node = &nodes.all[0];
        let case = {
            let mut reader = node.app.billing.store.read().await.unwrap();
            let filter = cases::Filter::default();
            let eyes = cases::Eyes { staff: mia.id, role: Role::Agent };
            let page = store::Page::first(5);
            cases::list(&mut reader, &eyes, &filter, page).await.unwrap()[0].id
        };
        let env = &node.app.billing.env;
        let by = Author::Staff(mia.id);
        let channel = cases::Origin::Chat;
        let note = NewMessage::note(by, base::Language::En, "a note");
        let later = NewMessage {
            undo: Some(SignedDuration::from_secs(15)),
            ..NewMessage::answer(by, channel, base::Language::En, "may be taken back")
        };
        for message in [note, later] {
            let store = &node.app.billing.store;
            let added = store::write!(store, |tx| cases::add(tx, env, case, message.clone()).await);
            added.unwrap();
        }
        mia.answers(node, case, "an answer").await;
        let call = visitor.call(node, Method::GET, "messages?after=0");
        let body: Value = call.send().await.unwrap().json().await.unwrap();
        let texts: Vec<&str> = body["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["text"].as_str().unwrap())
            .collect();
        assert_eq!(texts.len(), 2, "{body}");
        assert!(!texts[0].contains("4242 4242 4242"), "{}", texts[0]);
        assert_eq!(texts[1], "an answer");
        assert_eq!(body["lines"][1]["name"], "Mia");
        assert!(!body.to_string().contains("Berg"), "nobody learns a whole name");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_is_held_to_twenty_lines_a_minute_over_all_nodes() {
    let nodes = Nodes::open(Engine::Postgres, 2).await;
    let visitor = Visitor::come(&nodes, 6).await;
    let mut last = 0;
    for nth in 0..21 {
        let id = format!("00000000-0000-4000-8000-0000000000{nth:02}");
        let body = json!({ "id": id, "text": "again" });
        let node = &nodes.all[nth % 2];
        let answer = visitor.call(node, Method::POST, "messages").json(&body).send().await.unwrap();
        last = answer.status().as_u16();
        assert_eq!(last == 429, nth == 20, "{nth}");
    }
    assert_eq!(last, 429);
    nodes.env.clock.advance(SignedDuration::from_mins(1));
    let body = json!({ "id": "00000000-0000-4000-8000-000000000099", "text": "once more" });
    let call = visitor.call(&nodes.all[0], Method::POST, "messages").json(&body);
    assert_eq!(call.send().await.unwrap().status(), 201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_begins_thirty_sessions_an_hour_over_all_nodes() {
    let nodes = Nodes::open(Engine::Postgres, 2).await;
    let body = json!({ "channel": "site" });
    for nth in 0..31 {
        let url = format!("{}/chat/v1/session", nodes.all[nth % 2].base);
        let call = nodes.http.post(url).header("origin", "https://shop.example").json(&body);
        let status = call.send().await.unwrap().status().as_u16();
        assert_eq!(status, if nth == 30 { 429 } else { 201 }, "{nth}");
    }
}
