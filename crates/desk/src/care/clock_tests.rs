//! Clocks over the life of a case, without a database.

use base::{Chance, Id, Language, SignedDuration, Timestamp};

use super::calendar::Calendar;
use super::clock::{Clock, Should, should};
use super::promises::{Kind, Promises, Target};
use crate::cases::{Case, CaseState, Origin, Priority, Reference, Side, Team};
use crate::people::Audience;

fn hour(count: i64) -> Timestamp {
    let monday: Timestamp = "2026-05-04T00:00:00Z".parse().unwrap();
    monday + SignedDuration::from_hours(count)
}

fn case() -> Case {
    let chance = Chance::seeded(3);
    Case {
        id: Id::new(hour(0), &chance),
        reference: Reference::draw(&chance),
        subject: "Charged twice for tokens on Sunday".to_owned(),
        state: CaseState::New,
        waiting_for: None,
        priority: Priority::Normal,
        audience: Audience::Customer,
        side: Side::Mine,
        topic: None,
        team: Team::Support,
        assignee: None,
        requester: Id::new(hour(0), &chance),
        origin: Origin::Mail,
        language: Language::En,
        tags: Vec::new(),
        spam_at: None,
        merged_into: None,
        legal_hold: None,
        snoozed_until: None,
        due_at: None,
        due_kind: None,
        level: 0,
        first_answer_at: None,
        solved_at: None,
        closed_at: None,
        reopened: 0,
        last_customer_at: Some(hour(0)),
        last_staff_at: None,
        seq: 1,
        version: 1,
        created_at: hour(0),
        updated_at: hour(0),
    }
}

fn begun(kind: Kind) -> Clock {
    let (promises, calendar) = (Promises::default(), Calendar::default());
    Clock::begin(&case(), kind, 1, &promises, &calendar, hour(0)).unwrap()
}

#[test]
fn a_clock_runs_while_the_customer_waits_for_us() {
    use CaseState::{Closed, New, Open, Snoozed, Solved, WaitingCustomer, WaitingThirdParty};
    let states = [New, Open, WaitingCustomer, WaitingThirdParty, Snoozed, Solved, Closed];
    let (run, pause, end) = (Should::Run, Should::Pause, Should::End);
    let table = [
        (Kind::FirstAnswer, false, [run, run, pause, pause, pause, end, end]),
        (Kind::FirstAnswer, true, [end; 7]),
        (Kind::NextAnswer, false, [end; 7]),
        (Kind::NextAnswer, true, [run, run, pause, pause, pause, end, end]),
        (Kind::Solution, false, [run, run, pause, run, pause, end, end]),
        (Kind::Hard, false, [run, run, run, run, run, end, end]),
    ];
    for (kind, answered, wanted) in table {
        let mut case = case();
        if answered {
            case.first_answer_at = Some(hour(1));
            case.last_staff_at = Some(hour(1));
            case.last_customer_at = Some(hour(2));
        }
        let found = states.map(|state| should(kind, &Case { state, ..case.clone() }));
        assert_eq!(found, wanted, "{kind:?} answered: {answered}");
        let spam = Case { spam_at: Some(hour(1)), ..case.clone() };
        assert_eq!(should(kind, &spam), end, "nobody waits in spam");
        let other = Case { merged_into: Some(case.id), ..case };
        assert_eq!(should(kind, &other), end, "the other case has the promise");
    }
}

#[test]
fn an_answer_ends_the_next_answer_and_a_new_question_begins_another() {
    let mut case = case();
    case.first_answer_at = Some(hour(1));
    case.last_staff_at = Some(hour(1));
    assert_eq!(should(Kind::NextAnswer, &case), Should::End);
    case.last_customer_at = Some(hour(5));
    assert_eq!(should(Kind::NextAnswer, &case), Should::Run);
    case.last_staff_at = Some(hour(6));
    assert_eq!(should(Kind::NextAnswer, &case), Should::End);
}

#[test]
fn nothing_is_promised_where_nobody_asked() {
    for origin in [Origin::Billing, Origin::Import, Origin::Staff] {
        let case = Case { origin, ..case() };
        assert_eq!(should(Kind::FirstAnswer, &case), Should::End, "{origin}");
        assert_eq!(should(Kind::Hard, &case), Should::Run, "a bank's date counts for {origin}");
    }
}

#[test]
fn time_spent_waiting_for_somebody_else_is_not_ours() {
    let calendar = Calendar::default();
    let mut clock = begun(Kind::FirstAnswer);
    assert_eq!((clock.warn_at, clock.due_at), (Some(hour(24)), Some(hour(48))));
    assert!(clock.follow(Should::Pause, &calendar, hour(10)));
    assert_eq!((clock.warn_at, clock.due_at), (None, None));
    assert!(!clock.follow(Should::Pause, &calendar, hour(50)), "nothing changes twice");
    assert!(clock.follow(Should::Run, &calendar, hour(100)));
    assert_eq!((clock.warn_at, clock.due_at), (Some(hour(114)), Some(hour(138))));
    assert!(clock.follow(Should::End, &calendar, hour(120)));
    assert_eq!(clock.kept(), Some(true));
    assert_eq!(SignedDuration::from_micros(clock.worked), SignedDuration::from_hours(30));
    assert!(!clock.follow(Should::Run, &calendar, hour(121)), "what is over stays over");
}

#[test]
fn a_promise_broken_while_nobody_looked_is_broken() {
    let mut clock = begun(Kind::FirstAnswer);
    clock.follow(Should::End, &Calendar::default(), hour(49));
    assert_eq!((clock.kept(), clock.breached_at), (Some(false), Some(hour(48))));
    let mut just = begun(Kind::FirstAnswer);
    just.follow(Should::End, &Calendar::default(), hour(48));
    assert_eq!(just.kept(), Some(true), "the last moment is in time");
}

#[test]
fn a_date_from_outside_is_neither_paused_nor_moved() {
    let mut clock = Clock::hard(case().id, 1, hour(30), hour(0));
    assert_eq!((clock.warn_at, clock.due_at), (Some(hour(6)), Some(hour(30))));
    assert!(!clock.follow(Should::Run, &Calendar::default(), hour(20)));
    assert_eq!(clock.due_at, Some(hour(30)));
    clock.follow(Should::End, &Calendar::default(), hour(29));
    assert_eq!(clock.kept(), Some(true));
}

#[test]
fn urgent_cases_may_be_promised_more() {
    let urgent = Target { warn_minutes: 60, breach_minutes: 120 };
    let promises = Promises { urgent: Some(urgent), ..Promises::default() };
    promises.check().unwrap();
    assert_eq!(promises.target(Kind::FirstAnswer, Priority::Urgent), Some(urgent));
    assert_eq!(promises.target(Kind::NextAnswer, Priority::High), Some(Target::TWO_DAYS));
    assert_eq!(promises.target(Kind::Solution, Priority::Urgent), None);
}

#[test]
fn promises_that_cannot_be_kept_are_refused_with_a_sentence() {
    let target = |warn_minutes, breach_minutes| Target { warn_minutes, breach_minutes };
    let plain = Promises::default;
    let table = [
        Promises { zone: "Atlantis/Capital".to_owned(), ..plain() },
        Promises { holidays: vec!["25 December".to_owned()], ..plain() },
        Promises { week: Default::default(), ..plain() },
        Promises { first_answer: target(120, 60), ..plain() },
        Promises { next_answer: target(0, 60), ..plain() },
        Promises { solution: Some(target(1, i64::MAX)), ..plain() },
    ];
    for promises in table {
        assert!(promises.check().is_err(), "{promises:?}");
    }
}
