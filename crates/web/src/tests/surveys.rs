//! The pages behind a survey: opening them says nothing, one press does, and one press ends them.

use base::Language;
use desk::cases::{
    self, Author, CaseState, Change, NewCase, NewMessage, Origin, Priority, Side, Team,
};
use desk::people::{self, Audience};
use desk::{mail, surveys};
use identity::staff;
use store::Page;

use super::world::{ENGINES, World};

/// A case of Ana's, answered and solved.
async fn solved(world: &World) -> base::id::CaseId {
    let env = &world.web.billing.env;
    let ana = world.ana;
    store::write!(world.web.billing.store, |tx| {
        let robin = staff::list(tx, Page::first(1)).await?.remove(0);
        let person = people::of_customer(tx, env, ana).await?;
        let address = people::addresses_of(tx, person.id).await?.remove(0);
        let first =
            NewMessage::from_person(person.id, address.id, Origin::Mail, Language::Fr, "Bonjour");
        let new = NewCase {
            subject: "Bonjour".to_owned(),
            audience: Audience::Customer,
            side: Side::Mine,
            topic: None,
            team: Team::Support,
            priority: Priority::Normal,
            origin: Origin::Mail,
            language: Language::Fr,
            requester: person.id,
            tags: Vec::new(),
            refs: Vec::new(),
            first,
        };
        let case = cases::open(tx, env, new).await?;
        let by = Author::Staff(robin.id);
        let answer = NewMessage::answer(by, Origin::Mail, Language::Fr, "Voilà.");
        cases::add(tx, env, case.id, answer).await?;
        cases::change(tx, env, case.id, None, by, Change::State(CaseState::Solved)).await?;
        Ok(case.id)
    })
    .unwrap()
}

/// The mail that asks, as its text.
async fn survey(world: &World) -> mail::Outgoing {
    world.web.billing.env.clock.advance(base::SignedDuration::from_hours(25));
    surveys::Ask::new(world.web.desk.clone()).all().await.unwrap();
    let mut reader = world.web.billing.store.read().await.unwrap();
    let all = mail::list(&mut reader, Page::first(20)).await.unwrap();
    all.into_iter().find(|one| one.kind == "survey").unwrap()
}

fn path(text: &str, part: &str) -> String {
    let link = text.split_whitespace().find(|word| word.contains(part)).unwrap();
    link.strip_prefix("https://pay.example").unwrap().to_owned()
}

#[tokio::test]
async fn opening_the_mail_says_nothing_and_one_press_does() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let case = solved(&world).await;
        let mail = survey(&world).await;
        let ana = world.stranger();
        let bad = path(&mail.text, "said=bad");
        let page = ana.get(&bad).await.is(200).page("fr");
        let first = page.text.find("value=\"1\"").unwrap();
        assert!(first < page.text.find("value=\"5\"").unwrap(), "what the link said is first");
        let rating = async || {
            let mut reader = world.web.billing.store.read().await.unwrap();
            let found = desk::contact::rating_of(&mut reader, case).await.unwrap();
            found.map(|rating| (rating.score, rating.said))
        };
        assert_eq!(rating().await, None, "programs that read mail open links too");
        let here = bad.split('?').next().unwrap();
        let thanks = ana.post(here, &[("score", "1")]).await.leads();
        let page = ana.get(&thanks).await.is(200).page("fr").says("Merci de nous l’avoir dit.");
        let form = page.form("/opinion");
        let said = ana.fill(here, &form, &[("text", "Trop <b>lent</b>")]).await.leads();
        let page = ana.get(&said).await.is(200).page("fr").says("vos mots nous sont parvenus");
        assert!(page.text.contains("Trop &#60;b&#62;lent"), "words are escaped");
        assert_eq!(rating().await, Some((1, Some("Trop <b>lent</b>".to_owned()))));
        ana.get(&format!("{here}?done=again")).await.is(200).page("fr");
        assert_eq!(ana.get("/fr/case/none/opinion").await.status, 404);
    }
}

#[tokio::test]
async fn one_press_in_a_mail_program_ends_surveys_for_that_address() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        solved(&world).await;
        let mail = survey(&world).await;
        let link = path(&mail.text, "/surveys/stop/");
        let page = world.stranger().get(&link).await.is(200).page("fr");
        page.says("ana@lumen.example").says("Arrêter ces e-mails");
        // A mail server sends neither a cookie nor where it comes from.
        let once = [("List-Unsubscribe", "One-Click")];
        let done = world.stranger().send("POST", &link, &once, &[]).await.is(200).page("fr");
        done.says("C’est fait");
        world.stranger().get(&link).await.is(200).says("C’est fait");
        let other = format!("{}x", link);
        world.stranger().get(&other).await.is(404).page("fr").says("Ce lien ne fonctionne pas");
        assert_eq!(world.stranger().send("POST", &other, &once, &[]).await.status, 404);
    }
}

#[tokio::test]
async fn leads_read_how_customers_found_our_help() {
    let world = World::new(ENGINES[0]).await;
    let (kim, lead) = (world.shift_of("agent").await, world.shift_of("lead").await);
    assert_eq!(kim.get("/console/surveys").await.status, 403);
    lead.get("/console/surveys").await.is(200).page("en").says("Nobody has rated our help yet");
    let case = solved(&world).await;
    let env = &world.web.billing.env;
    store::write!(world.web.billing.store, |tx| {
        let person = cases::find(tx, case).await?.unwrap().requester;
        desk::contact::rate(tx, env, case, person, (1, "Trop <b>lent</b>")).await
    })
    .unwrap();
    let page = lead.get("/console/surveys").await.is(200).page("en");
    let page = page.says("0 % good").says("1 of 5").says("Français").says("too few");
    assert!(page.text.contains("Trop &#60;b&#62;lent"), "words are escaped");
}
