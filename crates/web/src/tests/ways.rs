//! Nobody stands before a wall: long cases can be walked through, joined ones lead on, what cannot
//! be pressed says why, and the page that links a messenger is found.

use std::sync::Arc;

use base::id::CaseId;
use base::{Language, Secret};
use desk::cases::{self, Author, NewMessage, Team};
use desk::contact::links;
use desk::mail_in::{self, Arrived};
use desk::people;
use desk::social::{Channel, Kind, Telegram};

use super::inbox::case;
use super::world::{ENGINES, World};

/// So many notes more, each with a number.
async fn notes(world: &World, id: CaseId, count: usize) {
    let env = &world.web.billing.env;
    store::write!(world.web.billing.store, |tx| {
        for nth in 0..count {
            let note = NewMessage::note(Author::System, Language::En, format!("note {nth}."));
            cases::add(tx, env, id, note).await?;
        }
        Ok(())
    })
    .unwrap();
}

/// The numbers of the lines of a page.
fn numbers(page: &str) -> Vec<i64> {
    let lines = page.split("<li").filter_map(|line| line.split_once('>'));
    let numbers = lines.filter_map(|(line, _)| line.split_once("data-seq=\""));
    numbers.filter_map(|(_, rest)| rest.split('"').next()?.parse().ok()).collect()
}

#[tokio::test]
async fn a_long_case_is_walked_through_to_its_beginning_and_back() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let id = case(&world, Team::Support, "Der Anfang").await;
        notes(&world, id, 230).await;
        let kim = world.shift_of("agent").await;
        let path = format!("/console/cases/{id}");
        let newest = kim.get(&path).await.is(200).page("en").says("note 229.");
        assert!(!newest.text.contains("Der Anfang") && !newest.text.contains("happened after"));
        let seen = numbers(&newest.text);
        assert!(seen.len() > 190 && seen.is_sorted(), "{seen:?}");
        newest.says("Show what happened before");
        let first = kim.get(&format!("{path}?from=0")).await.is(200).page("en");
        let first = first.says("Der Anfang").says("Show the newest");
        assert!(!first.text.contains("note 229."));
        let (_, rest) = first.text.split_once("from=200\">Show what happened after").unwrap();
        assert!(!rest.contains("<li data-seq"), "below the lines");
        let then = kim.get(&format!("{path}?from=200")).await.is(200).page("en").says("note 229.");
        let (first, then) = (numbers(&first.text), numbers(&then.text));
        assert!(first.iter().max() < then.iter().min(), "nothing twice, nothing left out");
    }
}

#[tokio::test]
async fn the_menu_of_states_shows_where_the_case_stands() {
    let world = World::new(ENGINES[0]).await;
    let id = case(&world, Team::Support, "Hallo").await;
    let kim = world.shift_of("agent").await;
    let page = kim.get(&format!("/console/cases/{id}")).await.is(200).page("en");
    assert!(page.text.contains("<option value=\"\" selected>choose"), "nobody opens it by mistake");
    let waits = [("deed", "state"), ("value", "waiting_third_party"), ("more", "bank")];
    kim.post(&format!("/console/cases/{id}/change"), &waits).await.is(303);
    let page = kim.get(&format!("/console/cases/{id}")).await.is(200).page("en");
    assert!(page.text.contains("value=\"waiting_third_party\" selected"), "{}", page.text);
    assert!(page.text.contains("value=\"bank\" selected"), "{}", page.text);
}

#[tokio::test]
async fn a_case_that_was_joined_leads_to_where_it_goes_on() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let old = case(&world, Team::Support, "Zweimal").await;
        let new = case(&world, Team::Support, "Noch einmal").await;
        let env = &world.web.billing.env;
        let link = store::write!(world.web.billing.store, |tx| {
            let who = cases::find(tx, old).await?.unwrap().requester;
            let address = people::addresses_of(tx, who).await?.remove(0).id;
            let link = links::make_for_address(tx, env, old, who, address, links::USUAL).await?;
            cases::merge(tx, env, old, new, Author::System).await?;
            Ok(link)
        })
        .unwrap();
        let ana = world.browser_of(world.ana).await;
        let there = ana.get(&format!("/de/cases/{old}")).await.leads();
        assert_eq!(there, format!("/de/cases/{new}"), "what was said stands there");
        world.browser_of(world.ben).await.get(&format!("/de/cases/{old}")).await.is(404);
        let page = ana.get(&format!("/de/case/{}", link.reveal())).await.is(200).page("de");
        let page = page.says("Zur anderen Anfrage");
        assert!(page.text.contains(&format!("href=\"/de/cases/{new}\"")), "{}", page.text);
        assert!(!page.text.contains("/say\""), "it goes on there");
        let other = ana.get(&format!("/de/cases/{new}")).await.is(200).page("de");
        assert!(other.text.contains("/say\"") && !other.text.contains("Zur anderen Anfrage"));
        let stranger = world.stranger();
        let page = stranger.get(&format!("/de/case/{}", link.reveal())).await.is(200).page("de");
        let page = page.says("Die Antwort kommt per E-Mail zu Ihnen.");
        assert!(!page.text.contains(&new.to_string()), "{}", page.text);
    }
}

#[tokio::test]
async fn agents_are_led_to_no_mail_that_they_may_not_read() {
    let world = World::new(ENGINES[0]).await;
    let (desk, env) = (&world.web.desk, &world.web.billing.env);
    let raw = b"From: ana@example.org\r\nTo: help@lumen.example\r\nSubject: Away\r\n\
                Message-ID: <m1@example.org>\r\nAuto-Submitted: auto-generated\r\n\r\nBack soon\r\n";
    let arrived = Arrived::whole("lmtp", raw);
    let id = store::write!(desk.billing.store, |tx| mail_in::keep(tx, env, &arrived).await);
    let id = id.unwrap().id();
    mail_in::file(desk, id).await.unwrap();
    let way = format!("href=\"/console/quarantine/{id}\"");
    for (role, led) in [("agent", false), ("lead", true)] {
        let kim = world.shift_of(role).await;
        let list = kim.get("/console/quarantine").await.is(200).page("en").says("Away");
        assert_eq!(list.text.contains(&way), led, "{role}");
    }
}

#[tokio::test]
async fn a_signed_in_customer_finds_the_page_that_links_a_messenger() {
    let mut world = World::new(ENGINES[0]).await;
    let link = "href=\"/fr/link\"";
    let ana = world.browser_of(world.ana).await;
    let page = ana.get("/fr/contact").await.is(200).page("fr");
    assert!(!page.text.contains(link), "there is no messenger");
    let telegram = Telegram {
        token: Secret::from_text("1:a"),
        secret: Secret::from_text("s"),
        base: "https://api.telegram.org/".parse().unwrap(),
    };
    let channel = Channel { key: "telegram".to_owned(), kind: Kind::Telegram(telegram) };
    let settings = Arc::make_mut(&mut world.web.desk.settings);
    settings.social.channels.push(channel);
    let ana = world.browser_of(world.ana).await;
    let page = ana.get("/fr/contact").await.is(200).page("fr");
    assert!(page.text.contains(link), "{}", page.text);
    let stranger = world.stranger().get("/fr/contact").await.is(200).page("fr");
    assert!(!stranger.text.contains(link), "who is not signed in links nothing");
    for language in Language::ALL {
        let tag = language.tag();
        let path = format!("/{tag}/link");
        ana.get(&path).await.is(200).page(tag);
        let page = ana.post(&path, &[]).await.is(200).page(tag).says("Telegram");
        assert!(page.text.contains("<copy-text") && page.text.contains("<button class=\"button"));
    }
}
