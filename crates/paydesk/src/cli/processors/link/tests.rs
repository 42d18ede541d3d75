//! What `link` prints for houses with a link, with a call, and for what cannot begin.

use clap::Parser;

use super::*;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    link: Link,
}

const CONFIG: &str = r#"
    public_url = "https://pay.example"
    [[processors]]
    key = "segpay"
    kind = "segpay"
    descriptor = "SEGPAY.COM*TEST"
    [processors.settings]
    look_up = false
    [processors.settings.locks]
    path_secret = "a-secret-of-our-address"
    [processors.settings.products]
    tokens-100 = { eticket = "1234:5678", amount = "9.95", currency = "USD" }
    [[processors]]
    key = "sandbox"
    kind = "sandbox"
    descriptor = "TEST"
"#;

async fn printed(line: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let mut config = crate::config::read("(a test)", CONFIG, |_| None).unwrap();
    config.data = folder.path().to_owned();
    let link = Line::parse_from(std::iter::once("link").chain(line.split(' '))).link;
    let (http, calls) = Http::rehearsing().unwrap();
    let env = Env::fixed(base::Timestamp::UNIX_EPOCH, 1);
    let (accounts, _) = wire::accounts_over(&config, config.listen, &env, &http).unwrap();
    let account = named(&accounts, &link.account).unwrap();
    let begun = page(account, &link.request(account, &config).unwrap()).await;
    let calls = calls.lock().unwrap().clone();
    told(account, begun, calls)
}

#[tokio::test]
async fn a_house_with_a_link_gets_its_link_printed() {
    let told = printed("--account segpay --amount 9.95 --currency USD --reference att_7").await;
    assert_eq!(told["begins_with"], "link", "{told:#}");
    let link = told["link"].as_str().unwrap();
    assert!(link.contains("x-eticketid=1234%3A5678") && link.contains("pdref=att_7"), "{link}");
    assert!(told["requests"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_house_that_is_asked_gets_its_request_printed_with_the_key_hidden() {
    let told = printed("--account sandbox --amount 5 --currency EUR").await;
    assert_eq!(told["begins_with"], "request", "{told:#}");
    let request = &told["requests"][0];
    assert_eq!(request["method"], "POST");
    assert!(request["body"].as_str().unwrap().contains("500"), "{request:#}");
    let headers = request["headers"].to_string();
    assert!(headers.contains("(secret)"), "{headers}");
}

#[tokio::test]
async fn what_cannot_begin_says_why() {
    let told = printed("--account segpay --amount 1.00 --currency USD").await;
    assert_eq!(told["begins_with"], "nothing", "{told:#}");
    assert!(told["why"].as_str().unwrap().contains("9.95"), "{told:#}");
}

#[test]
fn periods_are_days_months_or_years() {
    assert_eq!(period("30d"), Some(Period::Days(30)));
    assert_eq!(period("1m"), Some(Period::Months(1)));
    assert_eq!(period("2y"), Some(Period::Years(2)));
    for text in ["", "d", "0d", "1w", "-1d", "1.5m", "é"] {
        assert_eq!(period(text), None, "{text}");
    }
}
