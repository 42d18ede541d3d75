//! Cases become one, and two again; a message becomes a case.

use base::Language;
use base::id::CaseId;

use super::office::from;
use super::*;
use crate::cases::*;
use crate::people::{self, Proof};

async fn merged(office: &Office, from: CaseId, into: CaseId) -> Result<Case, base::Stop> {
    let (env, by) = (&office.env, office.by_agent());
    office.pass(1);
    store::write!(office.store, |tx| merge(tx, env, from, into, by).await)
}

async fn undone(office: &Office, id: CaseId) -> Result<Case, base::Stop> {
    let (env, by) = (&office.env, office.by_agent());
    office.pass(1);
    store::write!(office.store, |tx| unmerge(tx, env, id, by).await)
}

fn texts(said: &[Message]) -> Vec<&str> {
    said.iter().map(|message| message.text.as_str()).collect()
}

#[tokio::test]
async fn two_cases_become_one_and_two_again() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let one = office.open_case(office.new_case(office.asked("one"))).await;
        let two = office.open_case(office.new_case(office.asked("two"))).await;
        let note = NewMessage::note(office.by_agent(), Language::En, "note");
        office.add(one.id, note).await.unwrap();
        let case = merged(&office, one.id, two.id).await.unwrap();
        assert_eq!(case.id, two.id);
        assert_eq!(texts(&office.said(two.id, ThreadKind::ALL).await), ["two", "one", "note"]);
        assert_eq!(texts(&office.said(two.id, &[ThreadKind::Customer]).await), ["two", "one"]);
        assert!(office.said(one.id, ThreadKind::ALL).await.is_empty());
        let added = office.add(one.id, office.asked("three")).await.unwrap();
        assert_eq!(added.case.id, two.id, "what is said to the one is said in the other");
        let changed = office.change(one.id, Change::Tag("x".into())).await;
        assert_eq!(code(changed), "case_merged");
        assert_eq!(code(merged(&office, one.id, two.id).await), "case_merged");

        let back = undone(&office, one.id).await.unwrap();
        assert_eq!((back.state, back.merged_into), (CaseState::New, None));
        assert_eq!(texts(&office.said(one.id, ThreadKind::ALL).await), ["one", "note"]);
        assert_eq!(texts(&office.said(two.id, ThreadKind::ALL).await), ["two", "three"]);
        let thread = office.said(one.id, &[ThreadKind::Internal]).await;
        assert_eq!(texts(&thread), ["note"], "still among staff");
        assert_eq!(code(undone(&office, one.id).await), "case_not_merged");
        for id in [one.id, two.id] {
            office.story(id).await;
        }
    }
}

#[tokio::test]
async fn a_chain_of_merges_is_followed_and_undone_from_the_middle() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let mut ids = Vec::new();
        for text in ["a", "b", "c"] {
            ids.push(office.open_case(office.new_case(office.asked(text))).await.id);
        }
        merged(&office, ids[0], ids[1]).await.unwrap();
        merged(&office, ids[1], ids[2]).await.unwrap();
        assert_eq!(code(merged(&office, ids[2], ids[0]).await), "case_merged");
        let added = office.add(ids[0], office.asked("d")).await.unwrap();
        assert_eq!(added.case.id, ids[2]);
        undone(&office, ids[0]).await.unwrap();
        assert_eq!(texts(&office.said(ids[0], ThreadKind::ALL).await), ["a"]);
        undone(&office, ids[1]).await.unwrap();
        assert_eq!(texts(&office.said(ids[1], ThreadKind::ALL).await), ["b"]);
        assert_eq!(texts(&office.said(ids[2], ThreadKind::ALL).await), ["c", "d"]);
        for id in ids {
            office.story(id).await;
        }
    }
}

/// Everybody and everything that came over goes back, and the times are what they were.
#[tokio::test]
async fn an_undone_merge_leaves_nothing_behind() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let (env, by) = (&office.env, office.by_agent());
        let mut ids = Vec::new();
        for text in ["a", "b", "c"] {
            ids.push(office.open_case(office.new_case(office.asked(text))).await.id);
        }
        let eve = office.meet("eve@example.org").await;
        office.add(ids[0], from(&eve, "Me too")).await.unwrap();
        office.add(ids[1], office.reply("Soon")).await.unwrap();
        let paid = Ref { kind: RefKind::Payment, id: "pay_1".into(), role: RefRole::Subject };
        store::write!(office.store, |tx| refer_by(tx, env, ids[0], paid.clone(), by).await)
            .unwrap();
        let state = async |id: CaseId| {
            let mut reader = office.store.read().await.unwrap();
            let case = find(&mut reader, id).await.unwrap().unwrap();
            let who = participants_of(&mut reader, id).await.unwrap();
            let who: Vec<_> = who.into_iter().map(|who| (who.address, who.may_read)).collect();
            let refs = refs_of(&mut reader, id).await.unwrap();
            (who, refs, case.last_customer_at, case.last_staff_at)
        };
        let before = [state(ids[0]).await, state(ids[1]).await, state(ids[2]).await];
        merged(&office, ids[0], ids[1]).await.unwrap();
        let joint = state(ids[1]).await;
        merged(&office, ids[1], ids[2]).await.unwrap();
        assert_eq!(state(ids[2]).await.1, std::slice::from_ref(&paid));
        assert_eq!(state(ids[2]).await.3, before[1].3);

        undone(&office, ids[1]).await.unwrap();
        assert_eq!(state(ids[2]).await, before[2]);
        assert_eq!(state(ids[1]).await, joint, "with what had come to it before");
        let said = office.said(ids[1], &[ThreadKind::Customer]).await;
        assert_eq!(texts(&said), ["b", "Soon", "a", "Me too"]);
        undone(&office, ids[0]).await.unwrap();
        for (id, was) in ids.iter().zip(before) {
            assert_eq!(state(*id).await, was);
            office.story(*id).await;
        }
    }
}

#[tokio::test]
async fn together_with_a_case_of_finance_it_is_finances() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let one = office.open_case(office.new_case(office.asked("one"))).await;
        let two = office.open_case(office.new_case(office.asked("two"))).await;
        office.change(one.id, Change::Team(Team::Finance)).await.unwrap();
        merged(&office, one.id, two.id).await.unwrap();
        assert_eq!(office.look(two.id).await.team, Team::Finance);
        let agent = Eyes { staff: office.agent, role: identity::staff::Role::Agent };
        let mut reader = office.store.read().await.unwrap();
        assert!(seen(&mut reader, &agent, two.id).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn cases_of_two_people_stay_two_unless_they_are_one_customer() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.env;
        let anas = office.case().await;
        let ben = office.meet("ben@example.org").await;
        let mut new = office.new_case(from(&ben, "Ben's secret"));
        new.requester = ben.0.id;
        let bens = office.open_case(new).await;
        assert_eq!(code(merged(&office, bens.id, anas.id).await), "case_of_another_person");
        let customer = store::write!(office.store, |tx| {
            identity::customers::register(tx, env, identity::customers::NewCustomer::default())
                .await
        })
        .unwrap();
        for person in [office.ana.0.id, ben.0.id] {
            store::write!(office.store, |tx| {
                people::attach_customer(tx, env, person, customer.id, Proof::Staff).await
            })
            .unwrap();
        }
        merged(&office, bens.id, anas.id).await.unwrap();
        assert_eq!(office.said(anas.id, ThreadKind::ALL).await.len(), 2);
    }
}

#[tokio::test]
async fn who_was_in_copy_of_one_case_is_not_let_in_to_the_other() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let (env, by) = (&office.env, office.by_agent());
        let one = office.case().await;
        let two = office.open_case(office.new_case(office.asked("secret"))).await;
        let eve = office.meet("eve@example.org").await;
        office.add(one.id, from(&eve, "Me too")).await.unwrap();
        store::write!(office.store, |tx| {
            let_read(tx, env, one.id, eve.1.id, by).await?;
            people::verify(tx, env, eve.1.id, Proof::Link).await
        })
        .unwrap();
        merged(&office, one.id, two.id).await.unwrap();
        let mut reader = office.store.read().await.unwrap();
        let seen = shown_to(&mut reader, two.id, eve.1.id, 0, 100).await.unwrap();
        assert_eq!(texts(&seen), ["Me too"]);
    }
}

#[tokio::test]
async fn a_merged_case_is_in_no_list_and_its_words_are_found_in_the_other() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let one = office.open_case(office.new_case(office.asked("persimmon"))).await;
        let two = office.case().await;
        merged(&office, one.id, two.id).await.unwrap();
        let eyes = Eyes { staff: office.agent, role: identity::staff::Role::Agent };
        let listed = async |text: Option<&str>| {
            let filter = Filter { text: text.map(ToOwned::to_owned), ..Filter::default() };
            let mut reader = office.store.read().await.unwrap();
            let page = store::Page::first(10);
            let listed = list(&mut reader, &eyes, &filter, page).await.unwrap();
            listed.iter().map(|case| case.id).collect::<Vec<_>>()
        };
        assert_eq!(listed(None).await, [two.id]);
        assert_eq!(listed(Some("persimmon")).await, [two.id]);
        undone(&office, one.id).await.unwrap();
        assert_eq!(listed(Some("persimmon")).await, [one.id]);
    }
}

#[tokio::test]
async fn a_message_becomes_a_case_of_its_own() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let (env, by) = (&office.env, office.by_agent());
        let case = office.open_case(office.new_case(office.asked("first"))).await;
        let other = office.add(case.id, office.asked("Quite another thing\nIn two lines")).await;
        let other = other.unwrap().message;
        let answer = office.add(case.id, office.reply("Yes")).await.unwrap().message;
        let off = async |id| {
            office.pass(1);
            store::write!(office.store, |tx| split(tx, env, id, by).await)
        };
        let new = off(other.id).await.unwrap();
        assert_eq!((new.state, new.subject.as_str()), (CaseState::New, "Quite another thing"));
        assert_eq!(new.requester, case.requester);
        assert!(new.due_at.is_some());
        assert_eq!(office.said(new.id, ThreadKind::ALL).await.len(), 1);
        assert_eq!(texts(&office.said(case.id, ThreadKind::ALL).await), ["first", "Yes"]);
        let first = office.said(case.id, ThreadKind::ALL).await[0].id;
        for wrong in [first, answer.id, other.id] {
            assert_eq!(code(off(wrong).await), "message_cannot_be_split");
        }
        let replied = office.add(new.id, office.reply("About that")).await.unwrap();
        assert_eq!(replied.message.address, Some(office.ana.1.id));
        let mut reader = office.store.read().await.unwrap();
        let links = links_of(&mut reader, new.id).await.unwrap();
        assert_eq!((links[0].from, links[0].kind), (case.id, LinkKind::Split));
        drop(reader);
        for id in [case.id, new.id] {
            office.story(id).await;
        }
    }
}
