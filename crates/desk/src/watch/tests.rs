//! Facts of the money side become cases once and close with the money, on both databases.

use base::Stop;
use identity::staff::Role;

use super::*;
use crate::cases::{
    self, Author, Case, CaseState, Change, NewMessage, Origin, Priority, RefKind, Team,
};
use crate::scene::{ENGINES, Scene};
use crate::{DeskSettings, WatchSettings};

const DISPUTE: &str = "the bank took 10.00 USD back";

impl Scene {
    async fn round(&self) {
        Reconcile::new(self.desk.clone()).round().await.unwrap();
    }

    async fn about(&self, payment: base::id::PaymentId) -> Vec<Case> {
        self.cases_of(RefKind::Payment, &payment.to_string()).await
    }

    async fn only(&self, payment: base::id::PaymentId) -> Case {
        let mut cases = self.about(payment).await;
        assert_eq!(cases.len(), 1, "{cases:?}");
        cases.remove(0)
    }

    async fn writes(&self, case: &Case, staff: base::id::StaffId) {
        let note = NewMessage::note(Author::Staff(staff), base::Language::En, "I am on it");
        let said: Result<_, Stop> = store::write!(self.store, |tx| {
            cases::add(tx, &self.env, case.id, note.clone()).await
        });
        said.unwrap();
    }
}

#[tokio::test]
async fn a_dispute_is_a_case_of_finance_at_once_and_once() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let ana = scene.customer("ana@example.org").await;
        let payment = scene.payment(ana.id).await;
        scene.needs(payment, Some(DISPUTE), 1000).await;
        scene.tells("payment.disputed", payment).await;
        scene.tells("payment.needs_attention", payment).await;
        scene.round().await;
        let case = scene.only(payment).await;
        assert_eq!((case.team, case.priority), (Team::Finance, Priority::High));
        assert_eq!((case.origin, case.tags.clone()), (Origin::Billing, vec!["dispute".to_owned()]));
        assert_eq!(case.subject, "The bank disputes a payment");
        assert_eq!(scene.cases_of(RefKind::Customer, &ana.id.to_string()).await.len(), 1);
        // The second fact came when the case was there.
        assert_eq!(scene.told(&case).await, ["payment.needs_attention"]);
        let mut reader = scene.store.read().await.unwrap();
        let found = findings_of(&mut reader, case.id).await.unwrap();
        assert_eq!((found.len(), found[0].says.as_str()), (1, DISPUTE));
        let person = crate::people::find(&mut reader, case.requester).await.unwrap().unwrap();
        assert_eq!(person.customer, None, "it is nobody's outside");
    }
}

#[tokio::test]
async fn what_was_not_heard_is_found_by_the_next_round() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let ana = scene.customer("ana@example.org").await;
        let payment = scene.payment(ana.id).await;
        let says = "the processor says 9.00 USD where 10.00 USD was asked for";
        scene.needs(payment, Some(says), 0).await;
        scene.round().await;
        let case = scene.only(payment).await;
        assert_eq!(case.tags, ["differs"]);
        scene.round().await;
        scene.only(payment).await;
    }
}

#[tokio::test]
async fn a_case_closes_with_the_money_unless_a_person_has_written() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let ana = scene.customer("ana@example.org").await;
        let finance = scene.staff(Role::Finance).await;
        let (alone, written) = (scene.payment(ana.id).await, scene.payment(ana.id).await);
        for payment in [alone, written] {
            scene.needs(payment, Some(DISPUTE), 1000).await;
        }
        scene.round().await;
        let touched = scene.only(written).await;
        scene.writes(&touched, finance.id).await;
        // One is told, the other is noticed.
        scene.needs(alone, Some(DISPUTE), 0).await;
        scene.tells("payment.disputed", alone).await;
        scene.needs(written, None, 0).await;
        scene.round().await;
        let case = scene.only(alone).await;
        assert_eq!(case.state, CaseState::Solved);
        assert_eq!(scene.told(&case).await, ["payment.disputed", "gone"]);
        let case = scene.only(written).await;
        assert!(case.state.is_open(), "{:?}", case.state);
        assert_eq!(scene.told(&case).await, ["gone"]);
        scene.round().await;
        assert_eq!(scene.told(&case).await, ["gone"], "once");
    }
}

#[tokio::test]
async fn what_comes_again_goes_on_in_its_open_case_or_begins_another() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let ana = scene.customer("ana@example.org").await;
        let finance = scene.staff(Role::Finance).await;
        let payment = scene.payment(ana.id).await;
        let again = async |says: Option<&str>| {
            scene.pass(1);
            scene.needs(payment, says, i64::from(says.is_some()) * 1000).await;
            scene.round().await;
        };
        again(Some(DISPUTE)).await;
        let first = scene.only(payment).await;
        scene.writes(&first, finance.id).await;
        again(None).await;
        again(Some(DISPUTE)).await;
        assert_eq!(scene.only(payment).await.id, first.id);
        assert_eq!(scene.told(&first).await, ["gone", "found"]);
        let solved = store::write!(scene.store, |tx| {
            let by = Author::Staff(finance.id);
            let change = Change::State(CaseState::Solved);
            cases::change(tx, &scene.env, first.id, None, by, change).await
        });
        solved.unwrap();
        scene.round().await;
        assert_eq!(scene.about(payment).await.len(), 1, "what staff have solved stays solved");
        again(None).await;
        again(Some(DISPUTE)).await;
        assert_eq!(scene.about(payment).await.len(), 2);
    }
}

#[tokio::test]
async fn another_sentence_is_a_line_and_a_dispute_behind_it_stays() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let ana = scene.customer("ana@example.org").await;
        let payment = scene.payment(ana.id).await;
        scene.needs(payment, Some("a dispute was opened: asked"), 0).await;
        scene.round().await;
        let case = scene.only(payment).await;
        scene.needs(payment, Some("the refund op_1 of 10.00 USD came to nothing"), 1000).await;
        scene.round().await;
        let cases = scene.about(payment).await;
        let tags: Vec<_> = cases.iter().map(|case| case.tags[0].clone()).collect();
        assert_eq!(cases.len(), 2, "{tags:?}");
        assert!(tags.contains(&"refund".to_owned()));
        assert!(scene.case(&case).await.state.is_open(), "the dispute is not over");
        assert!(scene.told(&case).await.contains(&"otherwise".to_owned()));
    }
}

#[tokio::test]
async fn an_outcome_nobody_knows_for_a_day_is_a_case_of_the_customer_until_it_is_known() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let ana = scene.customer("ana@example.org").await;
        let payment = scene.payment(ana.id).await;
        scene.attempt(payment, "unknown").await;
        scene.pass(23 * 60);
        scene.round().await;
        assert!(scene.about(payment).await.is_empty());
        scene.pass(61);
        scene.round().await;
        let case = scene.only(payment).await;
        assert_eq!((case.team, case.state), (Team::Support, CaseState::New));
        let mut reader = scene.store.read().await.unwrap();
        let person = crate::people::find(&mut reader, case.requester).await.unwrap().unwrap();
        assert_eq!(person.customer, Some(ana.id));
        drop(reader);
        scene.attempt(payment, "captured").await;
        scene.tells("payment.captured", payment).await;
        let case = scene.case(&case).await;
        assert_eq!(case.state, CaseState::Solved, "at once, and not by the next round");
        assert_eq!(scene.told(&case).await, ["payment.captured", "gone"]);
    }
}

#[tokio::test]
async fn a_notice_that_fits_nothing_for_hours_is_finances_until_it_fits() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let notice = scene.notice("unmatched").await;
        scene.round().await;
        let of = || scene.cases_of(RefKind::Notice, "");
        assert!(of().await.is_empty());
        scene.pass(4 * 60 + 1);
        scene.round().await;
        let mut cases = scene.cases_of(RefKind::Notice, &notice.to_string()).await;
        assert_eq!(cases.len(), 1);
        let case = cases.remove(0);
        assert_eq!(case.team, Team::Finance);
        assert_eq!(scene.cases_of(RefKind::Account, "fake").await.len(), 1);
        let applied: Result<(), Stop> = store::write!(scene.store, |tx| {
            let sql = "UPDATE notices SET filed = 'applied' WHERE id = $1";
            tx.execute(sql, (notice,)).await?;
            Ok(())
        });
        applied.unwrap();
        scene.round().await;
        assert_eq!(scene.case(&case).await.state, CaseState::Solved);
    }
}

#[tokio::test]
async fn a_flood_makes_so_many_cases_and_one_that_tells_of_the_rest() {
    for engine in ENGINES {
        let watch = WatchSettings { most_open: 3, ..WatchSettings::default() };
        let settings = DeskSettings { watch, ..DeskSettings::default() };
        let scene = Scene::with(engine, settings).await;
        let ana = scene.customer("ana@example.org").await;
        let mut payments = Vec::new();
        for _ in 0..5 {
            scene.pass(1);
            let payment = scene.payment(ana.id).await;
            scene.needs(payment, Some(DISPUTE), 1000).await;
            payments.push(payment);
        }
        scene.round().await;
        scene.tells("payment.disputed", payments[4]).await;
        scene.round().await;
        let mut with_a_case = Vec::new();
        for payment in &payments {
            with_a_case.push(scene.about(*payment).await.len());
        }
        assert_eq!(with_a_case, [1, 1, 1, 0, 0], "those that wait longest come first");
        let mut reader = scene.store.read().await.unwrap();
        let rest = rows::open(&mut reader, "dispute", "*").await.unwrap().unwrap();
        drop(reader);
        assert_eq!(rest.says, "2 more of the kind wait");
        for payment in &payments[..3] {
            scene.needs(*payment, None, 0).await;
        }
        scene.round().await;
        scene.round().await;
        assert_eq!(scene.about(payments[4]).await.len(), 1);
        let mut reader = scene.store.read().await.unwrap();
        assert_eq!(rows::open(&mut reader, "dispute", "*").await.unwrap(), None);
        let case = cases::find(&mut reader, rest.case).await.unwrap().unwrap();
        assert_eq!(case.state, CaseState::Solved);
    }
}

#[tokio::test]
async fn every_fact_about_a_payment_is_a_line_in_the_cases_that_refer_to_it() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let ana = scene.customer("ana@example.org").await;
        let (payment, other) = (scene.payment(ana.id).await, scene.payment(ana.id).await);
        scene.needs(payment, Some(DISPUTE), 1000).await;
        scene.round().await;
        let case = scene.only(payment).await;
        for kind in ["payment.refunded", "payment.processing"] {
            scene.tells(kind, payment).await;
            scene.tells(kind, other).await;
        }
        assert_eq!(scene.told(&case).await, ["payment.refunded", "payment.processing"]);
        // What cases tell of themselves is no line in a case.
        scene.hears().await;
        assert_eq!(scene.told(&case).await.len(), 2);
    }
}

#[tokio::test]
async fn two_nodes_that_look_at_once_open_one_case() {
    for engine in ENGINES {
        let scene = Scene::open(engine).await;
        let ana = scene.customer("ana@example.org").await;
        let payment = scene.payment(ana.id).await;
        scene.needs(payment, Some(DISPUTE), 1000).await;
        tokio::join!(scene.round(), scene.round(), scene.tells("payment.disputed", payment));
        scene.only(payment).await;
    }
}
