//! The same request again: the same answer, and nothing done twice.

use axum::body::Body;
use processor::Answer;
use serde_json::json;
use store::{Engine, Reads};

use super::world::{ENGINES, World};

#[tokio::test]
async fn where_money_can_move_the_key_is_needed() {
    let world = World::new(Engine::Sqlite).await;
    let (customer, payment) = world.customer_with_tokens().await;
    let creator = world.creator().await;
    let pack = world.pack("tokens-5").await;
    let table = [
        (
            "/v1/tips".to_owned(),
            json!({"customer": customer, "creator": creator,
            "tokens": {"amount": 1, "unit": "TOK"}}),
        ),
        (
            "/v1/checkouts".to_owned(),
            json!({"customer": customer, "token_pack": pack, "currency": "USD"}),
        ),
        (format!("/v1/payments/{payment}/cancel"), json!({})),
        (format!("/v1/payments/{payment}/refunds"), json!({"reason": "asked"})),
    ];
    let before = world.rows().await;
    for (path, body) in table {
        let request = world.request("POST", &path).header("content-type", "application/json");
        let answer = world.send(request.body(Body::from(body.to_string())).unwrap()).await;
        let answer = answer.problem(400, "idempotency_key_required");
        assert_eq!(answer.json["param"], "Idempotency-Key", "{path}");
    }
    let long = "x".repeat(256);
    for key in ["", "a b", &long] {
        let answer = world.post_as("/v1/customers", &json!({}), key).await;
        answer.problem(400, "idempotency_key_not_valid");
    }
    assert_eq!(world.rows().await, before);
}

#[tokio::test]
async fn the_same_request_again_gets_the_first_answer() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (customer, payment) = world.customer_with_tokens().await;
        let creator = world.creator().await;
        let pack = world.pack("tokens-5").await;
        let table = [
            ("/v1/customers".to_owned(), json!({"name": "Cem"})),
            ("/v1/creators".to_owned(), json!({"name": "Dee", "share_basis_points": 1})),
            (
                "/v1/token_packs".to_owned(),
                json!({"code": "once",
                "tokens": {"amount": 1, "unit": "TOK"},
                "prices": [{"amount": 1, "currency": "USD"}]}),
            ),
            (
                "/v1/checkouts".to_owned(),
                json!({"customer": customer, "token_pack": pack, "currency": "USD"}),
            ),
            (
                "/v1/tips".to_owned(),
                json!({"customer": customer, "creator": creator,
                "tokens": {"amount": 25, "unit": "TOK"}}),
            ),
            (format!("/v1/customers/{customer}/links"), json!({})),
            (
                "/v1/webhook_endpoints".to_owned(),
                json!({"url": "https://shop.example.org/", "types": ["*"]}),
            ),
            (
                format!("/v1/payments/{payment}/refunds"),
                json!({"reason": "asked",
                "amount": {"amount": 100, "currency": "USD"}}),
            ),
        ];
        for (path, body) in &table {
            let first = world.post_as(path, body, "same").await;
            assert!(first.status < 300, "{path} {}", first.text);
            assert_eq!(first.header("idempotency-replayed"), "");
            let between = world.rows().await;
            // Spelled otherwise, it is the same request.
            let spelled = format!(" {} ", serde_json::to_string_pretty(body).unwrap());
            let again = world.request("POST", path).header("content-type", "application/json");
            let again = again.header("idempotency-key", "same").body(Body::from(spelled)).unwrap();
            let again = world.send(again).await;
            assert_eq!(again.header("idempotency-replayed"), "true", "{path} {}", again.text);
            assert_eq!((again.status, &again.text), (first.status, &first.text));
            assert_eq!(again.header("content-type"), "application/json");
            assert_eq!(world.rows().await, between, "{path}");
        }
        let wallet = world.get(&format!("/v1/wallets/{customer}")).await.is(200);
        assert!(wallet.json["balance"]["amount"].as_i64() <= Some(75), "{}", wallet.text);
    }
}

#[tokio::test]
async fn another_request_under_the_same_key_is_refused() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (customer, _) = world.customer_with_tokens().await;
        let creator = world.creator().await;
        let tip = |amount: i64| {
            json!({"customer": customer, "creator": creator,
                "tokens": {"amount": amount, "unit": "TOK"}})
        };
        world.post_as("/v1/tips", &tip(5), "one").await.is(201);
        let other = world.post_as("/v1/tips", &tip(6), "one").await;
        other.problem(422, "idempotency_key_reused");
        world.post_as("/v1/customers", &json!({"name": "A"}), "one").await.is(201);
        let other = world.post_as("/v1/customers", &json!({"name": "B"}), "one").await;
        other.problem(422, "idempotency_key_reused");
        let link = |customer: String| format!("/v1/customers/{customer}/links");
        world.post_as(&link(customer.clone()), &json!({}), "two").await.is(201);
        let other = world.post_as(&link(world.customer().await), &json!({}), "two").await;
        other.problem(422, "idempotency_key_reused");
    }
}

#[tokio::test]
async fn another_key_of_the_site_has_its_own_names() {
    for engine in ENGINES {
        let mut world = World::new(engine).await;
        let first = world.post_as("/v1/customers", &json!({"name": "A"}), "one").await.is(201);
        world.key = world.key_for(identity::api_keys::Scopes::all()).await;
        let second = world.post_as("/v1/customers", &json!({"name": "B"}), "one").await.is(201);
        assert_ne!(first.id(), second.id());
    }
}

#[tokio::test]
async fn a_business_no_is_kept_and_a_slip_is_not() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let customer = world.customer().await;
        let creator = world.creator().await;
        let tip = json!({"customer": customer, "creator": creator,
            "tokens": {"amount": 5, "unit": "TOK"}});
        let no = world.post_as("/v1/tips", &tip, "kept").await;
        let no = no.problem(409, "not_enough_tokens");
        let again = world.post_as("/v1/tips", &tip, "kept").await;
        let again = again.problem(409, "not_enough_tokens");
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(again.text, no.text);

        let taken = json!({"external_ref": "u-1"});
        world.post("/v1/customers", &taken).await.is(201);
        let no = world.post_as("/v1/customers", &taken, "taken").await;
        let no = no.problem(409, "external_ref_taken");
        let again = world.post_as("/v1/customers", &taken, "taken").await;
        assert_eq!((again.status, again.text), (409, no.text));

        let slip = world.post_as("/v1/customers", &json!({"name": 5}), "slip").await;
        slip.problem(400, "field_not_valid");
        world.post_as("/v1/customers", &json!({"name": "A"}), "slip").await.is(201);

        let nobody = "/v1/payments/pay_00000000000000000000000000/refunds";
        let body = json!({"reason": "asked"});
        world.post_as(nobody, &body, "lost").await.problem(404, "payment_not_found");
        let other = json!({"reason": "asked again"});
        world.post_as(nobody, &other, "lost").await.problem(404, "payment_not_found");
    }
}

#[tokio::test]
async fn a_request_that_was_interrupted_is_never_done_blindly_again() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (_, payment) = world.customer_with_tokens().await;
        let path = format!("/v1/payments/{payment}/refunds");
        *world.paper.refund.lock().unwrap() = Answer::Unknown("no answer".to_owned());
        let body = json!({"reason": "asked", "amount": {"amount": 100, "currency": "USD"}});
        world.post_as(&path, &body, "cut").await.is(202);
        // As if the process had ended between the call and the stored answer.
        store::write!(world.scratch.store, |tx| {
            let sql = "UPDATE replays SET status = NULL, body = NULL WHERE key LIKE $1";
            tx.execute(sql, ("% cut",)).await?;
            Ok(())
        })
        .unwrap();
        let before = world.rows().await;
        let again = world.post_as(&path, &body, "cut").await;
        let again = again.problem(409, "idempotency_key_in_use");
        assert_eq!(again.header("retry-after"), "1");
        assert_eq!(world.rows().await, before);
    }
}

#[tokio::test]
async fn many_at_once_under_one_key_are_done_once() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (customer, _) = world.customer_with_tokens().await;
        let creator = world.creator().await;
        let tip = json!({"customer": customer, "creator": creator,
            "tokens": {"amount": 5, "unit": "TOK"}});
        let all = (0..20).map(|_| world.post_as("/v1/tips", &tip, "one"));
        let all = futures_util::future::join_all(all).await;
        assert!(all.iter().all(|one| one.status == 201), "{all:?}");
        assert_eq!(
            all.iter().filter(|one| one.header("idempotency-replayed").is_empty()).count(),
            1
        );
        let mut ids: Vec<String> = all.iter().map(super::world::Got::id).collect();
        ids.dedup();
        assert_eq!(ids.len(), 1);
        let new = json!({"name": "Cem"});
        let all = (0..8).map(|_| world.post_as("/v1/customers", &new, "two"));
        let all = futures_util::future::join_all(all).await;
        let mut ids: Vec<String> = all.into_iter().map(|one| one.is(201).id()).collect();
        ids.dedup();
        assert_eq!(ids.len(), 1);
    }
}

#[tokio::test]
async fn secrets_in_stored_answers_are_sealed() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (customer, _) = world.customer_with_tokens().await;
        let pack = world.pack("tokens-5").await;
        let body = json!({"customer": customer, "token_pack": pack, "currency": "USD"});
        let checkout = world.post("/v1/checkouts", &body).await.is(201);
        let hook = json!({"url": "https://shop.example.org/", "types": ["*"]});
        let hook = world.post("/v1/webhook_endpoints", &hook).await.is(201);
        let url = checkout.json["url"].as_str().unwrap();
        let secrets = [
            url.split_once("key=").unwrap().1.to_owned(),
            hook.json["secret"].as_str().unwrap()[6..].to_owned(),
        ];
        let mut reader = world.scratch.store.read().await.unwrap();
        let stored = reader.fetch_all("SELECT body FROM replays", ()).await.unwrap();
        let sealed = reader.fetch_all("SELECT secret AS body FROM webhook_endpoints", ()).await;
        for row in stored.iter().chain(&sealed.unwrap()) {
            let kept = row.opt_text("body").unwrap().unwrap_or_default();
            assert!(secrets.iter().all(|secret| !kept.contains(secret)), "{kept}");
        }
    }
}
