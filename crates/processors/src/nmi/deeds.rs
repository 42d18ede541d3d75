//! What is done afterwards: taking what is held, letting it go, giving back.

use base::Money;
use processor::{Answer, Done, Http, Refunding};

use super::config::Sound;
use super::gateway::{self, Approved, Form, Outcome, is_id};

/// Takes what is held, or a part of it.
pub(super) async fn capture(
    config: &Sound,
    http: &Http,
    transaction: &str,
    amount: Money,
) -> Answer<Done> {
    if !amount.is_positive() {
        return Answer::NotExecuted(format!("NMI cannot be asked for {amount}"));
    }
    let outcome = call(config, http, "capture", transaction, Some(amount)).await;
    outcome.answer(|approved| done(approved, Some(amount)))
}

/// Lets go what is held, or undoes a sale that has not settled.
pub(super) async fn void(config: &Sound, http: &Http, transaction: &str) -> Answer<Done> {
    let outcome = call(config, http, "void", transaction, None).await;
    outcome.answer(|approved| done(approved, None))
}

/// Gives back. Until a payment settles it can only be voided, afterwards only refunded; whoever
/// asks need not know. The gateway is asked to void all of it first, and its one sentence that it
/// has settled proves that nothing was done, so the refund may follow.
pub(super) async fn refund(config: &Sound, http: &Http, refunding: &Refunding) -> Answer<Done> {
    let (id, amount) = (&refunding.transaction, refunding.amount);
    if !amount.is_positive() {
        return Answer::NotExecuted(format!("NMI cannot be asked for {amount}"));
    }
    if amount == refunding.paid {
        match call(config, http, "void", id, None).await {
            Outcome::Settled => {}
            outcome => return outcome.answer(|approved| done(approved, None)),
        }
    }
    let outcome = call(config, http, "refund", id, Some(amount)).await;
    outcome.answer(|approved| done(approved, Some(amount)))
}

async fn call(
    config: &Sound,
    http: &Http,
    kind: &str,
    transaction: &str,
    amount: Option<Money>,
) -> Outcome {
    if !is_id(transaction) {
        return Outcome::Refused("this is no transaction id of NMI's".to_owned());
    }
    let mut form: Form = vec![("type", kind.to_owned()), ("transactionid", transaction.to_owned())];
    if let Some(amount) = amount {
        form.push(("amount", amount.to_decimal()));
    }
    gateway::transact(config, http, &form).await
}

fn done(approved: &Approved, amount: Option<Money>) -> Done {
    Done { transaction: approved.id("transactionid"), amount }
}
