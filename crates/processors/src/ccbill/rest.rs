//! The REST API: charging a payment token that CCBill's own script made in the customer's browser.
//!
//! Follows CCBill/restful-api-guide and "Error Codes". There is no key against doing it twice, so
//! a call without an answer is an outcome we do not know. The variant with 3-D Secure wants values
//! that the script gives to the page; it is not used here.

use processor::{Answer, Call, Charge, ChargeOutcome, Charged, Http, Reply, Sent};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::config::{Rest, Sound};
use super::start::{fits, price};
use super::words;

#[derive(Deserialize)]
struct Token {
    access_token: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    approved: Option<bool>,
    subscription_id: Option<Box<RawValue>>,
    decline_code: Option<Box<RawValue>>,
    error_code: Option<Box<RawValue>>,
    decline_text: Option<String>,
}

/// Charges a price of ours, once.
pub(super) async fn charge(
    config: &Sound,
    http: &Http,
    charge: &Charge,
    token: &str,
) -> Answer<Charged> {
    let Some(rest) = &config.rest else {
        return Answer::cannot("charge a payment token: rest is not configured");
    };
    if !(1..=128).contains(&token.len()) || !token.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Answer::NotExecuted("this is no payment token of CCBill".to_owned());
    }
    let body = match fits(&charge.reference).and_then(|()| body(config, charge)) {
        Ok(body) => body,
        Err(why) => return Answer::NotExecuted(why),
    };
    let key = match login(config, http, rest).await {
        Ok((key, _)) => key,
        Err(why) => return Answer::NotExecuted(why),
    };
    let path = format!("transactions/payment-tokens/{token}");
    let Ok(url) = config.api_at.join(&path) else {
        return Answer::NotExecuted("addresses.api takes no paths".to_owned());
    };
    let call = Call::post(url)
        .bearer(&key)
        .header("accept", &rest.media_type)
        .body("application/json", body.into_bytes());
    match http.send(call).await {
        Sent::Answered(reply) if reply.status == 200 || reply.status == 201 => outcome(&reply),
        Sent::Answered(Reply { status: status @ (400 | 401 | 403 | 404), body, .. }) => {
            Answer::NotExecuted(refusal(status, &body))
        }
        Sent::Answered(reply) => Answer::Unknown(format!("CCBill answered {}", reply.status)),
        Sent::NotExecuted(why) => Answer::NotExecuted(why),
        Sent::Unknown(why) => Answer::Unknown(why),
    }
}

/// Gets a key for the next call. It moves no money: whatever goes wrong here, nothing was charged.
pub(super) async fn login(
    config: &Sound,
    http: &Http,
    rest: &Rest,
) -> Result<(String, Option<base::Timestamp>), String> {
    let url = config.api_at.join("ccbill-auth/oauth/token");
    let url = url.map_err(|error| format!("addresses.api: {error}"))?;
    let call = Call::post(url)
        .basic(&rest.application, &rest.secret)
        .form(&[("grant_type", "client_credentials")])
        .assuming(r#"{"access_token":"rehearsed"}"#);
    match http.send(call).await {
        Sent::Answered(reply) if reply.status == 200 => {
            let token: Token = reply.json()?;
            Ok((token.access_token, reply.date))
        }
        Sent::Answered(reply) => Err(format!("CCBill gave no key to charge ({})", reply.status)),
        Sent::NotExecuted(why) | Sent::Unknown(why) => {
            Err(format!("CCBill gave no key to charge: {why}"))
        }
    }
}

/// The body, written by hand: an amount is a number in it and must not become a float.
fn body(config: &Sound, charge: &Charge) -> Result<String, String> {
    let price = price(config, charge.amount)?;
    let subaccount: u16 = config.subaccount.parse().map_err(|_| "subaccount is no number")?;
    let text = |text: &str| serde_json::Value::from(text).to_string();
    Ok(format!(
        "{{\"clientAccnum\":{},\"clientSubacc\":{subaccount},\"initialPrice\":{price},\
         \"initialPeriod\":{},\"currencyCode\":{},\
         \"passThroughInfo\":[{{\"name\":{},\"value\":{}}}]}}",
        config.account,
        config.period_days,
        charge.amount.currency.number(),
        text(&config.reference_field),
        text(&charge.reference),
    ))
}

fn outcome(reply: &Reply) -> Answer<Charged> {
    let outcome: Outcome = match reply.json() {
        Ok(outcome) => outcome,
        Err(why) => return Answer::Unknown(why),
    };
    let bare = |value: &Option<Box<RawValue>>| {
        value.as_ref().map(|value| value.get().trim_matches('"').to_owned()).unwrap_or_default()
    };
    match outcome.approved {
        Some(true) => {
            let id = bare(&outcome.subscription_id);
            if !words::is_id(&id) {
                return Answer::Unknown("CCBill approved, and names no subscription".to_owned());
            }
            Answer::Done(Charged {
                outcome: ChargeOutcome::Paid,
                transaction: Some(words::whole_id(&id)),
                amount: None,
                stored: None,
                card: None,
            })
        }
        Some(false) => {
            let code = match bare(&outcome.decline_code) {
                code if code.is_empty() || code == "null" => bare(&outcome.error_code),
                code => code,
            };
            let reason = outcome.decline_text.unwrap_or_default();
            Answer::Declined(words::decline(&code, &reason))
        }
        None => Answer::Unknown("CCBill's answer to a charge says neither yes nor no".to_owned()),
    }
}

/// The sentence of a call that was refused before anything was charged, with CCBill's number.
fn refusal(status: u16, body: &[u8]) -> String {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Problem {
        error_code: Option<Box<RawValue>>,
    }
    let problem: Option<Problem> = serde_json::from_slice(body).ok();
    let code = problem.and_then(|problem| problem.error_code);
    let code = code.map(|code| words::shown(code.get().trim_matches('"')));
    format!("CCBill refused the charge ({status} {})", code.unwrap_or_default()).replace(" )", ")")
}
