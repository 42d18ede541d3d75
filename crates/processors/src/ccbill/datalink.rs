//! DataLink: giving back, ending and looking up, by subscription id.
//!
//! Actions, answers and codes follow the "CCBill API Guide". Calls are GETs that carry the password
//! in their address, so addresses are never shown. An answer that is not on the list is an outcome
//! we do not know.

use processor::{
    Answer, Call, Cancellation, Done, FindBy, Found, FoundState, Http, Refunding, Reply, Sent,
};

use super::config::{Datalink, Login, Sound};
use super::words;
use crate::wire::xml::{self, Row};

/// Codes by which CCBill says that it did nothing, and why.
const REFUSALS: [(i32, &str); 16] = [
    (0, "it says that the action failed"),
    (-1, "the user name or password of datalink is wrong"),
    (-2, "it does not take this subscription id"),
    (-3, "it has no such record"),
    (-4, "the record belongs to another account"),
    (-5, "an argument is missing or bad"),
    (-6, "it does not know the action"),
    (-8, "our address is not on its list: have it entered for DataLink"),
    (-9, "the account is deactivated or may not do this"),
    (-10, "DataLink is not set up for this account"),
    (-11, "the discount does not exist"),
    (-12, "the login is locked for an hour after failed tries: mend the password, then wait"),
    (-15, "it is too late for a refund"),
    (-16, "it is too late for a void"),
    (-23, "the limit of transactions is reached"),
    (-24, "the limit of purchases is reached"),
];

/// Too late for a void: it was settled.
const SETTLED: i32 = -16;

/// What DataLink answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// A code.
    Code(i32),
    /// Named values.
    Row(Row),
}

/// Releases what was not settled yet.
pub(super) async fn void(config: &Sound, http: &Http, subscription: &str) -> Answer<Done> {
    match act(config, http, "voidTransaction", subscription, &[]).await {
        Ok(code) => placed(code),
        Err(answer) => answer,
    }
}

/// Gives money back: a whole payment by a void as long as it is not settled, else by a refund.
pub(super) async fn refund(config: &Sound, http: &Http, refunding: &Refunding) -> Answer<Done> {
    let Some(datalink) = &config.datalink else { return Answer::cannot("refund") };
    let id = &refunding.transaction;
    if refunding.amount == refunding.paid {
        match act(config, http, "voidTransaction", id, &[]).await {
            Ok(0 | SETTLED) => {}
            Ok(code) => return placed(code),
            Err(answer) => return answer,
        }
        return match act(config, http, "refundTransaction", id, &[]).await {
            Ok(code) => placed(code),
            Err(answer) => answer,
        };
    }
    if !datalink.partial_refunds {
        let why = "CCBill gives back whole payments unless datalink.partial_refunds is set: a part \
                   of one is given back by hand in its Admin Portal";
        return Answer::NotExecuted(why.to_owned());
    }
    if refunding.amount.currency != refunding.paid.currency || !refunding.amount.is_positive() {
        return Answer::NotExecuted("a refund is in the currency of its payment".to_owned());
    }
    let amount = refunding.amount.to_decimal();
    match act(config, http, "refundTransaction", id, &[("amount", &amount)]).await {
        Ok(code) => placed(code),
        Err(answer) => answer,
    }
}

/// Ends a subscription; what was paid for lasts.
pub(super) async fn cancel(
    config: &Sound,
    http: &Http,
    cancellation: &Cancellation,
) -> Answer<Done> {
    match act(config, http, "cancelSubscription", &cancellation.subscription, &[]).await {
        Ok(code) => placed(code),
        Err(answer) => answer,
    }
}

/// Looks a subscription up. It names no amount; a subscription exists once its first payment was
/// taken, so one to which nothing happened since was paid.
pub(super) async fn find(config: &Sound, http: &Http, by: &FindBy) -> Answer<Option<Found>> {
    let FindBy::Transaction(id) = by else {
        return Answer::cannot("look up by our own reference, only by CCBill's subscription id");
    };
    match ask(config, http, "viewSubscriptionStatus", id, &[]).await {
        Ok(Said::Code(-3)) => Answer::Done(None),
        Ok(Said::Code(code)) => match placed(code) {
            Answer::NotExecuted(why) => Answer::NotExecuted(why),
            _ => Answer::Unknown("CCBill's answer holds no status".to_owned()),
        },
        Ok(Said::Row(row)) => match state(&row) {
            Some(state) => Answer::Done(Some(Found {
                state,
                transaction: id.clone(),
                reference: None,
                amount: None,
                occurred_at: row.get("signupdate").and_then(|text| words::time(text)),
            })),
            None => Answer::Unknown("CCBill's answer holds no status".to_owned()),
        },
        Err(answer) => answer,
    }
}

/// What became of the first payment. Once there were renewals, what was given back may be one of
/// them.
fn state(row: &Row) -> Option<FoundState> {
    let count = |name: &str| row.get(name).and_then(|text| text.parse::<u32>().ok());
    row.get("signupdate").filter(|text| !text.is_empty())?;
    count("subscriptionstatus")?;
    let renewed = count("timesrebilled").unwrap_or(0) > 0;
    let undone = [
        ("chargebacksissued", FoundState::ChargedBack),
        ("voidsissued", FoundState::Voided),
        ("refundsissued", FoundState::Refunded),
    ];
    let undone = undone.into_iter().find(|(name, _)| count(name).unwrap_or(0) > 0);
    Some(match undone {
        Some(_) if renewed => FoundState::Waiting,
        Some((_, state)) => state,
        None => FoundState::Paid,
    })
}

/// What a code means for a call that moves something.
pub(super) fn placed(code: i32) -> Answer<Done> {
    if code == 1 {
        return Answer::Done(Done { transaction: None, amount: None });
    }
    match REFUSALS.iter().find(|(known, _)| *known == code) {
        Some((_, why)) => Answer::NotExecuted(format!("CCBill did nothing ({code}): {why}")),
        None => Answer::Unknown(format!("CCBill answered with the code {code}")),
    }
}

async fn act(
    config: &Sound,
    http: &Http,
    action: &str,
    subscription: &str,
    more: &[(&str, &str)],
) -> Result<i32, Answer<Done>> {
    match ask(config, http, action, subscription, more).await? {
        Said::Code(code) => Ok(code),
        Said::Row(_) => Err(Answer::Unknown("CCBill's answer holds no code".to_owned())),
    }
}

/// Makes a call about a subscription.
pub(super) async fn ask<T>(
    config: &Sound,
    http: &Http,
    action: &str,
    subscription: &str,
    more: &[(&str, &str)],
) -> Result<Said, Answer<T>> {
    let Some(datalink) = &config.datalink else {
        return Err(Answer::NotExecuted("datalink is not configured".to_owned()));
    };
    if !words::is_id(subscription) {
        return Err(Answer::NotExecuted("this is no subscription id of CCBill".to_owned()));
    }
    let Ok(url) = config.datalink_at.join("utils/subscriptionManagement.cgi") else {
        return Err(Answer::NotExecuted("addresses.datalink takes no paths".to_owned()));
    };
    let call = Call::get(url)
        .query(&who(config, datalink))
        .query(&[("action", action), ("subscriptionId", subscription), ("returnXML", "1")])
        .query(more);
    answered(http.send(call).await)
}

/// Who asks: the main account's login works under a subaccount by naming it.
fn who<'a>(config: &'a Sound, datalink: &'a Datalink) -> [(&'static str, &'a str); 4] {
    let sub = match datalink.login {
        Login::Main => "usingSubacc",
        Login::Sub => "clientSubacc",
    };
    [
        ("clientAccnum", &config.account),
        (sub, &config.subaccount),
        ("username", &datalink.username),
        ("password", &datalink.password),
    ]
}

/// Reads an answer of DataLink.
pub(super) fn answered<T>(sent: Sent) -> Result<Said, Answer<T>> {
    match sent {
        Sent::Answered(reply) if reply.status == 200 => {
            let said = reply.text().map_err(Answer::Unknown)?;
            said_in(said).ok_or_else(|| {
                Answer::Unknown("DataLink answered neither its XML nor its CSV".to_owned())
            })
        }
        Sent::Answered(Reply { status: status @ (400..=405), .. }) => {
            Err(Answer::NotExecuted(format!("DataLink refused the call ({status})")))
        }
        Sent::Answered(reply) => {
            Err(Answer::Unknown(format!("DataLink answered {}", reply.status)))
        }
        Sent::NotExecuted(why) => Err(Answer::NotExecuted(why)),
        Sent::Unknown(why) => Err(Answer::Unknown(why)),
    }
}

/// The code or the values in an answer: XML with `results` around it, or two lines of CSV.
pub(super) fn said_in(body: &str) -> Option<Said> {
    let body = body.trim();
    if body.starts_with('<') {
        if !body.contains("<results") || !body.ends_with("</results>") {
            return None;
        }
        if let Some(text) = xml::string(body) {
            return text.parse().ok().map(Said::Code);
        }
        return xml::flat(body).filter(|row| !row.is_empty()).map(Said::Row);
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(body.as_bytes());
    let lines: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().ok()?;
    let [names, values] = lines.as_slice() else { return None };
    if names.len() == 1 {
        let code = values.get(0)?.parse().ok()?;
        return (names.get(0)? == "results").then_some(Said::Code(code));
    }
    let pairs = names.iter().zip(values).map(|(n, v)| (n.to_ascii_lowercase(), v.to_owned()));
    Some(Said::Row(pairs.collect()))
}
