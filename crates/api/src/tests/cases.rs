//! Cases for programs: opened, answered, ended; and what a key may not see.

use base::SignedDuration;
use identity::api_keys::Scopes;
use serde_json::{Value, json};

use super::world::{ENGINES, World};

fn asked(requester: &Value) -> Value {
    json!({
        "subject": "Tokens are missing after my payment",
        "text": "My card 4242 4242 4242 4242 was charged.",
        "requester": requester,
        "topic": "tokens",
        "language": "da",
        "tags": ["vip"],
    })
}

#[tokio::test]
async fn a_case_is_opened_answered_and_ended_by_a_program() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (customer, payment) = world.customer_with_tokens().await;
        let mut body = asked(&json!({ "customer": customer }));
        body["refs"] = json!([format!("payment:{payment}")]);
        let case = world.post("/v1/cases", &body).await.is(201);
        assert_eq!(case.json["customer"], customer);
        assert_eq!(case.json["state"], "new");
        assert_eq!(case.json["refs"][0]["id"], payment);
        assert!(case.json["reference"].as_str().unwrap().starts_with("PD-"));
        assert!(case.json["due_at"].is_string(), "{}", case.text);
        let id = case.id();

        let messages = format!("/v1/cases/{id}/messages");
        let first = world.get(&messages).await.is(200);
        assert_eq!(first.json["data"].as_array().unwrap().len(), 1);
        assert_eq!(first.json["data"][0]["direction"], "in");
        assert!(!first.text.contains("4242 4242 4242"), "{}", first.text);

        let answer = json!({"from": "desk", "text": "Here they are.", "source_id": "a-1"});
        world.post(&messages, &answer).await.is(201);
        let again = world.post(&messages, &answer).await.is(201);
        assert_eq!(again.json["direction"], "out");
        let now = world.get(&format!("/v1/cases/{id}")).await.is(200);
        assert_eq!(now.json["state"], "waiting_customer");
        world.post(&messages, &json!({"from": "customer", "text": "Thanks."})).await.is(201);
        let all = world.get(&messages).await.is(200);
        assert_eq!(all.json["data"].as_array().unwrap().len(), 3, "{}", all.text);
        let page = world.get(&format!("{messages}?limit=1")).await.is(200);
        assert_eq!(page.json["has_more"], true);
        let after = page.json["data"][0]["id"].as_str().unwrap();
        let rest = world.get(&format!("{messages}?after={after}")).await.is(200);
        assert_eq!(rest.json["data"].as_array().unwrap().len(), 2);

        let state = format!("/v1/cases/{id}/state");
        let old = json!({"state": "solved", "version": 1});
        world.post(&state, &old).await.problem(409, "case_changed");
        let solved = world.post(&state, &json!({"state": "solved"})).await.is(200);
        assert_eq!(solved.json["state"], "solved");
        assert_eq!(
            world.post(&state, &json!({"state": "open"})).await.is(200).json["state"],
            "open"
        );
        world.post(&state, &json!({"state": "snoozed"})).await.problem(400, "case_state_unknown");
    }
}

#[tokio::test]
async fn the_same_key_opens_one_case() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let body = asked(&json!({ "mail": "ana@example.org", "name": "Ana" }));
        let first = world.post_as("/v1/cases", &body, "ask-1").await.is(201);
        let again = world.post_as("/v1/cases", &body, "ask-1").await.is(201);
        assert_eq!((first.id(), again.header("idempotency-replayed")), (again.id(), "true"));
        assert_eq!(first.json["customer"], Value::Null, "a typed address is nobody's");
        let all = world.get("/v1/cases").await.is(200);
        assert_eq!(all.json["data"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn cases_are_found_by_what_they_are_about_and_what_people_call_them() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (customer, payment) = world.customer_with_tokens().await;
        let mut ids = Vec::new();
        for nth in 0..3 {
            let mut body = asked(&json!({ "customer": customer }));
            if nth > 0 {
                body["refs"] = json!([format!("payment:{payment}")]);
            }
            // Ids are ordered by time, to the millisecond.
            world.api.billing.env.clock.advance(SignedDuration::from_secs(1));
            ids.push(world.post("/v1/cases", &body).await.is(201));
        }
        let found = async |query: &str| -> Vec<String> {
            let list = world.get(&format!("/v1/cases?{query}")).await.is(200);
            let data = list.json["data"].as_array().unwrap().clone();
            data.iter().map(|case| case["id"].as_str().unwrap().to_owned()).collect()
        };
        let [one, two, three] = &ids[..] else { panic!("three") };
        let about = format!("ref=payment:{payment}");
        assert_eq!(found(&about).await, [three.id(), two.id()]);
        assert_eq!(found(&format!("{about}&limit=1")).await, [three.id()]);
        assert_eq!(found(&format!("{about}&after={}", three.id())).await, [two.id()]);
        assert_eq!(found(&format!("{about}&state=solved")).await, [""; 0]);
        let reference = one.json["reference"].as_str().unwrap().replace('-', "").to_lowercase();
        assert_eq!(found(&format!("reference={reference}")).await, [one.id()]);
        assert_eq!(found(&format!("customer={customer}")).await.len(), 3);
        assert_eq!(found("tag=vip&limit=2").await, [three.id(), two.id()]);
        for (query, code) in [
            ("ref=payment", "ref_not_valid"),
            ("ref=horse:7", "ref_not_valid"),
            ("reference=PD-0", "case_reference_not_valid"),
            ("state=lost", "word_unknown"),
        ] {
            world.get(&format!("/v1/cases?{query}")).await.problem(400, code);
        }
    }
}

#[tokio::test]
async fn notes_of_staff_need_a_scope_of_their_own() {
    for engine in ENGINES {
        let mut world = World::new(engine).await;
        let case = world.post("/v1/cases", &asked(&json!({"mail": "a@example.org"}))).await.is(201);
        let messages = format!("/v1/cases/{}/messages", case.id());
        let note = json!({"from": "note", "text": "Known from last year."});
        world.post(&messages, &note).await.is(201);
        let internal = format!("{messages}?thread=internal");
        assert_eq!(world.get(&internal).await.is(200).json["data"][0]["thread"], "internal");
        let customer = world.get(&messages).await.is(200);
        assert!(!customer.text.contains("last year"), "{}", customer.text);
        let scopes: Scopes = "cases:write".parse().unwrap();
        world.key = world.key_for(scopes).await;
        world.get(&messages).await.is(200);
        world.get(&internal).await.problem(403, "scope_missing");
        world.post(&messages, &note).await.problem(403, "scope_missing");
        let scopes: Scopes = "payments:write".parse().unwrap();
        world.key = world.key_for(scopes).await;
        world.get("/v1/cases").await.problem(403, "scope_missing");
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_by_name() {
    let world = World::new(ENGINES[0]).await;
    for (change, code) in [
        (json!({"requester": {}}), "requester_not_valid"),
        (json!({"requester": {"customer": null, "mail": "nobody"}}), "email_not_valid"),
        (json!({"subject": " "}), "case_subject_not_valid"),
        (json!({"side": "theirs"}), "word_unknown"),
        (json!({"refs": ["payment"]}), "ref_not_valid"),
        (json!({"source_id": "a b"}), "source_id_not_valid"),
        (json!({"text": ""}), "message_empty"),
    ] {
        let mut body = asked(&json!({"mail": "a@example.org"}));
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        world.post("/v1/cases", &body).await.problem(400, code);
    }
    world.get("/v1/cases/cas_0").await.problem(404, "case_not_found");
}
