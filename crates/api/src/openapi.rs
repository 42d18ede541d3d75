//! The document that describes the API, made from the operations themselves.
//!
//! What every operation has in common (the key, the problems, the idempotency key, the headers) is
//! added here once, so that the operations say only what is their own.

use serde_json::{Map, Value, json};
use utoipa::PartialSchema;

use crate::problem::Body;
use crate::{shape, v1};

/// Which problems an operation may answer with, and when.
const PROBLEMS: [(&str, &str); 12] = [
    ("400", "The request makes no sense; `param` names the field."),
    ("401", "There is no key, or it opens nothing."),
    ("403", "The key lacks a scope; `param` names it."),
    ("404", "There is no such thing."),
    ("408", "The body took too long to arrive."),
    ("409", "The state of things does not allow it now."),
    ("413", "The body is too large."),
    ("415", "The body is not JSON."),
    ("422", "Understood, and against a rule."),
    ("429", "The key asks too often; see `Retry-After`."),
    ("500", "Something of ours failed; `incident` is its number in our logs."),
    ("503", "Not for now; see `Retry-After`."),
];

/// Operations where money can move: the idempotency key is needed.
const MOVES_MONEY: [&str; 4] = ["cancel_payment", "leave_tip", "open_checkout", "refund_payment"];

/// The document.
#[must_use]
pub fn openapi() -> Value {
    let (_, described) = v1::routes().split_for_parts();
    let mut document = serde_json::to_value(&described).unwrap_or_default();
    document["info"] = title();
    document["servers"] = json!([{"url": "/", "description": "This desk."}]);
    document["tags"] = tags();
    document["security"] = json!([{"api_key": []}]);
    let common = components();
    for (part, entries) in common.as_object().into_iter().flatten() {
        for (name, entry) in entries.as_object().into_iter().flatten() {
            document["components"][part][name] = entry.clone();
        }
    }
    if let Some(paths) = document["paths"].as_object_mut() {
        for methods in paths.values_mut().filter_map(Value::as_object_mut) {
            for (method, operation) in methods.iter_mut() {
                if let Some(operation) = operation.as_object_mut() {
                    complete(method, operation);
                }
            }
        }
        paths.insert("/v1/openapi.json".to_owned(), of_itself());
    }
    document["webhooks"] = webhooks();
    document
}

fn title() -> Value {
    json!({
        "title": "Paydesk",
        "version": "1",
        "summary": "Takes the money, keeps the books, and answers the customers.",
        "description": "Amounts are whole numbers in the minor unit of their currency. Times are \
            RFC 3339 in UTC. Ids begin with what they name. Every answer that is no success is a \
            problem (RFC 9457) with a stable `code`. Fields may be added to answers at any time.",
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    })
}

fn tags() -> Value {
    let tag = |(name, description): (&str, &str)| json!({"name": name, "description": description});
    let tags = [
        ("customers", "Whoever buys."),
        ("creators", "Whoever earns."),
        ("token_packs", "What is sold."),
        ("checkouts", "A customer's way through paying, on hosted pages."),
        ("payments", "What is to be collected, and what has become of it."),
        ("billing_support", "Who takes payments, and how customers reach them."),
        ("wallets", "What a customer may spend."),
        ("tips", "Tokens from a customer to a creator."),
        ("cases", "What customers ask, and what they are answered."),
        ("mail", "Mail that another program received for us."),
        ("events", "What happened."),
        ("webhooks", "Being told what happens."),
        ("me", "The key in use."),
    ];
    tags.into_iter().map(tag).collect()
}

fn components() -> Value {
    let schema = |schema| serde_json::to_value(schema).unwrap_or_default();
    let whole = |example: &str| json!({"schema": {"type": "string"}, "example": example});
    json!({
        "schemas": {
            "Problem": schema(Body::schema()),
            "Money": schema(shape::Money::schema()),
            "Tokens": schema(shape::Tokens::schema()),
            "Event": schema(v1::events::Shown::schema()),
        },
        "securitySchemes": {
            "api_key": {"type": "http", "scheme": "bearer", "bearerFormat": "pk_…"},
        },
        "headers": {
            "X-Request-Id": {
                "description": "Names the request in our logs.",
                "schema": {"type": "string", "examples": ["req_01k2h7v3b5d8m9xq4r6s2t1w0y"]},
            },
            "RateLimit": {
                "description": "How many requests are left, and in how many seconds all are.",
                "schema": {"type": "string", "examples": ["\"key\";r=19999;t=1"]},
            },
            "Idempotency-Replayed": {
                "description": "`true` if this is the answer that was given before.",
                "schema": {"type": "string", "enum": ["true"]},
            },
        },
        "parameters": {
            "IdempotencyKey": key_parameter("You may send one.", false),
            "IdempotencyKeyRequired": key_parameter("Money can move, so it is needed.", true),
        },
        "examples": {
            "FieldNotValid": {"value": {
                "type": "/problems/field_not_valid",
                "title": "The request makes no sense",
                "status": 400,
                "detail": "invalid type: string \"25\", expected i64 at line 1 column 92",
                "instance": "req_01k2h7v3b5d8m9xq4r6s2t1w0y",
                "code": "field_not_valid",
                "param": "tokens.amount",
                "request_id": "req_01k2h7v3b5d8m9xq4r6s2t1w0y",
            }},
        },
        "responses": problems(&whole),
    })
}

fn key_parameter(why: &str, required: bool) -> Value {
    json!({
        "name": "Idempotency-Key",
        "in": "header",
        "required": required,
        "description": format!("{why} The same key with the same body gets the answer of the \
            first request, for 30 days; with another body, a 422."),
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    })
}

fn problems(header: &dyn Fn(&str) -> Value) -> Value {
    let mut responses = Map::new();
    for (status, description) in PROBLEMS {
        let mut headers = json!({"X-Request-Id": {"$ref": "#/components/headers/X-Request-Id"}});
        match status {
            "401" => headers["WWW-Authenticate"] = header("Bearer realm=\"paydesk\""),
            "429" | "503" => headers["Retry-After"] = header("1"),
            _ => {}
        }
        let mut media = json!({"schema": {"$ref": "#/components/schemas/Problem"}});
        if status == "400" {
            let example = json!({"$ref": "#/components/examples/FieldNotValid"});
            media["examples"] = json!({"field_not_valid": example});
        }
        let content = json!({"application/problem+json": media});
        let response = json!({"description": description, "headers": headers, "content": content});
        responses.insert(format!("Problem{status}"), response);
    }
    Value::Object(responses)
}

/// Adds what every operation has.
fn complete(method: &str, operation: &mut Map<String, Value>) {
    let posts = method == "post";
    let sends = posts || method == "patch";
    let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default().to_owned();
    if posts {
        let needed = MOVES_MONEY.contains(&id.as_str());
        let name = if needed { "IdempotencyKeyRequired" } else { "IdempotencyKey" };
        let reference = json!({"$ref": format!("#/components/parameters/{name}")});
        let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
        if let Some(parameters) = parameters.as_array_mut() {
            parameters.push(reference);
        }
    }
    let responses = operation.entry("responses").or_insert_with(|| json!({}));
    let Some(responses) = responses.as_object_mut() else { return };
    for response in responses.values_mut() {
        for header in ["X-Request-Id", "RateLimit", "Idempotency-Replayed"] {
            if header != "Idempotency-Replayed" || posts {
                let reference = format!("#/components/headers/{header}");
                response["headers"][header] = json!({"$ref": reference});
            }
        }
    }
    for (status, _) in PROBLEMS {
        if sends || !["408", "409", "413", "415", "422"].contains(&status) {
            let reference = json!({"$ref": format!("#/components/responses/Problem{status}")});
            responses.entry(status).or_insert(reference);
        }
    }
}

fn of_itself() -> Value {
    json!({"get": {
        "tags": ["me"],
        "summary": "This document.",
        "operationId": "get_openapi",
        "security": [],
        "responses": {"200": {
            "description": "An OpenAPI 3.1 document.",
            "content": {"application/json": {"schema": {"type": "object"}}},
        }},
    }})
}

fn webhooks() -> Value {
    let header = |name: &str, description: &str| {
        let schema = json!({"type": "string"});
        json!({"name": name, "in": "header", "required": true, "description": description,
            "schema": schema})
    };
    json!({"event": {"post": {
        "tags": ["webhooks"],
        "summary": "What happened, told to your endpoint.",
        "description": "Signed by the Standard Webhooks convention. Answer with a success within \
            15 seconds; otherwise it is sent again, ten times in about 75 hours. The same event \
            may come twice and out of order: use `id` and `sequence`.",
        "operationId": "hear_event",
        "security": [],
        "parameters": [
            header("webhook-id", "The event's id."),
            header("webhook-timestamp", "Seconds since 1970. Refuse what is older than 5 minutes."),
            header("webhook-signature", "`v1,` and the Base64 of HMAC-SHA256 over \
                `{webhook-id}.{webhook-timestamp}.{body}`."),
        ],
        "requestBody": {"required": true, "content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/Event"},
        }}},
        "responses": {
            "2XX": {"description": "You have it."},
            "410": {"description": "You want no more: the endpoint is switched off."},
        },
    }}})
}
