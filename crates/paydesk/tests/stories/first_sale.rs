//! Somebody buys and tips; programs see it; nobody is charged twice.

use serde_json::json;
use testkit::{Card, stories};

stories! {
    /// The first sale, and everything that hears of it.
    async fn a_customer_buys_a_hundred_tokens_and_tips_twenty_five(world: &World) {
        let ana = world.customer("Ana", "da").await;
        let luna = world.creator("Luna").await;
        let pack = world.pack(100, 1000).await;
        let checkout = world.checkout(&ana, &pack).await;
        let payment = checkout.text_at("/payment");

        let shopper = world.shopper(&checkout.text_at("/url"));
        shopper.pays_with(Card::Good).await;
        assert!(shopper.returns().await.contains("Tak"), "the page speaks Danish");
        assert_eq!(world.payment_state(&payment).await, "captured");
        assert_eq!(world.balance(&ana).await, 100);

        let tip = world.tip(&ana, &luna, 25).await.good();
        assert_eq!(tip.at("/creator_share/amount"), json!(15));
        assert_eq!(world.balance(&ana).await, 75);

        world.settles().await;
        let events = world.get("/v1/events?limit=100").await.good().text;
        for kind in ["payment.captured", "wallet.credited", "tip.left"] {
            assert!(events.contains(kind), "{kind} in {events}");
        }
        let mails = world.mails().await;
        assert_eq!(mails.len(), 1, "one receipt");
        assert!(mails[0].text.contains("STORY*SHOP"), "{}", mails[0].text);
    }

    /// The same question again is answered with the first answer.
    async fn a_tip_sent_twice_moves_tokens_once(world: &World) {
        let ana = world.customer("Ana", "en").await;
        let luna = world.creator("Luna").await;
        world.fills_wallet(&ana).await;
        let body = json!({
            "customer": ana, "creator": luna, "tokens": { "amount": 30, "unit": "TOK" },
        });
        let first = world.post_as("/v1/tips", "once", body.clone()).await.good();
        let again = world.post_as("/v1/tips", "once", body).await.good();
        assert_eq!((first.text, again.replayed), (again.text.clone(), true));
        assert_eq!(world.balance(&ana).await, 70);
        let other = json!({
            "customer": ana, "creator": luna, "tokens": { "amount": 31, "unit": "TOK" },
        });
        world.post_as("/v1/tips", "once", other).await.is_refused(422, "idempotency_key_reused");
    }

    /// The ledger says no, and nothing has happened.
    async fn a_wallet_cannot_be_overdrawn(world: &World) {
        let ana = world.customer("Ana", "en").await;
        let luna = world.creator("Luna").await;
        world.tip(&ana, &luna, 1).await.is_refused(409, "not_enough_tokens");
        world.fills_wallet(&ana).await;
        world.tip(&ana, &luna, 101).await.is_refused(409, "not_enough_tokens");
        assert_eq!(world.balance(&ana).await, 100);
        assert_eq!(world.tip(&ana, &luna, 100).await.status, 201);
        assert_eq!(world.balance(&ana).await, 0);
    }

    /// No lost tip, no double tip, no overdraft, from 64 connections at once.
    async fn sixty_four_hands_tip_from_one_wallet(world: &World) {
        let ana = world.customer("Ana", "en").await;
        let luna = world.creator("Luna").await;
        world.fills_wallet(&ana).await;
        let mut statuses = Vec::new();
        let hands = (0..64).map(|_| world.tip(&ana, &luna, 3));
        for answer in futures_util::future::join_all(hands).await {
            statuses.push(answer.status);
        }
        let left = statuses.iter().filter(|status| **status == 201).count();
        let refused = statuses.iter().filter(|status| **status == 409).count();
        assert_eq!((left, refused), (33, 31), "100 tokens are 33 tips of three: {statuses:?}");
        assert_eq!(world.balance(&ana).await, 1);
    }
}
