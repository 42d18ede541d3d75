//! The records that ship: what is public works, what is not is asked for by its key.

use processor::{GoTo, Standing};

use super::*;

const SECRETS: [&str; 2] = ["page password", "a salt of ours"];

fn webbilling_settings() -> Value {
    json!({
        "look_up": false,
        "test": true,
        "values": {"merchantid": "4711"},
        "secrets": {"merchantpass": SECRETS[0], "salt": SECRETS[1]},
        "locks": {"path_secret": PATH},
    })
}

fn house(config: Value) -> Arc<dyn Processor> {
    crate::build("webbilling", config, http()).unwrap()
}

async fn link(processor: &dyn Processor, request: &StartRequest) -> String {
    match check::starts(processor, request, &SECRETS).await.go_to {
        GoTo::Link(link) => link,
        GoTo::Form { .. } => panic!("a link was expected"),
    }
}

/// What an operator might write once Webbilling has told; the names here are made up.
fn told() -> Value {
    let mut config = webbilling_settings();
    config["test"] = false.into();
    config["record"] = json!({
        "postback": {
            "body": "form",
            "digest": {
                "algorithm": "md5", "key": "suffix", "secret": "salt", "fields": "in_order",
                "pairs": "names_and_values", "sent": {"field": "sectoken"},
                "key_ids": {
                    "field": "sectokenkeys",
                    "ids": {"transactionid": "0e", "product_currency": "09", "state": "70",
                            "sum": "71", "id": "72", "note": "73"},
                },
            },
            "status": [
                {"when": {"state": "ok"}, "means": "paid"},
                {"when": {"state": "back"}, "means": "chargeback"},
            ],
            "ids": {"reference": "transactionid", "transaction": "id", "dedupe": ["id", "state"]},
            "amount": {"field": "sum", "currency": "product_currency"},
        },
        "operations": {"refund": {"manual": "In the merchant's area, under Transactions."}},
        "start": {"parameters": [
            {"name": "lgid", "value": "{language}", "words": {"de": "1"}},
            {"name": "product_code", "when": "renewing", "required": true, "salt": "salt",
             "value": "{amount}|{first_days}|{renewal_amount}|{every_days}",
             "encode": ["xor", "base64", "form"]},
        ]},
    });
    config
}

#[tokio::test]
async fn webbillings_link_is_exactly_what_its_own_kit_would_make() {
    // Made with Python by the kit's description. The two addresses have equal values, of which
    // the kit would protect only one; the list ends with both (21, 26).
    let expected = "https://testjoinpage.webbilling.com/index.php?merchantid=4711\
        &merchantpass=EUEUBEwEQRwVVwAHFg%253D%253D&utf8=1\
        &transactionid=att_01k2m8y4v0000000000000000a\
        &post_back_url=https%3A%2F%2Fpay.example%2Fpostbacks%2Facme\
        &return_url=https%3A%2F%2Fshop.example%2Fdone\
        &alternative_billing_url=https%3A%2F%2Fshop.example%2Fdone\
        &email=ana%2Bshop%40example.com&product_code=WA5KVBBE&product_currency=EUR\
        &product_desc=100+tokens+%26+more&sectokenkeys=0e20212602080932\
        &sectoken=10940d739bae03259411a76fd2dca3ab";
    let account = house(webbilling_settings());
    assert_eq!(link(account.as_ref(), &wish(eur(995))).await, expected);
    check::keeps_its_abilities(account.as_ref(), &wish(eur(995))).await;
}

#[tokio::test]
async fn webbillings_ids_are_those_of_the_public_list() {
    let record = settings::record(Some(WEBBILLING), None).unwrap();
    let ids = record.start.unwrap().digest.unwrap().key_ids.unwrap().ids;
    assert_eq!(ids.len(), 51);
    let of = |name: &str| ids[name].as_str();
    assert_eq!((of("desc"), of("pt3"), of("callback_url")), ("01", "18", "1f"));
    assert_eq!((of("selected_package"), of("creditid")), ("2c", "39"));
}

#[tokio::test]
async fn until_webbilling_has_told_nothing_is_begun_heard_or_guessed() {
    let mut live = webbilling_settings();
    live["test"] = false.into();
    let account = house(live);
    assert!(!account.capabilities().hosted_page, "routing must not send customers there");
    let Answer::NotExecuted(why) = account.start(&wish(eur(995))).await else { panic!("begun") };
    assert!(why.contains("record.postback is missing"), "{why}");
    let read = account.read_postback(&signed(b"state=ok"));
    assert!(matches!(&read, Err(Rejected::Unreadable(why)) if why.contains("record.postback")));
    let found = account.check(now()).await;
    let bad = Finding::worst(&found).unwrap();
    assert!(bad.starts_with("record.postback: ") && bad.contains("ask Webbilling"), "{bad}");
    let lgid = found.iter().find(|one| one.what == "record.start.parameters.lgid").unwrap();
    assert_eq!(lgid.standing, Standing::Notice);
    let refund = Refunding {
        key: "op".to_owned(),
        transaction: "1".to_owned(),
        amount: eur(1),
        paid: eur(1),
        reason: String::new(),
    };
    let Answer::NotExecuted(why) = account.refund(&refund).await else { panic!("refunded") };
    assert!(why.contains("record.operations.refund is missing"), "{why}");
    let mut renewing = wish(eur(995));
    renewing.renews = Some(processor::Renewal {
        first: processor::Period::Days(3),
        amount: eur(1995),
        every: processor::Period::Days(30),
        times: None,
    });
    let account = house(webbilling_settings());
    let Answer::NotExecuted(why) = account.start(&renewing).await else { panic!("begun") };
    assert!(why.contains("renewing"), "{why}");
}

#[tokio::test]
async fn once_told_the_record_is_laid_over_what_ships() {
    let account = house(told());
    let able = account.capabilities();
    assert!(able.hosted_page && able.recurring && able.by_hand.len() == 1 && able.disputes);
    let mut request = wish(eur(995));
    request.buyer.language = base::Language::De;
    let link = link(account.as_ref(), &request).await;
    assert!(link.starts_with("https://joinpage.webbilling.com/index.php?merchantid=4711&"));
    assert!(link.contains("&lgid=1&sectokenkeys="), "{link}");
    request.renews = Some(processor::Renewal {
        first: processor::Period::Days(3),
        amount: eur(1995),
        every: processor::Period::Days(30),
        times: None,
    });
    let Answer::Done(_) = account.start(&request).await else { panic!("not begun") };
    check::keeps_its_abilities(account.as_ref(), &wish(eur(995))).await;
}

/// A notice in the made-up names of [`told`], whose token covers `covered`, listed by `list`.
fn notice(list: &str, covered: &str, state: &str, extra: &str) -> RawNotice {
    let digest = processor::sign::Digesting::Md5;
    let token = digest.hex(b"", &[covered.as_bytes(), SECRETS[1].as_bytes()]);
    let body = format!(
        "transactionid={ATTEMPT}&id=77&state={state}&sum=9.95&product_currency=EUR{extra}\
         &sectokenkeys={list}&sectoken={token}"
    );
    RawNotice { path_secret: Some(PATH.to_owned()), ..check::post(body, now()) }
}

/// A notice whose token covers everything that is relied on.
fn whole(state: &str, extra: &str) -> RawNotice {
    let all = format!("transactionid{ATTEMPT}id77state{state}sum9.95product_currencyEUR");
    notice("0e72707109", &all, state, extra)
}

#[test]
fn the_suite_of_reading_is_passed_once_webbilling_has_told() {
    use check::{Forgery, Sample};
    use processor::NoticeKind;

    let account = house(told());
    let sample = |name, raw, kind| Sample {
        name,
        raw,
        kind,
        amount: Some(eur(995)),
        reference: Some(ATTEMPT),
    };
    let samples = [
        sample("paid", whole("ok", ""), NoticeKind::Paid),
        sample("a note decides nothing", whole("ok", "&note=7"), NoticeKind::Paid),
        sample("charged back", whole("back", ""), NoticeKind::ChargedBack),
    ];
    check::reads_samples(account.as_ref(), &samples);
    check::waits_on_unknown_words(account.as_ref(), &[whole("refund", ""), whole("", "")]);
    check::sees_two_facts(account.as_ref(), &whole("ok", ""), &whole("back", ""));
    let without_sum = format!("transactionid{ATTEMPT}id77stateokproduct_currencyEUR");
    let without_state = format!("transactionid{ATTEMPT}id77sum9.95product_currencyEUR");
    let mut no_path = whole("ok", "");
    no_path.path_secret = None;
    let signature = |name, raw| Forgery { name, raw, refused: Rejected::Signature };
    let forgeries = [
        signature("the amount is not covered", notice("0e727009", &without_sum, "ok", "")),
        signature("the state is not covered", notice("0e727109", &without_state, "ok", "")),
        signature("another amount", {
            let mut raw = whole("ok", "");
            let body = String::from_utf8(raw.body).unwrap().replace("sum=9.95", "sum=0.95");
            raw.body = body.into_bytes();
            raw
        }),
        Forgery { name: "no path", raw: no_path, refused: Rejected::Path },
    ];
    check::refuses_forgeries(account.as_ref(), &forgeries);
}

#[test]
fn webbilling_wants_its_account_and_its_secrets() {
    for (path, key) in [
        ("/values/merchantid", "values.merchantid"),
        ("/secrets/merchantpass", "secrets.merchantpass"),
        ("/secrets/salt", "secrets.salt"),
    ] {
        let mut config = webbilling_settings();
        *config.pointer_mut(path).unwrap() = json!("");
        let Err(why) = crate::build("webbilling", config, http()) else { panic!("accepted") };
        assert!(why.contains(key), "{why}");
    }
}

#[tokio::test]
async fn paymentico_is_a_name_and_a_contact_until_the_operator_says_more() {
    let bare = json!({"look_up": false});
    let account = crate::build("paymentico", bare, http()).unwrap();
    let support = account.support();
    assert_eq!(support.name, "Paymentico");
    assert_eq!(support.statement, ["PAYMENTICO", "UPG*PAYMENTICO"]);
    assert_eq!(support.phones.len(), 2);
    let Answer::NotExecuted(why) = account.start(&wish(eur(995))).await else { panic!("begun") };
    assert!(why.contains("record.start is missing") && why.contains("contract"), "{why}");
    let bad = Finding::worst(&account.check(now()).await).unwrap();
    assert!(bad.contains("record.start") && bad.contains("record.postback"), "{bad}");
    check::keeps_its_abilities(account.as_ref(), &wish(eur(995))).await;

    let mut own: Value = serde_json::to_value(
        toml::from_str::<toml::Value>(&acme("https://api.acme.example")).unwrap(),
    )
    .unwrap();
    own.as_object_mut().unwrap().remove("support");
    let account = crate::build("paymentico", settings(own), http()).unwrap();
    assert_eq!(account.support().name, "Paymentico");
    assert_eq!(account.name(), "paymentico");
    let started = check::starts(account.as_ref(), &wish(eur(995)), &[KEY, API, PATH]).await;
    assert!(matches!(started.go_to, GoTo::Form { .. }));
    check::keeps_its_abilities(account.as_ref(), &wish(eur(995))).await;
}

#[test]
fn the_browsers_return_is_checked_where_the_record_says_how() {
    let mut config = settings(acme("https://api.acme.example"));
    let record: toml::Value = toml::from_str(&acme("https://api.acme.example")).unwrap();
    config["record"] = serde_json::to_value(record).unwrap();
    config["record"]["return"] = json!({
        "algorithm": "md5", "key": "suffix", "fields": ["subscription_id", "=1"],
        "sent": {"field": "responseDigest"},
    });
    let account = Described::new("described", None, config, http()).unwrap();
    let digest = processor::sign::Digesting::Md5.hex(b"", &[b"0101", KEY.as_bytes()]);
    let back = |query: String| RawNotice {
        method: "GET".to_owned(),
        query,
        ..check::post(Vec::new(), now())
    };
    let query = format!("subscription_id=010&responseDigest={digest}");
    assert_eq!(account.proves_return(&back(query.clone())), Ok(()));
    let other = query.replace("=010", "=011");
    assert_eq!(account.proves_return(&back(other)), Err(Rejected::Signature));
    let missing = super::account().proves_return(&back(query));
    assert!(matches!(missing, Err(Rejected::Unreadable(_))), "{missing:?}");
}

/// The settings that the blocks of a guide make together, later ones over earlier ones.
fn settings_of(guide: &str) -> Value {
    let mut whole = json!({});
    let guide = guide.replace("env:", "from the environment: ");
    for block in guide.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()) {
        let block = if block.contains("[[processors]]") {
            block.to_owned()
        } else {
            format!("[[processors]]\n{block}")
        };
        let read: toml::Value = toml::from_str(&block).unwrap_or_else(|no| panic!("{block}{no}"));
        let own = serde_json::to_value(&read["processors"][0]["settings"]).unwrap();
        settings::lay_over(&mut whole, own);
    }
    whole
}

#[test]
fn the_guides_examples_are_sound() {
    let guide = include_str!("../../../../../docs/guides/processors/webbilling.md");
    let account = crate::build("webbilling", settings_of(guide), http()).unwrap();
    assert!(account.capabilities().recurring && account.capabilities().by_hand.len() == 1);
    let guide = include_str!("../../../../../docs/guides/processors/segpay.md");
    let account = crate::build("segpay", settings_of(guide), http()).unwrap();
    assert_eq!(account.capabilities().tab, Some(TabKind::FixedCeiling));
}
