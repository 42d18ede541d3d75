//! Macros on real cases, on both databases.

use base::id::{CaseId, MacroId, MacroRunId};
use base::{Language, Stop};
use identity::Customer;
use identity::staff::{Role, Staff};

use super::{
    Offer, Step, Wanted, Written, add, bring_back, change, find_run, foresee, retire, run,
};
use crate::answers;
use crate::audit;
use crate::cases::{
    self, Case, CaseState, NewCase, NewMessage, Origin, Priority, Ref, RefKind, RefRole, Side,
    Team, ThreadKind,
};
use crate::people::{self, Audience};
use crate::permits::Who;
use crate::scene::{ENGINES, Scene};

/// A customer with a payment asks about it.
async fn asks(scene: &Scene) -> (Customer, Case) {
    let customer = scene.customer("mia@example.org").await;
    let payment = scene.payment(customer.id).await;
    let env = &scene.env;
    let made: Result<Case, Stop> = store::write!(scene.store, |tx| {
        let person = people::of_customer(tx, env, customer.id).await?;
        let address = people::addresses_of(tx, person.id).await?[0].id;
        let text = "Where are my tokens?";
        let first = NewMessage::from_person(person.id, address, Origin::Form, Language::En, text);
        let about = Ref { kind: RefKind::Payment, id: payment.to_string(), role: RefRole::Subject };
        let new = NewCase {
            subject: "Paid but no tokens since Sunday".to_owned(),
            audience: Audience::Customer,
            side: Side::Mine,
            topic: None,
            team: Team::Support,
            priority: Priority::Normal,
            origin: Origin::Form,
            language: Language::En,
            requester: person.id,
            tags: Vec::new(),
            refs: vec![about],
            first,
        };
        cases::open(tx, env, new).await
    });
    (customer, made.unwrap())
}

async fn macro_of(scene: &Scene, name: &str, steps: Vec<Step>) -> MacroId {
    macro_for(scene, name, steps, Offer::ALL).await
}

async fn macro_for(scene: &Scene, name: &str, steps: Vec<Step>, offer: Offer) -> MacroId {
    let written = Written::checked(name, steps, offer).unwrap();
    let made: Result<_, Stop> =
        store::write!(scene.store, |tx| add(tx, &scene.env, written.clone(), None).await);
    made.unwrap().id
}

fn wanted(id: MacroRunId, of: MacroId, case: CaseId) -> Wanted {
    Wanted { id, of, version: 1, case }
}

async fn runs(scene: &Scene, of: MacroId, case: CaseId, staff: &Staff) -> (MacroRunId, String) {
    let id = scene.env.id();
    let (one, run) = run(&scene.desk, wanted(id, of, case), staff).await.unwrap();
    (id, run.told(&one.steps))
}

async fn balance(scene: &Scene, of: &Customer) -> i64 {
    billing::tokens::wallet(&scene.desk.billing, of.id).await.unwrap().balance.count()
}

fn credit(tokens: i64) -> Step {
    Step::Credit { tokens, reason: "double charge".to_owned() }
}

#[tokio::test]
async fn one_key_gives_tokens_answers_tags_and_solves() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        answers::ship(&scene.store, &scene.env).await.unwrap();
        let (mia, case) = asks(&scene).await;
        let ben = scene.staff(Role::Agent).await;
        named(&scene, &mia).await;
        let steps = vec![
            credit(20),
            Step::Answer { key: "tokens-given".to_owned() },
            Step::Tag { tag: "goodwill".to_owned() },
            Step::State { state: CaseState::Solved },
        ];
        let of = macro_of(&scene, "Make good", steps).await;
        let (id, told) = runs(&scene, of, case.id, &ben).await;
        assert!(told.starts_with("Done: credit 20 tokens"), "{told}");
        let again = run(&scene.desk, wanted(id, of, case.id), &ben).await.unwrap();
        assert_eq!(again.1.steps_done, 4, "asking twice runs it once");
        assert_eq!(balance(&scene, &mia).await, 20);
        let mut reader = scene.store.read().await.unwrap();
        let now = cases::find(&mut reader, case.id).await.unwrap().unwrap();
        assert_eq!((now.state, now.tags), (CaseState::Solved, vec!["goodwill".to_owned()]));
        let said =
            cases::messages(&mut reader, case.id, &[ThreadKind::Customer], 0, 10).await.unwrap();
        let answers = said.iter().filter(|it| it.text.contains("added tokens")).count();
        assert_eq!((said.len(), answers), (2, 1));
        assert!(said.iter().any(|it| it.text.contains("Hello Mia,")), "{said:?}");
    }
}

#[tokio::test]
async fn a_macro_stops_at_the_first_refusal_and_says_what_was_done() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let (mia, case) = asks(&scene).await;
        let ben = scene.staff(Role::Agent).await;
        let steps = vec![
            Step::Tag { tag: "first".to_owned() },
            credit(101),
            Step::State { state: CaseState::Solved },
        ];
        let of = macro_of(&scene, "Too much", steps).await;
        let (id, told) = runs(&scene, of, case.id, &ben).await;
        assert!(told.starts_with("Done: tag first. Stopped at \"credit 101 tokens"), "{told}");
        assert!(told.ends_with("Not done: credit 101 tokens (double charge), move to solved."));
        assert_eq!(balance(&scene, &mia).await, 0);
        let mut reader = scene.store.read().await.unwrap();
        let run = find_run(&mut reader, id).await.unwrap().unwrap();
        assert_eq!((run.steps_done, run.ended_at.is_some()), (1, true));
        let now = cases::find(&mut reader, case.id).await.unwrap().unwrap();
        assert_eq!((now.state, now.tags), (CaseState::New, vec!["first".to_owned()]));
    }
}

#[tokio::test]
async fn an_answer_with_a_hole_in_it_is_not_sent() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        answers::ship(&scene.store, &scene.env).await.unwrap();
        let (_, case) = asks(&scene).await;
        let ben = scene.staff(Role::Agent).await;
        let of = macro_of(&scene, "Say", vec![Step::Answer { key: "tokens-given".into() }]).await;
        // Nobody knows what the customer is called.
        let (_, told) = runs(&scene, of, case.id, &ben).await;
        assert!(
            told.starts_with("Nothing was done: something in this answer is not known"),
            "{told}"
        );
    }
}

#[tokio::test]
async fn only_who_sees_a_case_runs_a_macro_on_it_and_none_that_is_retired() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let (_, case) = asks(&scene).await;
        let (ben, lead) = (scene.staff(Role::Agent).await, scene.staff(Role::Lead).await);
        let to_finance = vec![Step::Team { team: Team::Finance }];
        let of = macro_of(&scene, "To finance", to_finance).await;
        runs(&scene, of, case.id, &ben).await;
        let refused = run(&scene.desk, wanted(scene.env.id(), of, case.id), &ben).await;
        assert!(matches!(refused, Err(Stop::Refused(no)) if no.code == "case_unknown"));
        let (_, other) = (0, asks_other(&scene).await);
        let gone: Result<_, Stop> =
            store::write!(scene.store, |tx| retire(tx, &scene.env, of, lead.id).await);
        gone.unwrap();
        let refused = run(&scene.desk, wanted(scene.env.id(), of, other), &ben).await;
        assert!(matches!(refused, Err(Stop::Refused(no)) if no.code == "macro_retired"));
    }
}

async fn asks_other(scene: &Scene) -> CaseId {
    let customer = scene.customer("ole@example.org").await;
    let env = &scene.env;
    let made: Result<Case, Stop> = store::write!(scene.store, |tx| {
        let person = people::of_customer(tx, env, customer.id).await?;
        let address = people::addresses_of(tx, person.id).await?[0].id;
        let first = NewMessage::from_person(person.id, address, Origin::Form, Language::Da, "Hej");
        let new = NewCase {
            subject: "Hej".to_owned(),
            audience: Audience::Customer,
            side: Side::Unknown,
            topic: None,
            team: Team::Support,
            priority: Priority::Normal,
            origin: Origin::Form,
            language: Language::Da,
            requester: person.id,
            tags: Vec::new(),
            refs: Vec::new(),
            first,
        };
        cases::open(tx, env, new).await
    });
    made.unwrap().id
}

/// The customer has said what they are called.
async fn named(scene: &Scene, customer: &Customer) {
    let env = &scene.env;
    let told: Result<(), Stop> = store::write!(scene.store, |tx| {
        let person = people::of_customer(tx, env, customer.id).await?;
        let address = people::addresses_of(tx, person.id).await?[0].clone();
        let hint = people::Hint {
            name: Some("Mia".to_owned()),
            language: Language::En,
            audience: Audience::Customer,
        };
        people::meet(tx, env, address.kind, &address.value, &hint).await?;
        Ok(())
    });
    told.unwrap();
}

#[tokio::test]
async fn a_macro_changed_since_it_was_seen_or_meant_for_others_is_not_run() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let (_, case) = asks(&scene).await;
        let (ben, lead) = (scene.staff(Role::Agent).await, scene.staff(Role::Lead).await);
        let tag = |tag: &str| vec![Step::Tag { tag: tag.to_owned() }];
        let of = macro_of(&scene, "Tag it", tag("seen")).await;
        let written = Written::checked("Tag it", tag("unseen"), Offer::ALL).unwrap();
        for (version, code) in [(1, None), (1, Some("macro_changed"))] {
            let changed: Result<_, Stop> = store::write!(scene.store, |tx| {
                change(tx, &scene.env, of, version, written.clone(), lead.id).await
            });
            assert_eq!(changed.err().and_then(|stop| Some(stop.refusal()?.code)), code);
        }
        let code_of = async |of| {
            let wanted = wanted(scene.env.id(), of, case.id);
            let refused = run(&scene.desk, wanted, &ben).await.unwrap_err();
            refused.refusal().unwrap().code
        };
        assert_eq!(code_of(of).await, "macro_changed");
        let leads = Offer { team: None, who: Who::Leads };
        let of = macro_for(&scene, "Leads only", tag("lead"), leads).await;
        assert_eq!(code_of(of).await, "macro_not_offered");
        let finance = Offer { team: Some(Team::Finance), who: Who::Everybody };
        let of = macro_for(&scene, "Finance only", tag("money"), finance).await;
        assert_eq!(code_of(of).await, "macro_not_offered");
        assert!(scene.case(&case).await.tags.is_empty());
    }
}

#[tokio::test]
async fn what_a_macro_will_do_is_told_before_with_the_reason_why_it_cannot() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        answers::ship(&scene.store, &scene.env).await.unwrap();
        let (mia, case) = asks(&scene).await;
        let ben = scene.staff(Role::Agent).await;
        let told = async |steps: &[Step]| {
            let mut reader = scene.store.read().await.unwrap();
            let case = cases::find(&mut reader, case.id).await.unwrap().unwrap();
            foresee(&mut reader, &scene.desk, steps, &case, &ben).await.unwrap()
        };
        let solve = || Step::State { state: CaseState::Solved };
        let say = || Step::Answer { key: "tokens-given".to_owned() };
        let holes = told(&[say()]).await;
        assert!(holes[0].no.as_ref().unwrap().contains("not known"), "{holes:?}");
        named(&scene, &mia).await;
        let seen = told(&[credit(60), say(), solve()]).await;
        assert!(seen.iter().all(|step| step.no.is_none()), "{seen:?}");
        assert_eq!(seen[0].limit, Some((100, 300)), "at once, and what is left of the day");
        assert!(seen[1].text.as_ref().unwrap().contains("Hello Mia,"));
        let over = told(&[credit(101)]).await;
        assert!(over[0].no.as_ref().unwrap().contains("100 tokens at once"), "{over:?}");
        let day = told(&[credit(100), credit(100), credit(100), credit(1)]).await;
        assert!(day[2].no.is_none() && day[3].no.is_some(), "steps add up: {day:?}");
        let gone = told(&[Step::Answer { key: "no-such".to_owned() }]).await;
        assert!(gone[0].no.is_some());
        let of = macro_of(&scene, "Solve", vec![solve()]).await;
        runs(&scene, of, case.id, &ben).await;
        assert!(told(&[Step::Snooze { hours: 4 }]).await[0].no.is_some(), "it is solved");
    }
}

#[tokio::test]
async fn a_macro_is_retired_and_brought_back_and_the_log_says_by_whom() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let lead = scene.staff(Role::Lead).await;
        let of = macro_of(&scene, "Tag it", vec![Step::Tag { tag: "a".to_owned() }]).await;
        for _ in 0..2 {
            let gone: Result<_, Stop> =
                store::write!(scene.store, |tx| retire(tx, &scene.env, of, lead.id).await);
            assert!(gone.unwrap().retired_at.is_some());
        }
        let back: Result<_, Stop> =
            store::write!(scene.store, |tx| bring_back(tx, &scene.env, of, lead.id).await);
        assert!(back.unwrap().retired_at.is_none());
        let filter = audit::Filter { about: of.to_string(), ..audit::Filter::default() };
        let mut reader = scene.store.read().await.unwrap();
        let lines = audit::list(&mut reader, &filter, store::Page::first(9)).await.unwrap();
        let told: Vec<_> = lines.iter().map(|line| line.what.as_str()).collect();
        assert_eq!(told, ["macro.brought_back", "macro.retired"]);
        assert!(lines.iter().all(|line| line.actor == lead.id.to_string()));
        drop(reader);
        let bad = Step::Answer { key: "no-such".to_owned() };
        let bad = Written::checked("Bad", vec![bad], Offer::ALL).unwrap();
        let made: Result<_, Stop> =
            store::write!(scene.store, |tx| add(tx, &scene.env, bad.clone(), None).await);
        assert_eq!(made.unwrap_err().refusal().unwrap().code, "macro_answer_unknown");
    }
}
