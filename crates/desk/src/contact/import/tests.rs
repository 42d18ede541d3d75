//! Bringing cases in, on both databases.

use base::Timestamp;
use store::{Page, Reads as _};

use super::*;
use crate::cases::{self, CaseState, Direction, Origin};
use crate::scene::{ENGINES, Scene};

const TABLE: &str = "\
case,at,from,mail,name,subject,text,language,state,tags
7,2024-03-01T09:30:00Z,,Ana@Example.org,Ana,Tokens missing,\"Where are
they?\",da,closed,vip old
7,2024-03-01T11:00:00Z,desk,ana@example.org,,Tokens missing,Here they are.,da,closed,
8,2024-03-02T08:00:00Z,customer,ben@example.org,,Refund,Please.,,open,
9,yesterday,,ben@example.org,,Refund,Please.,,,
9,2024-03-02T08:00:00Z,,nobody,,Refund,Please.,,,
9,2024-03-02T08:00:00Z,robot,ben@example.org,,Refund,Please.,,,
,2024-03-02T08:00:00Z,,ben@example.org,,Refund,Please.,,,
";

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

#[tokio::test]
async fn a_table_is_brought_in_once_and_times_stay() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        for round in [1, 2] {
            let mut items = Vec::new();
            let mut refused = Vec::new();
            for line in Table::open(TABLE.as_bytes()).unwrap() {
                match line {
                    Ok(item) => items.push(item),
                    Err(no) => refused.push(no),
                }
            }
            assert_eq!(refused.iter().map(|no| no.place).collect::<Vec<_>>(), [6, 7, 8, 9]);
            let mut brought = Vec::new();
            for item in &items {
                brought.push(bring(&scene.desk, "old", item).await.unwrap());
            }
            for item in &items {
                finish(&scene.desk, "old", item).await.unwrap();
            }
            let before = brought.iter().filter(|it| matches!(it, Brought::Before(_))).count();
            assert_eq!(before, if round == 1 { 0 } else { 3 }, "{brought:?}");
        }
        let mut reader = scene.store.read().await.unwrap();
        let count = reader.fetch_one("SELECT COUNT(*) AS many FROM cases", ()).await.unwrap();
        assert_eq!(count.int("many").unwrap(), 2);
        let sql = "SELECT id FROM cases ORDER BY id";
        let ids = reader.fetch_all(sql, ()).await.unwrap();
        let first = ids[0].id("id").unwrap();
        let case = cases::find(&mut reader, first).await.unwrap().unwrap();
        assert_eq!((case.state, case.origin), (CaseState::Closed, Origin::Import));
        assert_eq!(case.created_at, at("2024-03-01T09:30:00Z"));
        assert_eq!(case.tags, ["old", "vip"]);
        let said = cases::shown(&mut reader, first, 0, 9).await.unwrap();
        let said: Vec<_> =
            said.iter().map(|one| (one.direction, one.text.as_str(), one.created_at)).collect();
        assert_eq!(
            said,
            [
                (Direction::In, "Where are\nthey?", at("2024-03-01T09:30:00Z")),
                (Direction::Out, "Here they are.", at("2024-03-01T11:00:00Z")),
            ]
        );
        let mails = crate::mail::list(&mut reader, Page::first(9)).await.unwrap();
        assert!(mails.is_empty(), "nothing old is sent again");
    }
}

#[test]
fn a_table_with_another_column_or_without_one_is_refused_at_once() {
    let error = |text: &str| Table::open(text.as_bytes()).err().unwrap();
    assert!(error("case,at,mail,subject,body\n").contains("“body”"));
    assert!(error("case,at,mail,subject\n").contains("“text” is missing"));
}

const BOX: &str = "From ana@example.org Fri Mar  1 09:30:00 2024\n\
Message-ID: <one@example.org>\nFrom: Ana <ana@example.org>\nTo: help@old.example\n\
Date: Fri, 1 Mar 2024 09:30:00 +0000\nSubject: Tokens missing\n\n\
Where are they?\n>From here nothing is seen.\n\n\
From help@old.example Fri Mar  1 11:00:00 2024\n\
Message-ID: <two@old.example>\nIn-Reply-To: <one@example.org>\n\
From: Desk <help@old.example>\nTo: Ana <ana@example.org>\n\
Date: Fri, 1 Mar 2024 11:00:00 +0000\nSubject: Re: Tokens missing\n\nHere they are.\n";

#[tokio::test]
async fn mails_that_answer_each_other_are_one_case() {
    let own = Own {
        addresses: vec!["help@old.example".to_owned()],
        now: at("2026-11-22T12:00:00Z"),
        ..Own::default()
    };
    let items: Vec<Item> =
        Mbox::open(BOX.as_bytes(), own.clone()).map(|item| item.unwrap()).collect();
    assert_eq!(items.len(), 2);
    assert!(items.iter().all(|item| item.case == "one@example.org"), "{items:?}");
    assert!(items.iter().all(|item| item.mail == "ana@example.org"));
    assert_eq!((items[0].speaker, items[1].speaker), (Speaker::Customer, Speaker::Desk));
    assert_eq!(items[1].at, at("2024-03-01T11:00:00Z"));
    assert!(items[0].text.contains("\nFrom here nothing"), "{}", items[0].text);
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let first = bring(&scene.desk, "box", &items[0]).await.unwrap();
        let second = bring(&scene.desk, "box", &items[1]).await.unwrap();
        let Brought::Opened(case) = first else { panic!("{first:?}") };
        assert_eq!(second, Brought::Added(case));
        assert_eq!(bring(&scene.desk, "box", &items[1]).await.unwrap(), Brought::Before(case));
    }
    let refused = Mbox::open("Hello\n".as_bytes(), own).next().unwrap().unwrap_err();
    assert!(refused.why.contains("no mbox"), "{refused:?}");
}
