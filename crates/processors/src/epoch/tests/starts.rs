//! Beginning: forms, links and one-click links, exactly; and what is refused before one is made.

use processor::{ChargeOutcome, GoTo, Instrument};

use super::*;

const SECRETS: [&str; 3] = [KEY, PATH, PASSWORD];

fn joining(digest: bool) -> Epoch {
    let mut config = config("http://127.0.0.1:9");
    config["start"] = "join".into();
    config["digest"]["join"] = digest.into();
    account_of(config)
}

fn member(amount: Money) -> Charge {
    let wish = wish("tokens-100", amount);
    Charge {
        key: wish.key,
        reference: wish.reference,
        amount,
        product: wish.product,
        description: wish.description,
        buyer: wish.buyer,
        instrument: Instrument::Stored { id: "5550001".to_owned(), customer: None },
        capture: CaptureWhen::AtOnce,
        return_url: wish.return_url,
        postback_url: wish.postback_url,
    }
}

async fn refused(account: &Epoch, request: &StartRequest) -> String {
    match account.start(request).await {
        Answer::NotExecuted(why) => why,
        other => panic!("begun: {other:?}"),
    }
}

async fn one_click(account: &Epoch, charge: &Charge) -> String {
    match account.charge(charge).await {
        Answer::Done(Charged { outcome: ChargeOutcome::MustAct(GoTo::Link(link)), .. }) => link,
        other => panic!("no link: {other:?}"),
    }
}

#[tokio::test]
async fn a_form_is_posted_with_exactly_these_fields() {
    let mut request = wish("tokens-100", usd(995));
    request.buyer.name = Some("Ana Bergstrøm with a name that is far too long".to_owned());
    let started = check::starts(account(), &request, &SECRETS).await;
    let GoTo::Form { action, fields } = started.go_to else { panic!("a form was expected") };
    assert_eq!(action, "https://wnu.com/secure/fpost.cgi");
    let expected = [
        ("co_code", "m9xx"),
        ("pi_code", "prod995"),
        ("reseller", "a"),
        ("name", "Ana Bergstrøm with a name that i"),
        ("email", "ana+shop@example.com"),
        ("country", "DK"),
        ("no_userpass", "1"),
        ("no_userpassverify", "1"),
        ("pi_returnurl", "https://shop.example/checkouts/chk_1?done=1"),
        ("product_description", "100 tokens & more"),
        ("x_reference", ATTEMPT),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(fields, expected);
}

#[tokio::test]
async fn the_outcome_comes_along_only_if_asked_for() {
    let mut config = config("http://127.0.0.1:9");
    config["response_post"] = true.into();
    let started = account_of(config).start(&wish("tokens-100", usd(995))).await;
    let Answer::Done(Started { go_to: GoTo::Form { fields, .. }, .. }) = started else {
        panic!("{started:?}")
    };
    assert!(fields.contains(&("response_post".to_owned(), "Y".to_owned())));
}

#[tokio::test]
async fn a_link_carries_the_same_and_its_digest_if_configured() {
    let plain = "https://wnu.com/secure/services/?api=join&pi_code=prod995&reseller=a\
                 &no_userpass=1&email=ana%2Bshop%40example.com\
                 &pi_returnurl=https%3A%2F%2Fshop.example%2Fcheckouts%2Fchk_1%3Fdone%3D1\
                 &x_reference=att_01k2m8y4v0000000000000000a";
    for (digest, end) in [(false, ""), (true, "&epoch_digest=659cc8bf47154476b53678cedb8352ab")] {
        let request = wish("tokens-100", usd(995));
        let started = check::starts(&joining(digest), &request, &SECRETS).await;
        assert_eq!(started.go_to, GoTo::Link(format!("{plain}{end}")));
    }
    let mut config = config("http://127.0.0.1:9");
    config["start"] = "join".into();
    config["selected_type"] = "PP".into();
    let request = wish("tokens-100", usd(995));
    let started = check::starts(&account_of(config), &request, &SECRETS).await;
    let GoTo::Link(link) = started.go_to else { panic!("a link was expected") };
    assert!(link.contains("&selected_type=PP&"), "{link}");
}

#[tokio::test]
async fn what_epoch_does_not_sell_is_refused() {
    let why = refused(account(), &wish("tokens-100", usd(999))).await;
    assert!(why.contains("9.95 USD") && why.contains("9.99 USD"), "{why}");
    assert!(refused(account(), &wish("tokens-100", eur(995))).await.contains("9.95 USD"));
    assert!(refused(account(), &wish("tokens-7", usd(995))).await.contains("tokens-7"));
    let once = refused(account(), &wish("club", eur(2995))).await;
    assert!(once.contains("renews club"), "{once}");
    let renewed = StartRequest { renews: Some(monthly()), ..wish("tokens-100", usd(995)) };
    assert!(refused(account(), &renewed).await.contains("does not renew"));
    let club = StartRequest { renews: Some(monthly()), ..wish("club", eur(2995)) };
    check::starts(account(), &club, &SECRETS).await;
    let held = StartRequest { capture: CaptureWhen::Later, ..wish("tokens-100", usd(995)) };
    assert!(refused(account(), &held).await.contains("hold money"));
    for reference in ["", "att-1", "ATT_1", &"a".repeat(33)] {
        let request =
            StartRequest { reference: reference.to_owned(), ..wish("tokens-100", usd(995)) };
        assert!(refused(account(), &request).await.contains("references"), "{reference}");
    }
}

/// The digests were made with Python's hmac.
#[tokio::test]
async fn a_member_follows_a_signed_link() {
    let link = one_click(account(), &member(usd(1250))).await;
    let expected = "https://wnu.com/secure/services?action=authandclose&api=camcharge\
                    &auth_amount=12.50&member_id=5550001\
                    &x_reference=att_01k2m8y4v0000000000000000a\
                    &description=100+tokens+%26+more\
                    &returnurl=https%3A%2F%2Fshop.example%2Fcheckouts%2Fchk_1%3Fdone%3D1\
                    &epoch_digest=9d30d589884039caffdb2d8af18db832";
    assert_eq!(link, expected);
    assert!(SECRETS.iter().all(|secret| !link.contains(secret)), "{link}");

    let mut sha1 = config("http://127.0.0.1:9");
    sha1["digest"]["algorithm"] = "hmac_sha1".into();
    let link = one_click(&account_of(sha1), &member(usd(1250))).await;
    assert!(link.ends_with("&epoch_digest=01ea5e9cd5fdff9df6982cbb516096c42c2e00f0"), "{link}");

    let mut named = config("http://127.0.0.1:9");
    named["camcharge"]["pburl"] = true.into();
    let link = one_click(&account_of(named), &member(usd(1250))).await;
    assert!(link.contains("&pburl=https%3A%2F%2Fshop.example%2Fpostbacks"), "{link}");
    assert!(link.ends_with("&epoch_digest=10af4fafdedd221b17ae83781406bc80"), "{link}");
}

#[tokio::test]
async fn what_cannot_be_charged_again_is_refused() {
    let with = |instrument: Instrument| Charge { instrument, ..member(usd(1250)) };
    let stored = |id: &str| Instrument::Stored { id: id.to_owned(), customer: None };
    let table = [
        (with(Instrument::Token { token: "t".to_owned() }), "members"),
        (with(Instrument::GooglePay { token: "t".to_owned() }), "members"),
        (with(stored("5550001&auth_amount=1")), "member id"),
        (with(stored("")), "member id"),
        (member(usd(199)), "2.00 USD to 100.00 USD"),
        (member(usd(10_001)), "2.00 USD to 100.00 USD"),
        (member(eur(1250)), "2.00 USD to 100.00 USD"),
        (Charge { capture: CaptureWhen::Later, ..member(usd(1250)) }, "held"),
        (Charge { reference: "A B".to_owned(), ..member(usd(1250)) }, "references"),
    ];
    for (charge, sentence) in table {
        match account().charge(&charge).await {
            Answer::NotExecuted(why) => assert!(why.contains(sentence), "{sentence}: {why}"),
            other => panic!("{sentence}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn the_suite_of_abilities_is_passed_with_and_without_what_is_optional() {
    check::keeps_its_abilities(account(), &wish("tokens-100", usd(995))).await;
    let mut bare = config("http://127.0.0.1:9");
    for key in ["camcharge", "search", "data_plus", "digest"] {
        bare.as_object_mut().unwrap().remove(key);
    }
    let bare = account_of(bare);
    check::keeps_its_abilities(&bare, &wish("tokens-100", usd(995))).await;
    let able = bare.capabilities();
    for what in [HandTask::Refund, HandTask::CancelSubscription, HandTask::Find] {
        assert!(able.by_hand(what).is_some(), "{what:?} must be told to a person");
    }
    assert!(account().capabilities().by_hand(HandTask::Refund).is_some());
    assert_eq!(able.currencies, ["EUR", "USD"]);
}
