//! Channels at the wire, on both databases: what comes in is signed bytes, what goes out is HTTP.

mod media;

use std::collections::HashMap;
use std::sync::Arc;

use base::{Language, Secret, SignedDuration, Stop};
use identity::staff::Role;
use serde_json::{Value, json};
use store::jobs::Workers;
use wiremock::matchers::{body_partial_json, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::cases::{
    self, Author, Case, Deliver, Delivery, Direction, Eyes, Filter, Message, NewMessage, Origin,
    ThreadKind,
};
use crate::people::{self, AddressKind};
use crate::scene::{ENGINES, Scene};
use crate::{Desk, DeskSettings};

const KEY: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A desk with one channel of each kind, all of them at one server.
struct Square {
    scene: Scene,
    desk: Desk,
    server: MockServer,
}

impl Square {
    async fn open(engine: store::Engine) -> Square {
        let server = MockServer::start().await;
        let base: url::Url = format!("{}/", server.uri()).parse().unwrap();
        let secret = |text: &str| Secret::from_text(text);
        let template = Template {
            name: "case_update".to_owned(),
            language: Language::En,
            code: "en".to_owned(),
            body: "There is news about your case {{1}}.".to_owned(),
        };
        let whatsapp = WhatsApp {
            number: "900".to_owned(),
            token: secret("token"),
            app_secret: secret("app"),
            verify: secret("word"),
            base: base.join("v23.0/").unwrap(),
            templates: vec![template],
        };
        let telegram =
            Telegram { token: secret("7:bot"), secret: secret("update"), base: base.clone() };
        let own = Signed {
            secret: secret(KEY),
            url: base.join("own").unwrap(),
            window: Some(SignedDuration::from_hours(1)),
        };
        let channel = |key: &str, kind| Channel { key: key.to_owned(), kind };
        let social = SocialSettings {
            channels: vec![
                channel("wa", Kind::WhatsApp(whatsapp)),
                channel("tg", Kind::Telegram(telegram)),
                channel("own", Kind::Signed(own)),
            ],
        };
        let scene = Scene::with(engine, DeskSettings { social, ..DeskSettings::default() }).await;
        let desk = scene.desk.clone();
        Square { scene, desk, server }
    }

    async fn settles(&self) {
        let (store, env) = (self.scene.store.clone(), self.scene.env.clone());
        let carriers = self.desk.carriers.clone();
        let workers = Workers::new(store.clone(), env.clone())
            .with(Arc::new(Hear::new(self.desk.clone())))
            .with(Arc::new(SendSocial::new(self.desk.clone())))
            .with(Arc::new(FetchMedia::new(self.desk.clone())))
            .with(Arc::new(Deliver::new(store, env, carriers)));
        workers.run_until_idle().await.unwrap();
    }

    async fn calls(
        &self,
        channel: &str,
        headers: &[(&str, String)],
        body: &[u8],
    ) -> Result<(), Stop> {
        let headers: HashMap<String, String> =
            headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let header = |name: &str| headers.get(name).cloned();
        receive(&self.desk, channel, Call { header: &header, body }).await
    }

    async fn whatsapp_says(&self, id: &str, text: &str) {
        let body = json!({"entry":[{"changes":[{"value":{
            "metadata":{"phone_number_id":"900"},
            "contacts":[{"wa_id":"4587654321","profile":{"name":"Mia"}}],
            "messages":[{"id":id,"from":"4587654321","timestamp":"1770000000","type":"text",
                "text":{"body":text}}]}}]}]});
        self.whatsapp(&body).await.unwrap();
    }

    async fn whatsapp(&self, body: &Value) -> Result<(), Stop> {
        let body = body.to_string();
        self.calls("wa", &[("x-hub-signature-256", hub(body.as_bytes()))], body.as_bytes()).await
    }

    async fn all(&self) -> Vec<Case> {
        let staff = self.scene.staff(Role::Admin).await;
        let eyes = Eyes { staff: staff.id, role: staff.role };
        let mut reader = self.scene.store.read().await.unwrap();
        let page = store::Page { limit: 100, after: None, before: None };
        cases::list(&mut reader, &eyes, &Filter::default(), page).await.unwrap()
    }

    async fn said(&self, case: &Case) -> Vec<Message> {
        let mut reader = self.scene.store.read().await.unwrap();
        cases::messages(&mut reader, case.id, &[ThreadKind::Customer], 0, 100).await.unwrap()
    }

    async fn answers(&self, case: &Case, text: &str) -> Message {
        let ben = self.scene.staff(Role::Agent).await;
        let new = NewMessage::answer(Author::Staff(ben.id), case.origin, Language::En, text);
        let added: Result<_, Stop> = store::write!(self.scene.store, |tx| {
            cases::add(tx, &self.scene.env, case.id, new.clone()).await
        });
        let id = added.unwrap().message.id;
        self.settles().await;
        let mut reader = self.scene.store.read().await.unwrap();
        cases::message(&mut reader, id).await.unwrap().unwrap()
    }

    async fn takes(&self, at: &str, answer: Value) {
        let response = ResponseTemplate::new(200).set_body_json(answer);
        Mock::given(method("POST")).and(path(at)).respond_with(response).mount(&self.server).await;
    }
}

fn hub(body: &[u8]) -> String {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(b"app").unwrap();
    mac.update(body);
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

#[tokio::test]
async fn a_message_becomes_a_case_and_the_answer_goes_back() {
    for engine in ENGINES {
        let square = Square::open(engine).await;
        let taken = json!({"messages":[{"id":"wamid.OUT"}]});
        Mock::given(method("POST"))
            .and(path("/v23.0/900/messages"))
            .and(header("authorization", "Bearer token"))
            .and(body_partial_json(json!({"to":"4587654321","text":{"body":"Looking."}})))
            .respond_with(ResponseTemplate::new(200).set_body_json(taken))
            .expect(1)
            .mount(&square.server)
            .await;
        square.whatsapp_says("wamid.A", "Where are my tokens?").await;
        square.settles().await;
        let cases = square.all().await;
        assert_eq!((cases.len(), cases[0].origin), (1, Origin::WhatsApp));
        let answer = square.answers(&cases[0], "Looking.").await;
        assert_eq!(answer.delivery, Delivery::Sent);
        let read = json!({"entry":[{"changes":[{"value":{"metadata":{"phone_number_id":"900"},
            "statuses":[{"id":"wamid.OUT","status":"read"}]}}]}]});
        square.whatsapp(&read).await.unwrap();
        square.settles().await;
        let said = square.said(&cases[0]).await;
        assert_eq!(said.last().unwrap().delivery, Delivery::Read);
        square.whatsapp_says("wamid.B", "Thank you").await;
        square.settles().await;
        assert_eq!(square.all().await.len(), 1, "it goes on in the same case");
        assert_eq!(square.said(&cases[0]).await.len(), 3);
    }
}

#[tokio::test]
async fn the_same_call_or_message_twice_is_one_message() {
    for engine in ENGINES {
        let square = Square::open(engine).await;
        for _ in 0..2 {
            square.whatsapp_says("wamid.A", "Hello").await;
        }
        // Told again in another call, together with something new.
        let again = json!({"entry":[{"changes":[{"value":{"metadata":{"phone_number_id":"900"},
            "messages":[
              {"id":"wamid.A","from":"4587654321","type":"text","text":{"body":"Hello"}},
              {"id":"wamid.B","from":"4587654321","type":"text","text":{"body":"Anybody?"}}]}}]}]});
        square.whatsapp(&again).await.unwrap();
        square.settles().await;
        let cases = square.all().await;
        let texts: Vec<_> =
            square.said(&cases[0]).await.into_iter().map(|message| message.text).collect();
        assert_eq!((cases.len(), texts), (1, vec!["Hello".to_owned(), "Anybody?".to_owned()]));
    }
}

#[tokio::test]
async fn what_is_not_signed_is_not_heard_and_garbage_stops_nobody() {
    let square = Square::open(store::Engine::Sqlite).await;
    let body = br#"{"update_id":1,"message":{"chat":{"id":5,"type":"private"},"text":"Hi"}}"#;
    let right = ("x-telegram-bot-api-secret-token", "update".to_owned());
    let wrong = ("x-telegram-bot-api-secret-token", "upd".to_owned());
    assert!(square.calls("tg", &[wrong], body).await.is_err());
    assert!(square.calls("tg", &[], body).await.is_err());
    assert!(square.calls("nobody", std::slice::from_ref(&right), body).await.is_err());
    let forged = ("x-hub-signature-256", hub(b"other"));
    assert!(square.calls("wa", &[forged], b"{}").await.is_err());
    assert!(square.all().await.is_empty());
    square.calls("tg", std::slice::from_ref(&right), b"\xff\xfe not json").await.unwrap();
    square.calls("tg", &[right], body).await.unwrap();
    square.settles().await;
    assert_eq!(square.all().await.len(), 1, "the next one is heard");
    let shake = |word| handshake(&square.desk, "wa", word, "12345");
    assert_eq!(shake("word").unwrap(), "12345");
    assert!(shake("guess").is_err());
    assert!(handshake(&square.desk, "wa", "word", "<script>").is_err());
}

#[tokio::test]
async fn after_a_day_only_an_approved_text_leaves() {
    for engine in ENGINES {
        let square = Square::open(engine).await;
        square.takes("/v23.0/900/messages", json!({"messages":[{"id":"wamid.T"}]})).await;
        square.whatsapp_says("wamid.A", "Hello").await;
        square.settles().await;
        let case = square.all().await.remove(0);
        square.scene.pass(24 * 60 + 1);
        let free = square.answers(&case, "Hello again").await;
        assert_eq!(free.delivery, Delivery::Failed);
        let text = format!("There is news about your case {}.", case.reference);
        let approved = square.answers(&case, &text).await;
        assert_eq!(approved.delivery, Delivery::Sent);
        let sent = square.server.received_requests().await.unwrap();
        let body: Value = serde_json::from_slice(&sent.last().unwrap().body).unwrap();
        assert_eq!(sent.len(), 1, "the free text never left");
        assert_eq!(body.pointer("/template/name"), Some(&json!("case_update")));
        let mut reader = square.scene.store.read().await.unwrap();
        let address = people::find_address(&mut reader, AddressKind::WhatsApp, "4587654321").await;
        let address = address.unwrap().unwrap();
        let window = window_of(&mut reader, &square.desk, &address).await.unwrap();
        assert_eq!(window, Some(Window::Over));
    }
}

#[tokio::test]
async fn a_channel_of_our_own_is_signed_both_ways() {
    let square = Square::open(store::Engine::Sqlite).await;
    square.takes("/own", json!({})).await;
    let body =
        br#"{"type":"message","id":"m1","from":"mia","name":"Mia","language":"de","text":"Hallo"}"#;
    let key = signed::key(KEY).unwrap();
    let at = square.scene.env.now().as_second();
    let headers = [
        ("webhook-id", "c1".to_owned()),
        ("webhook-timestamp", at.to_string()),
        ("webhook-signature", signed::signature(&key, "c1", at, body).unwrap()),
    ];
    square.calls("own", &headers, body).await.unwrap();
    square.settles().await;
    let case = square.all().await.remove(0);
    assert_eq!((case.origin, case.language), (Origin::Other, Language::De));
    let answer = square.answers(&case, "Guten Tag").await;
    assert_eq!(answer.delivery, Delivery::Sent);
    let sent = square.server.received_requests().await.unwrap().remove(0);
    let value = |name: &str| Some(sent.headers.get(name)?.to_str().ok()?.to_owned());
    assert!(signed::is_signed(&key, &value, &sent.body, square.scene.env.now()));
    let body: Value = serde_json::from_slice(&sent.body).unwrap();
    assert_eq!(
        (body["to"].as_str(), body["case"].as_str()),
        (Some("mia"), Some(case.reference.as_str()))
    );
}

#[tokio::test]
async fn a_call_without_an_answer_is_not_repeated_and_staff_see_it() {
    let square = Square::open(store::Engine::Sqlite).await;
    let late = ResponseTemplate::new(502);
    Mock::given(method("POST")).respond_with(late).expect(1).mount(&square.server).await;
    square.whatsapp_says("wamid.A", "Hello").await;
    square.settles().await;
    let case = square.all().await.remove(0);
    assert_eq!(square.answers(&case, "Hi").await.delivery, Delivery::Failed);
    square.scene.pass(600);
    square.settles().await;
}

#[tokio::test]
async fn a_call_that_was_put_off_is_made_again() {
    let square = Square::open(store::Engine::Sqlite).await;
    let busy = ResponseTemplate::new(429);
    Mock::given(method("POST")).respond_with(busy).up_to_n_times(1).mount(&square.server).await;
    square.takes("/v23.0/900/messages", json!({"messages":[{"id":"wamid.Z"}]})).await;
    square.whatsapp_says("wamid.A", "Hello").await;
    square.settles().await;
    let case = square.all().await.remove(0);
    assert_eq!(square.answers(&case, "Hi").await.delivery, Delivery::Queued);
    square.scene.pass(5);
    square.settles().await;
    assert_eq!(square.said(&case).await.last().unwrap().delivery, Delivery::Sent);
}

#[tokio::test]
async fn a_code_from_the_site_links_the_account_and_is_good_once() {
    for engine in ENGINES {
        let square = Square::open(engine).await;
        let (scene, env) = (&square.scene, &square.scene.env);
        let mia = scene.customer("mia@example.org").await;
        let made: Result<Code, Stop> =
            store::write!(scene.store, |tx| make_code(tx, env, mia.id).await);
        let code = made.unwrap();
        square.whatsapp_says("wamid.A", "LINK 00000000").await;
        square.settles().await;
        assert_eq!(square.all().await.len(), 1, "a wrong code is a message that staff see");
        square.whatsapp_says("wamid.B", &code.text.to_lowercase()).await;
        square.settles().await;
        let mut reader = scene.store.read().await.unwrap();
        let address = people::find_address(&mut reader, AddressKind::WhatsApp, "4587654321").await;
        let address = address.unwrap().unwrap();
        let person = people::find(&mut reader, address.person).await.unwrap().unwrap();
        assert_eq!((person.customer, address.verified_at.is_some()), (Some(mia.id), true));
        drop(reader);
        let inbound =
            |all: Vec<Message>| all.into_iter().filter(|it| it.direction == Direction::In).count();
        let case = square.all().await.remove(0);
        assert_eq!(inbound(square.said(&case).await), 1, "the code is kept out of the case");
        square.whatsapp_says("wamid.C", &code.text).await;
        square.settles().await;
        assert_eq!(inbound(square.said(&case).await), 2, "it is good once");
    }
}
