//! What is done with money that is held or taken: capture, renewal, release, refund; and ending
//! a subscription.
//!
//! Follows Payments v2 and Subscriptions v1 (paypal/paypal-rest-api-specifications,
//! `payments_payment_v2.json`, `billing_subscriptions_v1.json`).

use base::Money;
use processor::{Answer, Call, Cancellation, Done, Refunding, Reply};
use serde_json::{Value, json};

use super::account::Account;
use super::problem;
use super::wire::{self, Paper};

/// The longest reason PayPal files with the end of a subscription.
const REASON: usize = 128;

/// Collects money that is held. Up to 115 % of it, where the law allows, in all captures.
///
/// The invoice id is the operation's: an account may refuse a second capture with the first
/// one's. Our reference comes back as `custom_id` of the order.
pub(super) async fn capture(
    account: &Account,
    key: &str,
    authorization: &str,
    amount: Money,
) -> Answer<Done> {
    let written = match wire::written(amount) {
        Ok(written) => written,
        Err(why) => return Answer::NotExecuted(why),
    };
    let mut body = json!({
        "amount": written,
        "final_capture": account.config.final_capture,
        "invoice_id": key,
    });
    if let Some(descriptor) = &account.config.descriptor {
        body["soft_descriptor"] = json!(descriptor);
    }
    let path = ["v2", "payments", "authorizations", authorization, "capture"];
    match account.write(&path, key, &body).await {
        Ok(reply) => done(&reply, amount, &["COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED"]),
        Err(answer) => answer,
    }
}

/// Renews the hold: PayPal checks the funds once more and gives a new authorisation, which the
/// capture then names. It is always asked for with the first one.
pub(super) async fn renew(
    account: &Account,
    key: &str,
    authorization: &str,
    amount: Money,
) -> Answer<Done> {
    let body = match wire::written(amount) {
        Ok(written) => json!({"amount": written}),
        Err(why) => return Answer::NotExecuted(why),
    };
    let path = ["v2", "payments", "authorizations", authorization, "reauthorize"];
    match account.write(&path, key, &body).await {
        Ok(reply) => done(&reply, amount, &["CREATED"]),
        Err(answer) => answer,
    }
}

/// Releases a hold. That it was released before is as good.
pub(super) async fn void(account: &Account, key: &str, authorization: &str) -> Answer<Done> {
    let call = Call::post(account.at(&["v2", "payments", "authorizations", authorization, "void"]))
        .header("paypal-request-id", key)
        .header("prefer", "return=representation")
        .json(&json!({}));
    let sent = account.send(call).await;
    let released = Done { transaction: Some(authorization.to_owned()), amount: None };
    if let processor::Sent::Answered(reply) = &sent
        && problem::problem(reply).is_some_and(|no| problem::has(&no, "PREVIOUSLY_VOIDED"))
    {
        return Answer::Done(released);
    }
    match problem::place(sent) {
        Ok(reply) if reply.status == 204 && reply.body.is_empty() => Answer::Done(released),
        Ok(reply) => match reply.json::<Paper>() {
            Ok(paper) if paper.status == "VOIDED" => Answer::Done(released),
            Ok(paper) => unknown(&paper.status),
            Err(why) => Answer::Unknown(why),
        },
        Err(answer) => answer,
    }
}

/// Gives money back, all of it or a part.
pub(super) async fn refund(account: &Account, refunding: &Refunding) -> Answer<Done> {
    let body = match body_of_refund(refunding) {
        Ok(body) => body,
        Err(why) => return Answer::NotExecuted(why),
    };
    let path = ["v2", "payments", "captures", &refunding.transaction, "refund"];
    match account.write(&path, &refunding.key, &body).await {
        Ok(reply) => done(&reply, refunding.amount, &["COMPLETED"]),
        Err(answer) => answer,
    }
}

/// The amount is named for a whole refund too: what was captured since cannot slip in. The
/// reason stays here, for `note_to_payer` is read by the customer.
fn body_of_refund(refunding: &Refunding) -> Result<Value, String> {
    let amount = wire::written(refunding.amount)?;
    Ok(json!({"amount": amount, "invoice_id": refunding.key}))
}

/// Ends a subscription that PayPal renews; it ends at once there, and what was paid for stays
/// with the merchant to give.
pub(super) async fn cancel(account: &Account, cancellation: &Cancellation) -> Answer<Done> {
    let reason: String = cancellation.reason.chars().take(REASON).collect();
    let path = ["v1", "billing", "subscriptions", &cancellation.subscription, "cancel"];
    match account.write::<Done>(&path, &cancellation.key, &json!({"reason": reason})).await {
        Ok(reply) if reply.status == 204 => Answer::Done(Done { transaction: None, amount: None }),
        Ok(reply) => Answer::Unknown(format!("PayPal answered {} to a cancel", reply.status)),
        Err(answer) => answer,
    }
}

/// Reads what was done, and holds the amount against what was asked for.
fn done(reply: &Reply, asked: Money, good: &[&str]) -> Answer<Done> {
    let paper: Paper = match reply.json() {
        Ok(paper) => paper,
        Err(why) => return Answer::Unknown(why),
    };
    let amount = match paper.amount.as_ref().map(wire::Amount::money).transpose() {
        Ok(amount) => amount,
        Err(why) => return Answer::Unknown(why),
    };
    if let Some(amount) = amount.filter(|amount| *amount != asked) {
        return Answer::Unknown(format!("PayPal says {amount} where {asked} was asked for"));
    }
    match paper.status.as_str() {
        status if good.contains(&status) => {
            Answer::Done(Done { transaction: wire::id(&paper.id).map(str::to_owned), amount })
        }
        "PENDING" => Answer::Accepted,
        "DECLINED" | "DENIED" | "FAILED" | "CANCELLED" => {
            Answer::Declined(problem::decline(paper.reason()))
        }
        status => unknown(status),
    }
}

fn unknown(status: &str) -> Answer<Done> {
    let status: String = status.chars().filter(char::is_ascii_graphic).take(40).collect();
    Answer::Unknown(format!("PayPal says {status:?}, a word we do not know"))
}
