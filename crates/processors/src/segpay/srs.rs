//! SegPay's reporting service: giving back, ending, looking up, and the list of senders.
//!
//! Names and answers follow "Consumer Support Tasks" and "Transaction Details" of the help centre
//! and "Segpay Reporting Services (SRS)". Calls are GETs that carry the key in their address, so
//! addresses are never shown. An answer that is not listed there is an outcome we do not know.

use std::net::IpAddr;

use base::Timestamp;
use processor::{
    Answer, Call, Cancellation, ChangeTo, Done, FindBy, Finding, Found, FoundState, Http,
    Refunding, Reply, Sent, SubscriptionChange,
};

use super::config::{Sound, Srs};
use super::price;
use crate::wire::decimal;
use crate::wire::xml::{self, Row};

/// The answers by which SRS says that it did nothing.
const REFUSALS: [&str; 4] = [
    "subscription not active, cancel failed",
    "purchaseid/merchantid mismatch",
    "invalid merchant",
    "missing parameter",
];

/// The longest reason that is sent along.
const REASON: usize = 200;

/// Gives a whole transaction back; there is no amount in this call.
pub(super) async fn refund(config: &Sound, http: &Http, refunding: &Refunding) -> Answer<Done> {
    if refunding.amount != refunding.paid {
        let why = "SegPay gives back whole transactions only: a part of one is done by hand in \
                   its portal";
        return Answer::NotExecuted(why.to_owned());
    }
    let reason: String = refunding.reason.chars().take(REASON).collect();
    let query = [("TransID", bare(&refunding.transaction)), ("RefundReason", reason.as_str())];
    task(config, http, "RefundTransaction", &query).await
}

/// Ends a subscription: expiring takes access at once, cancelling leaves what was paid for.
pub(super) async fn cancel(
    config: &Sound,
    http: &Http,
    cancellation: &Cancellation,
) -> Answer<Done> {
    let name = if cancellation.at_once { "ExpireMembership" } else { "CancelMembership" };
    let reason: String = cancellation.reason.chars().take(REASON).collect();
    let query =
        [("PurchaseID", cancellation.subscription.as_str()), ("CancelReason", reason.as_str())];
    task(config, http, name, &query).await
}

/// Changes a subscription: its days, its price, or that it renews again.
pub(super) async fn change(
    config: &Sound,
    http: &Http,
    change: &SubscriptionChange,
) -> Answer<Done> {
    let reason: String = change.reason.chars().take(REASON).collect();
    let purchase = ("PurchaseID", change.subscription.as_str());
    match &change.change {
        ChangeTo::Longer(days) => {
            let days = days.to_string();
            task(config, http, "ExtendMembership", &[purchase, ("Days", &days)]).await
        }
        ChangeTo::Price(price) if !price.is_positive() => {
            Answer::NotExecuted("a price must be positive".to_owned())
        }
        ChangeTo::Price(price) => {
            let price = price.to_decimal();
            let query = [purchase, ("RecurringAmount", price.as_str()), ("Comments", &reason)];
            task(config, http, "ModifyRebillAmount", &query).await
        }
        ChangeTo::Renewing => {
            let name = config.srs.as_ref().and_then(|srs| srs.reactivate.as_ref());
            let Some(name) = name else {
                let why = "srs.reactivate is not configured: the name of this call is not public";
                return Answer::NotExecuted(why.to_owned());
            };
            task(config, http, name, &[purchase]).await
        }
        ChangeTo::Instrument(_) => Answer::cannot("charge a subscription to another card"),
    }
}

/// Fetches one list of one day, given as `mmddyyyy`.
pub(super) async fn list(
    config: &Sound,
    http: &Http,
    name: &str,
    day: &str,
) -> Result<Vec<u8>, Answer<Vec<Vec<u8>>>> {
    let Some(srs) = &config.srs else {
        return Err(Answer::NotExecuted("srs is not configured".to_owned()));
    };
    let query = [("BegDate", day), ("EndDate", day)];
    let reply = answered(ask(config, http, srs, &format!("MWS.asmx/{name}"), &query).await)?;
    let text = reply.text().map_err(Answer::Unknown)?;
    if super::lists::rows(text).is_none() {
        return Err(Answer::Unknown(format!("SegPay's {name} is no list in XML")));
    }
    Ok(reply.body)
}

/// SegPay's own number of a transaction; a hold of Post Pay carries its purchase behind a slash.
fn bare(transaction: &str) -> &str {
    transaction.split_once('/').map_or(transaction, |(transaction, _)| transaction)
}

/// Looks a transaction up and, if it was paid, whatever happened to its purchase since.
///
/// SRS can be asked by SegPay's own numbers only. That it shows nothing proves nothing.
pub(super) async fn find(config: &Sound, http: &Http, by: &FindBy) -> Answer<Option<Found>> {
    let FindBy::Transaction(whole) = by else {
        return Answer::cannot("look up by our own reference, only by SegPay's transaction id");
    };
    let id = bare(whole);
    let own = match rows(config, http, "TransactionByTransID", ("TransID", id)).await {
        Ok(rows) => rows,
        Err(answer) => return answer,
    };
    let Some(row) = own.iter().find(|row| text(row, "transid").eq_ignore_ascii_case(id)) else {
        return Answer::Unknown("SegPay's reporting does not show this transaction".to_owned());
    };
    let mut found = match found(row, id, config) {
        Ok(found) => Found { transaction: whole.clone(), ..found },
        Err(why) => return Answer::Unknown(why),
    };
    let purchase = text(row, "purchaseid");
    if found.state == FoundState::Paid && !purchase.is_empty() {
        match rows(config, http, "TransactionByPurchaseID", ("PurchaseID", purchase)).await {
            Ok(rows) => found.state = undone(&rows, id).unwrap_or(FoundState::Paid),
            Err(answer) => return answer,
        }
    }
    Answer::Done(Some(found))
}

/// Asks for the list of senders and holds ours against it; the same call tries the credentials.
pub(super) async fn check(config: &Sound, http: &Http, now: Timestamp) -> Vec<Finding> {
    let Some(srs) = &config.srs else {
        let says = "not configured: nothing can be given back, ended or looked up from here";
        return vec![Finding::notice("srs", says)];
    };
    let reply = match ask(config, http, srs, "ADM.asmx/GetPostbackIPList", &[]).await {
        Sent::Answered(reply) if reply.status == 200 => reply,
        Sent::Answered(reply) => {
            return vec![Finding::bad("srs", format!("answered {}", reply.status))];
        }
        Sent::NotExecuted(why) | Sent::Unknown(why) => return vec![Finding::bad("srs", why)],
    };
    let mut findings = vec![Finding::clock(reply.date, now)];
    let body = match reply.text() {
        Ok(body) => body,
        Err(why) => return vec![Finding::bad("srs", why)],
    };
    let senders: Vec<IpAddr> = body
        .split(|letter: char| !letter.is_ascii_hexdigit() && !matches!(letter, '.' | ':'))
        .filter_map(|word| word.parse().ok())
        .collect();
    if senders.is_empty() {
        let said: String = answer_text(body).unwrap_or_default().chars().take(80).collect();
        let says = format!("there is no list of senders in the answer ({said})");
        return vec![Finding::bad("srs", says)];
    }
    findings.push(Finding::good("srs", "the credentials open the reporting service"));
    let list = |senders: &[&IpAddr]| {
        senders.iter().map(|sender| sender.to_string()).collect::<Vec<_>>().join(", ")
    };
    let all: Vec<&IpAddr> = senders.iter().collect();
    let strangers: Vec<&IpAddr> =
        senders.iter().filter(|sender| !config.locks.knows(**sender)).collect();
    findings.push(if config.locks.senders.is_empty() {
        let says = format!("empty, so any sender is taken; SegPay posts from {}", list(&all));
        Finding::notice("locks.senders", says)
    } else if strangers.is_empty() {
        Finding::good("locks.senders", format!("holds all of SegPay's: {}", list(&all)))
    } else {
        Finding::bad("locks.senders", format!("SegPay also posts from {}", list(&strangers)))
    });
    findings
}

/// The text in an answer's one element, or the answer itself if it is bare text.
pub(super) fn answer_text(body: &str) -> Result<String, String> {
    let bare = body.trim();
    if bare.starts_with('<') {
        xml::string(bare).ok_or_else(|| "SegPay's answer is not a text in XML".to_owned())
    } else {
        Ok(bare.trim_matches('"').to_owned())
    }
}

async fn task(config: &Sound, http: &Http, name: &str, query: &[(&str, &str)]) -> Answer<Done> {
    let Some(srs) = &config.srs else {
        return Answer::NotExecuted("srs is not configured".to_owned());
    };
    let sent = ask(config, http, srs, &format!("ADM.asmx/{name}"), query).await;
    let said = match answered(sent).and_then(|reply| {
        let text = reply.text().and_then(answer_text);
        text.map_err(Answer::Unknown)
    }) {
        Ok(said) => said,
        Err(answer) => return answer,
    };
    match said.trim_end_matches('.').to_ascii_lowercase().as_str() {
        "successful" => Answer::Done(Done { transaction: None, amount: None }),
        word if REFUSALS.contains(&word) => Answer::NotExecuted(format!("SegPay refused: {word}")),
        word => {
            let word: String = word.chars().take(80).collect();
            Answer::Unknown(format!("SegPay answered with a word we do not know: {word}"))
        }
    }
}

async fn rows<T>(
    config: &Sound,
    http: &Http,
    name: &str,
    by: (&str, &str),
) -> Result<Vec<Row>, Answer<T>> {
    let Some(srs) = &config.srs else {
        return Err(Answer::NotExecuted("srs is not configured".to_owned()));
    };
    let sent = ask(config, http, srs, &format!("MWS.asmx/{name}"), &[by]).await;
    let reply = answered(sent)?;
    let body = reply.text().map_err(Answer::Unknown)?;
    xml::rows(body, "transid")
        .ok_or_else(|| Answer::Unknown("SegPay's reporting answered no XML".to_owned()))
}

async fn ask(config: &Sound, http: &Http, srs: &Srs, path: &str, query: &[(&str, &str)]) -> Sent {
    let Ok(url) = config.srs_base.join(path) else {
        return Sent::NotExecuted("addresses.srs takes no paths".to_owned());
    };
    let who = [("UserID", srs.user.as_str()), ("UserAccessKey", srs.access_key.as_str())];
    http.send(Call::get(url).query(&who).query(query)).await
}

fn answered<T>(sent: Sent) -> Result<Reply, Answer<T>> {
    match sent {
        Sent::Answered(reply) if reply.status == 200 => Ok(reply),
        Sent::Answered(Reply { status: status @ (400..=405), .. }) => {
            Err(Answer::NotExecuted(format!("SegPay's reporting refused the call ({status})")))
        }
        Sent::Answered(reply) => {
            Err(Answer::Unknown(format!("SegPay's reporting answered {}", reply.status)))
        }
        Sent::NotExecuted(why) => Err(Answer::NotExecuted(why)),
        Sent::Unknown(why) => Err(Answer::Unknown(why)),
    }
}

/// One row as a payment. An amount that cannot be read makes the whole row unknown.
fn found(row: &Row, id: &str, config: &Sound) -> Result<Found, String> {
    let names = [config.click_field(), config.reference_field.clone()];
    let reference = names.iter().map(|name| text(row, name)).find(|text| !text.is_empty());
    Ok(Found {
        state: state(row),
        transaction: id.to_owned(),
        reference: reference.map(str::to_ascii_lowercase),
        amount: Some(decimal::money(text(row, "transamount"), text(row, "currency"))?),
        occurred_at: price::time(text(row, "transtime")),
    })
}

/// What a row says of its own transaction. While the stand-in waits for the bank, the purchase
/// stands at "Temporary Approval".
fn state(row: &Row) -> FoundState {
    let word = |name| text(row, name).to_ascii_lowercase();
    let waits_for_the_bank = word("purchstatus") == "temporary approval";
    match (word("type").as_str(), word("auth").as_str()) {
        ("sale", "yes") if waits_for_the_bank => FoundState::Waiting,
        ("sale", "yes") => FoundState::Paid,
        ("sale", "no") => FoundState::Declined,
        ("void", "yes") => FoundState::Voided,
        ("refund" | "credit", "yes") => FoundState::Refunded,
        ("chargeback" | "charge", "yes") => FoundState::ChargedBack,
        _ => FoundState::Waiting,
    }
}

/// What undid a payment, if anything did, by the rows that name it as theirs.
fn undone(rows: &[Row], id: &str) -> Option<FoundState> {
    let about = rows.iter().filter(|row| text(row, "relatedtransid").eq_ignore_ascii_case(id));
    let states: Vec<FoundState> = about.map(state).collect();
    let undoing = [FoundState::ChargedBack, FoundState::Voided, FoundState::Refunded];
    undoing.into_iter().find(|state| states.contains(state))
}

fn text<'a>(row: &'a Row, name: &str) -> &'a str {
    row.get(name).map_or("", String::as_str)
}
