//! Every mistake in a record or an account is refused with a sentence that names its key.

use super::*;

fn whole() -> Value {
    let record: toml::Value = toml::from_str(&acme("https://api.acme.example")).unwrap();
    settings(serde_json::to_value(record).unwrap())
}

fn refused(config: Value) -> String {
    match Described::new("described", None, config, http()) {
        Ok(_) => panic!("accepted"),
        Err(why) => why,
    }
}

#[test]
fn the_example_is_sound_as_a_table_as_toml_and_as_json() {
    assert!(Described::new("described", None, whole(), http()).is_ok());
    let json = whole()["record"].to_string();
    assert!(Described::new("described", None, settings(json), http()).is_ok());
}

/// Puts each value at its path and looks for the key in the refusal.
fn each_is_named(table: &[(&str, Value, &str)]) {
    for (path, value, key) in table {
        let mut config = whole();
        let (parent, last) = path.rsplit_once('/').unwrap();
        let parent = config.pointer_mut(parent).unwrap_or_else(|| panic!("{path}"));
        match last.parse::<usize>() {
            Ok(nth) if parent.is_array() => parent[nth] = value.clone(),
            _ => parent[last] = value.clone(),
        }
        let why = refused(config);
        assert!(why.contains(key), "{path} = {value}: {why}");
        assert!(!why.contains(KEY) && !why.contains(API), "{why}");
    }
}

#[test]
fn a_wrong_value_of_the_start_is_named_by_its_key() {
    each_is_named(&[
        ("/record/support/name", json!(" "), "record.support.name"),
        ("/record/forms/amount", json!("cents"), "record.forms.amount"),
        ("/record/currencies/0", json!("EURO"), "record.currencies[0]"),
        ("/record/start/method", json!("put"), "record.start.method"),
        ("/record/start/address", json!("pay.acme.example"), "record.start.address"),
        ("/record/start/address", json!("http://pay.acme.example/"), "record.start.address"),
        ("/record/start/test_address", json!("ftp://x/"), "record.start.test_address"),
        ("/record/start/parameters", json!([]), "record.start.parameters is empty"),
        ("/record/start/parameters/1/value", json!("{refrence}"), "{refrence}"),
        ("/record/start/parameters/1/value", json!("{transaction}"), "{transaction}"),
        ("/record/start/parameters/1/value", json!("{secret.key}"), "order would show a secret"),
        ("/record/start/parameters/1/value", json!("{secret.nokey}"), "secrets.nokey"),
        ("/record/start/parameters/1/name", json!("shop"), "shop twice"),
        ("/record/start/parameters/1/encode", json!(["rot13"]), "parameters[1].encode[0]"),
        ("/record/start/digest/algorithm", json!("md6"), "record.start.digest.algorithm"),
        ("/record/start/digest/key", json!("hmac"), "record.start.digest: key"),
        ("/record/start/digest/fields", json!("all"), "record.start.digest.fields"),
        ("/record/start/digest/fields", json!([]), "record.start.digest.fields is empty"),
        ("/record/start/digest/sent", json!({"header": "x"}), "record.start.digest.sent"),
        ("/record/postback/digest/key", json!("suffix"), "record.postback.digest: key"),
        ("/record/postback/digest/fields/0", json!("@time"), "@time"),
        ("/record/postback/status", json!([]), "record.postback.status is empty"),
        ("/record/postback/status/0/means", json!("payed"), "record.postback.status[0].means"),
    ]);
}

/// A customer who reads the link must not learn all that opens for a notice.
#[test]
fn an_address_that_customers_see_is_no_lock() {
    let mut config = whole();
    config["record"]["start"]["parameters"][1]["value"] = json!("{reference}|{postback_url}");
    config["record"]["postback"].as_object_mut().unwrap().remove("digest");
    config["record"]["postback"]["senders"] = json!([]);
    config["locks"]["senders"] = json!([]);
    config["look_up"] = json!(false);
    assert!(refused(config.clone()).contains("shows the postback address"));
    config["locks"]["senders"] = json!(["192.0.2.0/28"]);
    assert!(Described::new("described", None, config, http()).is_ok());
}

#[test]
fn a_wrong_value_of_notices_calls_and_the_account_is_named_by_its_key() {
    each_is_named(&[
        ("/record/postback/status/0/means", json!("done"), "rule 1 cannot mean Done"),
        ("/record/postback/status/0/when", json!({}), "rule 1 has no condition"),
        ("/record/postback/amount", Value::Null, "record.postback.amount"),
        ("/record/postback/ids/dedupe", json!([]), "record.postback.ids"),
        ("/record/postback/time/form", json!("%Q"), "record.postback.time.form"),
        ("/record/postback/time/form", json!("%H:%M"), "record.postback.time.form"),
        ("/record/postback/answer/refuse/status", json!(200), "record.postback.answer.refuse"),
        ("/record/declines/51", json!("no_money"), "record.declines.51"),
        ("/record/operations/void/manual", json!(" "), "record.operations.void.manual"),
        ("/record/operations/refund/call/body", json!("xml"), "record.operations.refund.call.body"),
        (
            "/record/operations/refund/call/address",
            json!("https://x/{refund}"),
            "record.operations.refund.call.address",
        ),
        (
            "/record/operations/find/call/parameters",
            json!([]),
            "asks by neither {reference} nor {transaction}",
        ),
        ("/record/operations/find/call/answer/outcomes/6/means", json!("paid"), "means absent"),
        ("/record/operations/find", Value::Null, "look_up needs record.operations.find.call"),
        ("/locks/path_secret", json!("short"), "locks.path_secret"),
        ("/secrets/key", json!(""), "secrets.key is missing"),
        ("/secrets/api", json!(""), "secrets.api is missing"),
        ("/values/shop", json!(""), "values.shop is missing"),
        ("/record", json!(7), "record must be a table"),
        ("/record", json!("a = "), "record is no TOML"),
        ("/record", json!("{\"a\":"), "record is no JSON"),
        ("/record", Value::Null, "record is missing"),
    ]);
}

#[test]
fn a_key_that_is_misspelt_or_missing_is_named() {
    for (path, key) in [
        ("/record", "strat"),
        ("/record/start", "adress"),
        ("/record/start/parameters/0", "requird"),
        ("/record/start/digest", "separator"),
        ("/record/postback", "statuses"),
        ("/record/postback/ids", "dedup"),
        ("/record/operations", "reverse"),
        ("/record/operations/refund/call", "url"),
        ("/record/operations/refund/call/answer", "success"),
        ("/locks", "path"),
        ("", "records"),
    ] {
        let mut config = whole();
        config.pointer_mut(path).unwrap()[key] = json!("x");
        let why = refused(config);
        assert!(why.contains(key), "{path}/{key}: {why}");
    }
    for (path, key) in [
        ("", "look_up"),
        ("/record", "support"),
        ("/record/start", "address"),
        ("/record/postback", "ids"),
        ("/record/postback/ids", "dedupe"),
        ("/record/postback/digest", "sent"),
        ("/record/operations/refund/call", "answer"),
    ] {
        let mut config = whole();
        config.pointer_mut(path).unwrap().as_object_mut().unwrap().remove(key);
        let why = refused(config);
        assert!(why.contains(key), "{path}/{key}: {why}");
    }
}

#[test]
fn test_mode_needs_every_test_address() {
    for path in ["/record/start", "/record/operations/refund/call"] {
        let mut config = whole();
        config["test"] = true.into();
        assert!(Described::new("described", None, config.clone(), http()).is_ok());
        config.pointer_mut(path).unwrap().as_object_mut().unwrap().remove("test_address");
        assert!(refused(config).contains("test_address is missing"));
    }
}

#[test]
fn a_list_of_covered_fields_is_weighed() {
    let ids = |ids: Value| {
        let mut config = whole();
        let digest = config.pointer_mut("/record/start/digest").unwrap();
        digest["fields"] = "in_order".into();
        digest["key_ids"] = json!({"field": "keys", "ids": ids});
        config
    };
    assert!(Described::new("described", None, ids(json!({"sum": "0a"})), http()).is_ok());
    for broken in [json!({}), json!({"sum": "a"}), json!({"sum": "0a", "cur": "0A"})] {
        assert!(refused(ids(broken)).contains("record.start.digest.key_ids.ids"));
    }
    let mut sorted = ids(json!({"sum": "0a"}));
    *sorted.pointer_mut("/record/start/digest/fields").unwrap() = "sorted".into();
    assert!(refused(sorted).contains("in_order"));
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let settings: Settings = serde_json::from_value(whole()).unwrap();
    let text = format!("{settings:?}");
    assert!(!text.contains(KEY) && !text.contains(API) && !text.contains(PATH), "{text}");
}
