//! Notices in every kind of body, and links in every kind of writing.

use processor::{GoTo, NoticeKind};

use super::*;

/// A small house: a link, and notices in a body of this kind with a plain hash in a header.
fn small(body: &str, fields: [&str; 5]) -> Value {
    let [state, id, order, sum, currency] = fields;
    json!({
        "look_up": false,
        "values": {"shop": "4711"},
        "secrets": {"key": KEY},
        "record": {
            "support": {"name": "Small"},
            "start": {
                "method": "get",
                "address": "https://small.example/pay?v=2",
                "escape": "percent",
                "forms": {"amount": "two_decimals"},
                "parameters": [
                    {"name": "ref", "value": "{reference}", "required": true},
                    {"name": "sum", "value": "{amount}"},
                    {"name": "text", "value": "{description}", "escape": "form"},
                    {"name": "who", "value": "{first_name}/{last_name}", "encode": ["upper"]},
                    {"name": "ip", "value": "{ip}", "keep_empty": true},
                    {"name": "none", "value": "{email}"},
                    {"name": "b64", "value": "{product}", "encode": ["base64"]},
                ],
                "digest": {
                    "algorithm": "hmac_sha1", "key": "hmac", "fields": "in_order",
                    "except": ["ip"], "joiner": "|", "sent": {"field": "mac"},
                },
            },
            "postback": {
                "body": body,
                "senders": ["198.51.100.0/30"],
                "digest": {
                    "algorithm": "sha256", "key": "prefix", "fields": [id, state],
                    "sent": {"header": "X-Signature"},
                },
                "status": [
                    {"when": {state: ["success", "shipped"]}, "means": "paid"},
                    {"when": {state: "fail", "note": ""}, "means": "declined"},
                    {"when": {state: "fail", "note": "*"}, "means": "refund_failed"},
                ],
                "ids": {"reference": order, "transaction": [id, "other"], "dedupe": [id, state]},
                "amount": {"field": sum, "currency": currency},
            },
        },
    })
}

fn sent(id: &str, state: &str, query: &str, body: &str) -> RawNotice {
    let digest = processor::sign::Digesting::Sha256;
    let parts: [&[u8]; 3] = [KEY.as_bytes(), id.as_bytes(), state.as_bytes()];
    RawNotice {
        query: query.to_owned(),
        headers: vec![("x-signature".to_owned(), digest.hex(b"", &parts))],
        sender: "198.51.100.2".parse().unwrap(),
        ..check::post(body, now())
    }
}

fn read_by(config: Value, raw: &RawNotice) -> Result<Notice, Rejected> {
    let account = Described::new("described", None, config, http()).unwrap();
    account.read_postback(raw).map(|mut notices| notices.remove(0))
}

const DOTTED: [&str; 5] = [
    "payment.status",
    "payment.transactionId",
    "payment.orderId",
    "payment.amount",
    "payment.currency",
];

fn json_notice(amount: &str) -> String {
    format!(
        "{{\"payment\": {{\"status\": \"success\", \"transactionId\": \"tx-9\", \"amount\": {amount},\
         \"currency\": \"EUR\", \"orderId\": \"{ATTEMPT}\", \"list\": [1, {{\"a\": null}}]}}}}"
    )
}

#[test]
fn json_is_read_by_dotted_paths_digit_by_digit() {
    for (amount, minor) in [("9.95", 995), ("9.9500", 995), ("10", 1000), ("\"9.95\"", 995)] {
        let raw = sent("tx-9", "success", "", &json_notice(amount));
        let notice = read_by(small("json", DOTTED), &raw).unwrap();
        assert_eq!(notice.amount, Some(eur(minor)), "{amount}");
        assert_eq!(notice.reference.as_deref(), Some(ATTEMPT));
        assert_eq!(notice.kind, NoticeKind::Paid);
    }
    for amount in ["9.955", "1e3", "true", "null", "[9.95]", "{}", "-9.95", "0x1"] {
        let raw = sent("tx-9", "success", "", &json_notice(amount));
        let read = read_by(small("json", DOTTED), &raw);
        assert!(matches!(read, Err(Rejected::Unreadable(_))), "{amount}: {read:?}");
    }
    let twice = json_notice("9.95").replace("\"amount\"", "\"status\": \"fail\", \"amount\"");
    let read = read_by(small("json", DOTTED), &sent("tx-9", "success", "", &twice));
    assert!(matches!(read, Err(Rejected::Unreadable(_))), "a name twice: {read:?}");
    let deep = format!("{}1{}", "{\"a\":".repeat(40), "}".repeat(40));
    let read = read_by(small("json", DOTTED), &sent("tx-9", "success", "", &deep));
    assert!(matches!(read, Err(Rejected::Unreadable(_))), "too deep: {read:?}");
    let other = read_by(small("json", DOTTED), &sent("tx-8", "success", "", &json_notice("9.95")));
    assert_eq!(other, Err(Rejected::Signature));
}

#[test]
fn a_query_a_form_and_xml_say_the_same() {
    let flat = ["status", "id", "order", "sum", "cur"];
    let pairs = format!("status=shipped&id=tx-9&order={ATTEMPT}&sum=9.95&cur=eur");
    let query = RawNotice { method: "GET".to_owned(), ..sent("tx-9", "shipped", &pairs, "") };
    let form = sent("tx-9", "shipped", "status=fail", &pairs);
    let xml = format!(
        "<?xml version=\"1.0\"?><ipn><status>shipped</status><id>tx-9</id><order>{ATTEMPT}</order>\
         <sum>9.95</sum><cur>eur</cur></ipn>"
    );
    let xml = sent("tx-9", "shipped", "", &xml);
    let lines = pairs.replace('&', "\r\n");
    let lines = sent("tx-9", "shipped", "", &lines);
    let expected = read_by(small("query", flat), &query).unwrap();
    assert_eq!((expected.kind, expected.amount), (NoticeKind::Paid, Some(eur(995))));
    for (kind, raw) in
        [("either", &query), ("either", &form), ("form", &form), ("xml", &xml), ("lines", &lines)]
    {
        assert_eq!(read_by(small(kind, flat), raw).unwrap(), expected, "{kind}");
    }
}

#[test]
fn an_empty_word_and_any_word_are_conditions() {
    let flat = ["status", "id", "order", "sum", "cur"];
    let read = |note: &str| {
        let body = format!("status=FAIL&id=tx-9&order={ATTEMPT}&sum=9.95&cur=EUR{note}");
        read_by(small("form", flat), &sent("tx-9", "FAIL", "", &body)).unwrap().kind
    };
    assert_eq!(read(""), NoticeKind::Declined);
    assert_eq!(read("&note="), NoticeKind::Declined);
    assert_eq!(read("&note=late"), NoticeKind::RefundFailed);
}

#[test]
fn the_houses_own_senders_hold_until_the_account_names_others() {
    let flat = ["status", "id", "order", "sum", "cur"];
    let pairs = format!("status=shipped&id=tx-9&order={ATTEMPT}&sum=9.95&cur=EUR");
    let mut raw = sent("tx-9", "shipped", "", &pairs);
    raw.sender = "198.51.100.4".parse().unwrap();
    assert_eq!(read_by(small("form", flat), &raw), Err(Rejected::Sender));
    let mut own = small("form", flat);
    own["locks"] = json!({"senders": ["198.51.100.4"]});
    assert!(read_by(own, &raw).is_ok());
    let mut broken = small("form", flat);
    broken["record"]["postback"]["senders"] = json!(["198.51"]);
    let why = Described::new("described", None, broken, http()).err().unwrap();
    assert!(why.contains("record.postback.senders"), "{why}");
}

#[tokio::test]
async fn a_link_is_escaped_as_the_record_says() {
    let config = small("form", ["status", "id", "order", "sum", "cur"]);
    let account = Described::new("described", None, config, http()).unwrap();
    let mut request = wish(Money::new(500, Currency::JPY));
    request.buyer.name = Some("Ana Bø".to_owned());
    request.buyer.email = None;
    let started = check::starts(&account, &request, &[KEY]).await;
    // The digest was made with Python's hmac over the values but the address, joined by "|".
    assert_eq!(
        started.go_to,
        GoTo::Link(
            "https://small.example/pay?v=2&ref=att_01k2m8y4v0000000000000000a&sum=500.00\
             &text=100+tokens+%26+more&who=ANA%2FB%C3%98&ip=&b64=dG9rZW5zLTEwMA%3D%3D\
             &mac=b15c06f54d0eefb7d47f08747d2c80665fcc1bb5"
                .to_owned()
        )
    );
    let kwd = wish(Money::new(9955, "KWD".parse().unwrap()));
    let Answer::NotExecuted(why) = account.start(&kwd).await else { panic!("begun") };
    assert!(why.contains("two decimals"), "{why}");
}

#[tokio::test]
async fn check_names_what_a_digest_leaves_open() {
    let config = small("json", DOTTED);
    let account = Described::new("described", None, config, http()).unwrap();
    let found = account.check(now()).await;
    let digest = found.iter().find(|one| one.what == "record.postback.digest").unwrap();
    assert!(
        digest.says.contains("payment.amount") && digest.says.contains("look_up"),
        "{digest:?}"
    );
    assert!(!digest.says.contains("payment.status"), "{digest:?}");
}
