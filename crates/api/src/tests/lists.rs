//! Lists: newest first, page by page in both directions, filtered.

use serde_json::json;

use super::world::{ENGINES, World};

async fn ids(world: &World, path: &str) -> (Vec<String>, bool) {
    let page = world.get(path).await.is(200);
    assert_eq!(page.json["object"], "list");
    let rows = page.json["data"].as_array().unwrap();
    let ids = rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    (ids, page.json["has_more"].as_bool().unwrap())
}

#[tokio::test]
async fn a_list_is_walked_both_ways_without_gaps() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (customer, _) = world.customer_with_tokens().await;
        let creator = world.creator().await;
        for _ in 0..4 {
            let tip = json!({"customer": customer, "creator": creator,
                "tokens": {"amount": 1, "unit": "TOK"}});
            world.post("/v1/tips", &tip).await.is(201);
            world.customer().await;
            world.creator().await;
            let hook = json!({"url": "https://shop.example.org/", "types": ["tip.left"]});
            world.post("/v1/webhook_endpoints", &hook).await.is(201);
            world.api.billing.env.clock.advance(base::SignedDuration::from_secs(1));
        }
        world.fan_out.run_until_idle().await.unwrap();
        let wallet = format!("/v1/wallets/{customer}/entries");
        for list in [
            "/v1/customers",
            "/v1/creators",
            "/v1/tips",
            "/v1/events",
            &wallet,
            "/v1/webhook_endpoints",
            "/v1/webhook_deliveries",
        ] {
            let (all, more) = ids(&world, &format!("{list}?limit=100")).await;
            assert!(all.len() >= 4 && !more, "{list} {all:?}");
            let mut walked = Vec::new();
            let mut path = format!("{list}?limit=3");
            loop {
                let (page, more) = ids(&world, &path).await;
                walked.extend(page);
                if !more {
                    break;
                }
                path = format!("{list}?limit=3&after={}", walked.last().unwrap());
            }
            assert_eq!(walked, all, "{list} forwards");
            let mut back = Vec::new();
            let mut path = format!("{list}?limit=3&before={}", all.last().unwrap());
            loop {
                let (page, more) = ids(&world, &path).await;
                back.splice(0..0, page);
                if !more {
                    break;
                }
                path = format!("{list}?limit=3&before={}", back.first().unwrap());
            }
            assert_eq!(back, all[..all.len() - 1], "{list} backwards");
        }
    }
}

#[tokio::test]
async fn payments_are_found_by_what_is_known_of_them() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (ana, paid) = world.customer_with_tokens().await;
        let ben = world.customer().await;
        let pack = world.pack("tokens-5").await;
        world.api.billing.env.clock.advance(base::SignedDuration::from_hours(1));
        let (open, _) = world.begun(&ben, &pack).await;
        let by = |query: String| {
            let world = &world;
            async move { ids(world, &format!("/v1/payments?{query}")).await.0 }
        };
        assert_eq!(by(String::new()).await, [open.clone(), paid.clone()]);
        assert_eq!(by(format!("customer={ana}")).await, vec![paid.clone()]);
        assert_eq!(by("state=captured".to_owned()).await, vec![paid.clone()]);
        assert_eq!(by("state=failed".to_owned()).await, Vec::<String>::new());
        assert_eq!(by("account=paper".to_owned()).await.len(), 2);
        assert_eq!(by("needs_attention=only".to_owned()).await.len(), 0);
        assert_eq!(by("created_from=2026-11-21T12:30:00Z".to_owned()).await, [open]);
        assert_eq!(by("created_before=2026-11-21T12:30:00Z".to_owned()).await, vec![paid.clone()]);
        let path = format!("/v1/payments?customer={ana}&expand[]=attempts");
        let whole = world.get(&path).await.is(200);
        assert_eq!(whole.json["data"][0]["attempts"][0]["account"], "paper");
    }
}

#[tokio::test]
async fn events_are_found_by_type_and_subject() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (customer, payment) = world.customer_with_tokens().await;
        let customers = world.get("/v1/events?type=customer.*").await.is(200);
        let data = customers.json["data"].as_array().unwrap();
        assert_eq!(data.len(), 1);
        assert_eq!(
            (&data[0]["type"], &data[0]["subject"]),
            (&json!("customer.created"), &json!(customer))
        );
        let path = format!("/v1/events?type=payment.captured&subject={payment}");
        let captured = world.get(&path).await.is(200);
        let event = &captured.json["data"][0];
        assert_eq!(event["object"], "event");
        assert_eq!(event["data"]["id"], payment);
        let path = format!("/v1/events/{}", event["id"].as_str().unwrap());
        assert_eq!(&world.get(&path).await.is(200).json, event);
        let known = world.get("/v1/events?limit=100").await.is(200);
        for event in known.json["data"].as_array().unwrap() {
            let kind = event["type"].as_str().unwrap();
            assert!(crate::webhooks::prefix(kind).is_ok(), "{kind} is told but not known");
        }
    }
}

#[tokio::test]
async fn a_customer_is_found_by_the_reference_of_the_host_site() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.customer().await;
        let body = json!({"external_ref": "user-42"});
        let ana = world.post("/v1/customers", &body).await.is(201).id();
        assert_eq!(ids(&world, "/v1/customers?external_ref=user-42").await.0, [ana]);
        assert_eq!(ids(&world, "/v1/customers?external_ref=user-43").await.0.len(), 0);
    }
}
