//! A raw mail that another program received for us.

use axum::body::Body;
use store::Engine;

use super::world::{Got, World};

const MAIL: &str = "From: ana@example.org\r\nSubject: Hi\r\n\r\nWhere are my tokens?\r\n";

async fn handed_over(world: &World, path: &str, mail: impl Into<Body>) -> Got {
    let request = world.request("POST", path).header("content-type", "message/rfc822");
    world.send(request.body(mail.into()).unwrap()).await
}

#[tokio::test]
async fn a_raw_mail_is_kept_once_and_needs_its_scope() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mut world = World::new(engine).await;
        let path = "/v1/mail?from=&to=help@shop.example,desk@shop.example";
        let first = handed_over(&world, path, MAIL).await.is(202);
        assert_eq!(first.json["earlier"], false);
        let again = handed_over(&world, path, MAIL).await.is(202);
        assert_eq!((again.json["earlier"].as_bool(), again.id()), (Some(true), first.id()));
        handed_over(&world, "/v1/mail", "").await.problem(400, "mail_empty");
        let large = vec![b'x'; desk::mail_in::LARGEST + 1];
        handed_over(&world, "/v1/mail", large).await.problem(413, "mail_too_large");
        world.key = world.key_for("tips:write".parse().unwrap()).await;
        handed_over(&world, "/v1/mail", MAIL).await.problem(403, "scope_missing");
    }
}
