//! Chats as staff take them from their console, and what a visitor is told around the talk.

use std::sync::Arc;

use base::SignedDuration;
use desk::chat::{Channel, ChatSettings};
use desk::incidents::Observe;
use desk::{DeskSettings, chat};
use processor::Answer;
use serde_json::{Value, json};

use super::browser::{Browser, Got};
use super::world::{ENGINES, World};

const LANGUAGES: [&str; 5] = ["en", "fr", "de", "da", "fil"];
const JSON: &str = "application/json";

/// A shop with a channel.
async fn world(engine: store::Engine) -> World {
    let mut world = World::new(engine).await;
    let channel = Channel {
        key: "site".to_owned(),
        name: "Lumen & Co".to_owned(),
        origins: vec!["https://shop.example".to_owned()],
        secret: None,
    };
    let chat = ChatSettings { channels: vec![channel], ..ChatSettings::default() };
    world.web.desk.settings = Arc::new(DeskSettings { chat, ..DeskSettings::default() });
    world
}

/// A visitor's browser on the host's page.
struct Visitor {
    browser: Browser,
    token: String,
}

impl Visitor {
    async fn comes(world: &World, language: &str) -> Visitor {
        let browser = world.stranger();
        let body = json!({ "channel": "site", "language": language }).to_string();
        let origin = [("origin", "https://shop.example")];
        let got = browser.carry("POST", "/chat/v1/session", JSON, body, &origin).await.is(201);
        let told: Value = serde_json::from_str(&got.text).unwrap();
        let token = format!("Bearer {}", told["token"].as_str().unwrap());
        Visitor { browser, token }
    }

    async fn calls(&self, method: &str, path: &str, body: Value) -> Got {
        let headers = [("origin", "https://shop.example"), ("authorization", &self.token)];
        let path = format!("/chat/v1/{path}");
        self.browser.carry(method, &path, JSON, body.to_string(), &headers).await
    }

    async fn says(&self, nth: u8, text: &str) {
        let id = format!("00000000-0000-4000-8000-0000000000{nth:02}");
        self.calls("POST", "messages", json!({ "id": id, "text": text })).await.is(201);
    }

    async fn state(&self) -> Value {
        let got = self.calls("GET", "messages?after=0", json!({})).await.is(200);
        let told: Value = serde_json::from_str(&got.text).unwrap();
        told["state"].clone()
    }
}

/// Where the first form of a page whose address ends like this leads.
#[track_caller]
fn action(got: &Got, ending: &str) -> String {
    let mut all = got.text.split("action=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let found = all.find(|action| action.ends_with(ending));
    found.unwrap_or_else(|| panic!("no form for {ending}")).to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chat_is_offered_and_taken_without_a_script() {
    for engine in ENGINES {
        let world = world(engine).await;
        let (agent, lead) = (world.shift_of("agent").await, world.shift_of("lead").await);
        let page = agent.get("/console/chats").await.is(200).page("en").says("Set me away");
        assert!(!page.text.contains("A chat for you"));
        agent.get("/console/chats/offer").await.is(204);
        let eve = Visitor::comes(&world, "da").await;
        eve.says(1, "<b>Hej</b>, I paid twice").await;
        let page = agent.get("/console/chats").await.is(200).page("en").says("A chat for you");
        assert!(page.text.contains("http-equiv=\"refresh\"") && !page.text.contains("<b>Hej"));
        page.says("45 seconds are left").says("offered to Kim");
        agent.get("/console/inbox").await.is(200).page("en");
        agent.get("/console/chats/offer").await.is(200).says("A chat for you");
        lead.get("/console/chats").await.is(200).page("en").says("offered to Kim");
        lead.get("/console/chats/offer").await.is(204);

        world.web.billing.env.clock.advance(SignedDuration::from_secs(46));
        lead.get("/console/chats").await.is(200).page("en").says("A chat for you");
        let page = agent.get("/console/chats").await.is(200).page("en");
        assert!(!page.text.contains("A chat for you"), "it went to the next");
        let page = lead.get("/console/chats").await;
        let pass = action(&page, "/pass");
        assert_eq!(lead.post(&pass, &[]).await.leads(), "/console/chats");
        lead.get("/console/chats/offer").await.is(204);
        let page = agent.get("/console/chats").await.is(200).page("en");
        let case = agent.post(&action(&page, "/take"), &[]).await.leads();
        agent.get(&case).await.is(200).page("en").says("Kim");
        let state = eve.state().await;
        assert!(state["notice"].as_str().unwrap().contains("har taget din chat"), "{state}");
        assert_eq!(state["position"], Value::Null);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_away_is_told_so_and_comes_back() {
    let world = world(ENGINES[0]).await;
    let agent = world.shift_of("agent").await;
    let eve = Visitor::comes(&world, "en").await;
    agent.get("/console/chats").await.is(200);
    assert_eq!(eve.state().await["presence"], "there");
    agent.post("/console/chats/away", &[]).await.leads();
    agent.get("/console/chats").await.is(200).page("en").says("You are away.");
    assert_eq!(eve.state().await["presence"], "away");
    agent.post("/console/chats/back", &[]).await.leads();
    for nth in 1..=3 {
        eve.says(nth, "is somebody there?").await;
        // A colleague answers and gives it back each time, and nobody takes the offer.
        agent.get("/console/chats").await.is(200);
        let another = Visitor::comes(&world, "en").await;
        another.says(nth, "and me?").await;
        agent.get("/console/chats").await.is(200).page("en").says("A chat for you");
        world.web.billing.env.clock.advance(SignedDuration::from_secs(46));
        agent.get("/console/chats").await.is(200).page("en");
    }
    let page = agent.get("/console/chats").await.is(200).page("en").says("You were set away");
    assert!(!page.text.contains("A chat for you"));
    assert_eq!(eve.state().await["presence"], "away");
    agent.post("/console/chats/back", &[]).await.leads();
    agent.get("/console/chats").await.is(200).page("en").says("A chat for you");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_written_in_the_chat_stands_in_the_form_of_a_request() {
    for engine in ENGINES {
        let world = world(engine).await;
        for language in LANGUAGES {
            let ida = Visitor::comes(&world, language).await;
            ida.says(1, "I paid <twice> with 4242 4242 4242 4242.").await;
            let got = ida.calls("POST", "ticket", json!({ "text": "In March." })).await.is(200);
            let told: Value = serde_json::from_str(&got.text).unwrap();
            let address = told["address"].as_str().unwrap();
            assert!(!address.contains("twice") && !address.contains("March"), "{address}");
            let path = address.strip_prefix("https://pay.example").unwrap();
            let form = world.stranger().get(path).await.is(200).page(language);
            let text = form.text.split("<textarea").nth(1).unwrap().split("</textarea>").next();
            let text = text.unwrap();
            assert!(text.contains("I paid &#60;twice&#62; with") && text.contains("In March."));
            assert!(text.contains("PD-") && !text.contains("4242 4242 4242"), "{text}");
            let (known, other) = path.split_at(path.len() - 1);
            let other = if other == "0" { "1" } else { "0" };
            let forged = world.stranger().get(&format!("{known}{other}")).await.is(200);
            assert!(!forged.text.contains("In March."), "another secret opens nothing");
        }
        let nothing = Visitor::comes(&world, "en").await;
        let got = nothing.calls("POST", "ticket", json!({})).await.is(200);
        assert!(got.text.contains("https://pay.example/en/contact\""), "{}", got.text);
        let ida = Visitor::comes(&world, "en").await;
        let got = ida.calls("POST", "ticket", json!({ "text": "late" })).await.is(200);
        let told: Value = serde_json::from_str(&got.text).unwrap();
        let path = told["address"].as_str().unwrap().replace("https://pay.example", "");
        world.web.billing.env.clock.advance(SignedDuration::from_hours(12));
        let form = world.stranger().get(&path).await.is(200).page("en");
        assert!(!form.text.contains(">late</textarea>"), "kept for hours");
        chat::tend(&world.web.desk).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn trouble_is_told_in_the_help_centre_in_the_chat_and_in_the_inbox() {
    for engine in ENGINES {
        let world = world(engine).await;
        let billing = &world.web.billing;
        desk::help::shipped::load(&billing.store, &billing.env).await.unwrap();
        let (agent, reader) = (world.shift_of("agent").await, world.stranger());
        let eve = Visitor::comes(&world, "fr").await;
        assert_eq!(eve.state().await["troubles"], json!([]));
        for _ in 0..5 {
            let lost = async { Answer::<()>::Unknown("the line went dead".to_owned()) };
            billing.routes.health.watched("paper", lost).await;
        }
        Observe::new(world.web.desk.clone()).round().await.unwrap();
        for language in LANGUAGES {
            let home = reader.get(&format!("/{language}/help/customer")).await.is(200);
            let link = |got: &Got, parts: usize| {
                let begins = format!("/{language}/help/customer/");
                let all = got.text.split("href=\"").skip(1);
                let mut all = all.map(|rest| rest.split('"').next().unwrap());
                let fits = |it: &&str| it.starts_with(&begins) && it.split('/').count() == parts;
                all.find(fits).unwrap().to_owned()
            };
            let (category, article) = (link(&home, 5), link(&home, 6));
            let search = format!("/{language}/help/search?q=token");
            let (front, door) = (format!("/{language}/help"), format!("/{language}/help/customer"));
            for path in [&front, &door, &category, &article, &search] {
                let page = reader.get(path).await.is(200).page(language);
                let note = page.text.split("note-wait").nth(1).expect("a note");
                let note = note.split("</div></div>").next().unwrap();
                assert!(note.contains("Paper &#38; Sons"), "{path}: {note}");
            }
            let path = format!("/chat/v1/greeting?channel=site&language={language}");
            let greeting = reader.get(&path).await.is(200);
            let greeting: Value = serde_json::from_str(&greeting.text).unwrap();
            let trouble = greeting["troubles"][0].as_str().unwrap();
            assert!(trouble.contains("Paper & Sons"), "{language}: {trouble}");
        }
        let told = eve.state().await["troubles"].clone();
        assert!(told[0].as_str().unwrap().contains("Les paiements"), "in her words: {told}");
        let inbox = agent.get("/console/inbox").await.is(200).page("en");
        let inbox = inbox.says("have trouble since").says("The case of it");
        assert!(inbox.text.contains("/console/cases/cas_"));
    }
}
