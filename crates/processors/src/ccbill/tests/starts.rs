//! Beginning: links and forms, exactly, with digests made by Python's hashlib.

use processor::GoTo;

use super::*;

const SECRETS: [&str; 4] = [SALT, PATH, PASSWORD, SECRET];

async fn link_of(account: &CcBill, request: &StartRequest) -> String {
    match check::starts(account, request, &SECRETS).await.go_to {
        GoTo::Link(link) => link,
        other => panic!("a link was expected: {other:?}"),
    }
}

async fn refused(account: &CcBill, request: &StartRequest) -> String {
    match account.start(request).await {
        Answer::NotExecuted(why) => why,
        other => panic!("begun: {other:?}"),
    }
}

#[tokio::test]
async fn a_price_of_ours_is_a_link_with_its_digest() {
    let at = "https://api.ccbill.com/wap-frontflex/flexforms/0cc5e5ac-1a2b\
              ?clientAccnum=900123&clientSubacc=0005";
    let end = format!("&reference={ATTEMPT}");
    let table = [
        (
            wish(usd(995)),
            "&initialPrice=9.95&initialPeriod=30&currencyCode=840\
             &formDigest=75a7c8d5dcd4bb7999b30a60970d104e",
        ),
        (
            wish(Money::new(1800, "AUD".parse().unwrap())),
            "&initialPrice=18.00&initialPeriod=30&currencyCode=036\
             &formDigest=9041f107586088f9fe2c4586b76ac78a",
        ),
        (
            renewing(Period::Days(30), None),
            "&initialPrice=9.95&initialPeriod=30&recurringPrice=29.95&recurringPeriod=30\
             &numRebills=99&currencyCode=978&formDigest=ea359e432613174a7aca2f313a25ab6c",
        ),
        (
            renewing(Period::Days(7), Some(5)),
            "&initialPrice=9.95&initialPeriod=7&recurringPrice=29.95&recurringPeriod=30\
             &numRebills=5&currencyCode=978&formDigest=7142c7e12c871f85426391af5ff27cd7",
        ),
    ];
    for (request, middle) in table {
        assert_eq!(link_of(account(), &request).await, format!("{at}{middle}{end}"));
    }
}

#[tokio::test]
async fn the_older_form_has_its_own_names() {
    let mut config = config("http://127.0.0.1:9");
    config["form"] = json!({"kind": "jpost", "name": "13cc"});
    let request = renewing(Period::Days(30), None);
    let started = check::starts(&account_of(config), &request, &SECRETS).await;
    let GoTo::Form { action, fields } = started.go_to else { panic!("a form was expected") };
    assert_eq!(action, "https://bill.ccbill.com/jpost/signup.cgi");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let expected = [
        ("clientAccnum", "900123"),
        ("clientSubacc", "0005"),
        ("formName", "13cc"),
        ("formPrice", "9.95"),
        ("formPeriod", "30"),
        ("formRecurringPrice", "29.95"),
        ("formRecurringPeriod", "30"),
        ("formRebills", "99"),
        ("currencyCode", "978"),
        ("formDigest", "ea359e432613174a7aca2f313a25ab6c"),
        ("reference", ATTEMPT),
    ];
    assert_eq!(fields, expected);
}

#[tokio::test]
async fn what_ccbill_does_not_take_is_refused() {
    let held = StartRequest { capture: CaptureWhen::Later, ..wish(usd(995)) };
    let mut mixed = renewing(Period::Days(30), None);
    mixed.amount = usd(995);
    let table = [
        (wish(Money::new(995, Currency::GBP)), "does not take GBP"),
        (wish(Money::new(995, Currency::JPY)), "does not take JPY"),
        (wish(usd(0)), "positive"),
        (held, "hold money"),
        (mixed, "currency of the first payment"),
        (renewing(Period::Days(30), Some(0)), "1 to 98"),
        (renewing(Period::Days(30), Some(99)), "1 to 98"),
        (renewing(Period::Years(2), None), "365"),
        (renewing(Period::Days(0), None), "365"),
        (StartRequest { reference: "ATT-1".to_owned(), ..wish(usd(995)) }, "references"),
        (StartRequest { reference: String::new(), ..wish(usd(995)) }, "references"),
    ];
    for (request, sentence) in table {
        let why = refused(account(), &request).await;
        assert!(why.contains(sentence), "{sentence}: {why}");
    }
}

#[test]
fn a_returning_browser_is_held_against_its_digest() {
    let yes = Returned::Approved("0121095101000018190".to_owned());
    let no = Returned::Denied("0121095101000018191".to_owned());
    let digests = ["9f8ddfc07b6f2104732c268c56434428", "744a2897cf6ba31e7ce2c8675e08bc58"];
    assert!(account().return_fits(&yes, digests[0]));
    assert!(account().return_fits(&no, &digests[1].to_uppercase()));
    assert!(!account().return_fits(&yes, digests[1]));
    assert!(
        !account().return_fits(&Returned::Approved("0121095101000018191".to_owned()), digests[1])
    );
    assert!(!account().return_fits(&yes, ""));
}

#[tokio::test]
async fn the_suite_of_abilities_is_passed_with_and_without_what_is_optional() {
    check::keeps_its_abilities(account(), &wish(usd(995))).await;
    let mut bare = config("http://127.0.0.1:9");
    bare.as_object_mut().unwrap().remove("rest");
    bare.as_object_mut().unwrap().remove("datalink");
    let bare = account_of(bare);
    check::keeps_its_abilities(&bare, &wish(usd(995))).await;
    let able = bare.capabilities();
    for what in [HandTask::Refund, HandTask::CancelSubscription, HandTask::Find] {
        assert!(able.by_hand(what).is_some(), "{what:?} must be told to a person");
    }
    assert!(account().capabilities().by_hand.is_empty());
}
