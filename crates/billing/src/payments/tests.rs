//! The decision by itself: every fact in every state, in every order.

use base::{Chance, Currency, Id, Money, Timestamp, Tokens};
use processor::GoTo;
use proptest::prelude::*;

use super::*;
use crate::notices::Filed;
use crate::reversals::{Reversal, TakenBackBy};

fn dollars(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn now() -> Timestamp {
    "2026-11-21T20:00:00Z".parse().unwrap()
}

/// A payment of ten dollars whose first attempt was just sent.
fn sent() -> Case {
    let chance = Chance::seeded(7);
    let payment = Payment {
        id: Id::new(now(), &chance),
        customer: Id::new(now(), &chance),
        checkout: Id::new(now(), &chance),
        pack: Id::new(now(), &chance),
        tokens: Tokens::new(100).unwrap(),
        amount: dollars(1000),
        state: PaymentState::Processing,
        reason: None,
        needs_attention: None,
        authorized: dollars(0),
        captured: dollars(0),
        refunded: dollars(0),
        disputed: dollars(0),
        outcome_known: false,
        version: 2,
        created_at: now(),
        updated_at: now(),
    };
    let attempt = Attempt {
        id: Id::new(now(), &chance),
        payment: payment.id,
        account: "fake".to_owned(),
        state: AttemptState::Sent,
        amount: dollars(1000),
        captured: dollars(0),
        refunded: dollars(0),
        disputed: dollars(0),
        reference: "att".to_owned(),
        transaction: None,
        card: None,
        decline: None,
        provisional: false,
        go_to: None,
        version: 1,
        created_at: now(),
        updated_at: now(),
        expires_at: now(),
    };
    let sale = Operation {
        id: Id::new(now(), &chance),
        attempt: attempt.id,
        kind: OperationKind::Sale,
        amount: dollars(1000),
        state: OperationState::Sent,
        transaction: None,
        proof: None,
        reason: None,
        created_at: now(),
        updated_at: now(),
    };
    Case { payment, attempt, sale, refunds: vec![], holds: vec![], disputes: vec![], tries: 1 }
}

fn begun() -> Fact {
    Fact::Begun { go_to: GoTo::Link("https://pay.example/".to_owned()), transaction: None }
}

fn paid(minor: i64, provisional: bool) -> Fact {
    let transaction = Some("t1".to_owned());
    Fact::Paid(Paid { transaction, amount: Some(dollars(minor)), card: None, provisional })
}

fn held(minor: i64) -> Fact {
    let Fact::Paid(sum) = paid(minor, false) else { unreachable!() };
    Fact::Authorized(sum)
}

fn back(by: TakenBackBy, minor: Option<i64>) -> Fact {
    Fact::TakenBack { by, amount: minor.map(dollars), transaction: None }
}

fn declined() -> Fact {
    Fact::Declined { decline: None, card: None }
}

fn listen(case: Case, fact: &Fact) -> Decision {
    let decision = hear(case, fact, "a test", now());
    keep_disputes(decision)
}

/// What the rows do between two facts: a dispute that was booked stands.
fn keep_disputes(mut decision: Decision) -> Decision {
    if let Some(Booking::TakeBack { by: TakenBackBy::Chargeback, amount, tokens, .. }) =
        &decision.booking
    {
        let dispute = Reversal {
            id: Id::new(now(), &Chance::seeded(9)),
            payment: decision.case.payment.id,
            attempt: decision.case.attempt.id,
            operation: None,
            by: TakenBackBy::Chargeback,
            amount: *amount,
            lost: dollars(0),
            tokens: *tokens,
            transaction: None,
        };
        decision.case.disputes.push(dispute);
    }
    decision
}

fn after(facts: &[Fact]) -> Case {
    facts.iter().fold(sent(), |case, fact| listen(case, fact).case)
}

#[test]
fn a_yes_is_booked_from_every_open_state() {
    for before in [vec![], vec![begun()], vec![Fact::Waiting], vec![Fact::Lost("x".to_owned())]] {
        let decision = listen(after(&before), &paid(1000, false));
        assert_eq!(decision.filed, Filed::Applied, "{before:?}");
        assert_eq!(decision.booking, Some(Booking::Post), "{before:?}");
        let case = decision.case;
        assert_eq!(case.payment.state, PaymentState::Captured);
        assert_eq!((case.payment.captured, case.attempt.captured), (dollars(1000), dollars(1000)));
        assert_eq!(case.sale.state, OperationState::Succeeded);
        assert_eq!(case.sale.proof.as_deref(), Some("a test"));
        assert!(case.payment.outcome_known);
    }
}

#[test]
fn a_late_yes_is_booked_after_a_no_a_deadline_and_a_proof_of_absence() {
    let never = Fact::NeverRan("x".to_owned());
    for before in [vec![declined()], vec![begun(), Fact::Expired], vec![never]] {
        let case = after(&before);
        assert_eq!(case.payment.state, PaymentState::RequiresMethod);
        let decision = listen(case, &paid(1000, false));
        assert_eq!(decision.booking, Some(Booking::PostLate), "{before:?}");
        assert_eq!(decision.case.payment.state, PaymentState::Captured);
        assert_eq!(decision.case.payment.reason.as_deref(), Some("late"));
    }
}

#[test]
fn another_amount_or_currency_books_nothing_and_asks_for_attention() {
    let euros = Fact::Paid(Paid {
        transaction: None,
        amount: Some(Money::new(1000, Currency::EUR)),
        card: None,
        provisional: false,
    });
    let none = Fact::Paid(Paid { transaction: None, amount: None, card: None, provisional: false });
    for fact in [paid(999, false), paid(1001, true), euros, none] {
        let decision = listen(after(&[begun()]), &fact);
        assert_eq!(decision.filed, Filed::Rejected);
        assert_eq!(decision.booking, None);
        assert_eq!(decision.case.payment.captured, dollars(0));
        assert!(decision.case.attempt.state.is_unresolved(), "it still blocks a second attempt");
        assert!(decision.case.payment.needs_attention.is_some());
    }
}

#[test]
fn a_provisional_yes_gives_no_tokens_until_it_is_final() {
    let case = after(&[begun(), paid(1000, true)]);
    assert_eq!(case.payment.state, PaymentState::Processing);
    assert_eq!(case.payment.reason.as_deref(), Some("provisional"));
    assert!(case.attempt.provisional && case.attempt.captured == dollars(0));
    let yes = listen(case.clone(), &paid(1000, false));
    assert_eq!(yes.booking, Some(Booking::Post));
    let no = listen(case, &declined());
    assert_eq!(no.booking, Some(Booking::Release));
    assert_eq!(no.case.payment.state, PaymentState::RequiresMethod);
}

#[test]
fn a_no_after_the_yes_is_stale() {
    let decision = listen(after(&[begun(), paid(1000, false)]), &declined());
    assert_eq!((decision.filed, decision.booking), (Filed::Stale, None));
    assert_eq!(decision.case.payment.state, PaymentState::Captured);
}

#[test]
fn a_second_yes_by_another_transaction_books_nothing_and_asks_for_attention() {
    let other = Fact::Paid(Paid {
        transaction: Some("t2".to_owned()),
        amount: Some(dollars(1000)),
        card: None,
        provisional: false,
    });
    let case = after(&[begun(), paid(1000, false)]);
    let again = listen(case.clone(), &paid(1000, false));
    assert_eq!((again.filed, again.case.payment.needs_attention), (Filed::Stale, None));
    let decision = listen(case, &other);
    assert_eq!((decision.filed, decision.booking), (Filed::Stale, None));
    assert!(decision.case.payment.needs_attention.unwrap().contains("t2"));
}

#[test]
fn ten_attempts_that_come_to_nothing_are_enough() {
    let mut case = after(&[begun()]);
    case.tries = MOST_TRIES;
    let case = listen(case, &declined()).case;
    assert_eq!(case.payment.state, PaymentState::Failed);
    let late = listen(case, &paid(1000, false)).case;
    assert_eq!(late.payment.state, PaymentState::Captured, "money that was taken is booked");
}

#[test]
fn what_is_held_is_taken_or_released_and_nothing_else() {
    let case = after(&[begun(), held(1000)]);
    assert_eq!(case.attempt.state, AttemptState::Authorized);
    assert_eq!(case.payment.state, PaymentState::Authorized);
    assert_eq!((case.payment.authorized, case.payment.captured), (dollars(1000), dollars(0)));
    assert_eq!(listen(case.clone(), &declined()).filed, Filed::Stale);
    let taken = listen(case.clone(), &paid(1000, false));
    assert_eq!(taken.booking, Some(Booking::Post));
    assert_eq!(taken.case.payment.authorized, dollars(1000), "it is not counted twice");
    for fact in [Fact::Released, back(TakenBackBy::Void, None)] {
        let released = listen(case.clone(), &fact);
        assert_eq!(released.booking, Some(Booking::Release));
        assert_eq!(released.case.attempt.state, AttemptState::Voided);
        assert_eq!(released.case.payment.state, PaymentState::Canceled);
        assert_eq!(released.case.payment.authorized, dollars(0));
    }
    let refused = listen(case, &back(TakenBackBy::Refund, None));
    assert_eq!(refused.filed, Filed::Unmatched);
}

#[test]
fn a_part_of_what_is_held_is_taken_only_where_a_part_was_asked_for() {
    let mut case = after(&[begun(), held(1000)]);
    assert_eq!(listen(case.clone(), &paid(600, false)).filed, Filed::Rejected);
    let capture =
        Operation { kind: OperationKind::Capture, amount: dollars(600), ..sent().sale.clone() };
    case.holds.push(capture);
    let taken = listen(case, &paid(600, false)).case;
    assert_eq!((taken.payment.captured, taken.payment.authorized), (dollars(600), dollars(1000)));
    assert_eq!(taken.attempt.sold(taken.payment.tokens).count(), 60);
    assert_eq!(taken.holds[0].state, OperationState::Succeeded);
}

#[test]
fn a_refund_that_failed_is_closed_and_asks_for_attention() {
    let mut case = after(&[begun(), paid(1000, false)]);
    let failed = Fact::RefundFailed { amount: Some(dollars(400)), transaction: None };
    assert_eq!(listen(case.clone(), &failed).filed, Filed::Unmatched);
    let refund =
        Operation { kind: OperationKind::Refund, amount: dollars(400), ..sent().sale.clone() };
    case.refunds.push(refund);
    let decision = listen(case, &failed);
    assert_eq!((decision.filed, decision.booking), (Filed::Applied, None));
    assert_eq!(decision.case.refunds[0].state, OperationState::Declined);
    assert!(decision.case.payment.needs_attention.is_some());
}

#[test]
fn what_goes_back_before_the_yes_waits_for_it() {
    for by in TakenBackBy::ALL {
        let decision = listen(after(&[begun()]), &back(*by, Some(400)));
        assert_eq!((decision.filed, decision.booking), (Filed::Unmatched, None));
    }
}

#[test]
fn parts_that_go_back_take_their_tokens_with_them_and_add_up() {
    let mut case = after(&[begun(), paid(1000, false)]);
    let mut tokens_back = 0;
    for part in [333, 333, 333, 1] {
        let decision = listen(case, &back(TakenBackBy::Refund, Some(part)));
        let Some(Booking::TakeBack { tokens, .. }) = decision.booking else { panic!("{part}") };
        tokens_back += tokens;
        case = decision.case;
    }
    assert_eq!(tokens_back, 100);
    assert_eq!(case.payment.refunded, dollars(1000));
    assert_eq!(case.payment.reason.as_deref(), Some("refunded"));
    let more = listen(case, &back(TakenBackBy::Refund, Some(1)));
    assert_eq!((more.filed, more.booking), (Filed::Stale, None));
}

#[test]
fn more_than_is_left_cannot_go_back() {
    let case = after(&[begun(), paid(1000, false), back(TakenBackBy::Refund, Some(600))]);
    let decision = listen(case, &back(TakenBackBy::Chargeback, Some(500)));
    assert_eq!((decision.filed, decision.booking), (Filed::Rejected, None));
    assert!(decision.case.payment.needs_attention.is_some());
}

#[test]
fn a_dispute_that_is_won_comes_back_once() {
    let case = after(&[begun(), paid(1000, false), back(TakenBackBy::Chargeback, Some(1000))]);
    assert_eq!(case.payment.disputed, dollars(1000));
    let won = listen(case, &Fact::Reinstated { amount: Some(dollars(1000)) });
    assert!(matches!(won.booking, Some(Booking::Reinstate(_))));
    assert_eq!(won.case.payment.disputed, dollars(0));
    let again = listen(won.case, &Fact::Reinstated { amount: None });
    assert_eq!((again.filed, again.booking), (Filed::Unmatched, None));
}

fn a_fact() -> impl Strategy<Value = Fact> {
    let by = prop::sample::select(TakenBackBy::ALL);
    let amount = prop_oneof![Just(None), (1_i64..1500).prop_map(Some)];
    prop_oneof![
        Just(begun()),
        Just(Fact::Waiting),
        Just(paid(1000, false)),
        Just(paid(1000, true)),
        Just(paid(999, false)),
        Just(held(1000)),
        Just(held(999)),
        Just(Fact::Approved { transaction: Some("t1".to_owned()) }),
        Just(Fact::Released),
        Just(Fact::Unsure("reset".to_owned())),
        Just(Fact::RefundFailed { amount: None, transaction: None }),
        Just(Fact::DisputeOpened("asked".to_owned())),
        Just(declined()),
        Just(Fact::NeverRan("proof".to_owned())),
        Just(Fact::Lost("reset".to_owned())),
        Just(Fact::Expired),
        (by, amount.clone()).prop_map(|(by, minor)| back(by, minor)),
        amount.prop_map(|minor| Fact::Reinstated { amount: minor.map(dollars) }),
    ]
}

/// What the books hold after a fact: pending, taken, tokens handed out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Model {
    held: i64,
    taken: i64,
    tokens: i64,
}

impl Model {
    fn book(&mut self, booking: &Booking) {
        match booking {
            Booking::Post => {
                self.held -= 1000;
                self.taken += 1000;
                self.tokens += 100;
            }
            Booking::PostLate => {
                self.taken += 1000;
                self.tokens += 100;
            }
            Booking::Release => self.held -= 1000,
            Booking::TakeBack { amount, tokens, .. } => {
                self.taken -= amount.minor;
                self.tokens -= tokens;
            }
            Booking::Reinstate(dispute) => {
                self.taken += dispute.amount.minor;
                self.tokens += dispute.tokens;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever is heard in whatever order: no state is reached by a move that is not in its
    /// table, the sums stay sound, and the books are what the states say.
    #[test]
    fn no_order_of_facts_breaks_a_payment(facts in prop::collection::vec(a_fact(), 0..14)) {
        let mut case = sent();
        let mut books = Model { held: 1000, ..Model::default() };
        for fact in &facts {
            let decision = listen(case, fact);
            let applied = decision.filed == Filed::Applied;
            prop_assert!(applied || decision.booking.is_none(), "only what is applied is booked");
            prop_assert!(applied || decision.reason.is_some(), "the rest says why");
            if let Some(booking) = &decision.booking {
                books.book(booking);
            }
            case = decision.case;
            case.payment.assert_sound();
            let open = if case.attempt.state.is_unresolved() { 1000 } else { 0 };
            prop_assert_eq!(books.held, open, "a hold stands while the attempt is open");
            prop_assert_eq!(books.taken, case.payment.returnable().minor);
            prop_assert_eq!(case.payment.returnable(), case.attempt.returnable());
            prop_assert!((0..=100).contains(&books.tokens));
            prop_assert_eq!(case.sale.state.is_unresolved(), case.attempt.state.is_unresolved());
            let captured = case.attempt.state == AttemptState::Captured;
            prop_assert_eq!(captured, case.payment.state == PaymentState::Captured);
            prop_assert!(case.sale.state.is_unresolved() || case.sale.proof.is_some());
        }
    }

    /// The same story told in another order, with what fits nothing told again until it fits,
    /// ends in the same books.
    #[test]
    fn every_order_ends_in_the_same_books(
        order in Just((0..7_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let story = [
            begun(),
            Fact::Waiting,
            declined(),
            paid(1000, false),
            back(TakenBackBy::Refund, Some(250)),
            back(TakenBackBy::Chargeback, Some(500)),
            Fact::Reinstated { amount: Some(dollars(500)) },
        ];
        let mut case = sent();
        let mut books = Model { held: 1000, ..Model::default() };
        let mut waiting: Vec<&Fact> = order.iter().map(|nth| &story[*nth]).collect();
        for _ in 0..story.len() {
            let mut still = Vec::new();
            for fact in waiting {
                let decision = listen(case, fact);
                if decision.filed == Filed::Unmatched {
                    still.push(fact);
                }
                if let Some(booking) = &decision.booking {
                    books.book(booking);
                }
                case = decision.case;
            }
            waiting = still;
        }
        prop_assert!(waiting.is_empty());
        prop_assert_eq!(books, Model { held: 0, taken: 750, tokens: 75 });
        prop_assert_eq!(case.payment.state, PaymentState::Captured);
    }
}

#[test]
fn final_states_are_left_by_taken_money_only() {
    for state in PaymentState::ALL.iter().filter(|state| state.is_final()) {
        for by in [
            PaymentMove::Send,
            PaymentMove::MustAct,
            PaymentMove::TakenIn,
            PaymentMove::Authorize,
            PaymentMove::AskHold,
            PaymentMove::Capture,
            PaymentMove::TryAgain,
            PaymentMove::GiveUp,
            PaymentMove::Cancel,
        ] {
            assert_eq!(state.moved(by), Err(Illegal), "{state} {by:?}");
        }
    }
}

#[test]
fn the_table_of_moves_is_the_one_that_was_designed() {
    use PaymentMove as Move;
    use PaymentState as State;
    let table = [
        (State::RequiresMethod, Move::MustAct, State::RequiresAction),
        (State::RequiresMethod, Move::Send, State::Processing),
        (State::RequiresAction, Move::TakenIn, State::Processing),
        (State::RequiresAction, Move::TryAgain, State::RequiresMethod),
        (State::Processing, Move::Authorize, State::Authorized),
        (State::Processing, Move::Capture, State::Captured),
        (State::Processing, Move::TryAgain, State::RequiresMethod),
        (State::Processing, Move::GiveUp, State::Failed),
        (State::Authorized, Move::AskHold, State::Processing),
        (State::Authorized, Move::Capture, State::Captured),
        (State::Authorized, Move::Cancel, State::Canceled),
        (State::RequiresMethod, Move::Cancel, State::Canceled),
        (State::RequiresAction, Move::Cancel, State::Canceled),
    ];
    for (from, by, to) in table {
        assert_eq!(from.moved(by), Ok(to), "{from} {by:?}");
    }
    assert_eq!(State::Processing.moved(Move::Cancel), Err(Illegal));
    assert_eq!(State::RequiresMethod.moved(Move::Capture), Err(Illegal));
}
