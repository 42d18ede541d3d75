//! The table of states, walked at random: nothing leaves it, and closed is the end.

use proptest::prelude::*;

use crate::cases::state::{Effect, Said, Weight, on_message, on_wish, on_withdrawal};
use crate::cases::*;

#[derive(Clone, Copy, Debug)]
enum Step {
    Says(Said),
    Wishes(CaseState, AuthorKind),
    TakesBack(CaseState),
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

fn author() -> impl Strategy<Value = AuthorKind> {
    proptest::sample::select(&AuthorKind::ALL[..])
}

fn said() -> impl Strategy<Value = Said> {
    let weights = one_of(&[Weight::Full, Weight::None]);
    (author(), one_of(ThreadKind::ALL), one_of(Direction::ALL), weights)
        .prop_map(|(by, thread, direction, weight)| Said { by, thread, direction, weight })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        said().prop_map(Step::Says),
        (one_of(CaseState::ALL), author()).prop_map(|(to, by)| Step::Wishes(to, by)),
        one_of(CaseState::ALL).prop_map(Step::TakesBack),
    ]
}

/// Every move there is, written down a second time and by hand: from, and where to.
const MOVES: [(CaseState, &[CaseState]); 7] = [
    (
        CaseState::New,
        &[
            CaseState::Open,
            CaseState::WaitingCustomer,
            CaseState::WaitingThirdParty,
            CaseState::Snoozed,
            CaseState::Solved,
        ],
    ),
    (
        CaseState::Open,
        &[
            CaseState::WaitingCustomer,
            CaseState::WaitingThirdParty,
            CaseState::Snoozed,
            CaseState::Solved,
        ],
    ),
    (
        CaseState::WaitingCustomer,
        &[
            // An answer to a case that nobody had looked at is taken back.
            CaseState::New,
            CaseState::Open,
            CaseState::WaitingThirdParty,
            CaseState::Snoozed,
            CaseState::Solved,
        ],
    ),
    (
        CaseState::WaitingThirdParty,
        &[CaseState::Open, CaseState::WaitingCustomer, CaseState::Snoozed, CaseState::Solved],
    ),
    (
        CaseState::Snoozed,
        &[
            CaseState::Open,
            CaseState::WaitingCustomer,
            CaseState::WaitingThirdParty,
            CaseState::Solved,
        ],
    ),
    (CaseState::Solved, &[CaseState::Open, CaseState::Closed]),
    (CaseState::Closed, &[]),
];

fn allows(from: CaseState, to: CaseState) -> bool {
    from == to || MOVES.iter().any(|(at, all)| *at == from && all.contains(&to))
}

fn walked(state: CaseState, step: Step) -> CaseState {
    match step {
        Step::Says(said) => match on_message(state, said) {
            Ok(Effect::Go(to)) => to,
            Ok(Effect::Stay | Effect::FollowUp) | Err(_) => state,
        },
        Step::Wishes(to, by) => match on_wish(state, to, by) {
            Ok(()) => to,
            Err(_) => state,
        },
        // Only an answer that moved the case takes it back, and it had moved it to the customer.
        Step::TakesBack(was) if state == CaseState::WaitingCustomer => on_withdrawal(was),
        Step::TakesBack(_) => state,
    }
}

proptest! {
    #[test]
    fn no_sequence_leaves_the_table_and_closed_is_the_end(
        steps in proptest::collection::vec(step(), 0..60),
    ) {
        let mut state = CaseState::New;
        for step in steps {
            let to = walked(state, step);
            prop_assert!(allows(state, to), "{state} to {to} by {step:?}");
            if state == CaseState::Closed {
                prop_assert_eq!(to, CaseState::Closed);
            }
            state = to;
        }
    }

    #[test]
    fn what_no_person_wrote_stays_without_effect(
        state in one_of(CaseState::ALL),
        said in said(),
    ) {
        let machine = Said { weight: Weight::None, ..said };
        prop_assert_eq!(on_message(state, machine), Ok(Effect::Stay));
    }

    #[test]
    fn only_words_from_outside_begin_another_case(
        state in one_of(CaseState::ALL),
        said in said(),
    ) {
        if on_message(state, said) == Ok(Effect::FollowUp) {
            prop_assert_eq!(state, CaseState::Closed);
            prop_assert_eq!((said.direction, said.weight), (Direction::In, Weight::Full));
        }
    }
}

#[test]
fn customers_say_only_that_it_is_done_or_is_not() {
    for from in CaseState::ALL {
        for to in CaseState::ALL {
            let may = on_wish(*from, *to, AuthorKind::Person).is_ok();
            let done = from.is_open() && *to == CaseState::Solved;
            let not_done = *from == CaseState::Solved && *to == CaseState::Open;
            assert_eq!(may, done || not_done, "{from} to {to}");
        }
    }
}

#[test]
fn every_state_but_the_first_can_be_reached() {
    for state in &CaseState::ALL[1..] {
        assert!(MOVES.iter().any(|(_, all)| all.contains(state)), "{state}");
    }
}
