//! Who is let in, how often, and what stands on every answer.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use store::Engine;

use super::world::{ENGINES, World, settings};
use crate::{ApiSettings, Rate};

#[tokio::test]
async fn without_a_key_that_opens_nothing_is_told() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let with = |lines: &'static [&'static str]| {
            let mut request = Request::get("/v1/customers");
            for line in lines {
                request = request.header("authorization", *line);
            }
            world.send(request.body(Body::empty()).unwrap())
        };
        let none = with(&[]).await.problem(401, "api_key_required");
        assert_eq!(none.header("www-authenticate"), "Bearer realm=\"paydesk\"");
        with(&["Basic YTpi"]).await.problem(401, "api_key_required");
        with(&["Bearer pk_a", "Bearer pk_b"]).await.problem(401, "api_key_required");
        with(&["Bearer pk_nothing"]).await.problem(401, "api_key_unknown");
        with(&["Bearer pk_00000000000000000000000000000000"]).await.problem(401, "api_key_unknown");
    }
}

#[tokio::test]
async fn each_operation_needs_its_scope() {
    let id = "00000000000000000000000000";
    let table = [
        ("GET", "/v1/customers".to_owned(), "customers:read"),
        ("POST", "/v1/customers".to_owned(), "customers:write"),
        ("PATCH", format!("/v1/customers/cus_{id}"), "customers:write"),
        ("POST", format!("/v1/customers/cus_{id}/links"), "customers:write"),
        ("GET", "/v1/creators".to_owned(), "creators:read"),
        ("POST", "/v1/creators".to_owned(), "creators:write"),
        ("PATCH", format!("/v1/creators/cre_{id}"), "creators:write"),
        ("GET", format!("/v1/token_packs/tpk_{id}"), "catalog:read"),
        ("POST", "/v1/token_packs".to_owned(), "catalog:write"),
        ("PATCH", format!("/v1/token_packs/tpk_{id}"), "catalog:write"),
        ("POST", "/v1/checkouts".to_owned(), "payments:write"),
        ("GET", format!("/v1/checkouts/chk_{id}"), "payments:read"),
        ("GET", "/v1/payments".to_owned(), "payments:read"),
        ("POST", format!("/v1/payments/pay_{id}/cancel"), "payments:write"),
        ("POST", format!("/v1/payments/pay_{id}/resolve"), "payments:write"),
        ("POST", format!("/v1/payments/pay_{id}/refunds"), "payments:write"),
        ("GET", format!("/v1/wallets/cus_{id}"), "wallets:read"),
        ("GET", format!("/v1/wallets/cus_{id}/entries"), "wallets:read"),
        ("POST", "/v1/tips".to_owned(), "tips:write"),
        ("GET", "/v1/tips".to_owned(), "tips:read"),
        ("GET", "/v1/events".to_owned(), "events:read"),
        ("POST", "/v1/webhook_endpoints".to_owned(), "webhooks:write"),
        ("DELETE", format!("/v1/webhook_endpoints/whe_{id}"), "webhooks:write"),
        ("POST", format!("/v1/webhook_endpoints/whe_{id}/test"), "webhooks:write"),
        ("GET", "/v1/webhook_deliveries".to_owned(), "webhooks:read"),
        ("POST", format!("/v1/webhook_deliveries/whd_{id}/replay"), "webhooks:write"),
    ];
    for engine in ENGINES {
        let mut world = World::new(engine).await;
        for (method, path, scope) in &table {
            let others = all_but(scope);
            world.key = world.key_for(others.parse().unwrap()).await;
            let request = world.request(method, path).body(Body::empty()).unwrap();
            let answer = world.send(request).await.problem(403, "scope_missing");
            assert_eq!(answer.json["param"], *scope, "{method} {path}");
            assert!(answer.json["detail"].as_str().unwrap().contains(scope), "{method} {path}");
        }
        world.key = world.key_for("tips:write".parse().unwrap()).await;
        let me = world.get("/v1/me").await.is(200);
        assert_eq!(me.json["scopes"], json!(["tips:write"]));
        world.get("/v1/tips").await.is(200);
    }
}

/// Every scope that does not include this one.
fn all_but(scope: &str) -> String {
    let (area, access) = scope.split_once(':').unwrap();
    let areas =
        ["customers", "creators", "catalog", "payments", "wallets", "tips", "events", "webhooks"];
    let mut scopes: Vec<String> =
        areas.iter().filter(|one| **one != area).map(|one| format!("{one}:write")).collect();
    if access == "write" {
        scopes.push(format!("{area}:read"));
    }
    scopes.join(" ")
}

#[tokio::test]
async fn addresses_without_anything_and_other_methods_are_problems_too() {
    let world = World::new(Engine::Sqlite).await;
    for path in [
        "/v1",
        "/v1/",
        "/v1/nothing",
        "/v1/customers/",
        "/v1/tips/a/b",
        "/postbacks",
        "/postbacks/",
        "/postbacks/paper/a/b",
    ] {
        world.get(path).await.problem(404, "route_not_found");
    }
    for (method, path, allow) in [
        ("DELETE", "/v1/customers", "GET,HEAD,POST"),
        ("PUT", "/v1/tips", "GET,HEAD,POST"),
        ("POST", "/v1/openapi.json", "GET,HEAD"),
        ("DELETE", "/postbacks/paper", "GET,HEAD,POST"),
    ] {
        let request = world.request(method, path).body(Body::empty()).unwrap();
        let answer = world.send(request).await.problem(405, "method_not_allowed");
        let mut allowed: Vec<&str> = answer.header("allow").split(',').collect();
        allowed.sort_unstable();
        assert_eq!(allowed.join(","), allow, "{method} {path}");
    }
    for path in [
        "/v1/customers/cus_1",
        "/v1/customers/cre_00000000000000000000000000",
        "/v1/customers/cus_00000000000000000000000000",
        "/v1/customers/%00",
        "/v1/customers/%ff",
    ] {
        world.get(path).await.problem(404, "customer_not_found");
    }
}

#[tokio::test]
async fn every_answer_carries_an_id_and_tells_browsers_to_keep_out() {
    let world = World::new(Engine::Sqlite).await;
    for path in ["/v1/customers", "/v1/nothing", "/v1/openapi.json", "/v1/customers/cus_1"] {
        let answer = world.get(path).await;
        assert!(answer.header("x-request-id").starts_with("req_"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
        if answer.status >= 400 {
            assert_eq!(answer.json["request_id"], answer.header("x-request-id"));
            assert_eq!(answer.header("cache-control"), "no-store");
        }
    }
}

#[tokio::test]
async fn a_key_that_asks_too_often_is_told_how_long_to_wait() {
    let rate = Rate { burst: 2, per_second: 1 };
    let settings = ApiSettings { rate, ..settings() };
    let mut world = World::with(Engine::Sqlite, settings, "2026-11-21T12:00:00Z").await;
    let first = world.get("/v1/me").await.is(200);
    assert_eq!(first.header("ratelimit-policy"), "\"key\";q=2;w=2");
    assert_eq!(first.header("ratelimit"), "\"key\";r=1;t=1");
    world.get("/v1/me").await.is(200);
    let no = world.get("/v1/me").await.problem(429, "rate_limited");
    assert_eq!(no.header("retry-after"), "1");
    world.api.billing.env.clock.advance(base::SignedDuration::from_secs(1));
    world.get("/v1/me").await.is(200);
    world.key = world.key_for(identity::api_keys::Scopes::all()).await;
    world.get("/v1/me").await.is(200);
}

#[tokio::test]
async fn what_fails_on_our_side_is_told_by_its_number_only() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        store::write!(world.scratch.store, |tx| {
            tx.execute("ALTER TABLE tips RENAME TO secret_tips", ()).await?;
            Ok(())
        })
        .unwrap();
        let failed = world.get("/v1/tips").await.problem(500, "internal");
        assert_eq!(failed.json["incident"], failed.header("x-request-id"));
        assert!(
            !failed.text.contains("SELECT") && !failed.text.contains("tips"),
            "{}",
            failed.text
        );
    }
}

#[test]
fn the_guide_names_every_type_of_event() {
    let guide = include_str!("../../../../docs/api.md");
    for kind in crate::webhooks::ALL {
        let (area, word) = kind.split_once('.').unwrap();
        let line = guide.lines().find(|line| line.contains(&format!("`{area}.`"))).expect(kind);
        assert!(line.contains(&format!("`{word}`")), "{kind}");
    }
}
