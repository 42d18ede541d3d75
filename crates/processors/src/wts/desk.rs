//! Giving back and ending, and what can be said of an account without moving money.

use processor::{Answer, Cancellation, Done, Finding, Http, Refunding};

use super::config::Sound;
use super::dbs::Form;
use super::reply;
use super::sale::{dollars, strange};

/// Gives a check back: action R.
pub(super) async fn refund(config: &Sound, http: &Http, refunding: &Refunding) -> Answer<Done> {
    let Some(login) = &config.login else {
        return Answer::NotExecuted("login is not configured: it is given back by hand".to_owned());
    };
    if refunding.amount != refunding.paid && !config.partial_refunds {
        let why = "whether WTSeTicket gives back a part is not public: partial_refunds is off";
        return Answer::NotExecuted(why.to_owned());
    }
    let parts = (reply::parts(&refunding.transaction), dollars(refunding.amount));
    let (Some((order, history)), Ok(amount)) = parts else {
        return Answer::NotExecuted("no sale of WTSeTicket's, or not in dollars".to_owned());
    };
    let form = Form::of(config, "R")
        .with("prev_history_id", history)
        .with("order_id", order)
        .with("initial_amount", amount)
        .login(login);
    executed(form, config, http).await
}

/// Ends a renewal: action C, type 1 at the end of what was paid for, type 2 at once.
pub(super) async fn cancel(
    config: &Sound,
    http: &Http,
    cancellation: &Cancellation,
) -> Answer<Done> {
    let Some(login) = &config.login else {
        return Answer::NotExecuted("login is not configured: it is ended by hand".to_owned());
    };
    let Some((order, history)) = reply::parts(&cancellation.subscription) else {
        return Answer::NotExecuted("no sale of WTSeTicket's".to_owned());
    };
    let form = Form::of(config, "C")
        .with("order_id", order)
        .with("prev_history_id", history)
        .with("canceltype", if cancellation.at_once { "2" } else { "1" })
        .login(login);
    executed(form, config, http).await
}

async fn executed(form: Form, config: &Sound, http: &Http) -> Answer<Done> {
    let reply = match form.send(config, http).await {
        Ok(reply) => reply,
        Err(failed) => return failed.into(),
    };
    match reply.status().as_str() {
        "accepted" | "success" => {
            Answer::Done(Done { transaction: reply.transaction(), amount: None })
        }
        "declined" => Answer::Declined(reply.decline()),
        status => Answer::Unknown(strange(status)),
    }
}

/// What is missing or can only be tried with money: the house has no call that only looks.
pub(super) fn check(config: &Sound) -> Vec<Finding> {
    let says = "WTSeTicket has no call that tries a login without a sale: make a test transaction";
    let mut findings = vec![Finding::notice("credentials", says)];
    let senders: Vec<String> = config.locks.senders.iter().map(ToString::to_string).collect();
    let says =
        format!("notices are taken from {} only; ask whether it changed", senders.join(", "));
    findings.push(Finding::notice("locks.senders", says));
    if config.login.is_none() {
        let says = "not configured: giving back and ending are done by hand";
        findings.push(Finding::notice("login", says));
    }
    if config.history.is_none() {
        let says = "not configured: checks that the bank returns days later are not seen. Ask for \
                    the nightly history files and their columns";
        findings.push(Finding::notice("history", says));
    }
    if config.tests {
        let says = "on: test transactions are booked as money. Never with real customers";
        findings.push(Finding::bad("tests", says));
    }
    findings
}
