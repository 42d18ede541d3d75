//! Where payments go: by rules and countries, on to the next house where that is allowed, and
//! nowhere else where it is not.

use std::sync::Arc;

use base::id::CustomerId;
use base::{Actor, Currency, Money, SignedDuration, Stop};
use processor::{Answer, Decline, Notice, NoticeKind};

use super::house::{Fake, House, account, dollars};
use crate::payments::{self, AttemptState, OperationState, PaymentState};
use crate::routing::{self, AccountLimit, Bound, Countries, RouteSet, Stands, Terms, Trace, Why};
use crate::{Account, AccountStatus};

/// A house with several processors, each doing as it is told.
struct Desk {
    house: House,
    fakes: Vec<Arc<Fake>>,
}

fn no(cause: &str) -> Decline {
    let class = processor::declines::cause(cause).class;
    Decline { raw: "05".to_owned(), cause: cause.to_owned(), class }
}

impl Desk {
    /// With accounts of these kinds; an account is called like its kind.
    async fn of(engine: store::Engine, kinds: &[&'static str], terms: &[Terms]) -> Desk {
        let fakes: Vec<Arc<Fake>> =
            kinds.iter().map(|name| Arc::new(Fake { name, ..Fake::default() })).collect();
        let opened =
            |(fake, terms): (&Arc<Fake>, Terms)| Account { terms, ..account(fake.name, fake) };
        let terms = terms.iter().cloned().chain(std::iter::repeat_with(Terms::default));
        let accounts: Vec<Account> = fakes.iter().zip(terms).map(opened).collect();
        let house = House::with(engine, Arc::clone(&fakes[0]), accounts).await;
        Desk { house, fakes }
    }

    fn fake(&self, name: &str) -> &Fake {
        self.fakes.iter().find(|fake| fake.name == name).unwrap()
    }

    /// How often each was asked, in order.
    fn asked(&self) -> Vec<usize> {
        self.fakes.iter().map(|fake| fake.started()).collect()
    }

    async fn traces(&self, payment: base::id::PaymentId) -> Vec<Trace> {
        let mut reader = self.house.billing.store.read().await.unwrap();
        let traces = routing::traces_of(&mut reader, payment).await.unwrap();
        traces.into_iter().map(|(_, trace)| trace).collect()
    }

    /// The trace that sent a payment to an account.
    async fn trace_to(&self, payment: base::id::PaymentId, account: &str) -> Trace {
        let traces = self.traces(payment).await;
        traces.into_iter().find(|one| one.chosen.as_deref() == Some(account)).unwrap()
    }

    /// Where a payment of somebody goes.
    async fn goes(&self, customer: CustomerId) -> Trace {
        let payment = self.house.checkout_of(customer).await;
        self.house.start(payment.id).await.unwrap();
        self.traces(payment.id).await.remove(0)
    }

    async fn routes(&self, text: &str) -> Result<i64, Stop> {
        let set = RouteSet::from_toml(text).unwrap();
        let billing = &self.house.billing;
        store::write!(billing.store, |tx| routing::save(tx, &billing.routes, &set, Actor::System)
            .await)
    }

    async fn switch(
        &self,
        account: &str,
        status: Option<AccountStatus>,
        why: &str,
    ) -> Result<(), Stop> {
        let billing = &self.house.billing;
        store::write!(billing.store, |tx| {
            routing::switch(tx, &billing.routes, account, status, why, Actor::System)
                .await
                .map(|_| ())
        })
    }
}

/// Runs a story on both databases with processors of these kinds, and proves the books at its end.
macro_rules! desks {
    ($($name:ident($desk:ident of $kinds:expr, $terms:expr) $story:block)*) => {
        $(
            mod $name {
                use super::*;

                async fn on(engine: store::Engine) {
                    let $desk = &Desk::of(engine, &$kinds, &$terms).await;
                    $story
                    $desk.house.prove().await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_sqlite() {
                    on(store::Engine::Sqlite).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_postgres() {
                    on(store::Engine::Postgres).await;
                }
            }
        )*
    };
}

const SIX: [&str; 6] = ["segpay", "epoch", "wts", "centrobill", "webbilling", "paymentico"];

fn only(countries: &[&str]) -> Terms {
    let list = countries.iter().map(|code| (*code).to_owned()).collect();
    Terms { countries: Countries::read(list).unwrap(), ..Terms::default() }
}

fn capped(most: Option<i64>, day: Option<i64>) -> Terms {
    let sum = |minor: Option<i64>| minor.map(|minor| Money::new(minor, Currency::USD));
    let limit = AccountLimit {
        currency: Currency::USD,
        least: None,
        most: sum(most),
        day: sum(day),
        month: None,
    };
    Terms { limits: vec![limit], ..Terms::default() }
}

fn of_entity(name: &str) -> Terms {
    Terms { legal_entity: Some(name.to_owned()), ..Terms::default() }
}

desks! {
    the_shipped_rules_send_three_countries_on_three_ways(desk of SIX, [
        Terms::default(), Terms::default(), only(&["US"]), Terms::default(), only(&["EU", "CH"]),
    ]) {
        let german = desk.goes(desk.house.customer_from("DE").await).await;
        assert_eq!((german.version, german.rule.as_deref()), (0, Some("German-speaking")));
        assert_eq!(german.order, ["webbilling", "paymentico", "epoch", "segpay", "centrobill"]);
        let filipino = desk.goes(desk.house.customer_from("PH").await).await;
        assert_eq!(filipino.rule.as_deref(), Some("everybody else"));
        assert_eq!(filipino.order, ["paymentico", "epoch", "segpay", "centrobill"]);
        let why = filipino.against("webbilling").next().unwrap();
        assert_eq!((why.why, why.says.as_str()), (Why::Country, "it takes only EU, CH, not PH"));
        let american = desk.goes(desk.house.customer_from("US").await).await;
        assert_eq!(american.rule.as_deref(), Some("United States"));
        assert_eq!(american.order.last().map(String::as_str), Some("wts"));
        let danish = desk.goes(desk.house.customer_from("DK").await).await;
        assert_eq!(danish.order, ["paymentico", "epoch", "segpay", "centrobill", "webbilling"]);
        let nobody_knows = desk.goes(desk.house.customer).await;
        assert_eq!(nobody_knows.order.first().map(String::as_str), Some("paymentico"));
        // A stored trace can be decided again, and says the same.
        let mut reader = desk.house.billing.store.read().await.unwrap();
        for trace in [german, filipino, american] {
            let routes = &desk.house.billing.routes;
            let rules = routing::version(&mut reader, routes, trace.version).await;
            assert_eq!(routing::decide(&trace.ask, &rules.unwrap().unwrap()), trace);
        }
    }

    a_no_that_others_may_answer_otherwise_goes_on_to_the_next(desk of ["a", "b", "c"], []) {
        desk.fake("a").starts_with(Answer::Declined(no("do_not_honor")));
        let payment = desk.house.checkout().await;
        let (attempt, _) = desk.house.start(payment.id).await.unwrap();
        assert_eq!(attempt.account, "b");
        assert_eq!(desk.asked(), [1, 1, 0]);
        let keys = |name| desk.fake(name).asked.lock().unwrap()[0].key.clone();
        assert_ne!(keys("a"), keys("b"), "each try has a key of its own");
        let mut reader = desk.house.billing.store.read().await.unwrap();
        let tried = payments::attempts_of(&mut reader, payment.id).await.unwrap();
        let state = |account| tried.iter().find(|one| one.account == account).unwrap().state;
        assert_eq!(state("a"), AttemptState::Declined);
        assert_eq!(state("b"), AttemptState::ActionRequired);
        let calls = payments::operations_of(&mut reader, payment.id).await.unwrap();
        assert!(calls.iter().any(|call| call.state == OperationState::Declined));
        drop(reader);
        let first = desk.trace_to(payment.id, "a").await;
        let second = desk.trace_to(payment.id, "b").await;
        assert_eq!(second.order, ["b", "c"]);
        assert_eq!(second.against("a").next().unwrap().why, Why::Tried);
        assert_eq!(first.ask.bucket, second.ask.bucket);
        desk.house.applied_from("b", &[desk.house.yes(&attempt)]).await;
        assert_eq!(desk.house.balance().await, 100);
    }

    two_further_accounts_are_asked_and_no_more(desk of ["a", "b", "c", "d"], []) {
        for name in ["a", "b", "c"] {
            desk.fake(name).starts_with(Answer::NotExecuted("connection refused".to_owned()));
        }
        let payment = desk.house.checkout().await;
        let refused = desk.house.start(payment.id).await.unwrap_err();
        assert_eq!(refused.refusal().unwrap().code, "processor_unavailable");
        assert_eq!(desk.asked(), [1, 1, 1, 0]);
        assert_eq!(desk.house.payment(payment.id).await.state, PaymentState::RequiresMethod);
        // Pressed again, whoever failed comes last.
        let (attempt, _) = desk.house.start(payment.id).await.unwrap();
        assert_eq!(attempt.account, "d");
        assert_eq!(desk.trace_to(payment.id, "d").await.order, ["d", "a", "b", "c"]);
    }

    a_no_that_is_the_cardholders_goes_nowhere_else(desk of ["a", "b"], []) {
        let causes =
            ["stolen_card", "insufficient_funds", "fraud", "authentication_failed", "new"];
        for cause in causes {
            let before = desk.asked();
            desk.fake("a").starts_with(Answer::Declined(no(cause)));
            let payment = desk.house.checkout().await;
            let refused = desk.house.start(payment.id).await.unwrap_err();
            assert_eq!(refused.refusal().unwrap().code, "payment_declined", "{cause}");
            assert_eq!(desk.asked(), [before[0] + 1, 0], "{cause}");
            // The customer comes back: only the same house again.
            desk.house.start(payment.id).await.unwrap();
            let bound = Bound::Declined { account: "a".into(), cause: cause.into() };
            let traces = desk.traces(payment.id).await;
            assert!(traces.iter().any(|trace| trace.ask.bound == bound), "{traces:#?}");
            assert_eq!(desk.asked()[1], 0, "{cause}");
        }
    }

    nobody_else_is_asked_while_nobody_knows(desk of ["a", "b"], []) {
        desk.fake("a").starts_with(Answer::Unknown("time-out".to_owned()));
        let payment = desk.house.checkout().await;
        for _ in 0..2 {
            let refused = desk.house.start(payment.id).await.unwrap_err();
            assert_eq!(refused.refusal().unwrap().code, "outcome_unknown");
        }
        assert_eq!(desk.asked(), [1, 0]);
        let mut reader = desk.house.billing.store.read().await.unwrap();
        let tried = payments::attempts_of(&mut reader, payment.id).await.unwrap();
        drop(reader);
        desk.house.applied_from("a", &[desk.house.yes(&tried[0])]).await;
        assert_eq!(desk.house.balance().await, 100);
        assert_eq!(desk.asked(), [1, 0], "the later postback settles it, nobody was charged twice");
    }

    a_page_that_was_handed_out_binds_until_it_ends(desk of ["a", "b"], []) {
        let payment = desk.house.checkout().await;
        let (first, _) = desk.house.start(payment.id).await.unwrap();
        desk.switch("a", Some(AccountStatus::Drain), "new contract").await.unwrap();
        let (same, _) = desk.house.start(payment.id).await.unwrap();
        assert_eq!((same.id, desk.asked()), (first.id, vec![1, 0]));
        let declined = Notice {
            reference: Some(first.reference.clone()),
            decline: Some(no("do_not_honor")),
            ..desk.house.tells(&first, NoticeKind::Declined, 1000)
        };
        desk.house.applied_from("a", &[declined]).await;
        let (next, _) = desk.house.start(payment.id).await.unwrap();
        assert_eq!(next.account, "b");
        desk.house.applied_from("b", &[desk.house.yes(&next)]).await;
        assert_eq!(desk.house.balance().await, 100);
    }

    the_account_a_checkout_names_is_asked_alone(desk of ["a", "b"], []) {
        desk.fake("b").starts_with(Answer::NotExecuted("connection refused".to_owned()));
        let payment = desk.house.checkout().await;
        let (return_url, cancel_url) = ("https://r".to_owned(), "https://c".to_owned());
        let links = payments::Links { return_url, cancel_url };
        let billing = &desk.house.billing;
        let go = || payments::start(billing, payment.id, Some("b"), links.clone());
        assert_eq!(go().await.unwrap_err().refusal().unwrap().code, "processor_unavailable");
        assert_eq!(desk.asked(), [0, 1]);
        desk.switch("b", Some(AccountStatus::Paused), "maintenance").await.unwrap();
        assert_eq!(go().await.unwrap_err().refusal().unwrap().code, "no_processor_account");
        desk.switch("b", None, "done").await.unwrap();
        assert_eq!(go().await.unwrap().0.account, "b");
    }

    a_house_that_keeps_failing_rests_and_is_tried_again(desk of ["a", "b"], []) {
        for _ in 0..5 {
            desk.fake("a").starts_with(Answer::NotExecuted("connection refused".to_owned()));
        }
        for _ in 0..5 {
            let payment = desk.house.checkout().await;
            assert_eq!(desk.house.start(payment.id).await.unwrap().0.account, "b");
        }
        assert_eq!(desk.asked(), [5, 5]);
        assert!(matches!(desk.house.billing.routes.health.pulse("a").stands, Stands::Open { .. }));
        let payment = desk.house.checkout().await;
        assert_eq!(desk.house.start(payment.id).await.unwrap().0.account, "b");
        let trace = desk.traces(payment.id).await.remove(0);
        assert_eq!(trace.against("a").next().unwrap().why, Why::BreakerOpen);
        assert_eq!(desk.asked(), [5, 6], "it was not even asked");
        desk.house.billing.env.clock.advance(SignedDuration::from_secs(31));
        let payment = desk.house.checkout().await;
        assert_eq!(desk.house.start(payment.id).await.unwrap().0.account, "a");
        assert_eq!(desk.house.billing.routes.health.pulse("a").stands, Stands::Closed);
    }

    when_only_the_breaker_stands_in_the_way_nothing_was_taken(desk of ["a"], []) {
        for _ in 0..5 {
            desk.fake("a").starts_with(Answer::NotExecuted("connection refused".to_owned()));
            let payment = desk.house.checkout().await;
            desk.house.start(payment.id).await.unwrap_err();
        }
        let payment = desk.house.checkout().await;
        let refused = desk.house.start(payment.id).await.unwrap_err();
        assert_eq!(refused.refusal().unwrap().code, "processor_unavailable");
        assert_eq!(desk.asked(), [5]);
    }

    staff_switch_an_account_and_back(desk of ["a", "b"], []) {
        let customer = desk.house.customer;
        assert_eq!(desk.goes(customer).await.order, ["a", "b"]);
        desk.switch("a", Some(AccountStatus::Drain), "audit").await.unwrap();
        let trace = desk.goes(customer).await;
        assert_eq!((trace.order.clone(), trace.ask.candidates[0].status),
            (vec!["b".to_owned()], AccountStatus::Drain));
        desk.switch("a", Some(AccountStatus::Live), "audit done").await.unwrap();
        assert_eq!(desk.goes(customer).await.order, ["a", "b"]);
        let no = desk.switch("z", None, "x").await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "processor_account_not_found");
        let no = desk.switch("a", None, "  ").await.unwrap_err();
        assert_eq!(no.refusal().unwrap().code, "switch_needs_a_reason");
        let mut reader = desk.house.billing.store.read().await.unwrap();
        let said = routing::switches(&mut reader).await.unwrap();
        assert_eq!((said.len(), said[0].why.as_str()), (1, "audit done"));
    }

    limits_count_what_is_taken_and_what_is_under_way(desk of ["a", "b"], [
        capped(None, Some(2500)), capped(Some(1000), None),
    ]) {
        let customer = desk.house.customer;
        for used in [0, 1000] {
            let trace = desk.goes(customer).await;
            assert_eq!(trace.chosen.as_deref(), Some("a"));
            assert_eq!(trace.ask.candidates[0].limit.unwrap().today, used);
        }
        let trace = desk.goes(customer).await;
        assert_eq!(trace.chosen.as_deref(), Some("b"));
        let says = &trace.against("a").next().unwrap().says;
        assert_eq!(says, "20.00 USD of its 25.00 USD a day are used");
        desk.house.later(86_400).await;
        assert_eq!(desk.goes(customer).await.chosen.as_deref(), Some("a"), "a new day");
    }

    further_targets_stay_with_the_company_the_customer_began_with(desk of ["a", "b", "c"], [
        of_entity("House ApS"), of_entity("House LLC"), of_entity("House ApS"),
    ]) {
        desk.fake("a").starts_with(Answer::Declined(no("do_not_honor")));
        let payment = desk.house.checkout().await;
        let (attempt, _) = desk.house.start(payment.id).await.unwrap();
        assert_eq!(attempt.account, "c");
        let trace = desk.trace_to(payment.id, "c").await;
        assert_eq!(trace.against("b").next().unwrap().why, Why::LegalEntity);
    }

    new_rules_decide_from_the_next_payment_on_and_old_ones_come_back(desk of ["a", "b"], []) {
        let customer = desk.house.customer;
        let all_to_b = "note = 'try b'\n[[rules]]\nname = 'all'\ntargets = [{ account = 'b' }]";
        assert_eq!(desk.routes(all_to_b).await.unwrap(), 1);
        let trace = desk.goes(customer).await;
        assert_eq!((trace.version, trace.order.as_slice()), (1, &["b".to_owned()][..]));
        let refused = desk.routes("[[rules]]\nname = 'x'\nwhen = 'eu'\nchain = ['z']").await;
        let refused = refused.unwrap_err();
        let detail = refused.refusal().unwrap().detail.clone();
        let both = detail.contains("no account \"z\"") && detail.contains("the last rule");
        assert!(both, "{detail}");
        let split = "[[rules]]\nname = 'all'\n\
            targets = [{ account = 'a', weight = 50 }, { account = 'b', weight = 50 }]";
        assert_eq!(desk.routes(split).await.unwrap(), 2);
        let trace = desk.goes(customer).await;
        assert_eq!((trace.version, trace.order.len()), (2, 2));
        let billing = &desk.house.billing;
        let back: Result<(), Stop> = store::write!(billing.store, |tx| {
            routing::go_to(tx, &billing.routes, 0, Actor::System).await
        });
        back.unwrap();
        assert_eq!(desk.goes(customer).await.version, 0);
        let mut reader = billing.store.read().await.unwrap();
        let changes = routing::changes(&mut reader).await.unwrap();
        assert_eq!(changes.iter().map(|one| one.version).collect::<Vec<_>>(), [0, 2, 1]);
        assert_eq!(routing::kept(&mut reader).await.unwrap()[1].note, "try b");
        // The trace of a version that is not live any more is decided again by that version.
        let rules = routing::version(&mut reader, &billing.routes, 2).await.unwrap().unwrap();
        assert_eq!(routing::decide(&trace.ask, &rules), trace);
    }

    what_is_shown_before_is_where_the_payment_goes(desk of ["a", "b"], []) {
        let split = "[[rules]]\nname = 'all'\n\
            targets = [{ account = 'a', weight = 50 }, { account = 'b', weight = 50 }]";
        desk.routes(split).await.unwrap();
        for _ in 0..8 {
            let payment = desk.house.checkout().await;
            assert_eq!(payment.amount, dollars(1000));
            let mut reader = desk.house.billing.store.read().await.unwrap();
            let shown = routing::expected(&mut reader, &desk.house.billing.routes, &payment).await;
            let shown = shown.unwrap().unwrap().key.clone();
            drop(reader);
            assert_eq!(desk.house.start(payment.id).await.unwrap().0.account, shown);
        }
        assert!(desk.asked().iter().all(|many| *many > 0), "{:?}", desk.asked());
    }
}
