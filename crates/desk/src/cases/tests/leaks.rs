//! Nothing that was said to one audience is read by another.

use base::Language;
use identity::staff::Role;
use store::Page;

use super::office::{from, to_creator};
use super::*;
use crate::cases::*;
use crate::people::{self, AddressKind, Proof};

/// A case in which every thread says its own word.
async fn crowded(office: &Office) -> (Case, Vec<(ThreadKind, &'static str)>) {
    let case = office.open_case(office.new_case(office.asked("walnut"))).await;
    let creator = office.creator("Luna").await;
    let by = office.by_agent();
    office.add(case.id, NewMessage::note(by, Language::En, "pepper")).await.unwrap();
    let to_luna = to_creator(creator, office.reply("cinnamon"));
    office.add(case.id, to_luna).await.unwrap();
    let to_house = NewMessage { thread: To::Processor("segpay".into()), ..office.reply("ginger") };
    office.add(case.id, to_house).await.unwrap();
    let words = vec![
        (ThreadKind::Customer, "walnut"),
        (ThreadKind::Internal, "pepper"),
        (ThreadKind::Creator, "cinnamon"),
        (ThreadKind::Processor, "ginger"),
    ];
    (case, words)
}

#[tokio::test]
async fn every_thread_is_read_by_its_own_readers_only() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let (case, words) = crowded(&office).await;
        for (kind, word) in &words {
            let said = office.said(case.id, &[*kind]).await;
            assert_eq!(said.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), [*word]);
        }
        assert!(office.said(case.id, &[]).await.is_empty());
        let mut reader = office.store.read().await.unwrap();
        let seen = shown(&mut reader, case.id, 0, 100).await.unwrap();
        assert_eq!(seen.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["walnut"]);
        for thread in threads_of(&mut reader, case.id).await.unwrap() {
            let own = words.iter().find(|(kind, _)| *kind == thread.kind).unwrap().1;
            for message in messages_of(&mut reader, thread.id, 0, 100).await.unwrap() {
                assert_eq!(message.text, own);
            }
        }
        let internal = threads_of(&mut reader, case.id).await.unwrap();
        let internal = internal.iter().find(|it| it.kind == ThreadKind::Internal).unwrap();
        assert!(messages_of(&mut reader, internal.id, 0, 100).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn two_creators_of_one_case_do_not_read_each_other() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.env;
        let case = office.case().await;
        let (luna, stella) = (office.creator("Luna").await, office.creator("Stella").await);
        let mail = office.meet("stella@example.org").await;
        let role = (ParticipantRole::Creator, Some(stella.to_string()));
        store::write!(office.store, |tx| {
            join(tx, env, case.id, mail.1.id, role.clone(), office.by_agent()).await
        })
        .unwrap();
        let to_luna = office.add(case.id, to_creator(luna, office.reply("almond"))).await.unwrap();
        assert_eq!(to_luna.message.address, None, "Stella's address is not Luna's");
        let wrong = NewMessage { address: Some(mail.1.id), ..office.reply("almond") };
        let to_her = office.add(case.id, to_creator(luna, wrong)).await;
        assert_eq!(code(to_her), "address_not_in_thread");
        let to_stella = office.add(case.id, to_creator(stella, office.reply("cocoa"))).await;
        let to_stella = to_stella.unwrap().message;
        assert_eq!(to_stella.address, Some(mail.1.id));
        let mut reader = office.store.read().await.unwrap();
        let hers = messages_of(&mut reader, to_stella.thread, 0, 10).await.unwrap();
        assert_eq!(hers.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["cocoa"]);
    }
}

#[tokio::test]
async fn no_thread_is_sent_to_readers_of_another() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.env;
        let case = office.case().await;
        let creator = office.creator("Luna").await;
        let mut joined = Vec::new();
        for (mail, role, partner) in [
            ("luna@example.org", ParticipantRole::Creator, Some(creator.to_string())),
            ("house@example.org", ParticipantRole::Processor, Some("segpay".to_owned())),
            ("friend@example.org", ParticipantRole::Cc, None),
        ] {
            let who = office.meet(mail).await;
            let role = (role, partner);
            store::write!(office.store, |tx| {
                join(tx, env, case.id, who.1.id, role.clone(), office.by_agent()).await
            })
            .unwrap();
            joined.push(who.1.id);
        }
        let stranger = office.meet("stranger@example.org").await.1.id;
        let ana = office.ana.1.id;
        let threads = [To::Customer, To::Creator(creator), To::Processor("segpay".into())];
        let allowed =
            [(To::Customer, ana), (threads[1].clone(), joined[0]), (threads[2].clone(), joined[1])];
        for thread in &threads {
            for address in joined.iter().copied().chain([stranger, ana]) {
                let new = NewMessage {
                    thread: thread.clone(),
                    address: Some(address),
                    ..office.reply("nutmeg")
                };
                let sent = office.add(case.id, new).await;
                if allowed.contains(&(thread.clone(), address)) {
                    assert_eq!(sent.unwrap().message.address, Some(address));
                } else {
                    assert_eq!(code(sent), "address_not_in_thread", "{thread:?}");
                }
            }
        }
        let note = NewMessage { thread: To::Internal, address: Some(ana), ..office.reply("mace") };
        assert_eq!(code(office.add(case.id, note).await), "address_not_in_thread");
    }
}

#[tokio::test]
async fn somebody_in_copy_reads_only_their_own_words_until_staff_let_them_in() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.env;
        let case = office.open_case(office.new_case(office.asked("secret one"))).await;
        let eve = office.meet("eve@example.org").await;
        office.add(case.id, from(&eve, "what did she say?")).await.unwrap();
        let answer = office.add(case.id, office.reply("secret two")).await.unwrap().message;
        assert_eq!(answer.address, Some(office.ana.1.id), "Eve wrote last, Ana is answered");
        let read = async |address| {
            let mut reader = office.store.read().await.unwrap();
            let seen = shown_to(&mut reader, case.id, address, 0, 100).await.unwrap();
            seen.into_iter().map(|it| it.text).collect::<Vec<_>>()
        };
        assert_eq!(read(eve.1.id).await, ["what did she say?"]);
        let prove = async |id| {
            store::write!(office.store, |tx| people::verify(tx, env, id, Proof::Link).await)
                .unwrap();
        };
        prove(eve.1.id).await;
        assert_eq!(read(eve.1.id).await, ["what did she say?"], "proved, and not let in");
        store::write!(office.store, |tx| {
            let_read(tx, env, case.id, eve.1.id, office.by_agent()).await
        })
        .unwrap();
        assert_eq!(read(eve.1.id).await.len(), 3);
        assert_eq!(
            read(office.ana.1.id).await,
            ["secret one", "secret two"],
            "who asked, unproved, sees what came from there and went there"
        );
        prove(office.ana.1.id).await;
        assert_eq!(read(office.ana.1.id).await.len(), 3);
    }
}

#[tokio::test]
async fn who_was_in_copy_of_a_closed_case_goes_on_alone() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let mut new = office.new_case(office.asked("secret"));
        new.refs = vec![Ref::subject(RefKind::Payment, "pay_1")];
        let case = office.open_case(new).await;
        office.change(case.id, Change::State(CaseState::Solved)).await.unwrap();
        office.change(case.id, Change::State(CaseState::Closed)).await.unwrap();
        let eve = office.meet("eve@example.org").await;
        let late = office.add(case.id, from(&eve, "What about me?")).await.unwrap().case;
        assert_eq!((late.requester, late.subject.as_str()), (eve.0.id, "What about me?"));
        let sent = office.add(late.id, office.reply("Hello Eve")).await.unwrap().message;
        assert_eq!(sent.address, Some(eve.1.id));
        let mut reader = office.store.read().await.unwrap();
        assert!(refs_of(&mut reader, late.id).await.unwrap().is_empty());
        let seen = shown_to(&mut reader, late.id, office.ana.1.id, 0, 10).await.unwrap();
        assert!(seen.is_empty(), "and Ana reads nothing of Eve's");
    }
}

#[tokio::test]
async fn an_address_that_was_only_claimed_reads_nothing_older() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.env;
        let case = office.open_case(office.new_case(office.asked("secret"))).await;
        let claimed = store::write!(office.store, |tx| {
            people::add_address(tx, env, office.ana.0.id, AddressKind::Chat, "visitor-1").await
        })
        .unwrap();
        let hello = NewMessage {
            address: Some(claimed.id),
            channel: Origin::Chat,
            ..office.asked("it is me, Ana")
        };
        office.add(case.id, hello).await.unwrap();
        let mut reader = office.store.read().await.unwrap();
        let seen = shown_to(&mut reader, case.id, claimed.id, 0, 100).await.unwrap();
        assert_eq!(seen.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["it is me, Ana"]);
    }
}

#[tokio::test]
async fn an_agent_never_sees_a_case_of_finance() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.open_case(office.new_case(office.asked("saffron"))).await;
        let agent = Eyes { staff: office.agent, role: Role::Agent };
        let lead = Eyes { staff: office.agent, role: Role::Lead };
        let books = Eyes { staff: office.finance, role: Role::Finance };
        let admin = Eyes { staff: office.finance, role: Role::Admin };
        office.change(case.id, Change::Assign(Some(office.agent))).await.unwrap();
        let case = office.change(case.id, Change::Team(Team::Finance)).await.unwrap();
        assert_eq!(case.assignee, None, "who may not see it does not keep it");
        let refused = office.change(case.id, Change::Assign(Some(office.agent))).await;
        assert_eq!(code(refused), "staff_may_not_see_the_case");
        for (eyes, sees) in [(agent, 0), (lead, 0), (books, 1), (admin, 1)] {
            let mut reader = office.store.read().await.unwrap();
            for text in [None, Some("saffron".to_owned()), Some(case.reference.to_string())] {
                let filter = Filter { text, ..Filter::default() };
                let page = Page::first(10);
                let listed = list(&mut reader, &eyes, &filter, page).await.unwrap();
                assert_eq!(listed.len(), sees, "{eyes:?} {filter:?}");
                let counted = count(&mut reader, &eyes, &filter).await.unwrap();
                assert_eq!((counted.number, counted.more), (sees as i64, false));
            }
            let found = seen(&mut reader, &eyes, case.id).await.unwrap();
            assert_eq!(found.is_some(), sees == 1);
        }
    }
}
