//! Webhooks as the host site gets them, over HTTP.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::any;
use base::{Clock, SignedDuration};
use serde_json::{Value, json};
use standardwebhooks::Webhook;
use store::Engine;

use super::world::{ENGINES, World, settings};

/// A host site: answers as told, and keeps what it heard.
#[derive(Clone)]
struct Site {
    answer: Arc<Mutex<(u16, Option<&'static str>)>>,
    heard: Arc<Mutex<Vec<(HeaderMap, Bytes)>>>,
    address: SocketAddr,
}

impl Site {
    async fn open() -> Site {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = Site {
            answer: Arc::new(Mutex::new((204, None))),
            heard: Arc::default(),
            address: listener.local_addr().unwrap(),
        };
        let router = Router::new().fallback(any(hear)).with_state(site.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        site
    }

    fn url(&self) -> String {
        format!("http://{}/hooks", self.address)
    }

    fn answers(&self, status: u16, retry_after: Option<&'static str>) {
        *self.answer.lock().unwrap() = (status, retry_after);
    }

    fn heard(&self) -> usize {
        self.heard.lock().unwrap().len()
    }
}

async fn hear(State(site): State<Site>, headers: HeaderMap, body: Bytes) -> impl IntoResponse {
    site.heard.lock().unwrap().push((headers, body));
    let (status, retry_after) = *site.answer.lock().unwrap();
    let mut more = HeaderMap::new();
    more.insert("location", "http://169.254.169.254/".parse().unwrap());
    if let Some(wish) = retry_after {
        more.insert("retry-after", wish.parse().unwrap());
    }
    (StatusCode::from_u16(status).unwrap(), more)
}

async fn endpoint(world: &World, site: &Site, types: Value) -> (String, String) {
    let body = json!({"url": site.url(), "types": types});
    let made = world.post("/v1/webhook_endpoints", &body).await.is(201);
    (made.id(), made.json["secret"].as_str().unwrap().to_owned())
}

async fn go_on(world: &World) {
    world.fan_out.run_until_idle().await.unwrap();
    world.workers.run_until_idle().await.unwrap();
}

async fn delivery(world: &World) -> Value {
    let list = world.get("/v1/webhook_deliveries?limit=1").await.is(200);
    list.json["data"][0].clone()
}

#[tokio::test]
async fn an_event_is_told_once_signed_and_thin() {
    for engine in ENGINES {
        let now = Clock::system().now().to_string();
        let world = World::with(engine, settings(), &now).await;
        let site = Site::open().await;
        let (_, secret) = endpoint(&world, &site, json!(["customer.created"])).await;
        let customer = world.customer().await;
        world.creator().await;
        go_on(&world).await;
        go_on(&world).await;
        let (headers, body) = {
            let heard = site.heard.lock().unwrap();
            assert_eq!(heard.len(), 1);
            heard[0].clone()
        };
        Webhook::new(&secret).unwrap().verify(&body, &headers).unwrap();
        let event: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(event["id"], headers["webhook-id"].to_str().unwrap());
        assert_eq!(event["type"], "customer.created");
        assert_eq!(event["data"]["id"], customer);
        assert!(event["sequence"].is_i64() && event["created_at"].is_string());
        let delivery = delivery(&world).await;
        assert_eq!((&delivery["state"], &delivery["attempts"]), (&json!("delivered"), &json!(1)));
        assert_eq!(delivery["last_status"], 204);
    }
}

#[tokio::test]
async fn what_was_not_taken_is_sent_again_ten_times_and_then_given_up() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let site = Site::open().await;
        endpoint(&world, &site, json!(["customer.created"])).await;
        site.answers(500, Some("3600"));
        world.customer().await;
        go_on(&world).await;
        assert_eq!(site.heard(), 1);
        let waiting = delivery(&world).await;
        assert_eq!((&waiting["state"], &waiting["last_status"]), (&json!("waiting"), &json!(500)));
        assert_eq!(waiting["next_at"], "2026-11-21T13:00:00Z", "the wish is granted");
        let clock = &world.api.billing.env.clock;
        clock.advance(SignedDuration::from_mins(59));
        go_on(&world).await;
        assert_eq!(site.heard(), 1);
        // As long as each wait can be, with its tenth of chance; five days are not over.
        for hours in [2, 2, 2, 3, 6, 12, 16, 23, 27] {
            clock.advance(SignedDuration::from_hours(hours));
            go_on(&world).await;
        }
        assert_eq!(site.heard(), 10);
        let failed = delivery(&world).await;
        assert_eq!((&failed["state"], &failed["attempts"]), (&json!("failed"), &json!(10)));
        clock.advance(SignedDuration::from_hours(500));
        go_on(&world).await;
        assert_eq!(site.heard(), 10);
    }
}

#[tokio::test]
async fn a_replay_carries_the_same_id() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let site = Site::open().await;
        let (endpoint, _) = endpoint(&world, &site, json!(["customer.*"])).await;
        world.customer().await;
        go_on(&world).await;
        let id = delivery(&world).await["id"].as_str().unwrap().to_owned();
        let path = format!("/v1/webhook_deliveries/{id}/replay");
        world.post(&path, &json!({})).await.is(202);
        world.post(&path, &json!({})).await.problem(409, "webhook_delivery_waiting");
        go_on(&world).await;
        {
            let heard = site.heard.lock().unwrap();
            assert_eq!(heard.len(), 2);
            assert_eq!(heard[0].0["webhook-id"], heard[1].0["webhook-id"]);
            assert_eq!(heard[0].1, heard[1].1);
        }
        let path_of = format!("/v1/webhook_endpoints/{endpoint}");
        world.patch(&path_of, &json!({"state": "disabled"})).await.is(200);
        world.post(&path, &json!({})).await.problem(409, "webhook_endpoint_disabled");
    }
}

#[tokio::test]
async fn an_endpoint_that_is_gone_is_switched_off_and_that_is_told() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let site = Site::open().await;
        let (id, _) = endpoint(&world, &site, json!(["customer.created"])).await;
        site.answers(410, None);
        world.customer().await;
        world.customer().await;
        go_on(&world).await;
        assert_eq!(site.heard(), 1, "the second is not sent to somebody who is gone");
        let shown = world.get(&format!("/v1/webhook_endpoints/{id}")).await.is(200);
        assert_eq!(
            (&shown.json["state"], &shown.json["disabled_reason"]),
            (&json!("disabled"), &json!("gone"))
        );
        let path = format!("/v1/events?type=webhook_endpoint.disabled&subject={id}");
        assert_eq!(world.get(&path).await.json["data"][0]["data"]["disabled_reason"], "gone");
        world.customer().await;
        go_on(&world).await;
        assert_eq!(site.heard(), 1);
        let on = json!({"state": "enabled"});
        world.patch(&format!("/v1/webhook_endpoints/{id}"), &on).await.is(200);
        site.answers(200, None);
        world.customer().await;
        go_on(&world).await;
        assert_eq!(site.heard(), 2);
    }
}

#[tokio::test]
async fn five_days_without_a_success_switch_an_endpoint_off() {
    let world = World::new(Engine::Sqlite).await;
    let site = Site::open().await;
    let (id, _) = endpoint(&world, &site, json!(["customer.created"])).await;
    site.answers(503, None);
    world.customer().await;
    go_on(&world).await;
    world.api.billing.env.clock.advance(SignedDuration::from_hours(121));
    go_on(&world).await;
    let shown = world.get(&format!("/v1/webhook_endpoints/{id}")).await.is(200);
    assert_eq!(shown.json["disabled_reason"], "failing");
    assert_eq!(shown.json["failing_since"], "2026-11-21T12:00:00Z");
}

#[tokio::test]
async fn redirects_are_not_followed_and_a_dead_address_is_not_a_fault() {
    let world = World::new(Engine::Sqlite).await;
    let site = Site::open().await;
    let (id, _) = endpoint(&world, &site, json!(["*"])).await;
    site.answers(307, None);
    let path = format!("/v1/webhook_endpoints/{id}/test");
    let test = world.post(&path, &json!({})).await.is(200);
    assert_eq!((&test.json["delivered"], &test.json["status"]), (&json!(false), &json!(307)));
    assert_eq!(site.heard(), 1);
    site.answers(200, None);
    let test = world.post(&path, &json!({})).await.is(200);
    assert_eq!(test.json["delivered"], true);
    let dead = json!({"url": "http://127.0.0.1:1/"});
    world.patch(&format!("/v1/webhook_endpoints/{id}"), &dead).await.is(200);
    let test = world.post(&path, &json!({})).await.is(200);
    assert_eq!(test.json["delivered"], false);
    assert!(test.json["error"].as_str().unwrap().starts_with("no answer"), "{}", test.text);
}

#[tokio::test]
async fn an_endpoint_is_removed_with_its_deliveries() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let site = Site::open().await;
        let (id, _) = endpoint(&world, &site, json!(["*"])).await;
        world.customer().await;
        world.fan_out.run_until_idle().await.unwrap();
        let request = world.request("DELETE", &format!("/v1/webhook_endpoints/{id}"));
        let gone = world.send(request.body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!((gone.status, gone.text.as_str()), (204, ""));
        go_on(&world).await;
        assert_eq!(site.heard(), 0);
        let list = world.get("/v1/webhook_deliveries").await.is(200);
        assert_eq!(list.json["data"], json!([]));
        let path = format!("/v1/webhook_endpoints/{id}");
        world.get(&path).await.problem(404, "webhook_endpoint_not_found");
    }
}
