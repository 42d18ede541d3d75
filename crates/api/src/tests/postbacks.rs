//! What processors send, and what they read in return.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use store::{Engine, Reads};

use super::world::{ENGINES, World, settings};
use crate::{ApiSettings, Rate};

async fn filed(world: &World) -> Vec<(String, Option<String>)> {
    let mut reader = world.scratch.store.read().await.unwrap();
    let sql = "SELECT filed, reason FROM notices ORDER BY received_at";
    let rows = reader.fetch_all(sql, ()).await.unwrap();
    let read = |row: &store::Row| (row.text("filed").unwrap(), row.opt_text("reason").unwrap());
    rows.iter().map(read).collect()
}

#[tokio::test]
async fn each_message_is_kept_with_what_became_of_it() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let customer = world.customer().await;
        let pack = world.pack("tokens-100").await;
        let (payment, attempt) = world.begun(&customer, &pack).await;
        let pass = || world.api.billing.env.clock.advance(base::SignedDuration::from_secs(1));
        let paid = |amount: i64| {
            pass();
            json!({"reference": attempt, "transaction": "t-1",
                "amount": {"amount": amount, "currency": "USD"}})
            .to_string()
        };
        let stranger = world.postback("/postbacks/paper", "198.51.100.9", paid(1000)).await;
        assert_eq!((stranger.status, stranger.text.as_str()), (403, "REFUSED"));
        let path = "/postbacks/paper/another-secret";
        world.postback(path, "192.0.2.1", paid(1000)).await.is(403);
        pass();
        world.postback("/postbacks/paper", "192.0.2.1", "\u{0}not json").await.is(403);
        let shown = world.get(&format!("/v1/payments/{payment}")).await;
        assert_ne!(shown.json["state"], "captured");
        let path = "/postbacks/paper/a-secret-of-length";
        world.postback(path, "192.0.2.1", paid(1000)).await.is(200);
        world.postback("/postbacks/paper", "192.0.2.1", paid(1000)).await.is(200);
        let shown = world.get(&format!("/v1/payments/{payment}")).await;
        assert_eq!(shown.json["state"], "captured");
        let filed = filed(&world).await;
        let words: Vec<&str> = filed.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(words, ["rejected", "rejected", "rejected", "applied", "duplicate"]);
        assert_eq!(filed[0].1.as_deref(), Some("unknown_sender"));
        assert_eq!(filed[1].1.as_deref(), Some("bad_path"));
        assert_eq!(filed[2].1.as_deref(), Some("unreadable"));
        let wallet = world.get(&format!("/v1/wallets/{customer}")).await;
        assert_eq!(wallet.json["balance"]["amount"], 100);
    }
}

#[tokio::test]
async fn the_body_is_taken_byte_by_byte_and_not_beyond_its_limit() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let bytes: Vec<u8> = (0..=255).collect();
        world.postback("/postbacks/paper?a=%00&b", "192.0.2.1", bytes.clone()).await.is(403);
        let mut reader = world.scratch.store.read().await.unwrap();
        let row = reader.fetch_one("SELECT bytes FROM blobs", ()).await.unwrap();
        assert_eq!(row.blob("bytes").unwrap(), bytes);
        let large = world.postback("/postbacks/paper", "192.0.2.1", vec![b'x'; 65_537]).await;
        large.problem(413, "body_over_limit");
        assert_eq!(filed(&world).await.len(), 1);
    }
}

#[tokio::test]
async fn an_account_that_is_not_there_looks_like_any_other_nothing() {
    let world = World::new(Engine::Sqlite).await;
    let none = world.postback("/postbacks/nobody", "192.0.2.1", "{}").await;
    none.problem(404, "route_not_found");
    let request = Request::get("/postbacks/%00/x").body(Body::empty()).unwrap();
    world.send(request).await.problem(404, "route_not_found");
    assert_eq!(filed(&world).await.len(), 0);
}

#[tokio::test]
async fn one_sender_cannot_shut_out_another() {
    let postback_rate = Rate { burst: 2, per_second: 1 };
    let settings = ApiSettings { postback_rate, ..settings() };
    let world = World::with(Engine::Sqlite, settings, "2026-11-21T12:00:00Z").await;
    for _ in 0..2 {
        world.postback("/postbacks/paper", "198.51.100.9", "{}").await.is(403);
    }
    let no = world.postback("/postbacks/paper", "198.51.100.9", "{}").await;
    no.problem(429, "rate_limited");
    world.postback("/postbacks/paper", "192.0.2.1", "{}").await.is(200);
}
