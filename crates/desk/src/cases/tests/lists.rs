//! Lists of cases: by what is due, page by page, with filters, and counted.

use base::SignedDuration;
use identity::staff::Role;
use store::Page;

use super::*;
use crate::cases::*;

fn eyes(office: &Office) -> Eyes {
    Eyes { staff: office.agent, role: Role::Agent }
}

async fn ids_of(office: &Office, filter: &Filter, page: Page) -> Vec<base::id::CaseId> {
    let mut reader = office.store.read().await.unwrap();
    let listed = list(&mut reader, &eyes(office), filter, page).await.unwrap();
    listed.iter().map(|case| case.id).collect()
}

#[tokio::test]
async fn what_is_due_first_is_listed_first_and_pages_miss_nothing() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let mut cases = Vec::new();
        for _ in 0..7 {
            office.pass(60);
            cases.push(office.case().await.id);
        }
        // The first was answered, so nothing is due; it comes last.
        office.add(cases[0], office.reply("Here")).await.unwrap();
        cases.rotate_left(1);
        let states = vec![CaseState::New, CaseState::Open, CaseState::WaitingCustomer];
        for filter in [Filter::default(), Filter { states, ..Filter::default() }] {
            let mut page = Page::first(3);
            let mut all = Vec::new();
            loop {
                let some = ids_of(&office, &filter, page.clone()).await;
                let Some(last) = some.last() else { break };
                page.after = Some(last.to_string());
                all.extend(some);
            }
            assert_eq!(all, cases);
            let before = Some(cases[5].to_string());
            let back = Page { limit: 3, after: None, before };
            assert_eq!(ids_of(&office, &filter, back).await, cases[2..5]);
        }
        let newest = Filter { sort: Sort::Newest, ..Filter::default() };
        cases.sort_unstable();
        cases.reverse();
        assert_eq!(ids_of(&office, &newest, Page::first(20)).await, cases);
        let after = Page { after: Some(cases[2].to_string()), ..Page::first(2) };
        assert_eq!(ids_of(&office, &newest, after).await, cases[3..5]);
    }
}

#[tokio::test]
async fn each_filter_keeps_what_it_names() {
    for engine in ENGINES {
        let office = Office::open(engine).await;
        let (plain, special) = (office.case().await.id, office.case().await.id);
        let ben = office.meet("ben@example.org").await;
        let mut new = office.new_case(super::office::from(&ben, "Rhubarb pie"));
        new.requester = ben.0.id;
        new.origin = Origin::Form;
        let bens = office.open_case(new).await.id;
        for what in [
            Change::Assign(Some(office.agent)),
            Change::Tag("vip".into()),
            Change::Priority(Priority::Urgent),
            Change::Team(Team::Complaints),
        ] {
            office.change(special, what).await.unwrap();
        }
        let soon = office.env.now() + SignedDuration::from_hours(72);
        let some = Filter::default;
        for (filter, wanted) in [
            (some(), vec![plain, special, bens]),
            (Filter { assignee: Some(Whose::Me(office.agent)), ..some() }, vec![special]),
            (Filter { assignee: Some(Whose::Of(office.finance)), ..some() }, vec![]),
            (Filter { assignee: Some(Whose::Nobody), ..some() }, vec![plain, bens]),
            (Filter { tag: Some("VIP".into()), ..some() }, vec![special]),
            (Filter { team: Some(Team::Complaints), ..some() }, vec![special]),
            (Filter { priority: Some(Priority::Urgent), ..some() }, vec![special]),
            (Filter { requester: Some(ben.0.id), ..some() }, vec![bens]),
            (Filter { origin: Some(Origin::Form), ..some() }, vec![bens]),
            (Filter { due_before: Some(soon), ..some() }, vec![plain, special, bens]),
            (Filter { due_before: Some(office.env.now()), ..some() }, vec![]),
            (Filter { text: Some("rhubarb".into()), ..some() }, vec![bens]),
            (Filter { text: Some("charged twice".into()), ..some() }, vec![plain, special, bens]),
            (Filter { text: Some("' OR 1=1 --".into()), ..some() }, vec![]),
            (Filter { states: vec![CaseState::Solved], ..some() }, vec![]),
            (Filter { spam: Spam::Only, ..some() }, vec![]),
        ] {
            let mut listed = ids_of(&office, &filter, Page::first(20)).await;
            let mut wanted = wanted;
            wanted.sort_unstable();
            listed.sort_unstable();
            assert_eq!(listed, wanted, "{filter:?}");
            let mut reader = office.store.read().await.unwrap();
            let counted = count(&mut reader, &eyes(&office), &filter).await.unwrap();
            assert_eq!(counted.number, wanted.len() as i64);
        }
        office.change(plain, Change::Spam).await.unwrap();
        let spam = Filter { spam: Spam::Only, ..some() };
        assert_eq!(ids_of(&office, &spam, Page::first(20)).await, [plain]);
        let listed = ids_of(&office, &some(), Page::first(20)).await;
        assert!(!listed.contains(&plain));
    }
}
