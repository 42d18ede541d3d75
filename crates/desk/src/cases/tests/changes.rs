//! What staff, rules, time and customers change about cases.

use base::{Language, SignedDuration};

use super::*;
use crate::cases::*;

#[tokio::test]
async fn a_change_is_told_once_and_only_if_it_changes_something() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case().await;
        let all = [
            Change::Assign(Some(office.agent)),
            Change::Priority(Priority::High),
            Change::Tag(" Refund ".to_owned()),
            Change::Side(Side::Mine),
            Change::Topic(Some("refunds".to_owned())),
            Change::Subject("Charged twice in May".to_owned()),
            Change::Language(Language::Da),
            Change::Team(Team::Complaints),
            Change::Hold("court order".to_owned()),
            Change::Spam,
        ];
        for what in &all {
            let once = office.change(case.id, what.clone()).await.unwrap();
            let twice = office.change(case.id, what.clone()).await.unwrap();
            assert_eq!((once.seq, once.version), (twice.seq, twice.version), "{what:?}");
        }
        let case = office.look(case.id).await;
        assert_eq!(case.tags, ["refund"]);
        assert_eq!((case.assignee, case.side), (Some(office.agent), Side::Mine));
        assert_eq!(case.subject, "Charged twice in May");
        assert_eq!(case.legal_hold.as_deref(), Some("court order"));
        assert_eq!(case.seq, 2 + all.len() as i64);
        for what in [Change::Untag("REFUND".into()), Change::Release, Change::NotSpam] {
            office.change(case.id, what).await.unwrap();
        }
        let case = office.look(case.id).await;
        assert_eq!((case.tags.len(), case.legal_hold, case.spam_at), (0, None, None));
        office.story(case.id).await;
    }
}

#[tokio::test]
async fn who_looked_before_a_change_decides_again() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let (env, by) = (&office.env, office.by_agent());
        let case = office.case().await;
        let change_at = async |version, what: Change| {
            store::write!(office.store, |tx| {
                change(tx, env, case.id, version, by, what.clone()).await
            })
        };
        let high = Change::Priority(Priority::High);
        let changed = change_at(Some(case.version), high).await.unwrap();
        let late = change_at(Some(case.version), Change::Priority(Priority::Low)).await;
        assert_eq!(code(late), "case_changed");
        let low = change_at(Some(changed.version), Change::Priority(Priority::Low)).await.unwrap();
        assert_eq!(low.priority, Priority::Low);
    }
}

#[tokio::test]
async fn changes_at_once_all_happen_and_leave_no_gap() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case().await;
        let tags = ["a", "b", "c", "d", "e"];
        let all = tags.map(|tag| office.change(case.id, Change::Tag(tag.to_owned())));
        for changed in futures_util::future::join_all(all).await {
            changed.unwrap();
        }
        assert_eq!(office.look(case.id).await.tags, tags);
        assert_eq!(office.story(case.id).await.len(), 7);
    }
}

#[tokio::test]
async fn a_case_that_was_put_away_comes_back_at_its_time() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case().await;
        let until = office.env.now() + SignedDuration::from_hours(2);
        let case = office.change(case.id, Change::Snooze(until)).await.unwrap();
        assert_eq!((case.state, case.snoozed_until), (CaseState::Snoozed, Some(until)));
        let later = until + SignedDuration::from_hours(1);
        office.change(case.id, Change::Snooze(later)).await.unwrap();
        office.pass(2 * 3600 + 60);
        office.work().await;
        assert_eq!(office.look(case.id).await.state, CaseState::Snoozed, "put away again");
        office.pass(3600);
        office.work().await;
        let case = office.look(case.id).await;
        assert_eq!((case.state, case.snoozed_until), (CaseState::Open, None));
        let past = office.change(case.id, Change::Snooze(until)).await;
        assert_eq!(code(past), "time_is_over");
        let until = office.env.now() + SignedDuration::from_hours(2);
        office.change(case.id, Change::Snooze(until)).await.unwrap();
        let woken = office.add(case.id, office.asked("Hello?")).await.unwrap().case;
        assert_eq!((woken.state, woken.snoozed_until), (CaseState::Open, None));
    }
}

#[tokio::test]
async fn a_case_waits_for_somebody_else_until_they_answer() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case().await;
        let case = office.change(case.id, Change::WaitFor(Third::Processor)).await.unwrap();
        assert_eq!(case.waiting_for, Some(Third::Processor));
        let wrote = office.add(case.id, office.asked("And?")).await.unwrap().case;
        assert_eq!(wrote.state, CaseState::WaitingThirdParty, "the customer wrote, they did not");
        assert_eq!(wrote.last_customer_at, Some(office.env.now()));
        let told = NewMessage {
            thread: To::Processor("segpay".into()),
            ..office.asked("It was refunded")
        };
        let case = office.add(case.id, told).await.unwrap().case;
        assert_eq!((case.state, case.waiting_for), (CaseState::Open, None));
        let bare = office.change(case.id, Change::State(CaseState::WaitingThirdParty)).await;
        assert_eq!(code(bare), "case_state_not_reachable");
    }
}

#[tokio::test]
async fn only_the_table_moves_a_case() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case().await;
        let ana = Author::Person(office.ana.0.id);
        let go = |by, to| office.change_as(case.id, by, Change::State(to));
        assert_eq!(code(go(ana, CaseState::Closed).await), "case_state_not_reachable");
        go(office.by_agent(), CaseState::Open).await.unwrap();
        assert_eq!(code(go(office.by_agent(), CaseState::New).await), "case_state_not_reachable");
        go(ana, CaseState::Solved).await.unwrap();
        let again = go(ana, CaseState::Open).await.unwrap();
        assert_eq!(again.reopened, 1);
        go(Author::Billing, CaseState::Solved).await.unwrap();
        go(office.by_agent(), CaseState::Closed).await.unwrap();
        for by in [ana, office.by_agent(), Author::Rule, Author::Billing, Author::System] {
            assert_eq!(code(go(by, CaseState::Open).await), "case_closed");
        }
        let note = NewMessage::note(office.by_agent(), Language::En, "For the record");
        assert_eq!(office.add(case.id, note).await.unwrap().case.state, CaseState::Closed);
    }
}

#[tokio::test]
async fn a_case_goes_up_twice_and_becomes_more_urgent() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let case = office.case().await;
        let once = office.change(case.id, Change::Escalate).await.unwrap();
        assert_eq!((once.level, once.priority), (1, Priority::High));
        office.change(case.id, Change::Escalate).await.unwrap();
        assert_eq!(code(office.change(case.id, Change::Escalate).await), "case_at_the_top");
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let office = Office::open(store::Engine::Sqlite).await;
    let case = office.case().await;
    for tag in ["", "a b", "x'y", &"x".repeat(41)] {
        assert_eq!(
            code(office.change(case.id, Change::Tag(tag.to_owned())).await),
            "tag_not_valid"
        );
    }
    assert_eq!(code(office.change(case.id, Change::Hold(" ".into())).await), "reason_missing");
    let nobody = Change::Assign(Some(office.env.id()));
    assert_eq!(code(office.change(case.id, nobody).await), "staff_may_not_see_the_case");
    assert_eq!(office.look(case.id).await, case);
}

#[tokio::test]
async fn what_a_case_is_about_is_found_from_both_ends() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.env;
        let case = office.case().await;
        let about = Ref::subject(RefKind::Payment, "pay_1");
        for _ in 0..2 {
            store::write!(office.store, |tx| refer(tx, env, case.id, about.clone()).await).unwrap();
        }
        let mut reader = office.store.read().await.unwrap();
        assert_eq!(refs_of(&mut reader, case.id).await.unwrap(), [about]);
        let found = of_ref(&mut reader, RefKind::Payment, "pay_1").await.unwrap();
        assert_eq!(found.iter().map(|case| case.id).collect::<Vec<_>>(), [case.id]);
        assert!(of_ref(&mut reader, RefKind::Refund, "pay_1").await.unwrap().is_empty());
        assert_eq!(found[0].seq, 3, "told once");
    }
}

#[tokio::test]
async fn what_a_message_said_can_be_removed_for_good() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let env = &office.env;
        let html = Some("<p>cardamom</p>".to_owned());
        let first = NewMessage { html, ..office.asked("cardamom") };
        let case = office.open_case(office.new_case(first)).await;
        let said = office.said(case.id, ThreadKind::ALL).await;
        let by = office.by_agent();
        let gone = store::write!(office.store, |tx| redact(tx, env, said[0].id, by).await).unwrap();
        assert_eq!((gone.text.as_str(), gone.fresh.as_str(), gone.html), ("", "", None));
        assert!(gone.redacted_at.is_some());
        let eyes = Eyes { staff: office.agent, role: identity::staff::Role::Agent };
        let filter = Filter { text: Some("cardamom".into()), ..Filter::default() };
        let mut reader = office.store.read().await.unwrap();
        let found = list(&mut reader, &eyes, &filter, store::Page::first(10)).await.unwrap();
        assert!(found.is_empty(), "it is not found any more");
    }
}
