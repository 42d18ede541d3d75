//! Everything a processor may do to us, and what the customer and the books see of it.

use base::SignedDuration;
use testkit::{Card, World, stories};

/// Opens a checkout for a hundred tokens; gives the customer, the link and the payment.
async fn checkout(world: &World) -> (String, String, String) {
    let ana = world.customer("Ana", "en").await;
    let pack = world.pack(100, 1000).await;
    let checkout = world.checkout(&ana, &pack).await;
    (ana, checkout.text_at("/url"), checkout.text_at("/payment"))
}

stories! {
    /// A decline is no end: another card may work.
    async fn a_declined_card_may_be_followed_by_a_good_one(world: &World) {
        let (ana, url, payment) = checkout(world).await;
        let shopper = world.shopper(&url);
        shopper.pays_with(Card::NoFunds).await;
        assert_eq!(world.payment_state(&payment).await, "requires_method");
        assert_eq!(world.balance(&ana).await, 0);
        shopper.pays_with(Card::Good).await;
        assert_eq!(world.payment_state(&payment).await, "captured");
        assert_eq!(world.balance(&ana).await, 100);
    }

    /// Three postbacks and an older one in between credit the tokens once.
    async fn a_postback_that_comes_three_times_counts_once(world: &World) {
        let (ana, url, payment) = checkout(world).await;
        world.shopper(&url).pays_with(Card::Repeated).await;
        world.waits(SignedDuration::from_mins(2)).await;
        assert_eq!(world.payment_state(&payment).await, "captured");
        assert_eq!(world.balance(&ana).await, 100);
    }

    /// The browser is back before the processor has said anything: no tokens yet, no second try.
    async fn coming_back_proves_nothing(world: &World) {
        let (ana, url, payment) = checkout(world).await;
        let shopper = world.shopper(&url);
        let page = shopper.goes_to_the_processor().await;
        let shown = shopper.returns().await;
        assert!(!shown.contains("Thank you"), "{shown}");
        assert_eq!(world.balance(&ana).await, 0);
        assert_eq!(shopper.goes_to_the_processor().await, page, "the same attempt goes on");
        shopper.pays_there(&page, Card::Late).await;
        world.settles().await;
        assert_ne!(world.payment_state(&payment).await, "captured");
        world.waits(SignedDuration::from_mins(1)).await;
        assert_eq!(world.payment_state(&payment).await, "captured");
        assert_eq!(world.balance(&ana).await, 100);
    }

    /// Paid, and nobody tells: we ask by ourselves.
    async fn a_lost_postback_only_costs_time(world: &World) {
        let (ana, url, payment) = checkout(world).await;
        world.shopper(&url).pays_with(Card::SilenceAfter).await;
        assert_eq!(world.balance(&ana).await, 0);
        for _ in 0..4 {
            world.waits(SignedDuration::from_mins(3)).await;
        }
        assert_eq!(world.payment_state(&payment).await, "captured");
        assert_eq!(world.balance(&ana).await, 100);
    }

    /// Pending is not paid.
    async fn a_pending_payment_gives_no_tokens_until_it_is_paid(world: &World) {
        let (ana, url, payment) = checkout(world).await;
        world.shopper(&url).pays_with(Card::Pending).await;
        assert_eq!(world.payment_state(&payment).await, "processing");
        assert_eq!(world.balance(&ana).await, 0);
        world.waits(SignedDuration::from_mins(1)).await;
        assert_eq!(world.payment_state(&payment).await, "captured");
        assert_eq!(world.balance(&ana).await, 100);
    }

    /// What the bank takes back is gone from the books too.
    async fn a_dispute_takes_back_what_is_not_spent(world: &World) {
        let (ana, url, payment) = checkout(world).await;
        let luna = world.creator("Luna").await;
        world.shopper(&url).pays_with(Card::Disputed).await;
        assert_eq!(world.balance(&ana).await, 100);
        assert_eq!(world.tip(&ana, &luna, 40).await.status, 201);
        world.waits(SignedDuration::from_mins(1)).await;
        let shown = world.get(&format!("/v1/payments/{payment}")).await.good();
        assert_eq!(shown.at("/disputed/amount"), serde_json::json!(1000), "{}", shown.text);
        assert_eq!(world.balance(&ana).await, 0);
    }

    /// Giving up is answered by a way back, and by nothing in the books.
    async fn giving_up_leaves_nothing_behind(world: &World) {
        let (ana, url, payment) = checkout(world).await;
        let shopper = world.shopper(&url);
        let page = shopper.goes_to_the_processor().await;
        shopper.gives_up_there(&page).await;
        world.settles().await;
        assert_eq!(world.payment_state(&payment).await, "requires_method");
        assert_eq!(world.balance(&ana).await, 0);
    }
}
