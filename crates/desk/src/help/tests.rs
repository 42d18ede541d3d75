//! The help centre on both databases: who reads what, in which language, and what is found.

use base::id::ArticleId;
use base::{Actor, Env, Language, SignedDuration, Stop};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::jobs::Workers;
use store::scratch::Scratch;
use store::{Engine, Store, Vault};

use super::*;
use crate::audit;
use crate::people::Audience::{self, Creator, Customer, Studio};

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

struct House {
    _scratch: Scratch,
    store: Store,
    env: Env,
}

impl House {
    async fn open(engine: Engine) -> House {
        let scratch = Scratch::new(engine).await;
        let env = Env::fixed("2026-11-21T12:00:00Z".parse().unwrap(), 7);
        let house = House { store: scratch.store.clone(), _scratch: scratch, env };
        let names = [(Language::En, "Money back"), (Language::Da, "Penge tilbage")];
        let names: BTreeMap<_, _> =
            names.into_iter().map(|(language, name)| (language, name.to_owned())).collect();
        let category = Category::checked("money-back", 10, &names).unwrap();
        store::write!(house.store, |tx| Ok(put_category(tx, &category).await?)).unwrap();
        house
    }

    async fn article(&self, doors: &[Audience]) -> ArticleId {
        let setting = Setting {
            category: "money-back".to_owned(),
            doors: Doors::checked(doors).unwrap(),
            next: Some(NextStep::Charge),
            top: 10,
            position: 10,
        };
        let new = NewArticle { key: None, setting };
        store::write!(self.store, |tx| make(tx, &self.env, &new, Actor::System).await).unwrap().id
    }

    async fn save(
        &self,
        id: ArticleId,
        language: Language,
        title: &str,
        seen: i64,
    ) -> Result<Translation, Stop> {
        let body = format!("About {title}. [More](/charge)");
        let written = Written::checked("", title, "In short.", &body).unwrap();
        store::write!(self.store, |tx| {
            save(tx, &self.env, (id, language), &written, seen, Actor::System).await
        })
    }

    async fn go(&self, id: ArticleId, language: Language, step: Move) -> Result<(), Stop> {
        let by = Actor::System;
        store::write!(self.store, |tx| {
            change_state(tx, &self.env, (id, language), step, by).await
        })
        .map(|_| ())
    }

    async fn publish(&self, id: ArticleId, language: Language, title: &str, seen: i64) {
        self.save(id, language, title, seen).await.unwrap();
        self.go(id, language, Move::SendToReview).await.unwrap();
        self.go(id, language, Move::Publish).await.unwrap();
    }

    async fn titles(&self, door: Option<Audience>, language: Language, text: &str) -> Vec<String> {
        let mut reader = self.store.read().await.unwrap();
        let search = Search { door, language, text, limit: 10 };
        let found = find(&mut reader, &search).await.unwrap();
        found.into_iter().map(|entry| entry.title).collect()
    }

    async fn read(&self, door: Audience, language: Language, slug: &str) -> Option<Reading> {
        let mut reader = self.store.read().await.unwrap();
        read(&mut reader, door, language, slug).await.unwrap()
    }
}

fn code<T: std::fmt::Debug>(result: Result<T, Stop>) -> &'static str {
    result.unwrap_err().refusal().unwrap().code
}

#[tokio::test]
async fn nobody_reads_or_finds_what_is_not_published() {
    for engine in ENGINES {
        let house = House::open(engine).await;
        let id = house.article(&[Customer]).await;
        house.save(id, Language::En, "Undo a transaction", 0).await.unwrap();
        assert!(house.read(Customer, Language::En, "undo-a-transaction").await.is_none());
        assert_eq!(
            code(house.go(id, Language::En, Move::Publish).await),
            "article_not_in_that_state"
        );
        house.go(id, Language::En, Move::SendToReview).await.unwrap();
        assert!(house.titles(None, Language::En, "undo").await.is_empty());
        house.go(id, Language::En, Move::Publish).await.unwrap();
        assert_eq!(house.titles(None, Language::En, "transactions").await, ["Undo a transaction"]);

        house.save(id, Language::En, "Undo a payment", 1).await.unwrap();
        let live = house.read(Customer, Language::En, "undo-a-transaction").await.unwrap();
        assert_eq!(live.version.title, "Undo a transaction", "a new draft changes nothing");
        assert!(house.titles(None, Language::En, "payment").await.is_empty());
        house.go(id, Language::En, Move::SendToReview).await.unwrap();
        house.go(id, Language::En, Move::Publish).await.unwrap();
        let live = house.read(Customer, Language::En, "undo-a-transaction").await.unwrap();
        assert_eq!(live.entry.path, "/customer/money-back/undo-a-payment", "an old link leads on");
        house.go(id, Language::En, Move::Archive).await.unwrap();
        assert!(house.read(Customer, Language::En, "undo-a-payment").await.is_none());
        assert!(house.titles(None, Language::En, "undo").await.is_empty());
    }
}

#[tokio::test]
async fn a_door_shows_its_own_articles_only() {
    for engine in ENGINES {
        let house = House::open(engine).await;
        let (one, two) =
            (house.article(&[Customer]).await, house.article(&[Creator, Studio]).await);
        house.publish(one, Language::En, "Refund of a purchase", 0).await;
        house.publish(two, Language::En, "Refund and your payout", 0).await;
        let both = house.titles(None, Language::En, "refund").await;
        assert_eq!(both.len(), 2);
        for (door, title) in [
            (Customer, "Refund of a purchase"),
            (Creator, "Refund and your payout"),
            (Studio, "Refund and your payout"),
        ] {
            assert_eq!(house.titles(Some(door), Language::En, "refund").await, [title]);
            let mut reader = house.store.read().await.unwrap();
            let shelves = shelves(&mut reader, door, Language::En, 5).await.unwrap();
            let shown: Vec<_> = shelves.iter().flat_map(|shelf| &shelf.entries).collect();
            assert_eq!(shown.len(), 1);
            assert_eq!(shown[0].title, title);
            assert_eq!(top(&mut reader, door, Language::En, 5).await.unwrap()[0].title, title);
        }
        let elsewhere = house.read(Customer, Language::En, "refund-and-your-payout").await.unwrap();
        assert_eq!(elsewhere.entry.path, "/creator/money-back/refund-and-your-payout");
        let setting = Setting {
            category: "money-back".to_owned(),
            doors: Doors::checked(&[Customer]).unwrap(),
            next: None,
            top: 0,
            position: 1,
        };
        let env = &house.env;
        store::write!(house.store, |tx| set(tx, env, two, &setting, Actor::System).await).unwrap();
        assert!(house.titles(Some(Studio), Language::En, "refund").await.is_empty());
        assert_eq!(house.titles(Some(Customer), Language::En, "refund").await.len(), 2);
    }
}

#[tokio::test]
async fn a_reader_gets_their_language_or_else_english_and_the_path_follows() {
    for engine in ENGINES {
        let house = House::open(engine).await;
        let id = house.article(&[Customer]).await;
        house.publish(id, Language::En, "Undo a transaction", 0).await;
        let fallen = house.read(Customer, Language::Da, "undo-a-transaction").await.unwrap();
        assert_eq!(fallen.entry.language, Language::En);
        assert_eq!(fallen.entry.path, "/customer/penge-tilbage/undo-a-transaction");
        house.publish(id, Language::Da, "Fortryd en betaling", 0).await;
        let own = house.read(Customer, Language::Da, "undo-a-transaction").await.unwrap();
        assert_eq!(own.version.title, "Fortryd en betaling");
        assert_eq!(own.entry.path, "/customer/penge-tilbage/fortryd-en-betaling");
        let twins = [
            (Language::Da, "/customer/penge-tilbage/fortryd-en-betaling".to_owned()),
            (Language::En, "/customer/money-back/undo-a-transaction".to_owned()),
        ];
        assert_eq!(own.twins, twins);
        assert_eq!(house.titles(None, Language::Da, "betalinger").await, ["Fortryd en betaling"]);
        assert_eq!(house.titles(None, Language::Da, "transaction").await, ["Fortryd en betaling"]);
        assert_eq!(house.titles(None, Language::Fil, "betaling").await, ["Undo a transaction"]);
    }
}

#[tokio::test]
async fn a_translation_is_behind_when_the_english_text_goes_on() {
    for engine in ENGINES {
        let house = House::open(engine).await;
        let id = house.article(&[Customer]).await;
        house.publish(id, Language::En, "One", 0).await;
        house.publish(id, Language::De, "Eins", 0).await;
        let behind = async || {
            let mut reader = house.store.read().await.unwrap();
            let list = list(&mut reader, &Filter::default(), &store::Page::first(9)).await.unwrap();
            (list[0].behind(), list[0].missing())
        };
        let missing = vec![Language::Fr, Language::Da, Language::Fil];
        assert_eq!(behind().await, (vec![], missing.clone()));
        house.publish(id, Language::En, "One and a half", 1).await;
        assert_eq!(behind().await, (vec![Language::De], missing.clone()));
        house.save(id, Language::De, "Eineinhalb", 1).await.unwrap();
        assert_eq!(behind().await, (vec![], missing));
    }
}

#[tokio::test]
async fn two_editors_do_not_write_over_each_other() {
    for engine in ENGINES {
        let house = House::open(engine).await;
        let (id, other) = (house.article(&[Customer]).await, house.article(&[Customer]).await);
        house.save(id, Language::En, "One", 0).await.unwrap();
        assert_eq!(code(house.save(id, Language::En, "Two", 0).await), "newer_article_version");
        assert_eq!(code(house.save(other, Language::En, "One", 0).await), "article_slug_taken");
        house.save(other, Language::Fr, "One", 0).await.unwrap();
    }
}

#[tokio::test]
async fn an_article_comes_out_at_its_hour_unless_it_is_taken_back() {
    for engine in ENGINES {
        let house = House::open(engine).await;
        let work = PublishWork::new(house.store.clone(), house.env.clone());
        let workers = Workers::new(house.store.clone(), house.env.clone()).with(Arc::new(work));
        let (one, two) = (house.article(&[Customer]).await, house.article(&[Customer]).await);
        let hour = house.env.now() + SignedDuration::from_hours(1);
        for (id, title) in [(one, "Kept"), (two, "Withdrawn")] {
            house.save(id, Language::En, title, 0).await.unwrap();
            house.go(id, Language::En, Move::SendToReview).await.unwrap();
            let past = Move::PublishAt(house.env.now());
            assert_eq!(code(house.go(id, Language::En, past).await), "publish_time_is_past");
            house.go(id, Language::En, Move::PublishAt(hour)).await.unwrap();
        }
        house.go(two, Language::En, Move::BackToDraft).await.unwrap();
        workers.run_until_idle().await.unwrap();
        assert!(house.read(Customer, Language::En, "kept").await.is_none());
        house.env.clock.advance(SignedDuration::from_mins(61));
        workers.run_until_idle().await.unwrap();
        assert!(house.read(Customer, Language::En, "kept").await.is_some());
        assert!(house.read(Customer, Language::En, "withdrawn").await.is_none());
    }
}

#[tokio::test]
async fn a_reader_has_one_voice_a_day_and_searches_without_a_hit_are_counted() {
    for engine in ENGINES {
        let house = House::open(engine).await;
        let (store, env) = (&house.store, &house.env);
        let id = house.article(&[Customer]).await;
        let vault = Vault::new(&[1; 32]);
        for (visitor, voice) in
            [("a", Voice::Helped), ("a", Voice::DidNot), ("b", Voice::Helped), ("b", Voice::Helped)]
        {
            store::write!(store, |tx| {
                Ok(vote(tx, env, &vault, (id, Language::En), visitor, voice).await?)
            })
            .unwrap();
        }
        for text in ["gift cards", "Gift  cards", "mail me at ana@example.org", "4242424242424242"]
        {
            store::write!(store, |tx| {
                Ok(note_miss(tx, env, Language::En, Some(Customer), text).await?)
            })
            .unwrap();
        }
        let mut reader = store.read().await.unwrap();
        assert_eq!(voices(&mut reader, env, &[id]).await.unwrap()[&id], (1, 2));
        let found = misses(&mut reader, 10).await.unwrap();
        let counted: Vec<_> = found.iter().map(|miss| (miss.words.as_str(), miss.times)).collect();
        assert_eq!(counted, [("gift cards", 2), ("mail me at", 1)]);
        drop(reader);
        store::write!(store, |tx| Ok(forget_miss(tx, Language::En, "gift cards").await?)).unwrap();
        assert_eq!(misses(&mut store.read().await.unwrap(), 10).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn articles_are_suggested_for_what_somebody_writes() {
    for engine in ENGINES {
        let house = House::open(engine).await;
        for title in ["Charged twice on the same day", "A stream does not play", "Tokens expire"] {
            let id = house.article(&[Customer]).await;
            house.publish(id, Language::En, title, 0).await;
        }
        let mut reader = house.store.read().await.unwrap();
        let text = "Hello! My card was charged twice yesterday, please help";
        let found = suggest(&mut reader, Customer, Language::En, text, 3).await.unwrap();
        let titles: Vec<_> = found.iter().map(|entry| entry.title.as_str()).collect();
        assert_eq!(titles, ["Charged twice on the same day"]);
        let none = suggest(&mut reader, Creator, Language::En, text, 3).await.unwrap();
        assert!(none.is_empty());
        let near = related(&mut reader, Customer, Language::En, &found[0], 3).await.unwrap();
        assert!(near.iter().all(|entry| entry.article != found[0].article));
    }
}

#[tokio::test]
async fn what_editors_do_is_written_into_the_audit_log() {
    for engine in ENGINES {
        let house = House::open(engine).await;
        let env = &house.env;
        let by = Actor::Staff(env.id());
        let id = house.article(&[Customer]).await;
        house.save(id, Language::En, "Shipped", 0).await.unwrap();
        let written = Written::checked("", "Refunds", "In short.", "Long.").unwrap();
        let text = (id, Language::En);
        store::write!(house.store, |tx| {
            save(tx, env, text, &written, 1, by).await?;
            change_state(tx, env, text, Move::SendToReview, by).await?;
            change_state(tx, env, text, Move::Publish, by).await?;
            change_state(tx, env, text, Move::Archive, by).await
        })
        .unwrap();
        let filter = audit::Filter { about: id.to_string(), ..audit::Filter::default() };
        let mut reader = house.store.read().await.unwrap();
        let lines = audit::list(&mut reader, &filter, store::Page::first(9)).await.unwrap();
        let mut told: Vec<_> = lines.iter().map(|line| line.what.as_str()).collect();
        told.sort_unstable();
        let expected =
            ["article.archived", "article.published", "article.saved", "article.sent_to_review"];
        assert_eq!(told, expected, "what ships is not noted");
        let why = lines.iter().all(|line| line.why.as_deref() == Some("en, version 2"));
        assert!(why && lines.iter().all(|line| line.actor == by.to_string()), "{lines:?}");
    }
}
