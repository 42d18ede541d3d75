//! Six processors configured, and customers in Germany, the Philippines and the United States: who
//! is sent where and why, what happens when an answer is lost, and where a no may go on.

mod desk;

use base::time::SignedDuration;
use billing::routing::{RouteSet, Why};
use testkit::Engine;

use desk::Six;

/// On both databases, each in a world of its own.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($six:ident: &Six) $body:block)*) => {
        $(
            $(#[$meta])*
            mod $name {
                use super::*;

                async fn story($six: &Six) $body

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_sqlite() {
                    let six = Six::open(Engine::Sqlite).await;
                    story(&six).await;
                    six.world.ends_well().await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn on_postgres() {
                    let six = Six::open(Engine::Postgres).await;
                    story(&six).await;
                    six.world.ends_well().await;
                }
            }
        )*
    };
}

/// Germany by `CentroBill` first, the United States by e-check, everybody else by Epoch first.
const OURS: &str = r#"
    [[rules]]
    name = "Germany"
    when = 'country == "DE"'
    targets = [{ account = "centrobill" }]
    chain = ["webbilling"]
    [[rules]]
    name = "United States"
    when = 'country == "US"'
    targets = [{ account = "wts" }]
    chain = ["epoch", "segpay"]
    [[rules]]
    name = "everybody else"
    targets = [{ account = "epoch" }]
    chain = ["segpay", "paymentico"]
"#;

on_both! {
    /// The rules that ship: Webbilling for Germany, Paymentico for the Philippines, Epoch for the
    /// United States because Paymentico's contract leaves them out.
    async fn each_country_is_sent_to_its_house_and_the_trace_says_why(six: &Six) {
        let german = six.checkout("DE").await;
        assert_eq!(german.page(six).await, "joinpage.webbilling.com");
        let filipina = six.checkout("PH").await;
        assert_eq!(filipina.page(six).await, "pay.paymentico.test");
        let american = six.checkout("US").await;
        assert_eq!(american.page(six).await, "wnu.com");

        let trace = six.trace(&german).await;
        assert_eq!((trace.version, trace.chosen.as_deref()), (0, Some("webbilling")));
        assert_eq!(trace.rule.as_deref(), Some("German-speaking"));
        let trace = six.trace(&filipina).await;
        assert_eq!(trace.chosen.as_deref(), Some("paymentico"));
        assert_eq!(trace.rule.as_deref(), Some("everybody else"));
        let trace = six.trace(&american).await;
        assert_eq!(trace.chosen.as_deref(), Some("epoch"));
        assert_eq!(trace.rule.as_deref(), Some("United States"));
        let against = trace.against("paymentico").next().unwrap();
        assert_eq!(against.why, Why::Country, "{trace}");
        assert_eq!(trace.order.last().map(String::as_str), Some("wts"), "{trace}");
        let told = trace.to_string();
        assert!(told.contains("not     paymentico: "), "{told}");
    }

    /// The body was sent and the line went dead: nobody may charge again until it is known, and
    /// the house's own word, hours later, settles it.
    async fn a_lost_answer_is_waited_for_and_never_paid_twice(six: &Six) {
        six.routes(OURS).await;
        let american = six.checkout("US").await;
        assert!(american.presses_pay(six).await.contains("/return"), "sent to the outcome page");
        let page = american.outcome(six).await;
        assert!(page.contains("We do not know yet"), "{page}");
        assert_eq!(six.wts.heard().len(), 1);

        // Pressing again asks nobody, and the chain is not used.
        assert!(american.presses_pay(six).await.contains("/return"));
        let attempts = american.attempts(six).await;
        assert_eq!(attempts.len(), 1, "{attempts:?}");
        assert_eq!((attempts[0].0.as_str(), attempts[0].2.as_str()), ("wts", "unknown"));
        assert_eq!(six.wts.heard().len(), 1, "a second charge");
        assert_eq!(six.world.payment_state(&american.payment).await, "processing");

        // Its notice comes an hour later and settles it, once.
        six.world.waits(SignedDuration::from_hours(1)).await;
        assert_eq!(six.world.payment_state(&american.payment).await, "processing");
        assert_eq!(six.wts.heard().len(), 1, "waiting is not charging");
        let reference = attempts[0].1.clone();
        for _ in 0..2 {
            assert_eq!(six.wts_tells(&reference, "accepted", "10.00").await, 200);
            six.world.settles().await;
            assert_eq!(six.world.payment_state(&american.payment).await, "captured");
            assert_eq!(six.world.balance(&american.customer).await, 100);
        }
        let page = american.outcome(six).await;
        assert!(page.contains("Paid. Thank you!"), "{page}");
    }

    /// A house that cannot be reached has executed nothing: the next one of the chain is asked in
    /// the same breath.
    async fn a_house_that_is_out_of_reach_hands_on_to_the_next(six: &Six) {
        six.routes(OURS).await;
        six.centrobill.closes();
        let german = six.checkout("DE").await;
        assert_eq!(german.page(six).await, "joinpage.webbilling.com");
        let attempts = german.attempts(six).await;
        let state = |account| attempts.iter().find(|one| one.0 == account).map(|one| one.2.as_str());
        assert_eq!(state("centrobill"), Some("not_executed"), "{attempts:?}");
        assert_eq!(state("webbilling"), Some("action_required"), "{attempts:?}");
    }

    /// A plain no may be answered otherwise elsewhere; a wrong card check may not.
    async fn a_no_goes_on_where_another_may_say_yes_and_stops_where_not(six: &Six) {
        six.routes(OURS).await;
        let first = six.checkout("PH").await;
        assert_eq!(first.page(six).await, "wnu.com");
        let reference = first.attempts(six).await[0].1.clone();
        assert_eq!(six.epoch_tells(&reference, "NDECLINED", "10.00").await, 200);
        six.world.settles().await;
        assert_eq!(first.page(six).await, "secure2.segpay.com", "another house may say yes");

        let second = six.checkout("PH").await;
        assert_eq!(second.page(six).await, "wnu.com");
        let reference = second.attempts(six).await[0].1.clone();
        assert_eq!(six.epoch_tells(&reference, "NDECLINEDCVV2", "10.00").await, 200);
        six.world.settles().await;
        assert_eq!(second.page(six).await, "wnu.com", "the customer must look at the card");
        let trace = six.trace(&second).await;
        let bound = trace.against("segpay").any(|one| one.why == Why::Bound);
        assert!(bound, "{trace}");

        // What was declined can still be paid: at most once, and in the right books.
        let reference = second.attempts(six).await[1].1.clone();
        assert_eq!(six.epoch_tells(&reference, "YGOOD", "10.00").await, 200);
        six.world.settles().await;
        assert_eq!(six.world.balance(&second.customer).await, 100);
    }
}

#[test]
fn the_storys_own_rules_can_be_read() {
    assert_eq!(RouteSet::from_toml(OURS).unwrap().rules.len(), 3);
}
