//! What comes in by mail and messenger, as staff see it: a window that closes, pictures that are
//! shown and those that are not, mail that is held back; and the code that links an account.

use base::id::{CaseId, RawMailId};
use base::{Language, Secret, SignedDuration};
use desk::cases::{self, Case, Eyes, Filter, ThreadKind};
use desk::mail::Post;
use desk::mail_in::{self, Arrived, MailIn};
use desk::social::{self, Call, Channel, Kind, SocialSettings, Template, WhatsApp};
use desk::{Desk, DeskSettings};
use identity::staff::Role;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::Page;
use store::jobs::Workers;

use super::browser::Browser;
use super::world::{ENGINES, World};

const LANGUAGES: [&str; 5] = ["en", "fr", "de", "da", "fil"];

/// A shop that is reached by mail and over `WhatsApp`.
async fn world(engine: store::Engine) -> World {
    let mut world = World::new(engine).await;
    let template = |name: &str, language: Language, body: &str| Template {
        name: name.to_owned(),
        language,
        code: language.to_string(),
        body: body.to_owned(),
    };
    let whatsapp = WhatsApp {
        number: "900".to_owned(),
        token: Secret::from_text("token"),
        app_secret: Secret::from_text("app"),
        verify: Secret::from_text("word"),
        // Nobody listens there.
        base: "http://127.0.0.1:9/".parse().unwrap(),
        templates: vec![
            template("news", Language::Da, "Der er nyt i sag {{1}}."),
            template("news", Language::En, "Hello {{1}}, there is news about your case {{2}}."),
        ],
    };
    let channel = Channel { key: "wa".to_owned(), kind: Kind::WhatsApp(whatsapp) };
    let social = SocialSettings { channels: vec![channel] };
    let addresses = vec!["help@lumen.example".to_owned()];
    let mail_in = MailIn { addresses, ..MailIn::default() };
    let settings = DeskSettings { social, mail_in, ..DeskSettings::default() };
    let (billing, identity) = (world.web.billing.clone(), world.web.identity.clone());
    world.web.desk = Desk::new(billing, identity, Post::Kept, settings);
    world
}

async fn works(world: &World) {
    let billing = &world.web.billing;
    let workers = Workers::new(billing.store.clone(), billing.env.clone());
    let workers = desk::works(&world.web.desk).into_iter().fold(workers, Workers::with);
    workers.run_until_idle().await.unwrap();
}

/// HMAC by its definition, for a key shorter than a block.
fn hub(body: &[u8]) -> String {
    let pad = |with: u8| {
        let mut block = [with; 64];
        for (at, byte) in b"app".iter().enumerate() {
            block[at] ^= byte;
        }
        block
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(body).finalize();
    let outer = Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize();
    format!("sha256={}", hex::encode(outer))
}

/// Mia writes over `WhatsApp`; the case that follows.
async fn mia_writes(world: &World, message: serde_json::Value) -> Case {
    let call = json!({"entry":[{"changes":[{"value":{"metadata":{"phone_number_id":"900"},
        "contacts":[{"wa_id":"4587654321","profile":{"name":"Mia"}}],"messages":[message]}}]}]});
    let body = call.to_string();
    let signed = hub(body.as_bytes());
    let header = move |name: &str| (name == "x-hub-signature-256").then(|| signed.clone());
    let call = Call { header: &header, body: body.as_bytes() };
    social::receive(&world.web.desk, "wa", call).await.unwrap();
    works(world).await;
    newest(world).await
}

async fn newest(world: &World) -> Case {
    let env = &world.web.billing.env;
    let mut reader = world.web.billing.store.read().await.unwrap();
    let eyes = Eyes { staff: env.id::<base::id::Staff>(), role: Role::Admin };
    let page = Page::first(10);
    let all = cases::list(&mut reader, &eyes, &Filter::default(), page).await.unwrap();
    all.into_iter().max_by_key(|case| case.id).unwrap()
}

async fn said(world: &World, case: CaseId) -> Vec<cases::Message> {
    let mut reader = world.web.billing.store.read().await.unwrap();
    cases::messages(&mut reader, case, ThreadKind::ALL, 0, 100).await.unwrap()
}

async fn sends(browser: &Browser, case: &Case, fields: &[(&str, &str)]) -> super::browser::Got {
    let seen = case.seq.to_string();
    let mut all = vec![("thread", "customer"), ("seen", seen.as_str())];
    all.extend_from_slice(fields);
    browser.post_parts(&format!("/console/cases/{}/messages", case.id), &all).await
}

async fn arrives(world: &World, raw: &str) -> RawMailId {
    let env = &world.web.billing.env;
    let arrived = Arrived::whole("api", raw.as_bytes());
    let kept = store::write!(world.web.billing.store, |tx| mail_in::keep(tx, env, &arrived).await);
    works(world).await;
    kept.unwrap().id()
}

#[tokio::test]
async fn after_the_window_only_an_approved_text_leaves_and_the_page_says_why() {
    for engine in ENGINES {
        let world = world(engine).await;
        let text = json!({"id":"wamid.A","from":"4587654321","type":"text",
            "text":{"body":"Where are my tokens?"}});
        let case = mia_writes(&world, text).await;
        let kim = world.shift_of("agent").await;
        let page = format!("/console/cases/{}", case.id);
        let open = kim.get(&page).await.is(200).page("en");
        let open = open.says("Over WhatsApp you may answer freely for 24 h 0 min more");
        assert!(
            open.text.contains("<textarea id=\"text\"") && !open.text.contains("name=\"template\"")
        );
        world.web.billing.env.clock.advance(SignedDuration::from_hours(22));
        let later = world.shift_of("finance").await;
        later.get(&page).await.is(200).says("for 2 h 0 min more");
        world.web.billing.env.clock.advance(SignedDuration::from_hours(3));
        let kim = world.shift_of("lead").await;
        let over = kim.get(&page).await.is(200).page("en").says("only an approved text may leave");
        assert!(!over.text.contains("<textarea id=\"text\""), "nothing else can be written");
        let places = over.text.matches("name=\"place.").count();
        assert_eq!((over.text.matches("name=\"template\"").count(), places), (2, 3));
        let before = said(&world, case.id).await.len();
        let free = sends(&kim, &case, &[("text", "Hello again"), ("do", "send")]).await;
        free.is(422).page("en").says("Not sent: the customer wrote too long ago");
        let none = [("template", "news.en"), ("place.news.en.1", "Mia"), ("do", "send")];
        sends(&kim, &case, &none).await.is(422).page("en").says("fill in every place");
        let full =
            [("template", "news.en"), ("place.news.en.1", "Mia <b>"), ("place.news.en.2", "PD-1")];
        let mut look = full.to_vec();
        look.push(("do", "preview"));
        let shown = sends(&kim, &case, &look).await.is(200).page("en");
        let shown = shown.says("Hello Mia &#60;b&#62;, there is news about your case PD-1.");
        assert!(
            shown.text.contains("value=\"news.en\" checked") && !shown.text.contains("Mia <b>")
        );
        assert_eq!(said(&world, case.id).await.len(), before, "nothing was sent so far");
        let mut send = full.to_vec();
        send.push(("do", "send"));
        sends(&kim, &case, &send).await.leads();
        let last = said(&world, case.id).await.pop().unwrap();
        assert_eq!(last.text, "Hello Mia <b>, there is news about your case PD-1.");
        assert_eq!(last.language, Language::En);
        kim.get(&format!("{page}?to=internal")).await.is(200).says("Note for colleagues");
    }
}

#[tokio::test]
async fn a_picture_that_does_not_come_is_shown_as_missing_and_tried_again() {
    let world = world(ENGINES[0]).await;
    let picture = json!({"id":"wamid.P","from":"4587654321","type":"image","image":{"id":"55"}});
    let case = mia_writes(&world, picture).await;
    let kim = world.shift_of("agent").await;
    let page = format!("/console/cases/{}", case.id);
    kim.get(&page).await.is(200).page("en").says("The picture is being fetched.");
    for _ in 0..10 {
        world.web.billing.env.clock.advance(SignedDuration::from_hours(2));
        works(&world).await;
    }
    let kim = world.shift_of("lead").await;
    let failed = kim.get(&page).await.is(200).page("en");
    let failed = failed.says("The picture could not be fetched: no answer came.");
    let again = failed.text.split("action=\"").find(|part| part.contains("/media/")).unwrap();
    let again = again.split('"').next().unwrap().to_owned();
    assert!(kim.post(&again, &[]).await.leads().contains("done=fetching"));
    kim.get(&page).await.says("The picture is being fetched.");
    let other = again
        .replace(&case.id.to_string(), &world.web.billing.env.id::<base::id::Case>().to_string());
    assert_eq!(kim.post(&other, &[]).await.status, 404);
}

/// A mail with a picture of its own and one from elsewhere.
const LETTER: &str = "From: Ana <ana@example.org>\r\nTo: help@lumen.example\r\n\
    Subject: My statement\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/related; boundary=b\r\n\r\n\
    --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
    <p>See <img src=\"cid:pic@x\" alt=\"mine\"> <img src=\"https://track.example/p.gif\" \
    alt=\"theirs\"><script>alert(1)</script></p>\r\n\
    --b\r\nContent-Type: image/png\r\nContent-ID: <pic@x>\r\n\
    Content-Disposition: inline; filename=\"pic.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\n\
    iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\
    \r\n--b--\r\n";

#[tokio::test]
async fn a_mails_own_pictures_are_shown_and_no_browser_asks_for_those_from_elsewhere() {
    for engine in ENGINES {
        let world = world(engine).await;
        arrives(&world, LETTER).await;
        let case = newest(&world).await;
        let kim = world.shift_of("agent").await;
        let page = kim.get(&format!("/console/cases/{}", case.id)).await.is(200).page("en");
        let page = page.says("Show it with pictures from elsewhere");
        let message = said(&world, case.id).await.remove(0).id;
        let path = format!("/console/cases/{}/messages/{message}/html", case.id);
        assert!(page.text.contains(&format!("src=\"{path}\"")), "the frame shows it");
        let shown = kim.get(&path).await.is(200);
        assert!(shown.text.contains("src=\"data:image/png;base64,iVBOR"), "{}", shown.text);
        assert_eq!(shown.text.matches(" src=").count(), 1, "{}", shown.text);
        assert!(!shown.text.contains("<script"));
        let policy = shown.header("content-security-policy").to_owned();
        assert!(policy.starts_with("sandbox;") && policy.contains("img-src data:;"), "{policy}");
        // Pressed for, it is fetched by us; there is no such host, so its words stay.
        let pressed = kim.post(&path, &[]).await.is(200);
        assert_eq!(pressed.header("content-security-policy"), policy);
        assert_eq!(pressed.text.matches(" src=").count(), 1);
        assert!(pressed.text.contains("alt=\"theirs\""));
    }
}

#[tokio::test]
async fn a_mail_that_is_held_back_is_read_safely_and_becomes_a_case() {
    for engine in ENGINES {
        let world = world(engine).await;
        let text = "From: Robot <noreply@bank.example>\r\nTo: help@lumen.example\r\n\
            Subject: Statement <b>1</b>\r\nMessage-ID: <2@bank.example>\r\n\
            Auto-Submitted: auto-generated\r\n\r\n<script>alert(1)</script> 4111 1111 1111 1111\r\n";
        let id = arrives(&world, text).await;
        let lead = world.shift_of("lead").await;
        let list = lead.get("/console/quarantine").await.is(200).page("en");
        let list = list.says("written by a machine");
        assert!(list.text.contains(&id.to_string()) && !list.text.contains("<b>1</b>"));
        let path = format!("/console/quarantine/{id}");
        let shown = lead.get(&path).await.is(200).page("en").says("noreply@bank.example");
        assert!(!shown.text.contains("<script>alert") && !shown.text.contains("4111 1111 1111"));
        let raw = lead.get(&format!("{path}/raw")).await.is(200);
        assert!(raw.header("content-disposition").starts_with("attachment"));
        lead.get("/console/quarantine/rules").await.is(200).page("en");
        let agent = world.shift_of("agent").await;
        assert_eq!(agent.get(&path).await.status, 403, "an agent reads none of it");
        assert_eq!(agent.post(&format!("{path}/release"), &[]).await.status, 403);
        let to = lead.post(&format!("{path}/allow"), &[]).await.leads();
        lead.get(&to).await.is(200).page("en").says("Statement &#60;b&#62;1&#60;/b&#62;");
        lead.get("/console/quarantine").await.is(200).page("en").says("No mail is held back.");
        let rules = lead.get("/console/quarantine/rules").await.is(200).page("en");
        rules.says("noreply@bank.example");
    }
}

#[tokio::test]
async fn a_customer_gets_a_code_to_link_an_account_in_every_language() {
    let world = world(ENGINES[0]).await;
    let ana = world.browser_of(world.ana).await;
    for language in LANGUAGES {
        let path = format!("/{language}/link");
        let page = ana.get(&path).await.is(200).page(language);
        assert!(!page.text.contains("LINK "), "a code is made when it is asked for");
        let made = ana.post(&path, &[]).await.is(200).page(language).says("LINK ");
        assert!(made.text.contains("WhatsApp"));
    }
    assert_ne!(world.stranger().get("/en/link").await.status, 200, "only who is signed in");
    let plain = World::new(ENGINES[0]).await;
    let ben = plain.browser_of(plain.ben).await;
    assert_eq!(ben.get("/en/link").await.status, 404, "there is no messenger");
}
