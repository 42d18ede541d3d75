//! Calls after the start: giving back, and everything about a subscription.
//!
//! Follows `POST /payment/{id}/credit` and the calls below `/subscription/{id}` in the interface's
//! description and the open SDK. CentroBill itself chooses between a void and a refund.

use processor::{
    Answer, Call, Cancellation, ChangeTo, Done, Http, Refunding, Reply, SubscriptionChange,
};
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::config::{Sound, plain};
use super::request::{self, exact};
use super::{said, words};

/// The longest reason that is sent along.
const REASON: usize = 200;

#[derive(Serialize)]
struct Credit {
    reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Box<RawValue>>,
}

/// Gives back all of a payment, or the part that is named.
pub(super) async fn refund(config: &Sound, http: &Http, refunding: &Refunding) -> Answer<Done> {
    let part = refunding.amount != refunding.paid;
    let amount = match part.then(|| exact(refunding.amount)).transpose() {
        Ok(amount) => amount,
        Err(why) => return Answer::NotExecuted(why),
    };
    let credit = Credit { reason: short(&refunding.reason), amount };
    credited(config, http, &refunding.key, &refunding.transaction, &credit).await
}

/// Releases an authorisation.
pub(super) async fn void(
    config: &Sound,
    http: &Http,
    key: &str,
    transaction: &str,
) -> Answer<Done> {
    let credit = Credit { reason: "released".to_owned(), amount: None };
    credited(config, http, key, transaction, &credit).await
}

async fn credited(
    config: &Sound,
    http: &Http,
    key: &str,
    transaction: &str,
    credit: &Credit,
) -> Answer<Done> {
    let call = match call(config, Call::post, &["payment", transaction, "credit"]) {
        Ok(call) => request::with_keys(config, call, key),
        Err(why) => return Answer::NotExecuted(why),
    };
    let reply = match request::send(http, call, credit).await {
        Ok(reply) => reply,
        Err(failed) => return failed.into(),
    };
    let said = match said::of_reply(&reply.body) {
        Ok(said) => said,
        Err(why) => return Answer::Unknown(why),
    };
    // The answer's mode is the word credit, a notification's is refund or void.
    let of_credit = matches!(said.mode.as_str(), "credit" | "refund" | "void");
    match (of_credit, said.status.as_str(), said.code.as_deref()) {
        (true, "success", Some("0")) => Answer::Done(Done {
            amount: said.money().ok().flatten(),
            transaction: said.transaction,
        }),
        (true, "pending", _) => Answer::Accepted,
        (true, "fail", _) => Answer::Declined(words::decline(&said)),
        _ => Answer::Unknown(format!("CentroBill answered {:?} to a credit", said.words())),
    }
}

/// Ends a subscription: now, or when what was paid for is over.
pub(super) async fn cancel(
    config: &Sound,
    http: &Http,
    cancellation: &Cancellation,
) -> Answer<Done> {
    let body = json!({
        "reason": short(&cancellation.reason),
        "sendEmail": false,
        "keepActiveUntilNextRebill": !cancellation.at_once,
    });
    let id = &cancellation.subscription;
    put(config, http, &cancellation.key, &["subscription", id, "cancel"], body).await
}

/// Changes a subscription, as far as the public calls can.
pub(super) async fn change(
    config: &Sound,
    http: &Http,
    change: &SubscriptionChange,
) -> Answer<Done> {
    let id = change.subscription.as_str();
    let (last, body) = match &change.change {
        ChangeTo::Renewing => ("recover", json!({})),
        ChangeTo::Instrument(account) => {
            let source = json!({"type": "paymentAccountId", "paymentAccountId": account});
            ("paymentAccount", json!({"paymentSource": source, "consumer": {}}))
        }
        ChangeTo::Longer(_) => {
            return Answer::NotExecuted(
                "CentroBill has no call that lengthens a subscription".into(),
            );
        }
        ChangeTo::Price(_) => {
            let why = "a new price replaces CentroBill's whole schedule, whose length is not told \
                       here: change it in its merchant portal";
            return Answer::NotExecuted(why.to_owned());
        }
    };
    put(config, http, &change.key, &["subscription", id, last], body).await
}

async fn put(config: &Sound, http: &Http, key: &str, path: &[&str], body: Value) -> Answer<Done> {
    let call = match call(config, Call::put, path) {
        Ok(call) => request::with_keys(config, call, key),
        Err(why) => return Answer::NotExecuted(why),
    };
    match request::send(http, call, &body).await {
        Ok(reply) if names(&reply, path[1]) => {
            Answer::Done(Done { transaction: None, amount: None })
        }
        Ok(_) => Answer::Unknown("CentroBill's answer does not name this subscription".to_owned()),
        Err(failed) => failed.into(),
    }
}

/// Whether the answer is the subscription that was asked about; its id may be a number.
fn names(reply: &Reply, subscription: &str) -> bool {
    let value: Result<Value, String> = reply.json();
    value.is_ok_and(|value| match &value["id"] {
        Value::String(id) => id == subscription,
        Value::Number(id) => id.to_string() == subscription,
        _ => false,
    })
}

fn call(config: &Sound, method: fn(url::Url) -> Call, path: &[&str]) -> Result<Call, String> {
    if !plain(path[1]) {
        return Err("this is no id of CentroBill's".to_owned());
    }
    let at = config.base.join(&path.join("/")).map_err(|error| format!("address: {error}"))?;
    Ok(method(at))
}

fn short(reason: &str) -> String {
    reason.chars().take(REASON).collect()
}
