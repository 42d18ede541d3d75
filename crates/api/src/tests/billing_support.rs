//! What a host site is told of who takes payments.

use store::Engine;

use super::world::World;

#[tokio::test]
async fn every_live_account_is_there_and_a_line_finds_its_own() {
    let world = World::new(Engine::Sqlite).await;
    let all = world.get("/v1/billing_support").await.is(200);
    let processors = all.json["processors"].as_array().unwrap();
    assert!(processors.iter().any(|one| one["name"] == "Paper"), "{}", all.text);
    let line = processors[0]["descriptors"][0].as_str().unwrap();
    let path = format!("/v1/billing_support?statement={}", line.replace('*', "%2A"));
    let found = world.get(&path).await.is(200);
    assert!(!found.json["processors"].as_array().unwrap().is_empty(), "{}", found.text);
    let none = world.get("/v1/billing_support?statement=NOBODY").await.is(200);
    assert_eq!(none.json["processors"].as_array().unwrap().len(), 0);
    assert!(all.json["site"]["charge_page"].as_str().unwrap().ends_with("/en/charge"));
    world.get("/v1/billing_support?more=1").await.is(400);
}
