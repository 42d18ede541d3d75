//! What ships is whole, leads nowhere wrong, and never writes over what staff wrote.

use std::collections::BTreeMap;

use base::{Actor, Env, Language};
use store::Engine;
use store::scratch::Scratch;

use super::contents::{Files, read};
use super::{Loaded, load};
use crate::help::{self, Written, markdown};
use crate::people::Audience;

/// Pages of ours that an article may lead to.
const PAGES: [&str; 8] =
    ["/charge", "/billing-support", "/contact", "/contact/mail", "/cases", "/wallet", "/help", "/"];

#[test]
fn every_article_is_there_in_every_language_with_the_same_parts() {
    let starter = read().unwrap();
    let parts =
        |written: &Written| written.body.lines().filter(|line| line.starts_with("##")).count();
    for shipped in &starter.articles {
        let languages: Vec<Language> =
            shipped.texts.iter().map(|(language, _)| *language).collect();
        assert_eq!(languages, Language::ALL, "{}", shipped.key);
        let english = parts(&shipped.texts[0].1);
        for (language, written) in &shipped.texts {
            assert_eq!(parts(written), english, "{language}/{}", shipped.key);
        }
        let listed = |key: &str| starter.categories.iter().any(|category| category.key == key);
        assert!(listed(&shipped.setting.category), "{}", shipped.key);
    }
    for category in &starter.categories {
        assert_eq!(category.words.len(), Language::ALL.len(), "{}", category.key);
    }
    for path in Files::iter().filter(|path| path.ends_with(".md")) {
        let key = path.split('/').nth(1).unwrap().trim_end_matches(".md");
        assert!(starter.articles.iter().any(|one| one.key == key), "{path} is not in the contents");
    }
}

#[test]
fn every_link_of_an_article_leads_somewhere() {
    let starter = read().unwrap();
    let known = |key: &String| (key.clone(), format!("/en/help/{key}"));
    let articles: BTreeMap<String, String> =
        starter.articles.iter().map(|shipped| known(&shipped.key)).collect();
    for shipped in &starter.articles {
        for (language, written) in &shipped.texts {
            let place = format!("{language}/{}", shipped.key);
            let around = markdown::Around {
                site: "S",
                mail: "m@s.example",
                reopen_days: 14,
                page: *language,
                articles: &articles,
            };
            let page = markdown::rendered(&written.body, &around);
            assert_eq!(page.broken, [""; 0], "{place}");
            assert!(!page.html.contains(['{', '}']), "{place}: a place was left open");
            for link in page.html.split("href=\"/").skip(1) {
                let link = link.split('"').next().unwrap();
                let rest = link.strip_prefix(language.tag()).unwrap_or(link);
                let rest = rest.split(['?', '#']).next().unwrap_or(rest);
                let ours =
                    PAGES.contains(&rest) || rest.starts_with("/help/") || link.contains("/help/");
                assert!(ours, "{place}: /{link} is no page of ours");
            }
        }
    }
}

#[tokio::test]
async fn loading_twice_changes_nothing_and_what_staff_wrote_stays() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let scratch = Scratch::new(engine).await;
        let store = &scratch.store;
        let env = Env::fixed("2026-11-21T12:00:00Z".parse().unwrap(), 7);
        let first = load(store, &env).await.unwrap();
        assert!(first.made >= 5 && first.left == 0, "{first:?}");
        let again = load(store, &env).await.unwrap();
        assert_eq!(again, Loaded { same: first.made, ..Loaded::default() });

        let mut reader = store.read().await.unwrap();
        let slug = "zahlung-rueckgaengig-machen";
        let read = help::read(&mut reader, Audience::Customer, Language::De, slug).await.unwrap();
        let id = read.unwrap().article.id;
        drop(reader);
        let written = Written::checked("", "Unser Titel", "", "Unser Text").unwrap();
        let by = Actor::System;
        store::write!(store, |tx| {
            help::save(tx, &env, (id, Language::De), &written, 1, by).await
        })
        .unwrap();
        // Another release: the shipped texts are no longer those that are there.
        store::write!(store, |tx| {
            let sql = "UPDATE help_translations SET starter = 'older' WHERE starter IS NOT NULL";
            tx.execute(sql, ()).await?;
            Ok(())
        })
        .unwrap();
        let later = load(store, &env).await.unwrap();
        assert_eq!((later.renewed, later.left, later.made), (first.made - 1, 1, 0));
        let mut reader = store.read().await.unwrap();
        let whole = help::whole(&mut reader, id).await.unwrap().unwrap();
        assert_eq!(whole.texts[&Language::De].1.title, "Unser Titel");
        assert_eq!(whole.texts[&Language::Da].0.head, 2);
    }
}
