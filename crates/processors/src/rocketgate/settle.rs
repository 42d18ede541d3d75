//! Calls about an earlier transaction: taking what was held, releasing it, giving back.

use base::Money;
use processor::{Answer, Done, Http, Refunding};

use super::config::Sound;
use super::gateway::Request;
use super::words;

/// Takes money that was held.
pub(super) async fn capture(
    config: &Sound,
    http: &Http,
    transaction: &str,
    amount: Money,
) -> Answer<Done> {
    if !config.holds {
        return Answer::cannot("capture: holds is off");
    }
    let request = Request::of(config, "CC_TICKET")
        .with("amount", amount.to_decimal())
        .with("currency", amount.currency.code());
    sent(config, http, request, transaction).await
}

/// Releases a hold, or undoes a payment that is not settled.
pub(super) async fn void(config: &Sound, http: &Http, transaction: &str) -> Answer<Done> {
    sent(config, http, Request::of(config, "CC_VOID"), transaction).await
}

/// Gives back all of a payment or a part.
pub(super) async fn refund(config: &Sound, http: &Http, refunding: &Refunding) -> Answer<Done> {
    let request = Request::of(config, "CC_CREDIT")
        .with("amount", refunding.amount.to_decimal())
        .with("currency", refunding.amount.currency.code());
    sent(config, http, request, &refunding.transaction).await
}

async fn sent(config: &Sound, http: &Http, request: Request, transaction: &str) -> Answer<Done> {
    match request.send_about(config, http, transaction).await {
        Ok(answered) => words::done(&answered),
        Err(failed) => failed.into(),
    }
}
