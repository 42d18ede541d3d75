//! Verotel's signed calls: looking a sale up, ending a subscription, and trying the account.
//!
//! Addresses follow Verotel's clients; the lines of the status (`saleResult: APPROVED`) follow
//! programs that read it. Its other results are not public, so only APPROVED is taken for money.

use std::collections::BTreeMap;

use base::Timestamp;
use processor::{
    Answer, Call, Cancellation, Done, FindBy, Finding, Found, FoundState, Http, Reply, Sent,
};
use url::Url;

use super::config::{CancelBy, SENDERS, Sound};
use super::postback::shown;
use super::signature;
use crate::wire::decimal;

/// Values by their names in lower case.
type Lines = BTreeMap<String, String>;

/// The most lines that are read.
const LINES: usize = 100;

/// Looks a sale up, by our reference or by Verotel's sale id. That Verotel shows nothing proves
/// nothing.
pub(super) async fn find(config: &Sound, http: &Http, by: &FindBy) -> Answer<Option<Found>> {
    let asked = match by {
        FindBy::Reference(reference) => ("referenceID", reference.as_str()),
        FindBy::Transaction(sale) => ("saleID", sale.as_str()),
    };
    let lines = match status(config, http, asked).await {
        Ok((lines, _)) => lines,
        Err(answer) => return answer,
    };
    match found(config, &lines, asked) {
        Ok(found) => Answer::Done(Some(found)),
        Err(why) => Answer::Unknown(why),
    }
}

/// Calls the link that ends a subscription, and looks whether it did: the answer of the link itself
/// is a page. If the status does not say so yet, the cancel postback will.
pub(super) async fn cancel(
    config: &Sound,
    http: &Http,
    cancellation: &Cancellation,
) -> Answer<Done> {
    if config.cancel == CancelBy::Hand {
        return Answer::cannot("cancel: it is done by hand");
    }
    let sale = &cancellation.subscription;
    let url = match cancel_url(config, sale) {
        Ok(url) => url,
        Err(why) => return Answer::NotExecuted(why),
    };
    match http.send(Call::get(url)).await {
        Sent::Answered(reply) if reply.status == 200 => {
            match status::<()>(config, http, ("saleID", sale)).await {
                Ok((lines, _)) if ended(&lines, sale) => {
                    Answer::Done(Done { transaction: None, amount: None })
                }
                _ => Answer::Accepted,
            }
        }
        Sent::Answered(Reply { status: status @ (400..=405), .. }) => {
            Answer::NotExecuted(format!("Verotel refused to cancel ({status})"))
        }
        Sent::Answered(reply) => Answer::Unknown(format!("Verotel answered {}", reply.status)),
        Sent::NotExecuted(why) => Answer::NotExecuted(why),
        Sent::Unknown(why) => Answer::Unknown(why),
    }
}

/// The signed link that ends a subscription.
pub(super) fn cancel_url(config: &Sound, sale: &str) -> Result<Url, String> {
    if !is_id(sale) {
        return Err("this is no sale id of Verotel".to_owned());
    }
    signature::link(config, "cancel-subscription", &[("saleID", sale)])
}

/// Asks for a sale that nobody has: the clock, the line, and what Verotel says of our signature.
pub(super) async fn check(config: &Sound, http: &Http, now: Timestamp) -> Vec<Finding> {
    let mut findings = vec![senders(config)];
    match status::<()>(config, http, ("saleID", "1")).await {
        Ok((lines, date)) => {
            findings.push(Finding::clock(date, now));
            let said = lines.get("error").or_else(|| lines.get("response"));
            let said = shown(said.map_or("nothing", String::as_str));
            let says = format!(
                "asked for a sale that nobody has, Verotel says {said}: if that is about the \
                 signature or the shop, mend signature_key or shop"
            );
            findings.push(Finding::notice("signature_key", says));
        }
        Err(Answer::NotExecuted(why) | Answer::Unknown(why)) => {
            findings.push(Finding::bad("signature_key", why));
        }
        Err(_) => findings.push(Finding::bad("signature_key", "answered nothing")),
    }
    findings
}

fn senders(config: &Sound) -> Finding {
    let known = |sender: &&str| sender.parse().is_ok_and(|sender| config.locks.knows(sender));
    let missing: Vec<&str> = SENDERS.into_iter().filter(|sender| !known(sender)).collect();
    if missing.is_empty() {
        Finding::good("locks.senders", "holds all of Verotel's public list")
    } else {
        Finding::bad("locks.senders", format!("Verotel also posts from {}", missing.join(", ")))
    }
}

async fn status<T>(
    config: &Sound,
    http: &Http,
    asked: (&str, &str),
) -> Result<(Lines, Option<Timestamp>), Answer<T>> {
    if !is_id(asked.1) {
        return Err(Answer::NotExecuted("Verotel knows no such id".to_owned()));
    }
    let url = signature::link(config, "salestatus", &[asked]).map_err(Answer::NotExecuted)?;
    match http.send(Call::get(url)).await {
        Sent::Answered(reply) if reply.status == 200 => {
            let lines = reply.text().map_err(Answer::Unknown)?;
            let lines = read(lines)
                .ok_or_else(|| Answer::Unknown("Verotel's answer is not a status".to_owned()))?;
            Ok((lines, reply.date))
        }
        Sent::Answered(Reply { status: status @ (400..=405), .. }) => {
            Err(Answer::NotExecuted(format!("Verotel refused the look-up ({status})")))
        }
        Sent::Answered(reply) => Err(Answer::Unknown(format!("Verotel answered {}", reply.status))),
        Sent::NotExecuted(why) => Err(Answer::NotExecuted(why)),
        Sent::Unknown(why) => Err(Answer::Unknown(why)),
    }
}

/// Lines of `name: value`. Anything else, or a name that comes twice, is no status.
fn read(text: &str) -> Option<Lines> {
    let mut lines = Lines::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "---") {
        let (name, value) = line.split_once(':')?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if name.is_empty() || !name.bytes().all(plain) || lines.len() >= LINES {
            return None;
        }
        let value = value.trim().trim_matches(['"', '\'']).to_owned();
        if lines.insert(name.to_ascii_lowercase(), value).is_some() {
            return None;
        }
    }
    (lines.contains_key("response") || lines.contains_key("saleresult")).then_some(lines)
}

/// A status as a payment, if it is the one that was asked for.
fn found(config: &Sound, lines: &Lines, asked: (&str, &str)) -> Result<Found, String> {
    let text = |name: &str| lines.get(name).map_or("", String::as_str);
    let Some(result) = lines.get("saleresult") else {
        return Err("Verotel does not show this sale".to_owned());
    };
    if !text(&asked.0.to_ascii_lowercase()).eq_ignore_ascii_case(asked.1)
        || !["", config.shop.as_str()].contains(&text("shopid"))
        || !is_id(text("saleid"))
    {
        return Err("Verotel shows another sale than was asked for".to_owned());
    }
    let state = match result.to_ascii_lowercase().as_str() {
        "approved" => FoundState::Paid,
        _ => FoundState::Waiting,
    };
    let (amount, currency) = (text("priceamount"), text("pricecurrency"));
    let amount = match (amount.is_empty() || currency.is_empty(), lines.get("trialamount")) {
        // With a trial it is not said which of both amounts the first payment was.
        (true, _) | (false, Some(_)) => None,
        (false, None) => Some(decimal::money(amount, currency)?),
    };
    let reference = Some(text("referenceid")).filter(|text| !text.is_empty());
    Ok(Found {
        state,
        transaction: text("saleid").to_owned(),
        reference: reference.map(str::to_ascii_lowercase),
        amount,
        occurred_at: None,
    })
}

fn ended(lines: &Lines, sale: &str) -> bool {
    let own = lines.get("saleid").is_some_and(|id| id == sale);
    own && lines.get("cancelled").is_some_and(|word| word.eq_ignore_ascii_case("yes"))
}

fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    (1..=32).contains(&text.len()) && text.bytes().all(plain)
}
