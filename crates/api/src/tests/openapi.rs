//! The document is what is checked in, and says what the router does.

use axum::body::Body;
use axum::http::Request;
use serde_json::Value;
use store::Engine;

use super::world::World;

const CHECKED_IN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");

#[test]
fn the_checked_in_document_is_the_one_that_is_served() {
    let made = format!("{}\n", serde_json::to_string_pretty(&crate::openapi()).unwrap());
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(CHECKED_IN, &made).unwrap();
    }
    let kept = std::fs::read_to_string(CHECKED_IN).unwrap_or_default();
    assert!(
        kept == made,
        "docs/openapi.json is not up to date: set UPDATE_OPENAPI=1 and run again"
    );
}

#[test]
fn every_reference_in_the_document_leads_somewhere() {
    let document = crate::openapi();
    assert_eq!(document["openapi"], "3.1.0");
    let mut open = vec![&document];
    let mut seen = 0;
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                if let Some(reference) = map.get("$ref").and_then(Value::as_str) {
                    let path = reference.strip_prefix('#').expect(reference);
                    assert!(document.pointer(path).is_some(), "{reference} leads nowhere");
                    seen += 1;
                }
                open.extend(map.values());
            }
            Value::Array(list) => open.extend(list),
            _ => {}
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn operations_have_names_of_their_own_and_no_floats() {
    let document = crate::openapi();
    let mut names = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            names.push(operation["operationId"].as_str().expect(path).to_owned());
            assert!(operation["summary"].is_string(), "{method} {path}");
            let open = path == "/v1/openapi.json";
            assert_eq!(operation["responses"].get("401").is_none(), open, "{method} {path}");
        }
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    assert!(!document.to_string().contains("\"number\""), "money is never a float");
}

#[tokio::test]
async fn the_document_is_served_without_a_key_and_every_path_in_it_answers() {
    let world = World::new(Engine::Sqlite).await;
    let request = Request::get("/v1/openapi.json").body(Body::empty()).unwrap();
    let served = world.send(request).await.is(200);
    assert_eq!(served.json, crate::openapi());
    for (path, methods) in served.json["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            let request = Request::builder().method(method.to_uppercase().as_str());
            let path = path.replace(['{', '}'], "x");
            let answer = world.send(request.uri(&path).body(Body::empty()).unwrap()).await;
            let expected = if path == "/v1/openapi.json" { 200 } else { 401 };
            assert_eq!(answer.status, expected, "{method} {path} {}", answer.text);
        }
    }
}
