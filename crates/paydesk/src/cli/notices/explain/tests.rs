//! What `explain` says of a genuine message, a stranger's, and a broken one.

use super::*;

const CONFIG: &str = r#"
    [[processors]]
    key = "segpay"
    kind = "segpay"
    descriptor = "SEGPAY.COM*TEST"
    [processors.settings]
    look_up = false
    [processors.settings.locks]
    senders = ["192.0.2.0/24"]
    path_secret = "a-secret-of-our-address"
    [processors.settings.products]
    tokens-100 = { eticket = "1234:5678", amount = "9.95", currency = "USD" }
"#;

const PAID: &str = "action=Auth&trantype=Sale&stage=Initial&approved=Yes&tranid=90022001\
                    &purchaseid=777&price=9.95&currencycode=USD&pdref=att_1";

fn account(folder: &std::path::Path) -> Account {
    let mut config = crate::config::read("(a test)", CONFIG, |_| None).unwrap();
    config.data = folder.to_owned();
    let env = Env::fixed(Timestamp::UNIX_EPOCH, 1);
    let (accounts, _) = wire::accounts(&config, config.listen, &env).unwrap();
    accounts.all()[0].clone()
}

fn asked(body: &[u8], strict: bool, sender: Option<IpAddr>) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let account = account(folder.path());
    let explain_it = Explain {
        account: "segpay".to_owned(),
        file: None,
        headers: Vec::new(),
        sender,
        method: None,
        query: None,
        path_secret: None,
        at: None,
        strict,
        ask: false,
    };
    let message = message::read(body).unwrap();
    let (raw, assumed) = explain_it.raw(message, &account, Timestamp::UNIX_EPOCH).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(explain(&account, &raw, &assumed, false))
}

#[test]
fn a_genuine_body_is_believed_and_says_what_was_assumed() {
    let told = asked(PAID.as_bytes(), false, None);
    assert_eq!(told["accepted"], true, "{told:#}");
    assert_eq!(told["assumed"].as_array().unwrap().len(), 2, "sender and secret: {told:#}");
    let notice = &told["notices"][0];
    assert_eq!(notice["kind"], "paid");
    assert_eq!(notice["standing"], "final");
    assert_eq!((&notice["amount"], &notice["currency"]), (&json!(995), &json!("USD")));
    assert_eq!(notice["transaction"], "90022001");
    assert_eq!(notice["reference"], "att_1");
}

#[test]
fn another_sender_or_nothing_assumed_is_refused_with_the_lock_that_stays_shut() {
    let told = asked(PAID.as_bytes(), false, Some("198.51.100.1".parse().unwrap()));
    assert_eq!(told["refused"]["code"], "unknown_sender", "{told:#}");
    assert_eq!(told["answer"]["status"], 403);
    let strict = asked(PAID.as_bytes(), true, Some("192.0.2.7".parse().unwrap()));
    assert_eq!(strict["refused"]["code"], "bad_path", "{strict:#}");
    let whole = format!("POST /postbacks/segpay/a-secret-of-our-address HTTP/1.1\r\n\r\n{PAID}");
    let strict = asked(whole.as_bytes(), true, Some("192.0.2.7".parse().unwrap()));
    assert_eq!(strict["accepted"], true, "{strict:#}");
}

#[test]
fn what_cannot_be_read_says_why() {
    let told = asked(b"\xff\xfe<html>", false, None);
    assert_eq!(told["refused"]["code"], "unreadable", "{told:#}");
    assert!(told["refused"]["why"].as_str().unwrap().contains("cannot be read"));
    assert!(told["notices"].as_array().unwrap().is_empty());
}
