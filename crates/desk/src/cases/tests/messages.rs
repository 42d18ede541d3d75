//! What is said in cases: once, in order, within limits, with its times.

use base::{Language, SignedDuration};
use store::outbox;

use super::office::from;
use super::*;
use crate::cases::*;
use crate::files::{self, Upload};

/// What the shipped promises give an answer.
const TWO_DAYS: SignedDuration = SignedDuration::from_hours(48);

#[tokio::test]
async fn a_case_is_opened_answered_and_asked_again() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case().await;
        assert_eq!((case.state, case.seq, case.version), (CaseState::New, 2, 1));
        assert_eq!(case.due_at, Some(case.created_at + TWO_DAYS));
        assert_eq!(Reference::read(case.reference.as_str()), Ok(case.reference.clone()));
        let answered = office.add(case.id, office.reply("It is a hold.")).await.unwrap();
        assert_eq!(answered.case.state, CaseState::WaitingCustomer);
        assert_eq!(answered.case.first_answer_at, Some(office.env.now()));
        assert_eq!(answered.case.due_at, None);
        assert_eq!(answered.message.address, Some(office.ana.1.id), "back to where it came from");
        let asked = office.add(case.id, office.asked("Until when?")).await.unwrap();
        assert_eq!(asked.case.state, CaseState::Open);
        assert_eq!(asked.case.due_at, Some(office.env.now() + TWO_DAYS));
        let kinds = office.story(case.id).await;
        assert_eq!(
            kinds,
            [
                EventKind::Opened,
                EventKind::Message,
                EventKind::Message,
                EventKind::State,
                EventKind::Message,
                EventKind::State,
            ]
        );
        let said = office.said(case.id, &[ThreadKind::Customer]).await;
        let numbers: Vec<i64> = said.iter().map(|message| message.seq).collect();
        assert_eq!(numbers, [2, 3, 5], "a message has the number of its event");
        let mut reader = office.store.read().await.unwrap();
        let found = find_by_reference(&mut reader, &case.reference).await.unwrap();
        assert_eq!(found, Some(asked.case));
    }
}

#[tokio::test]
async fn what_came_before_is_not_written_again() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let named =
            |text: &str| NewMessage { source_id: Some("uid-7".to_owned()), ..office.asked(text) };
        let case = office.open_case(office.new_case(named("Hello"))).await;
        assert_eq!(office.open_case(office.new_case(named("Hello"))).await, case);
        let again = office.add(case.id, named("Hello, again")).await.unwrap();
        assert!(again.earlier);
        assert_eq!((again.message.text.as_str(), again.case), ("Hello", case.clone()));
        assert_eq!(office.said(case.id, ThreadKind::ALL).await.len(), 1);
        // Another channel has names of its own.
        let chat = NewMessage { channel: Origin::Chat, ..named("Hi") };
        assert!(!office.add(case.id, chat).await.unwrap().earlier);
    }
}

#[tokio::test]
async fn the_same_message_from_two_sides_at_once_is_written_once() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case().await;
        let named =
            NewMessage { source_id: Some("m-1".to_owned()), ..office.asked("Anybody there?") };
        let all = (0..6).map(|_| office.add(case.id, named.clone()));
        let all = futures_util::future::join_all(all).await;
        let first = all.iter().filter(|added| !added.as_ref().unwrap().earlier).count();
        assert_eq!(first, 1);
        assert_eq!(office.said(case.id, ThreadKind::ALL).await.len(), 2);
        office.story(case.id).await;
    }
}

#[tokio::test]
async fn of_two_answers_at_once_one_is_told_to_look_again() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case().await;
        let seen = Some(case.seq);
        let one = NewMessage { seen, ..office.reply("One") };
        let author = Author::Staff(office.finance);
        let two = NewMessage { seen, author, ..office.reply("Two") };
        let (one, two) =
            tokio::join!(office.add(case.id, one.clone()), office.add(case.id, two.clone()));
        let (won, lost) = if one.is_ok() { (one, two) } else { (two, one) };
        assert_eq!(won.unwrap().case.state, CaseState::WaitingCustomer);
        assert_eq!(code(lost), "newer_message");
        assert_eq!(office.said(case.id, &[ThreadKind::Customer]).await.len(), 2);
    }
}

#[tokio::test]
async fn only_newer_words_of_others_in_the_same_thread_hold_an_answer() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case().await;
        let seen = Some(case.seq);
        let note = NewMessage::note(Author::Staff(office.finance), Language::En, "Look at it");
        office.add(case.id, note).await.unwrap();
        let auto = NewMessage { automatic: Some("vacation".into()), ..office.asked("I am away") };
        office.add(case.id, auto).await.unwrap();
        let first = NewMessage { seen, ..office.reply("First") };
        office.add(case.id, first.clone()).await.unwrap();
        office.add(case.id, first).await.unwrap();
        office.add(case.id, office.asked("But")).await.unwrap();
        let late = NewMessage { seen, ..office.reply("Third") };
        assert_eq!(code(office.add(case.id, late).await), "newer_message");
    }
}

#[tokio::test]
async fn what_no_person_wrote_moves_nothing() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case().await;
        office.add(case.id, office.reply("Done.")).await.unwrap();
        let before = office.change(case.id, Change::State(CaseState::Solved)).await.unwrap();
        let away = NewMessage { automatic: Some("vacation".into()), ..office.asked("Away") };
        let bounce = NewMessage { bounce: Some("5.1.1".into()), ..office.asked("") };
        let system = NewMessage {
            direction: Direction::System,
            author: Author::System,
            ..office.asked("x")
        };
        for new in [away, bounce, system] {
            let added = office.add(case.id, new).await.unwrap();
            assert_eq!(added.case.state, CaseState::Solved);
            assert_eq!(added.case.reopened, 0);
            assert_eq!(added.case.last_customer_at, before.last_customer_at);
        }
        let own = NewMessage { author: Author::Rule, ..office.reply("We got your message.") };
        let case = office.add(case.id, own).await.unwrap().case;
        assert_eq!((case.state, case.last_staff_at), (CaseState::Solved, before.last_staff_at));
    }
}

#[tokio::test]
async fn what_comes_too_late_begins_another_case() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let mut new = office.new_case(office.asked("Where is my refund?"));
        new.refs = vec![Ref::subject(RefKind::Payment, "pay_1")];
        let case = office.open_case(new).await;
        office.change(case.id, Change::State(CaseState::Solved)).await.unwrap();
        let again = office.add(case.id, office.asked("Not yet")).await.unwrap().case;
        assert_eq!((again.id, again.state, again.reopened), (case.id, CaseState::Open, 1));
        office.change(case.id, Change::State(CaseState::Solved)).await.unwrap();
        // What comes round is planned when it is first looked at.
        office.work().await;
        assert_eq!(office.look(case.id).await.state, CaseState::Solved);
        office.pass(8 * 24 * 3600);
        office.work().await;
        assert_eq!(office.look(case.id).await.state, CaseState::Closed);
        let away = NewMessage { automatic: Some("vacation".into()), ..office.asked("Away") };
        assert_eq!(office.add(case.id, away).await.unwrap().case.id, case.id);
        let late = office.add(case.id, office.asked("Still nothing")).await.unwrap();
        assert_ne!(late.case.id, case.id);
        assert_eq!((late.case.state, late.message.case), (CaseState::New, late.case.id));
        assert_eq!(late.case.subject, case.subject);
        let mut reader = office.store.read().await.unwrap();
        let links = links_of(&mut reader, case.id).await.unwrap();
        assert_eq!(
            links.iter().map(|link| (link.from, link.to, link.kind)).collect::<Vec<_>>(),
            [(case.id, late.case.id, LinkKind::FollowUp)]
        );
        let about = of_ref(&mut reader, RefKind::Payment, "pay_1").await.unwrap();
        assert_eq!(about.len(), 2, "both are found from the payment");
        drop(reader);
        assert_eq!(code(office.add(case.id, office.reply("Sorry")).await), "case_closed");
        office.story(case.id).await;
        office.story(late.case.id).await;
    }
}

#[tokio::test]
async fn card_numbers_are_masked_wherever_they_are_kept() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let number = "4111 1111 1111 1111";
        let first = NewMessage {
            fresh: Some(format!("It is {number}")),
            html: Some(format!("<p>{}</p>", number.replace(' ', "&nbsp;"))),
            ..office.asked(&format!("It is {number}\n> wrote"))
        };
        let mut new = office.new_case(first);
        new.subject = format!("Card {number}");
        let case = office.open_case(new).await;
        assert_eq!(case.subject, "Card •••• •••• •••• 1111");
        let [message] = &office.said(case.id, ThreadKind::ALL).await[..] else { panic!("one") };
        let html = message.html.clone().unwrap();
        for kept in [&message.text, &message.fresh, &html] {
            assert!(kept.contains("1111") && !kept.contains("4111"), "{kept}");
            assert!(!kept.contains("1111&nbsp;1111") && !kept.contains("1111 1111"), "{kept}");
        }
        let mut reader = office.store.read().await.unwrap();
        let eyes = Eyes { staff: office.agent, role: identity::staff::Role::Admin };
        let mut found = async |text: &str| {
            let text = Some(text.to_owned());
            let filter = Filter { text, ..Filter::default() };
            list(&mut reader, &eyes, &filter, store::Page::first(10)).await.unwrap().len()
        };
        assert_eq!(found("4111").await, 0);
        assert_eq!(found("4111111111111111").await, 0);
        assert_eq!(found("wrote").await, 0, "the quote is not searched");
        assert_eq!(found(case.reference.as_str()).await, 1);
        assert_eq!(found("1111").await, 1);
    }
}

#[tokio::test]
async fn a_message_has_its_own_files_in_order() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.env;
        let kept = store::write!(office.store, |tx| {
            let mut kept = Vec::new();
            for name in ["b.txt", "a.txt"] {
                let upload = Upload { name, declared: "text/plain", bytes: name.as_bytes() };
                kept.push(files::keep(tx, env, upload).await?);
            }
            Ok(kept)
        })
        .unwrap();
        let ids: Vec<_> = kept.iter().map(|file| file.id).collect();
        let new = NewMessage { files: ids.clone(), ..office.asked("See here") };
        let case = office.open_case(office.new_case(new.clone())).await;
        let [message] = &office.said(case.id, ThreadKind::ALL).await[..] else { panic!("one") };
        let mut reader = office.store.read().await.unwrap();
        let found = files_of(&mut reader, message.id).await.unwrap();
        assert_eq!(found, kept);
        let asked = [message.id, office.env.id()];
        let many = crate::files::of_messages(&mut reader, &asked).await.unwrap();
        assert_eq!(many.into_iter().collect::<Vec<_>>(), [(message.id, kept.clone())]);
        assert_eq!(files::bytes(&mut reader, &found[0]).await.unwrap(), b"b.txt");
        drop(reader);
        assert_eq!(code(office.add(case.id, new).await), "message_file_unknown", "they are taken");
    }
}

#[tokio::test]
async fn too_much_and_nothing_are_refused() {
    let office = Office::open(store::Engine::Sqlite).await;
    let case = office.case().await;
    assert_eq!(code(office.add(case.id, office.asked("  \n")).await), "message_empty");
    let long = "x".repeat(1024 * 1024 + 1);
    assert_eq!(code(office.add(case.id, office.asked(&long)).await), "message_too_long");
    let unknown = office.env.id();
    assert_eq!(code(office.add(unknown, office.asked("Hello")).await), "case_unknown");
    let zero = office.add(case.id, office.asked("a\0b")).await.unwrap();
    assert_eq!(zero.message.text, "ab");
    assert_eq!(office.look(case.id).await.seq, zero.case.seq);
}

#[tokio::test]
async fn the_merchant_hears_nothing_of_what_is_finances_own() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.open_case(office.new_case(office.asked("Hello"))).await;
        office.change(case.id, Change::Team(Team::Finance)).await.unwrap();
        let told = async || {
            let mut reader = office.store.read().await.unwrap();
            let filter = outbox::Filter { kind_prefix: Some("case.".into()), ..Default::default() };
            outbox::list(&mut reader, &filter).await.unwrap().len()
        };
        let before = told().await;
        office.change(case.id, Change::Escalate).await.unwrap();
        office.change(case.id, Change::State(CaseState::Solved)).await.unwrap();
        assert_eq!(told().await, before);
    }
}

#[tokio::test]
async fn the_merchant_hears_facts_and_no_words() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.open_case(office.new_case(office.asked("zebra zebra"))).await;
        let undo = Some(SignedDuration::from_secs(15));
        office.add(case.id, NewMessage { undo, ..office.reply("giraffe") }).await.unwrap();
        let note = NewMessage::note(office.by_agent(), Language::En, "lion");
        office.add(case.id, note).await.unwrap();
        let mut reader = office.store.read().await.unwrap();
        let told = outbox::list(&mut reader, &outbox::Filter::default()).await.unwrap();
        drop(reader);
        assert!(told.iter().all(|event| event.kind != "case.answered"), "it has not left");
        office.pass(20);
        office.work().await;
        office.change(case.id, Change::Escalate).await.unwrap();
        office.change(case.id, Change::State(CaseState::Solved)).await.unwrap();
        let mut reader = office.store.read().await.unwrap();
        let filter = outbox::Filter { kind_prefix: Some("case.".into()), ..Default::default() };
        let mut told = outbox::list(&mut reader, &filter).await.unwrap();
        told.sort_by_key(|event| event.sequence);
        let kinds: Vec<&str> = told.iter().map(|event| &*event.kind).collect();
        let all = ["case.opened", "case.message", "case.answered", "case.escalated", "case.solved"];
        assert_eq!(kinds, all);
        for event in &told {
            let body = event.body.to_string();
            assert_eq!(event.body["reference"], case.reference.as_str());
            for word in ["zebra", "giraffe", "lion", "example.org", "charged"] {
                assert!(!body.contains(word), "{body}");
            }
        }
        let other = office.meet("ben@example.org").await;
        office.add(case.id, from(&other, "Me too")).await.unwrap();
    }
}
