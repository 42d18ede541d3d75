//! Whatever is sent that makes no sense: a clear answer that names the field, and nothing changed.

use axum::body::Body;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use store::Engine;

use super::world::{ENGINES, World};

const NO_ID: &str = "00000000000000000000000000";

/// A bad body and its answer: status, code, field. `CUS`, `CRE` and `PACK` stand for ids of things
/// that are there, `NONE` for the end of an id that is not, `LONG` for 300 letters, `NUL` for what
/// no text may hold.
type Bad = (&'static str, u16, &'static str, &'static str);

const CUSTOMERS: &[Bad] = &[
    (r#"{"nickname":"A"}"#, 400, "field_unknown", "nickname"),
    (r#"[null,null,"Ana"]"#, 400, "field_not_valid", ""),
    (r#"{"name":5}"#, 400, "field_not_valid", "name"),
    (r#"{"name":"aNULb"}"#, 400, "name_not_valid", "name"),
    (r#"{"name":"LONG"}"#, 400, "name_not_valid", "name"),
    (r#"{"name":"A","name":"B"}"#, 400, "field_twice", "name"),
    (r#"{"email":"ana"}"#, 400, "email_not_valid", "email"),
    (r#"{"language":"xx"}"#, 400, "language_unknown", "language"),
    (r#"{"country":"ZZ"}"#, 400, "country_not_valid", "country"),
    (r#"{"external_ref":"a b"}"#, 400, "external_ref_not_valid", "external_ref"),
    (r#"{"external_ref":"there"}"#, 409, "external_ref_taken", "external_ref"),
];

const CREATORS: &[Bad] = &[
    (r#"{"name":"B"}"#, 400, "field_missing", "share_basis_points"),
    (r#"{"name":"B","share_basis_points":10001}"#, 400, "share_not_valid", "share_basis_points"),
    (r#"{"name":"B","share_basis_points":60.5}"#, 400, "field_not_valid", "share_basis_points"),
    (r#"{"name":"B","share_basis_points":1e99}"#, 400, "field_not_valid", "share_basis_points"),
    (r#"{"name":"","share_basis_points":1}"#, 400, "name_not_valid", "name"),
];

const PACKS: &[Bad] = &[
    (r#"{"code":"A B","tokens":TOK,"prices":[USD]}"#, 400, "code_not_valid", "code"),
    (r#"{"code":"there","tokens":TOK,"prices":[USD]}"#, 409, "code_taken", "code"),
    (r#"{"code":"a","tokens":5,"prices":[USD]}"#, 400, "field_not_valid", "tokens"),
    (r#"{"code":"a","tokens":[5,"TOK"],"prices":[USD]}"#, 400, "field_not_valid", "tokens"),
    (
        r#"{"code":"a","tokens":{"amount":"5","unit":"TOK"},"prices":[USD]}"#,
        400,
        "field_not_valid",
        "tokens.amount",
    ),
    (
        r#"{"code":"a","tokens":{"amount":-1,"unit":"TOK"},"prices":[USD]}"#,
        400,
        "field_not_valid",
        "tokens",
    ),
    (
        r#"{"code":"a","tokens":{"amount":0,"unit":"TOK"},"prices":[USD]}"#,
        400,
        "tokens_not_valid",
        "tokens",
    ),
    (r#"{"code":"a","tokens":{"amount":1},"prices":[USD]}"#, 400, "field_missing", "tokens.unit"),
    (r#"{"code":"a","tokens":TOK,"prices":[]}"#, 400, "prices_not_valid", "prices"),
    (r#"{"code":"a","tokens":TOK,"prices":[USD,USD]}"#, 400, "prices_not_valid", "prices"),
    (
        r#"{"code":"a","tokens":TOK,"prices":[{"amount":1,"currency":"usd"}]}"#,
        400,
        "field_not_valid",
        "prices[0].currency",
    ),
    (
        r#"{"code":"a","tokens":TOK,"prices":[USD,{"amount":1.5,"currency":"EUR"}]}"#,
        400,
        "field_not_valid",
        "prices[1].amount",
    ),
    (
        r#"{"code":"a","tokens":TOK,"prices":[{"amount":1,"currency":"EUR","tax":1}]}"#,
        400,
        "field_unknown",
        "prices[0].tax",
    ),
];

/// What is written behind `{"customer":"CUS","token_pack":"PACK","currency":"USD"`, or instead.
const CHECKOUTS: &[Bad] = &[
    (r#"{"customer":"ana"}"#, 400, "field_not_valid", "customer"),
    (r#"{"customer":"cus_NONE"}"#, 404, "customer_not_found", "customer"),
    (r#"{"token_pack":"tpk_NONE"}"#, 404, "token_pack_not_found", "token_pack"),
    (r#"{"currency":"EUR"}"#, 422, "not_sold_in_currency", "currency"),
    (r#"{"currency":"XTS"}"#, 400, "field_not_valid", "currency"),
    (r#"{"language":"elvish"}"#, 400, "language_unknown", "language"),
    (r#"{"return_url":"javascript:alert(1)"}"#, 400, "return_url_not_valid", "return_url"),
    (r#"{"account":"nobody"}"#, 400, "account_unknown", "account"),
    (r#"{"amount":5}"#, 400, "field_unknown", "amount"),
];

/// What is written behind `{"customer":"CUS","creator":"CRE","tokens":TOK`, or instead.
const TIPS: &[Bad] = &[
    (r#"{"customer":"CRE"}"#, 400, "field_not_valid", "customer"),
    (r#"{"customer":"cus_NONE"}"#, 404, "customer_not_found", "customer"),
    (r#"{"creator":"cre_NONE"}"#, 404, "creator_not_found", "creator"),
    (r#"{"tokens":{"amount":0,"unit":"TOK"}}"#, 400, "tokens_not_valid", "tokens"),
    (r#"{"tokens":{"amount":1,"unit":"USD"}}"#, 400, "field_not_valid", "tokens"),
    (
        r#"{"tokens":{"amount":9999999999999999999,"unit":"TOK"}}"#,
        400,
        "field_not_valid",
        "tokens.amount",
    ),
    (r#"{"tokens":[5,"TOK"]}"#, 400, "field_not_valid", "tokens"),
    (r#"{"note":"LONG"}"#, 400, "note_too_long", "note"),
    (r#"{"note":"aNULb"}"#, 400, "note_not_valid", "note"),
    (r#"{"id":"tip_1"}"#, 400, "field_unknown", "id"),
    (r"{}", 409, "not_enough_tokens", "tokens"),
];

const WEBHOOKS: &[Bad] = &[
    (r#"{"url":"https://10.0.0.1/","types":["*"]}"#, 422, "url_not_public", "url"),
    (r#"{"url":"http://shop.example.org/","types":["*"]}"#, 422, "url_not_https", "url"),
    (r#"{"url":"nowhere","types":["*"]}"#, 400, "url_not_valid", "url"),
    (r#"{"url":"https://a.example/","types":[]}"#, 400, "event_types_not_valid", "types"),
    (
        r#"{"url":"https://a.example/","types":["tip.left","tip"]}"#,
        400,
        "event_type_unknown",
        "types[1]",
    ),
];

/// What a body is written over, by where it goes.
fn whole(path: &str, body: &Value) -> Value {
    let mut whole = match path {
        "/v1/checkouts" => json!({"customer": "CUS", "token_pack": "PACK", "currency": "USD"}),
        "/v1/tips" => json!({"customer": "CUS", "creator": "CRE",
            "tokens": {"amount": 1, "unit": "TOK"}}),
        _ => return body.clone(),
    };
    whole.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
    whole
}

fn written(path: &str, body: &str, ids: [&str; 3]) -> String {
    let body = body
        .replace(":TOK", r#":{"amount":1,"unit":"TOK"}"#)
        .replace("[USD", r#"[{"amount":1000,"currency":"USD"}"#)
        .replace(",USD]", r#",{"amount":1000,"currency":"USD"}]"#);
    // Read only where something is written over: a reader would not keep what is not JSON.
    let body = match path {
        "/v1/checkouts" | "/v1/tips" => {
            whole(path, &serde_json::from_str(&body).unwrap()).to_string()
        }
        _ => body,
    };
    let [customer, creator, pack] = ids;
    body.replace("\"CUS\"", &format!("{customer:?}"))
        .replace("\"CRE\"", &format!("{creator:?}"))
        .replace("\"PACK\"", &format!("{pack:?}"))
        .replace("NONE", NO_ID)
        .replace("LONG", &"x".repeat(300))
        .replace("NUL", "\\u0000")
}

#[tokio::test]
async fn each_bad_field_is_named_and_nothing_is_changed() {
    let table = [
        ("/v1/customers", CUSTOMERS),
        ("/v1/creators", CREATORS),
        ("/v1/token_packs", PACKS),
        ("/v1/checkouts", CHECKOUTS),
        ("/v1/tips", TIPS),
        ("/v1/webhook_endpoints", WEBHOOKS),
    ];
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.post("/v1/customers", &json!({"external_ref": "there"})).await.is(201);
        let (customer, creator) = (world.customer().await, world.creator().await);
        let pack = world.pack("there").await;
        let before = world.rows().await;
        let mut kept = 0;
        for (path, bad) in table {
            for (nth, (body, status, code, param)) in bad.iter().enumerate() {
                let body = written(path, body, [&customer, &creator, &pack]);
                let request =
                    world.request("POST", path).header("content-type", "application/json");
                let request = request.header("idempotency-key", format!("bad-{nth}"));
                let answer = world.send(request.body(Body::from(body.clone())).unwrap()).await;
                let answer = answer.problem(*status, code);
                let named = answer.json["param"].as_str().unwrap_or_default();
                assert_eq!(named, *param, "{path} {body}");
                // A no that follows from the state of things is kept for the same key again.
                let of_state = [409, 422].contains(status) && !code.starts_with("url");
                kept += i64::from(of_state || (path == "/v1/tips" && *status == 404));
            }
        }
        let after = world.rows().await;
        let changes: Vec<i64> = before.iter().zip(&after).map(|(then, now)| now - then).collect();
        assert_eq!(changes, [0, 0, 0, 0, 0, 0, 0, 0, 0, kept, 0, 0]);
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
        ("application/json", large.as_bytes(), 413, "body_over_limit"),
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
                answer.problem(*status, &code);
            }
            let packed = world.request("POST", path).header("content-type", "application/json");
            let packed = packed.header("content-encoding", "gzip").body(Body::from("{}")).unwrap();
            world.send(packed).await.problem(415, "content_encoding_not_supported");
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
    answer.problem(413, "body_over_limit");
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
        let answer = world.get(path).await.problem(400, code);
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
