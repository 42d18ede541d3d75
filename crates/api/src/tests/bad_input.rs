//! Whatever is sent that makes no sense: a clear answer that names the field, and nothing changed.

use axum::body::Body;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use store::Engine;

use super::world::{ENGINES, World};

const NO_ID: &str = "00000000000000000000000000";

fn valid_tip(customer: &str, creator: &str) -> Value {
    json!({"customer": customer, "creator": creator, "tokens": {"amount": 5, "unit": "TOK"}})
}

/// One bad request: where, what, and the answer: status, code, param.
type Bad = (&'static str, Value, u16, &'static str, Option<&'static str>);

fn table(customer: &str, creator: &str, pack: &str) -> Vec<Bad> {
    let checkout = |with: Value| {
        let mut body = json!({"customer": customer, "token_pack": pack, "currency": "USD"});
        body.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        body
    };
    let tip = |with: Value| {
        let mut body = valid_tip(customer, creator);
        body.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        body
    };
    let nobody = format!("cus_{NO_ID}");
    let price = json!([{"amount": 1000, "currency": "USD"}]);
    let tokens = |amount: Value| json!({"amount": amount, "unit": "TOK"});
    let customers = "/v1/customers";
    let creators = "/v1/creators";
    let packs = "/v1/token_packs";
    let (checkouts, tips, hooks) = ("/v1/checkouts", "/v1/tips", "/v1/webhook_endpoints");
    vec![
        (customers, json!({"nickname": "A"}), 400, "field_unknown", Some("nickname")),
        (customers, json!([null, null, "Ana"]), 400, "field_not_valid", None),
        (tips, tip(json!({"tokens": [5, "TOK"]})), 400, "field_not_valid", Some("tokens")),
        (customers, json!({"name": 5}), 400, "field_not_valid", Some("name")),
        (customers, json!({"name": "a\u{0}b"}), 400, "name_not_valid", Some("name")),
        (customers, json!({"name": "x".repeat(101)}), 400, "name_not_valid", Some("name")),
        (customers, json!({"email": "ana"}), 400, "email_not_valid", Some("email")),
        (customers, json!({"language": "xx"}), 400, "language_unknown", Some("language")),
        (customers, json!({"country": "ZZ"}), 400, "country_not_valid", Some("country")),
        (
            customers,
            json!({"external_ref": "a b"}),
            400,
            "external_ref_not_valid",
            Some("external_ref"),
        ),
        (creators, json!({"name": "B"}), 400, "field_missing", Some("share_basis_points")),
        (
            creators,
            json!({"name": "B", "share_basis_points": 10_001}),
            400,
            "share_not_valid",
            Some("share_basis_points"),
        ),
        (
            creators,
            json!({"name": "B", "share_basis_points": 60.5}),
            400,
            "field_not_valid",
            Some("share_basis_points"),
        ),
        (
            creators,
            json!({"name": "", "share_basis_points": 1}),
            400,
            "name_not_valid",
            Some("name"),
        ),
        (
            packs,
            json!({"code": "A B", "tokens": tokens(json!(1)), "prices": price}),
            400,
            "code_not_valid",
            Some("code"),
        ),
        (
            packs,
            json!({"code": "a", "tokens": tokens(json!(-1)), "prices": price}),
            400,
            "field_not_valid",
            Some("tokens"),
        ),
        (
            packs,
            json!({"code": "a", "tokens": tokens(json!(0)), "prices": price}),
            400,
            "tokens_not_valid",
            Some("tokens"),
        ),
        (
            packs,
            json!({"code": "a", "tokens": tokens(json!("9")), "prices": price}),
            400,
            "field_not_valid",
            Some("tokens.amount"),
        ),
        (
            packs,
            json!({"code": "a", "tokens": {"amount": 1}, "prices": price}),
            400,
            "field_missing",
            Some("tokens.unit"),
        ),
        (
            packs,
            json!({"code": "a", "tokens": tokens(json!(1)), "prices": []}),
            400,
            "prices_not_valid",
            Some("prices"),
        ),
        (
            packs,
            json!({"code": "a", "tokens": tokens(json!(1)), "prices": [{"amount": 1, "currency": "usd"}]}),
            400,
            "field_not_valid",
            Some("prices[0].currency"),
        ),
        (
            packs,
            json!({"code": "a", "tokens": tokens(json!(1)), "prices": [{"amount": 1.5, "currency": "USD"}]}),
            400,
            "field_not_valid",
            Some("prices[0].amount"),
        ),
        (
            packs,
            json!({"code": "a", "tokens": tokens(json!(1)), "prices": [{"amount": 1, "currency": "USD", "tax": 1}]}),
            400,
            "field_unknown",
            Some("prices[0].tax"),
        ),
        (
            packs,
            json!({"code": "there", "tokens": tokens(json!(1)), "prices": price}),
            409,
            "code_taken",
            Some("code"),
        ),
        (checkouts, checkout(json!({"customer": "ana"})), 400, "field_not_valid", Some("customer")),
        (
            checkouts,
            checkout(json!({"customer": nobody})),
            404,
            "customer_not_found",
            Some("customer"),
        ),
        (
            checkouts,
            checkout(json!({"token_pack": format!("tpk_{NO_ID}")})),
            404,
            "token_pack_not_found",
            Some("token_pack"),
        ),
        (
            checkouts,
            checkout(json!({"currency": "EUR"})),
            422,
            "not_sold_in_currency",
            Some("currency"),
        ),
        (checkouts, checkout(json!({"currency": "XTS"})), 400, "field_not_valid", Some("currency")),
        (
            checkouts,
            checkout(json!({"language": "elvish"})),
            400,
            "language_unknown",
            Some("language"),
        ),
        (
            checkouts,
            checkout(json!({"return_url": "javascript:alert(1)"})),
            400,
            "return_url_not_valid",
            Some("return_url"),
        ),
        (
            checkouts,
            checkout(json!({"account": "nobody"})),
            400,
            "account_unknown",
            Some("account"),
        ),
        (tips, tip(json!({"customer": creator})), 400, "field_not_valid", Some("customer")),
        (
            tips,
            tip(json!({"creator": format!("cre_{NO_ID}")})),
            404,
            "creator_not_found",
            Some("creator"),
        ),
        (tips, tip(json!({"tokens": tokens(json!(0))})), 400, "tokens_not_valid", Some("tokens")),
        (
            tips,
            tip(json!({"tokens": {"amount": 1, "unit": "USD"}})),
            400,
            "field_not_valid",
            Some("tokens"),
        ),
        (tips, tip(json!({"tokens": 5})), 400, "field_not_valid", Some("tokens")),
        (tips, tip(json!({"note": "x".repeat(281)})), 400, "note_too_long", Some("note")),
        (tips, tip(json!({"note": "a\u{0}b"})), 400, "note_not_valid", Some("note")),
        (tips, tip(json!({"id": "tip_1"})), 400, "field_unknown", Some("id")),
        (tips, tip(json!({})), 409, "not_enough_tokens", Some("tokens")),
        (
            hooks,
            json!({"url": "https://10.0.0.1/", "types": ["*"]}),
            422,
            "url_not_public",
            Some("url"),
        ),
        (
            hooks,
            json!({"url": "http://shop.example.org/", "types": ["*"]}),
            422,
            "url_not_https",
            Some("url"),
        ),
        (hooks, json!({"url": "nowhere", "types": ["*"]}), 400, "url_not_valid", Some("url")),
        (
            hooks,
            json!({"url": "https://shop.example.org/", "types": []}),
            400,
            "event_types_not_valid",
            Some("types"),
        ),
        (
            hooks,
            json!({"url": "https://shop.example.org/", "types": ["tip.left", "tip"]}),
            400,
            "event_type_unknown",
            Some("types[1]"),
        ),
    ]
}

#[tokio::test]
async fn each_bad_field_is_named_and_nothing_is_changed() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let (customer, creator) = (world.customer().await, world.creator().await);
        let pack = world.pack("there").await;
        let before = world.rows().await;
        for (path, body, status, code, param) in table(&customer, &creator, &pack) {
            let answer = world.post(path, &body).await.is_problem(status, code);
            assert_eq!(answer.json["param"].as_str(), param, "{path} {body}");
        }
        let after = world.rows().await;
        // Only answers that follow from the state of things are kept, for the same key again.
        let replays = 9;
        assert_eq!([&before[..replays], &before[10..]], [&after[..replays], &after[10..]]);
        let stored = table(&customer, &creator, &pack)
            .iter()
            .filter(|bad| {
                bad.2 == 409
                    || (bad.0 == "/v1/tips" && bad.2 == 404)
                    || bad.3 == "not_sold_in_currency"
            })
            .count();
        assert_eq!(usize::try_from(after[9] - before[9]).unwrap(), stored);
    }
}

#[tokio::test]
async fn bodies_that_are_no_json_are_refused_everywhere() {
    let payment = format!("/v1/payments/pay_{NO_ID}/refunds");
    let paths = [
        "/v1/customers",
        "/v1/creators",
        "/v1/token_packs",
        "/v1/checkouts",
        "/v1/tips",
        "/v1/webhook_endpoints",
        &payment,
    ];
    let deep = "[".repeat(10_000);
    let large = format!("{{\"name\":\"{}\"}}", "x".repeat(70_000));
    let table: [(&str, &[u8], u16, &str); 8] = [
        ("application/json", b"", 400, "body_not_json"),
        ("application/json", b"{\"name\":", 400, ""),
        ("application/json", b"{} {}", 400, ""),
        ("application/json", b"{\"name\":\"\xff\"}", 400, "body_not_utf8"),
        ("application/json", deep.as_bytes(), 400, ""),
        ("application/json", large.as_bytes(), 413, "body_too_large"),
        ("text/plain", b"{}", 415, "content_type_not_json"),
        ("application/json; charset=utf-16", b"{}", 415, "content_type_not_json"),
    ];
    for engine in ENGINES {
        let world = World::new(engine).await;
        let before = world.rows().await;
        for path in paths {
            for (kind, body, status, code) in &table {
                let request = world.request("POST", path).header("content-type", *kind);
                let request = request.header("idempotency-key", "one");
                let answer = world.send(request.body(Body::from(body.to_vec())).unwrap()).await;
                let code =
                    if code.is_empty() { answer.json["code"].as_str().unwrap() } else { code };
                let code = code.to_owned();
                answer.is_problem(*status, &code);
            }
            let packed = world.request("POST", path).header("content-type", "application/json");
            let packed = packed.header("content-encoding", "gzip").body(Body::from("{}")).unwrap();
            world.send(packed).await.is_problem(415, "content_encoding_not_supported");
        }
        assert_eq!(world.rows().await, before);
    }
}

#[tokio::test]
async fn a_body_without_a_length_is_cut_off_as_well() {
    let world = World::new(Engine::Sqlite).await;
    let chunk = || Ok::<_, std::io::Error>(bytes::Bytes::from(vec![b' '; 8 * 1024]));
    let chunks = futures_util::stream::iter((0..10).map(move |_| chunk()));
    let request = world.request("POST", "/v1/customers").header("content-type", "application/json");
    let answer = world.send(request.body(Body::from_stream(chunks)).unwrap()).await;
    answer.is_problem(413, "body_too_large");
}

#[tokio::test]
async fn queries_are_read_as_strictly_as_bodies() {
    let world = World::new(Engine::Sqlite).await;
    let payment = format!("/v1/payments/pay_{NO_ID}?expand[]=customer");
    let table = [
        ("/v1/customers?limit=0", "limit_out_of_range", "limit"),
        ("/v1/customers?limit=101", "limit_out_of_range", "limit"),
        ("/v1/customers?limit=ten", "field_not_valid", "limit"),
        ("/v1/customers?offset=10", "field_unknown", "offset"),
        ("/v1/customers?limit=1&limit=2", "parameter_twice", "limit"),
        ("/v1/customers?after=a%00b", "cursor_not_valid", "after"),
        ("/v1/customers?after=cus_1&before=cus_2", "after_and_before", "before"),
        ("/v1/customers?external_ref=a%00b", "external_ref_not_valid", "external_ref"),
        ("/v1/creators?external_ref=", "external_ref_not_valid", "external_ref"),
        ("/v1/token_packs?showing=none", "field_not_valid", "showing"),
        ("/v1/payments?state=lost", "state_unknown", "state"),
        ("/v1/payments?account=x%00", "account_unknown", "account"),
        ("/v1/payments?customer=ana", "field_not_valid", "customer"),
        ("/v1/payments?created_from=today", "field_not_valid", "created_from"),
        ("/v1/payments?expand[]=everything", "expand_unknown", "expand[]"),
        (&payment, "expand_unknown", "expand[]"),
        ("/v1/tips?creator=cus_1", "field_not_valid", "creator"),
        ("/v1/events?type=tip", "event_type_unknown", "type"),
        ("/v1/events?after=evt_1", "field_not_valid", "after"),
        ("/v1/events?subject=a%00", "subject_not_valid", "subject"),
        ("/v1/webhook_deliveries?state=lost", "field_not_valid", "state"),
    ];
    for (path, code, param) in table {
        let answer = world.get(path).await.is_problem(400, code);
        assert_eq!(answer.json["param"], param, "{path}");
    }
}

/// Any JSON, with the names and values that mean something mixed in.
fn any_json() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        "customer",
        "creator",
        "tokens",
        "amount",
        "unit",
        "TOK",
        "USD",
        "currency",
        "prices",
        "code",
        "note",
        "name",
        "email",
        "language",
        "country",
        "external_ref",
        "token_pack",
        "share_basis_points",
        "url",
        "types",
        "reason",
        "*",
        "https://shop.example.org/",
        "cus_00000000000000000000000000",
        "cre_00000000000000000000000000",
        "a-code",
    ]);
    let text = prop_oneof![words.clone().prop_map(str::to_owned), any::<String>()];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(
                prop_oneof![words.clone().prop_map(str::to_owned), any::<String>()],
                inner,
                0..6
            )
            .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

#[test]
fn no_body_at_all_is_answered_with_a_fault_of_ours() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for engine in ENGINES {
        let world = runtime.block_on(World::new(engine));
        let refund = "/v1/payments/pay_00000000000000000000000000/refunds";
        let paths = [
            "/v1/customers",
            "/v1/creators",
            "/v1/token_packs",
            "/v1/checkouts",
            "/v1/tips",
            "/v1/webhook_endpoints",
            refund,
        ];
        let mut runner = TestRunner::new(Config { cases: 150, ..Config::default() });
        runner
            .run(&(prop::sample::select(paths.to_vec()), any_json()), |(path, body)| {
                let answer = runtime.block_on(world.post(path, &body));
                prop_assert!(answer.status < 500, "{} {} {}", path, body, answer.text);
                Ok(())
            })
            .unwrap();
    }
}
