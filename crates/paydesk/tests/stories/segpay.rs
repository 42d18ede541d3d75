//! SegPay's postbacks in documented form, and everything that may be wrong with one.

use serde_json::json;
use testkit::{World, stories};

const ADDRESS: &str = "/postbacks/segpay/a-secret-of-our-address";
const SENDER: &str = "192.0.2.7";

/// A checkout on SegPay's page; gives the customer, the payment and the attempt's reference.
async fn on_the_way(world: &World) -> (String, String, String) {
    let (ana, payment, reference, _) = with_link(world).await;
    (ana, payment, reference)
}

/// The same, with the checkout's link.
async fn with_link(world: &World) -> (String, String, String, String) {
    let ana = world.customer("Ana", "en").await;
    let pack = world.pack(100, 1000).await;
    let body = json!({
        "customer": ana, "token_pack": pack, "currency": "USD", "account": "segpay",
    });
    let checkout = world.post("/v1/checkouts", body).await.good();
    let payment = checkout.text_at("/payment");
    let url = checkout.text_at("/url");
    let page = world.shopper(&url).goes_to_the_processor().await;
    assert_eq!(page.host_str(), Some("secure2.segpay.com"), "{page}");
    let named = |wanted: &str| {
        page.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    };
    assert_eq!(named("x-eticketid").as_deref(), Some("1234:5678"));
    (ana, payment, named("pdref").unwrap(), url)
}

/// A signup postback with documented fields and made-up values.
fn signup(reference: &str, price: &str, currency: &str) -> String {
    format!(
        "action=Auth&stage=Initial&approved=Yes&trantype=Sale&purchaseid=9900112233&\
         tranid=8800112233&price={price}&currencycode={currency}&eticketid=1234:5678&standin=0&\
         transtime=3%2F9%2F2026%204%3A10%3A00%20PM&cclast4=1111&pdref={reference}"
    )
}

stories! {
    /// Once is once: again, again in other letters, and after the fact.
    async fn a_signup_postback_credits_the_tokens_once(world: &World) {
        let (ana, payment, reference) = on_the_way(world).await;
        assert_eq!(world.balance(&ana).await, 0);
        let good = signup(&reference, "10.00", "USD");
        let answer = world.postback(ADDRESS, SENDER, good.clone()).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, "GOOD"));
        world.settles().await;
        assert_eq!(world.payment_state(&payment).await, "captured");
        assert_eq!(world.balance(&ana).await, 100);

        world.postback(ADDRESS, SENDER, good.clone()).await;
        let shouted = good.replace("Auth", "AUTH").replace("Yes", "yes").replace("Sale", "SALE");
        world.postback(ADDRESS, SENDER, shouted).await;
        let late_no = good.replace("approved=Yes", "approved=No").replace("8800112233", "8800112");
        world.postback(ADDRESS, SENDER, late_no).await;
        world.settles().await;
        assert_eq!(world.balance(&ana).await, 100);
        let mut words: Vec<_> = world.filed("segpay").await.into_iter().map(|(filed, _)| filed).collect();
        words.sort_unstable();
        assert_eq!(words, ["applied", "duplicate", "duplicate", "stale"]);
    }

    /// The browser comes back before the postback: nothing is booked until SegPay says so.
    async fn the_return_link_comes_first_and_proves_nothing(world: &World) {
        let (ana, payment, reference, url) = with_link(world).await;
        let page = world.shopper(&url).returns().await;
        assert!(!page.contains("Thank you"), "a browser that comes back proves nothing: {page}");
        let shown = world.get(&format!("/v1/payments/{payment}")).await.good();
        assert_ne!(shown.text_at("/state"), "captured");
        assert_eq!(world.balance(&ana).await, 0);
        world.postback(ADDRESS, SENDER, signup(&reference, "10.00", "USD")).await;
        world.settles().await;
        assert!(world.shopper(&url).returns().await.contains("Thank you"), "now it is proved");
        assert_eq!(world.balance(&ana).await, 100);
    }

    /// Another amount or another currency stops the payment for a person.
    async fn another_amount_or_currency_is_not_booked(world: &World) {
        let (ana, payment, reference) = on_the_way(world).await;
        world.postback(ADDRESS, SENDER, signup(&reference, "1.00", "USD")).await;
        world.settles().await;
        assert_eq!(world.balance(&ana).await, 0);
        let shown = world.get(&format!("/v1/payments/{payment}")).await.good();
        assert_ne!(shown.text_at("/state"), "captured");
        assert!(!shown.at("/needs_attention").is_null(), "{}", shown.text);
        let other = signup(&reference, "10.00", "EUR").replace("8800112233", "8800112234");
        world.postback(ADDRESS, SENDER, other).await;
        world.settles().await;
        assert_eq!(world.balance(&ana).await, 0);
        for (filed, reason) in world.filed("segpay").await {
            assert_ne!(filed, "applied");
            assert!(reason.is_some(), "a reason for {filed}");
        }
    }

    /// What does not come from SegPay, or is not of its form, is kept and not believed.
    async fn strangers_and_noise_change_nothing(world: &World) {
        let (ana, _, reference) = on_the_way(world).await;
        let good = signup(&reference, "10.00", "USD");
        let stranger = world.postback(ADDRESS, "198.51.100.9", good.clone()).await;
        assert_ne!(stranger.text, "GOOD");
        let elsewhere = world.postback("/postbacks/segpay/wrong", SENDER, good.clone()).await;
        assert_ne!(elsewhere.text, "GOOD");
        world.postback(ADDRESS, SENDER, b"\xff\xfe<html>&&&=%zz".to_vec()).await;
        let unknown = good.replace("Auth", "Levitate");
        world.postback(ADDRESS, SENDER, unknown).await;
        let nobody = good.replace(&reference, "att_00000000000000000000000000");
        world.postback(ADDRESS, SENDER, nobody.replace("8800112233", "8800119999")).await;
        let huge = world.postback(ADDRESS, SENDER, vec![b'a'; 70 * 1024]).await;
        assert_eq!(huge.status, 413);
        world.settles().await;
        assert_eq!(world.balance(&ana).await, 0);
        let filed = world.filed("segpay").await;
        let words: Vec<_> = filed.iter().map(|(filed, _)| filed.as_str()).collect();
        for expected in ["rejected", "unmatched"] {
            assert!(words.contains(&expected), "{expected} in {filed:?}");
        }
        world.postback(ADDRESS, SENDER, good).await;
        world.settles().await;
        assert_eq!(world.balance(&ana).await, 100);
    }
}
