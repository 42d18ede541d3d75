//! Somebody writes to the desk, comes back by a link, and sees what is theirs.

use base::{Language, SignedDuration};
use desk::cases::{self, Author, NewMessage, Origin};
use desk::mail;
use identity::staff::{self, NewStaff};
use store::Page;

use super::browser::{Browser, Got, Picked};
use super::looks;
use super::world::{ENGINES, World};

const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, b'I', b'D', b'A', b'T',
    0x78, 0xda, 0x63, 0x64, 0xf8, 0xcf, 0x50, 0x0f, 0, 0x03, 0x86, 0x01, 0x80, 0x5a, 0x34, 0x7d,
    0x6b, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

const WRITTEN: [(&str, &str); 6] = [
    ("door", "customer"),
    ("mail", "eve@example.org"),
    ("subject", "My <b>tokens</b> are missing since Monday"),
    ("side", "creator"),
    ("topic", "tokens"),
    ("description", "I paid <script>alert(1)</script> & got nothing."),
];

/// Fills the form in as slowly as a person and sends it.
async fn sends(
    world: &World,
    browser: &Browser,
    language: &str,
    written: &[(&str, &str)],
    files: &[Picked<'_>],
) -> Got {
    let page = browser.get(&format!("/{language}/contact")).await.is(200).page(language);
    let form = page.form("/contact");
    world.web.billing.env.clock.advance(SignedDuration::from_secs(20));
    let hidden = form.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let fields: Vec<_> = hidden.chain(written.iter().copied()).collect();
    browser.upload(&format!("/{language}/contact"), &fields, files).await
}

/// The path of the link in the newest mail.
async fn mailed(world: &World) -> String {
    let mut reader = world.web.billing.store.read().await.unwrap();
    let mails = mail::list(&mut reader, Page::first(1)).await.unwrap();
    let text = &mails.first().expect("a mail").text;
    let (_, rest) = text.split_once("https://pay.example").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

/// Staff answer the newest case.
async fn answers(world: &World, text: &str) {
    let billing = &world.web.billing;
    let env = &billing.env;
    let form = staff::Form {
        email: "kim@lumen.example".to_owned(),
        name: "Kim".to_owned(),
        role: "agent".to_owned(),
    };
    let new = NewStaff::checked(&form).unwrap();
    store::write!(billing.store, |tx| {
        let kim = staff::add(tx, env, new.clone()).await?.0.id;
        let eyes = cases::Eyes { staff: kim, role: identity::staff::Role::Agent };
        let filter = cases::Filter { sort: cases::Sort::Newest, ..cases::Filter::default() };
        let case = cases::list(tx, &eyes, &filter, Page::first(1)).await?.remove(0);
        let answer =
            NewMessage::answer(Author::Staff(kim), Origin::Staff, Language::En, text.to_owned());
        cases::add(tx, env, case.id, answer).await
    })
    .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_the_form_are_well_made_in_every_language() {
    let world = World::new(ENGINES[0]).await;
    for language in Language::ALL {
        let tag = language.tag();
        let stranger = world.stranger();
        stranger
            .get(&format!("/{tag}/contact?door=creator&topic=earnings"))
            .await
            .is(200)
            .page(tag);
        let mail = stranger.get(&format!("/{tag}/contact/mail")).await.is(200).page(tag);
        assert!(mail.text.contains("mailto:help@lumen.example?subject="), "{}", mail.text);
        stranger.get(&format!("/{tag}/contact/suggest?subject=refund")).await.is(200);
        stranger.get(&format!("/{tag}/case/guess")).await.is(404).page(tag);
        stranger.get(&format!("/{tag}/cases")).await.is(401).page(tag);
        let ana = world.browser_of(world.ana).await;
        ana.get(&format!("/{tag}/cases")).await.is(200).page(tag);
        let sent = sends(&world, &stranger, tag, &WRITTEN, &[]).await;
        let case = stranger.get(&sent.leads()).await.is(200).page(tag);
        let text = looks::text(&case.text);
        assert!(text.contains("PD-") && text.contains("script"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_typed_an_address_reads_no_answer_but_its_owner_does() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let eve = world.stranger();
        let picture = Picked { name: "screen <1>.png", kind: "image/png", bytes: PNG };
        let sent = sends(&world, &eve, "en", &WRITTEN, &[picture]).await;
        let shown = sent.leads();
        let page = eve.get(&shown).await.is(200).page("en").says("PD-");
        assert!(!page.text.contains("<b>tokens") && !page.text.contains("<script>alert"));
        let file = page.text.split("/file/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let link = mailed(&world).await;
        answers(&world, "You bought 600 tokens.").await;
        let path = shown.split('?').next().unwrap();
        let own = eve.get(path).await.is(200).page("en");
        assert!(!own.text.contains("600 tokens"), "anybody can type an address");
        own.says("Our answers are shown only through the link");
        let owner = world.stranger();
        owner.get(&link).await.is(200).page("en").says("You bought 600 tokens.");

        let got = eve.get(&format!("{path}/file/{file}")).await.is(200);
        assert_eq!(got.header("content-type"), "image/png");
        assert!(got.header("content-security-policy").starts_with("sandbox"), "{:?}", got.headers);
        eve.get(&format!("/en/case/guess/file/{file}")).await.is(404);
        let other = sends(&world, &world.stranger(), "en", &WRITTEN, &[]).await.leads();
        let other = other.split('?').next().unwrap();
        eve.get(&format!("{other}/file/{file}")).await.is(404);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_a_deed_behind_the_mailed_link_proves_the_address() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let eve = world.stranger();
        sends(&world, &eve, "en", &WRITTEN, &[]).await.leads();
        let link = mailed(&world).await;
        for _ in 0..2 {
            eve.get(&link).await.is(200).page("en").says("Is this your e-mail address?");
        }
        let said = eve.post(&format!("{link}/confirm"), &[]).await.leads();
        let page = eve.get(&said).await.is(200).page("en").says("your e-mail address is confirmed");
        assert!(!page.text.contains("/confirm\""), "{}", page.text);
        eve.post(&format!("{link}/explode"), &[]).await.is(404);
        eve.post(&format!("{link}/escalate"), &[]).await.is(303);
        let refused = eve.post(&format!("{link}/rate"), &[("score", "5")]).await.leads();
        assert!(refused.ends_with("?said=refused"), "{refused}");
        eve.post(&format!("{link}/close"), &[]).await.leads();
        eve.post(&format!("{link}/rate"), &[("score", "9")]).await.is(200).says("from 1 to 5");
        let rated = eve.post(&format!("{link}/rate"), &[("score", "4")]).await.leads();
        eve.get(&rated).await.is(200).page("en").says("4 of 5");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_must_be_put_right_is_said_and_nothing_is_asked_twice() {
    let world = World::new(ENGINES[0]).await;
    let eve = world.stranger();
    let written = [("mail", "eve"), ("subject", "Help"), ("door", "studio")];
    let files = [
        Picked { name: "one.png", kind: "image/png", bytes: PNG },
        Picked { name: "evil.exe", kind: "image/png", bytes: b"MZ\x90\x00\x03\x00\x00\x00" },
    ];
    let page = sends(&world, &eve, "en", &written, &files).await.is(200).page("en");
    let page = page.says("does not look right").says("Tell us what happened.");
    assert!(page.text.contains("<title>Please check "), "the title says it first");
    assert!(page.text.contains("role=\"alert\" tabindex=\"-1\" autofocus"), "and it is arrived at");
    let page = page.says("evil.exe could not be taken").says("one.png is here already");
    assert!(page.text.contains("value=\"Help\""), "what was written is still there");
    let kept = page.text.split("name=\"kept\" value=\"").nth(1).unwrap();
    let kept = kept.split('"').next().unwrap();
    let form = page.form("/contact");
    let hidden = form.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let fields: Vec<_> = hidden.chain(WRITTEN).chain([("kept", kept)]).collect();
    let sent = eve.upload("/en/contact", &fields, &[]).await;
    eve.get(&sent.leads()).await.is(200).page("en").says("one.png");
    let again = eve.upload("/en/contact", &fields, &[]).await.leads();
    let case = eve.get(&again).await.is(200).page("en");
    assert_eq!(case.text.matches("<article").count(), 1, "the same sheet makes one case");

    let quick = world.stranger();
    let form = quick.get("/en/contact").await.is(200).form("/contact");
    let hidden = form.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let fields: Vec<_> = hidden.chain(WRITTEN).collect();
    quick.upload("/en/contact", &fields, &[]).await.is(200).page("en").says("very quick");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_sees_the_own_cases_and_nobody_elses() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ana = world.browser_of(world.ana).await;
        let written: Vec<_> = WRITTEN.into_iter().filter(|(name, _)| *name != "mail").collect();
        let sent = sends(&world, &ana, "en", &written, &[]).await.leads();
        assert!(sent.starts_with("/en/cases/cas_"), "{sent}");
        ana.get(&sent).await.is(200).page("en").says("We have it");
        ana.get("/en/cases?show=open").await.is(200).page("en").says("are missing since Monday");
        ana.get("/en/cases?show=done").await.is(200).page("en").says("There is nothing here");
        let path = sent.split('?').next().unwrap();
        let ben = world.browser_of(world.ben).await;
        ben.get(path).await.is(404);
        ben.post(&format!("{path}/close"), &[]).await.is(404);
        world.stranger().get(path).await.is(401);
        answers(&world, "You bought 600 tokens.").await;
        ana.get(path).await.is(200).page("en").says("You bought 600 tokens.");
    }
}
