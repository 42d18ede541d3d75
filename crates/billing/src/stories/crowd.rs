//! Many at once: the same message over several connections, and one shop run by several nodes.

use std::sync::Arc;

use crate::notices::{self, Filed};
use crate::payments::{self, PaymentState};
use crate::tips::{self, Ask};
use crate::{Billing, tokens};
use base::Tokens;
use processor::Verdict;
use store::{Engine, Page};

use super::house::{House, stories};

stories! {
    one_message_over_eight_connections_is_booked_once(house) {
        let (payment, attempt) = house.started().await;
        let raw = house.raw(&[house.yes(&attempt)]);
        let mut callers = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (billing, raw) = (house.billing.clone(), raw.clone());
            callers.spawn(async move { notices::receive(&billing, "fake", raw).await.unwrap().0 });
        }
        assert!(callers.join_all().await.iter().all(|verdict| *verdict == Verdict::Stored));
        // Whoever lost a race is applied by its job.
        house.later(60).await;
        assert_eq!(house.balance().await, 100);
        let mut reader = house.billing.store.read().await.unwrap();
        let rows = notices::of_payment(&mut reader, payment.id).await.unwrap();
        let filed = |filed| rows.iter().filter(|row| row.filed == filed).count();
        assert_eq!((filed(Filed::Applied), filed(Filed::Duplicate)), (1, 7));
    }

    yes_and_cancel_at_the_same_moment_end_paid_or_late_and_never_lost(house) {
        for _ in 0..4 {
            let (payment, attempt) = house.started().await;
            let raw = house.raw(&[house.yes(&attempt)]);
            let actor = base::Actor::Customer(house.customer);
            let (heard, canceled) = tokio::join!(
                notices::receive(&house.billing, "fake", raw),
                payments::cancel(&house.billing, payment.id, actor),
            );
            heard.unwrap();
            if let Err(stop) = canceled {
                assert_eq!(stop.refusal().unwrap().code, "payment_not_cancelable");
            }
            house.later(60).await;
            assert_eq!(house.payment(payment.id).await.state, PaymentState::Captured);
        }
        assert_eq!(house.balance().await, 400);
    }
}

/// Two nodes on one PostgreSQL database, both asked for the same tips.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_leave_each_tip_once() {
    let house = Arc::new(House::open(Engine::Postgres).await);
    house.paid().await;
    let one = house.billing.clone();
    let ledger = ledger::Ledger::open(&one.store, one.env.clock.clone()).await.unwrap();
    let two = Billing::new(
        one.store.clone(),
        ledger,
        one.env.clone(),
        one.accounts.clone(),
        one.site.clone(),
    );
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let ask = Ask { tokens: Tokens::new(7).unwrap(), ..house.tip(7) };
        for node in [&one, &two] {
            let (node, ask) = (node.clone(), ask.clone());
            callers.spawn(async move { tips::leave(&node, ask).await.unwrap() });
        }
    }
    let answers = callers.join_all().await;
    let new = answers.iter().filter(|one| one.outcome.as_ref().is_ok_and(|left| !left.earlier));
    assert_eq!(new.count(), 14, "a hundred tokens are fourteen tips of seven");
    assert_eq!(house.balance().await, 2);
    let history = tokens::history(&two, house.customer, Page::first(100)).await.unwrap();
    assert_eq!(history.len(), 15);
    house.prove().await;
}
