//! The first sale, by API alone: a customer buys, tips, and is given money back.

use processor::{Answer, Decline, DeclineClass};
use serde_json::json;

use super::world::{ENGINES, World};

#[tokio::test]
async fn a_customer_buys_tokens_tips_some_and_sees_the_rest() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (customer, creator) = (world.customer().await, world.creator().await);
        let pack = world.pack("tokens-100").await;
        let body = json!({"customer": customer, "token_pack": pack, "currency": "USD"});
        let checkout = world.post("/v1/checkouts", &body).await.is(201);
        let url = checkout.json["url"].as_str().unwrap();
        let begin = format!("https://pay.example.org/da/checkout/{}?key=", checkout.id());
        assert!(url.starts_with(&begin), "{url}");
        let shown = world.get(&format!("/v1/checkouts/{}", checkout.id())).await.is(200);
        assert!(shown.json.get("url").is_none(), "the secret is shown once");

        let (payment, attempt) = world.begun(&customer, &pack).await;
        let paid = json!({"reference": attempt, "transaction": "t-1",
            "amount": {"amount": 1000, "currency": "USD"}});
        let answer = world.postback("/postbacks/paper", "192.0.2.1", paid.to_string()).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, "OK"));
        world.postback("/postbacks/paper", "192.0.2.1", paid.to_string()).await.is(200);

        let shown = world.get(&format!("/v1/payments/{payment}")).await.is(200);
        assert_eq!(shown.json["state"], "captured");
        assert_eq!(shown.json["livemode"], false);
        assert_eq!(shown.json["captured"], json!({"amount": 1000, "currency": "USD"}));
        assert_eq!(shown.json["attempts"], json!([attempt]));
        let path = format!("/v1/payments/{payment}?expand[]=attempts.operations");
        let whole = world.get(&path).await.is(200);
        let operation = &whole.json["attempts"][0]["operations"][0];
        assert_eq!(
            (&operation["kind"], &operation["state"]),
            (&json!("sale"), &json!("succeeded"))
        );

        let tip = json!({"customer": customer, "creator": creator,
            "tokens": {"amount": 25, "unit": "TOK"}, "note": "Tak!"});
        let left = world.post("/v1/tips", &tip).await.is(201);
        assert_eq!(left.json["balance"], json!({"amount": 75, "unit": "TOK"}));
        assert_eq!(left.json["creator_share"]["amount"], 15);
        let shown = world.get(&format!("/v1/tips/{}", left.id())).await.is(200);
        assert_eq!(shown.json["note"], "Tak!");

        let wallet = world.get(&format!("/v1/wallets/{customer}")).await.is(200);
        assert_eq!(wallet.json["balance"]["amount"], 75);
        let entries = world.get(&format!("/v1/wallets/{customer}/entries")).await.is(200);
        let changes = [&entries.json["data"][0]["change"], &entries.json["data"][1]["change"]];
        assert_eq!(changes.map(|change| change["amount"].as_i64()), [Some(-25), Some(100)]);
        assert_eq!(entries.json["data"][0]["creator"], creator);

        let too_much = json!({"customer": customer, "creator": creator,
            "tokens": {"amount": 76, "unit": "TOK"}});
        world.post("/v1/tips", &too_much).await.problem(409, "not_enough_tokens");
        let wallet = world.get(&format!("/v1/wallets/{customer}")).await.is(200);
        assert_eq!(wallet.json["balance"]["amount"], 75);
    }
}

#[tokio::test]
async fn a_payment_is_given_back_or_the_answer_says_why_not() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (_, payment) = world.customer_with_tokens().await;
        let path = format!("/v1/payments/{payment}/refunds");
        let no = Decline {
            raw: "51".to_owned(),
            cause: "insufficient_funds".to_owned(),
            class: DeclineClass::Hard,
        };
        let yes = std::mem::replace(&mut *world.paper.refund.lock().unwrap(), Answer::Declined(no));
        let body = json!({"reason": "bought by mistake"});
        world.post(&path, &body).await.problem(402, "refund_declined");
        *world.paper.refund.lock().unwrap() = yes;
        let operation = world.post(&path, &body).await.is(201);
        assert_eq!(operation.json["kind"], "refund");
        assert_eq!(operation.json["amount"], json!({"amount": 1000, "currency": "USD"}));
        let shown = world.get(&format!("/v1/payments/{payment}")).await.is(200);
        assert_eq!(shown.json["refunded"]["amount"], 1000);
        let again = world.post(&path, &body).await;
        assert!((400..500).contains(&again.status), "{}", again.text);
    }
}

#[tokio::test]
async fn a_refund_whose_outcome_nobody_knows_is_accepted() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (_, payment) = world.customer_with_tokens().await;
        *world.paper.refund.lock().unwrap() = Answer::Unknown("no answer".to_owned());
        let path = format!("/v1/payments/{payment}/refunds");
        let operation = world.post(&path, &json!({"reason": "asked"})).await.is(202);
        assert_eq!(operation.json["state"], "unknown");
    }
}

#[tokio::test]
async fn an_open_payment_is_cancelled_and_a_paid_one_is_not() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (customer, paid) = world.customer_with_tokens().await;
        let pack = world.pack("tokens-20").await;
        let (open, _) = world.begun(&customer, &pack).await;
        let none = json!({});
        let cancelled = world.post(&format!("/v1/payments/{open}/cancel"), &none).await.is(200);
        assert_eq!(cancelled.json["state"], "canceled");
        let no = world.post(&format!("/v1/payments/{paid}/cancel"), &none).await;
        no.problem(409, "payment_not_cancelable");
        let resolved = world.post(&format!("/v1/payments/{paid}/resolve"), &none).await.is(200);
        assert_eq!(resolved.json["state"], "captured");
    }
}

#[tokio::test]
async fn customers_creators_and_packs_are_changed_field_by_field() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (customer, creator) = (world.customer().await, world.creator().await);
        let pack = world.pack("tokens-100").await;
        let path = format!("/v1/customers/{customer}");
        let changes = json!({"email": "ana@example.org", "name": null, "country": "dk"});
        let changed = world.patch(&path, &changes).await.is(200);
        assert_eq!(changed.json["email"], "ana@example.org");
        assert_eq!(changed.json["name"], json!(null));
        assert_eq!(
            (&changed.json["language"], &changed.json["country"]),
            (&json!("da"), &json!("DK"))
        );
        assert_eq!(world.get(&path).await.is(200).json, changed.json);

        let path = format!("/v1/creators/{creator}");
        let changed = world.patch(&path, &json!({"share_basis_points": 6500})).await.is(200);
        assert_eq!(
            (&changed.json["name"], &changed.json["share_basis_points"]),
            (&json!("Ben"), &json!(6500))
        );

        let path = format!("/v1/token_packs/{pack}");
        let changed = world.patch(&path, &json!({"active": false})).await.is(200);
        assert_eq!(changed.json["active"], false);
        let active = world.get("/v1/token_packs?showing=active").await.is(200);
        assert_eq!(active.json["data"], json!([]));
        let body = json!({"customer": customer, "token_pack": pack, "currency": "USD"});
        world.post("/v1/checkouts", &body).await.problem(422, "token_pack_not_active");
    }
}

#[tokio::test]
async fn a_link_signs_a_customer_in_and_is_good_for_a_while() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let customer = world.customer().await;
        let link = world.post(&format!("/v1/customers/{customer}/links"), &json!({})).await.is(201);
        let url = link.json["url"].as_str().unwrap();
        let secret = url.strip_prefix("https://pay.example.org/da/welcome?key=").unwrap();
        assert_eq!(secret.len(), 32);
        assert_eq!(link.json["expires_at"], "2026-11-21T12:15:00Z");
        let secret = base::Secret::from_text(secret);
        let env = &world.api.billing.env;
        let opened = store::write!(world.scratch.store, |tx| {
            identity::customer_links::open(tx, env, &secret).await
        });
        assert_eq!(opened.unwrap().0.who.to_string(), customer);
    }
}
